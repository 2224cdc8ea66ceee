//! How a text was read wrongly: which bytes its characters stand for.

use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1252};

use super::pairs::{self, Code, LEADS, Pairs};
use crate::lang::Lang;

/// The encoding that a text was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Latin1,
    Windows1252,
    Windows1250,
    Cp437,
    MacRoman,
    Gbk,
    Big5,
    EucKr,
    ShiftJis,
}

/// Bytes that a character may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Alternative {
    pub(super) code: Code,
    /// Whether the bytes are only supposed.
    pub(super) is_guess: bool,
    /// In nats, not above zero.
    pub(super) cost: f32,
}

impl Alternative {
    pub(super) const fn sure(code: Code) -> Self {
        Alternative {
            code,
            is_guess: false,
            cost: 0.0,
        }
    }

    pub(super) fn guess(code: Code, cost: f32) -> Self {
        Alternative {
            code,
            is_guess: true,
            cost,
        }
    }
}

/// In nats: U+FFFD stands for a byte of a character; for two; `?` for one; a
/// space for a no-break space. What a decoder does is not known, so these are
/// orders of magnitude.
const REPLACED: f32 = -1.0;
const REPLACED_PAIR: f32 = -7.0;
const QUESTIONED: f32 = -3.0;
const SPACED: f32 = -2.0;
/// A byte or a pair has vanished.
const DROPPED: f32 = -5.0;

const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The characters of the bytes from 80 on, sorted, each with its byte.
type Single = [(char, u8); 0x80];

/// Of the characters of the bytes from 80 on; `\0` for none.
fn single(characters: [char; 0x80]) -> Single {
    let mut single = std::array::from_fn(|place| (characters[place], 0x80 + place as u8));
    single.sort_unstable();
    single
}

fn decoded(encoding: &'static Encoding) -> [char; 0x80] {
    std::array::from_fn(|place| {
        let byte = [0x80 + place as u8];
        let text = encoding.decode_without_bom_handling_and_without_replacement(&byte);
        text.and_then(|text| text.chars().next()).unwrap_or('\0')
    })
}

fn cp437() -> [char; 0x80] {
    const TABLE: &str = include_str!("../../../dictionaries/encodings/cp437.txt");
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let mut characters = lines.flat_map(str::chars);
    std::array::from_fn(|_| characters.next().unwrap_or('\0'))
}

impl Reader {
    /// Those that take each byte for a character.
    pub(super) const SINGLE: [Reader; 5] = [
        Reader::Latin1,
        Reader::Windows1252,
        Reader::Windows1250,
        Reader::Cp437,
        Reader::MacRoman,
    ];

