//! The pieces of a garbled text: what a decoder made of some bytes, and what
//! is left of the glosses between them.

use crate::language::is_han;
use crate::language::pinyin::Syllable;
use crate::stages::gloss::scan::{CLOSING, OPENING, bracketed, is_boundary};

use super::codec::Codec;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    /// A character of two bytes in GBK.
    Pair([u8; 2], char),
    /// An ASCII character other than `?`.
    Ascii(u8),
    /// `?`, which may stand for bytes that were no character.
    Question,
    /// The euro sign, which is also what a decoder makes of a lone 80.
    Euro,
    /// A syllable in brackets, perhaps repeated.
    Gloss(Syllable),
    /// The same without the opening bracket, which a decoder took for the
    /// second half of a character: `?dòng)`.
    Tail(Syllable),
    /// A character that GBK lacks.
    Other(char),
}

impl Token {
    /// The piece that begins at that byte and the byte behind it; `None` at the
    /// end of the text.
    pub(super) fn at(text: &str, at: usize) -> Option<(Token, usize)> {
        let rest = &text[at..];
        let character = rest.chars().next()?;
        let behind = at + character.len_utf8();
        let token = match character {
            '?' => {
                if let Some((syllable, end)) = closed(text, behind) {
                    return Some((Token::Tail(syllable), end));
                }
                Token::Question
            }
            '(' | '（' => {
                if let Some((syllable, end)) = closed(text, behind) {
                    return Some((Token::Gloss(syllable), end));
                }
                other(character)
            }
            _ => other(character),
        };
        Some((token, behind))
    }
}

/// Whether a toned gloss begins at that byte, behind an ASCII letter or sign
/// behind another character.
pub(super) fn is_glossed_letter(text: &str, bracket: usize) -> bool {
    let mut before = text[..bracket].chars().rev();
    let (letter, character) = (before.next(), before.next());
    letter.is_some_and(|letter| matches!(letter, '@'..='~'))
        && character.is_some_and(|character| !character.is_ascii())
        && is_toned_gloss(text, bracket)
}

/// Whether a gloss with a tone begins at that byte.
pub(super) fn is_toned_gloss(text: &str, at: usize) -> bool {
    matches!(Token::at(text, at), Some((Token::Gloss(s), _)) if s.is_toned())
}

fn other(character: char) -> Token {
    match character {
        '€' => Token::Euro,
        _ if character.is_ascii() => Token::Ascii(character as u8),
        _ => match Codec::get().pair(character) {
            Some(pair) => Token::Pair(pair, character),
            None => Token::Other(character),
        },
    }
}

/// The syllable from that byte to a closing bracket, and the byte behind all
/// its repetitions.
fn closed(text: &str, at: usize) -> Option<(Syllable, usize)> {
    let (syllable, length) = Syllable::at_start(&text[at..])?;
    let mut end = at + length;
    end = text.len() - text[end..].strip_prefix(CLOSING)?.len();
    if !syllable.exists() || !is_boundary(text, end) {
        return None;
    }
    while let Some((again, length)) = bracketed(&text[end..])
        && again == syllable
    {
        end += length;
    }
    Some((syllable, end))
}

/// Where the whole gloss begins that ends at that byte, if a Han character
/// stands before it.
pub(super) fn gloss_before(text: &str, end: usize) -> Option<usize> {
    /// The longest syllable in brackets, in bytes: six letters, of which two
    /// may have marks, and the brackets.
    const LONGEST: usize = 16;
    if !text[..end].ends_with(CLOSING) {
        return None;
    }
    let text = &text[..end];
    let mut start = end;
    for character in text.chars().rev() {
        start -= character.len_utf8();
        if end - start > LONGEST {
            return None;
        }
        if OPENING.contains(&character) {
            break;
        }
    }
    let (syllable, closed) = closed(text, start + text[start..].chars().next()?.len_utf8())?;
    let before = text[..start].chars().next_back()?;
    let fits = match before {
        // The last one of a repeated gloss.
        ')' | '）' => true,
        _ if syllable.is_toned() => is_han(before) || before.is_ascii_alphabetic(),
        _ => Codec::get().fit(before, &syllable).is_some(),
    };
    (closed == end && fits).then_some(start)
}
