//! How a filtered page's bytes became the text that is found today: cut into
//! pieces, each of which is decoded alone, with loss.

use std::ops::Range;

use memchr::memmem;

use super::gbk;
use super::random::Random;

/// A punctuation mark before whose bytes a page is cut, wherever these bytes
/// stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Delimiter {
    Comma,
    Exclamation,
    Question,
    Semicolon,
    Stop,
    Quote,
}

impl Delimiter {
    pub(crate) const ALL: [Delimiter; 6] = [
        Delimiter::Comma,
        Delimiter::Exclamation,
        Delimiter::Question,
        Delimiter::Semicolon,
        Delimiter::Stop,
        Delimiter::Quote,
    ];

    /// The mark.
    pub(crate) fn character(self) -> char {
        match self {
            Delimiter::Comma => '，',
            Delimiter::Exclamation => '！',
            Delimiter::Question => '？',
            Delimiter::Semicolon => '；',
            Delimiter::Stop => '。',
            Delimiter::Quote => '“',
        }
    }

    /// Whether most pages are cut at it; at the others they seldom are.
    pub(crate) fn is_common(self) -> bool {
        !matches!(self, Delimiter::Stop | Delimiter::Quote)
    }
}

/// A place where the bytes were cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The first byte of the delimiter.
    pub(crate) at: usize,
    pub(crate) delimiter: Delimiter,
}

/// Cuts bytes at each delimiter with its probability, these in the order of
/// [`Delimiter::ALL`]; sorted by place.
pub(crate) fn cuts(
    bytes: &[u8],
    probabilities: &[f64; Delimiter::ALL.len()],
    random: &mut Random,
) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (delimiter, &probability) in Delimiter::ALL.into_iter().zip(probabilities) {
        let Some(pair) = gbk::pair(delimiter.character()) else {
            continue;
        };
        for at in memmem::find_iter(bytes, &pair) {
            if at > 0 && random.chance(probability) {
                cuts.push(Cut { at, delimiter });
            }
        }
    }
    cuts.sort_unstable_by_key(|cut| cut.at);
    cuts
}

/// What a decoder does with bytes that are no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Decoder {
    /// One `?` for the pair: the second byte is eaten with the first.
    Question,
    /// The first byte is dropped without a trace, the second stays.
    Drop,
}

/// How a page was decoded and its text taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader {
    pub(crate) decoder: Decoder,
    /// Whether private-use characters vanish.
    pub(crate) drops_private_use: bool,
    /// Whether full-width punctuation, letters and digits become ASCII.
    pub(crate) narrows: bool,
}

/// How bytes were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As the character that they are.
    Whole,
    /// As `?`: they are none.
    Unreadable,
    /// Not at all: a private-use character that vanished.
    Vanished,
    /// Not at all: no character, and dropped.
    Dropped,
}

/// The smallest piece that a decoder reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) bytes: Range<usize>,
    pub(crate) reading: Reading,
    /// What is seen of it.
    pub(crate) shown: Option<char>,
}

impl Reader {
    /// Reads bytes that were cut at these places.
    pub(crate) fn read(&self, bytes: &[u8], cuts: &[Cut]) -> Vec<Token> {
        let ends = cuts.iter().map(|cut| cut.at).chain([bytes.len()]);
        let mut tokens = Vec::new();
        let mut start = 0;
        for end in ends {
            while start < end {
                let token = self.token(&bytes[..end], start);
                start = token.bytes.end;
                tokens.push(token);
            }
        }
        tokens
    }

    /// The token that begins at a place of a piece.
    fn token(&self, piece: &[u8], at: usize) -> Token {
        let first = piece[at];
        let second = piece.get(at + 1).copied();
        let whole = |length, character| Token {
            bytes: at..at + length,
            reading: Reading::Whole,
            shown: Some(if self.narrows {
                narrow(character)
            } else {
                character
            }),
        };
        if first.is_ascii() {
            return whole(1, char::from(first));
        }
        if first == gbk::EURO {
            return whole(1, '€');
        }
        let pair = second.and_then(|second| gbk::decode(first, second));
        match (pair, self.decoder) {
            (Some(character), _) if self.drops_private_use && gbk::is_private(character) => Token {
                bytes: at..at + 2,
                reading: Reading::Vanished,
                shown: None,
            },
            (Some(character), _) => whole(2, character),
            (None, Decoder::Drop) => Token {
                bytes: at..at + 1,
                reading: Reading::Dropped,
                shown: None,
            },
            (None, Decoder::Question) => {
                // Spaces and line ends are passed on.
                let eats = gbk::is_lead(first) && second.is_some_and(|second| second > b' ');
                Token {
                    bytes: at..at + 1 + usize::from(eats),
                    reading: Reading::Unreadable,
                    shown: Some('?'),
                }
            }
        }
    }
}

/// The ASCII character of a full-width one, which text extractors prefer.
pub(crate) fn narrow(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from((u32::from(character) - 0xFF00 + 0x20) as u8),
        '\u{3000}' => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], cuts: &[usize], decoder: Decoder) -> String {
        let reader = Reader {
            decoder,
            drops_private_use: true,
            narrows: true,
        };
        let cut = |&at| Cut {
            at,
            delimiter: Delimiter::Comma,
        };
        let cuts: Vec<Cut> = cuts.iter().map(cut).collect();
        let tokens = reader.read(bytes, &cuts);
        let read: Vec<u8> = tokens
            .iter()
            .flat_map(|token| bytes[token.bytes.clone()].iter().copied())
            .collect();
        assert_eq!(read, bytes);
        tokens.iter().filter_map(|token| token.shown).collect()
    }

    #[test]
    fn the_decoder_that_asks_eats_what_follows() {
        let question = |bytes| read(bytes, &[], Decoder::Question);
        assert_eq!(question(b"\xD2\xAA\x84(ji"), "要?ji");
        assert_eq!(question(b"\x84 \x84\n\x84"), "? ?\n?");
        assert_eq!(question(b"\xFF\x80"), "?€");
        assert_eq!(question(b"\xAA\xA1\xA3\xAC\xA3\xB1"), ",1");
    }

    #[test]
    fn the_decoder_that_drops_keeps_what_follows() {
        assert_eq!(read(b"\xD2\xAA\x84(ji", &[], Decoder::Drop), "要(ji");
    }

    #[test]
    fn a_piece_is_decoded_alone() {
        // 。 A1A3, 現 AC46, cut before A3AC.
        let bytes = b"\xA1\xA3\xACF";
        assert_eq!(read(bytes, &[], Decoder::Question), "。現");
        assert_eq!(read(bytes, &[1], Decoder::Question), "?,F");
        assert_eq!(read(bytes, &[1], Decoder::Drop), ",F");
    }

    #[test]
    fn the_narrow_forms() {
        assert_eq!(narrow('！'), '!');
        assert_eq!(narrow('～'), '~');
        assert_eq!(narrow('　'), ' ');
        assert_eq!(narrow('。'), '。');
    }
}