    /// The encoding's name.
    pub(super) fn name(self, lang: Lang) -> &'static str {
        match self {
            Reader::Latin1 => "Latin-1",
            Reader::Windows1252 => "windows-1252",
            Reader::Windows1250 => "windows-1250",
            Reader::Cp437 => match lang {
                Lang::En => "code page 437",
                Lang::Zh => "CP437",
            },
            Reader::MacRoman => "Mac Roman",
            Reader::Gbk => "GBK",
            Reader::Big5 => "Big5",
            Reader::EucKr => "EUC-KR",
            Reader::ShiftJis => "Shift_JIS",
        }
    }

    /// Whether each byte was a character.
    pub(super) fn is_single(self) -> bool {
        self.pairs().is_none()
    }

    pub(super) fn pairs(self) -> Option<&'static Pairs> {
        match self {
            Reader::Gbk => Some(pairs::gbk()),
            Reader::Big5 => Some(pairs::big5()),
            Reader::EucKr => Some(pairs::euc_kr()),
            Reader::ShiftJis => Some(pairs::shift_jis()),
            _ => None,
        }
    }

    fn single(self) -> Option<&'static Single> {
        static TABLES: LazyLock<[Single; 5]> = LazyLock::new(|| {
            [
                std::array::from_fn(|place| char::from(0x80 + place as u8)),
                decoded(WINDOWS_1252),
                decoded(WINDOWS_1250),
                cp437(),
                decoded(MACINTOSH),
            ]
            .map(single)
        });
        let place = match self {
            Reader::Latin1 => 0,
            Reader::Windows1252 => 1,
            Reader::Windows1250 => 2,
            Reader::Cp437 => 3,
            Reader::MacRoman => 4,
            _ => return None,
        };
        Some(&TABLES[place])
    }

    /// The characters of the bytes from 80 on, where each byte is one.
    pub(super) fn characters(self) -> impl Iterator<Item = char> {
        let all = self.single().into_iter().flatten();
        let controls = '\u{80}'..='\u{9F}';
        all.map(|&(character, _)| character)
            .filter(|&character| character != '\0')
            .chain(controls)
    }

    /// The bytes of a character, if it has any; the first ones of several.
    pub(super) fn bytes(self, character: char) -> Option<Code> {
        if character.is_ascii() {
            return Some(Code::one(character as u8));
        }
        if let Some(pairs) = self.pairs() {
            return pairs.code(character);
        }
        let single = self.single()?;
        if let Ok(place) = single.binary_search_by_key(&character, |&(c, _)| c) {
            return Some(Code::one(single[place].1));
        }
        // Programs leave the bytes that Windows' code pages lack as they are.
        let is_control = matches!(character, '\u{80}'..='\u{9F}');
        (is_control && matches!(self, Reader::Windows1252 | Reader::Windows1250))
            .then(|| Code::one(character as u8))
    }

    /// All that a character may stand for.
    pub(super) fn alternatives(self, character: char, into: &mut Vec<Alternative>) {
        match (character, self.pairs()) {
            (REPLACEMENT, _) => return self.replaced(0.0, into),
            ('\0'..='\u{7F}', _) => into.push(Alternative::sure(Code::one(character as u8))),
            (_, Some(pairs)) => into.extend(pairs.codes(character).map(Alternative::sure)),
            (_, None) => into.extend(self.bytes(character).map(Alternative::sure)),
        }
        if character == '?' {
            self.replaced(QUESTIONED, into);
        }
        if character == ' '
            && let Some(space) = self.bytes('\u{A0}')
            && self.is_single()
        {
            into.push(Alternative {
                cost: SPACED,
                ..Alternative::sure(space)
            });
        }
    }

    /// What a decoder has written a replacement character for.
    fn replaced(self, cost: f32, into: &mut Vec<Alternative>) {
        if let Some(pairs) = self.pairs() {
            let leads = LEADS.map(Code::one);
            into.extend(leads.map(|code| Alternative::guess(code, cost + REPLACED)));
            // Decoders write `?` for a half, not for a pair.
            if cost == 0.0 {
                let gone = pairs.unmapped.iter().filter(|&&pair| is_likely(pair));
                into.extend(
                    gone.chain(&pairs.private)
                        .map(|&pair| Alternative::guess(Code::two(pair), REPLACED_PAIR)),
                );
            }
        } else {
            into.extend(
                self.undefined()
                    .iter()
                    .map(|&byte| Alternative::guess(Code::one(byte), cost + REPLACED)),
            );
        }
    }

    /// Bytes that have no character; all the control characters in Latin-1.
    pub(super) fn undefined(self) -> &'static [u8] {
        const CONTROLS: [u8; 0x20] = {
            let mut controls = [0; 0x20];
            let mut place = 0;
            while place < controls.len() {
                controls[place] = 0x80 + place as u8;
                place += 1;
            }
            controls
        };
        match self {
            Reader::Latin1 => &CONTROLS,
            Reader::Windows1252 => &[0x81, 0x8D, 0x8F, 0x90, 0x9D],
            Reader::Windows1250 => &[0x81, 0x83, 0x88, 0x90, 0x98],
            _ => &[],
        }
    }

    /// What may have vanished between two characters: bytes that mean nothing,
    /// characters of the private-use area, which text extractors drop.
    pub(super) fn dropped(self, into: &mut Vec<Alternative>) {
        if let Some(pairs) = self.pairs() {
            into.extend(
                pairs
                    .private
                    .iter()
                    .map(|&pair| Alternative::guess(Code::two(pair), DROPPED)),
            );
        } else {
            // A soft hyphen cannot be seen either.
            let bytes = self.undefined().iter().chain(&[0xAD]);
            into.extend(bytes.map(|&byte| Alternative::guess(Code::one(byte), DROPPED)));
        }
    }
}

/// Whether two bytes can be of common characters of GB 2312: both of one, or the
/// last of one and the first of another.
fn is_likely([first, second]: [u8; 2]) -> bool {
    const COMMON: std::ops::RangeInclusive<u8> = 0xB0..=0xD7;
    let begins = |byte| matches!(byte, 0xA1 | 0xA3 | 0xB0..=0xF7);
    (COMMON.contains(&first) && second >= 0xA1) || (first >= 0xA1 && begins(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stand_for_bytes() {
        let cases = [
            (Reader::Latin1, 'ä', Some(Code::one(0xE4))),
            (Reader::Latin1, '€', None),
            (Reader::Windows1252, '€', Some(Code::one(0x80))),
            (Reader::Windows1252, '\u{81}', Some(Code::one(0x81))),
            (Reader::Cp437, 'Φ', Some(Code::one(0xE8))),
            (Reader::Cp437, '\u{A0}', Some(Code::one(0xFF))),
            (Reader::MacRoman, 'Ω', Some(Code::one(0xBD))),
            (Reader::Gbk, '浣', Some(Code::two([0xE4, 0xBD]))),
            (Reader::EucKr, '櫓', Some(Code::two([0xD6, 0xD0]))),
            (Reader::Big5, '☃', None),
        ];
        for (reader, character, expected) in cases {
            assert_eq!(reader.bytes(character), expected, "{reader:?} {character}");
        }
    }

    #[test]
    fn what_is_lost_may_have_been_several_bytes() {
        let count = |reader: Reader, character| {
            let mut all = Vec::new();
            reader.alternatives(character, &mut all);
            all.len()
        };
        assert_eq!(count(Reader::Windows1252, REPLACEMENT), 5);
        assert_eq!(count(Reader::MacRoman, REPLACEMENT), 0);
        assert_eq!(count(Reader::Windows1252, ' '), 2);
        assert_eq!(count(Reader::Windows1252, '?'), 6);
        assert!(count(Reader::Gbk, REPLACEMENT) > 126);
    }
}
