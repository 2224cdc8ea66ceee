//! A byte order mark that was read as text: U+FEFF itself where a line begins, or its
//! three bytes in an encoding that has none, `ï»¿` or 锘 and a character that has
//! swallowed the first byte of the text.
//!
//! A file's own mark is no part of its text and stays.

use super::escapes::speaks_of_codes;
use super::proposal;
use super::surroundings::{before, behind, is_chinese, is_hanlike, line_of};
use crate::edit::{Proposal, Safety};
use crate::reason::Both;
use crate::rules::Rule;

/// EF BB BF in windows-1252, code page 437, Mac Roman and windows-1251, and in the
/// first of them twice.
const MARKS: [&str; 5] = ["ï»¿", "∩╗┐", "Ôªø", "п»ї", "Ã¯Â»Â¿"];

/// EF BB in GBK.
const HEAD: char = '锘';
/// The third byte.
const LAST: u8 = 0xBF;

/// Proposes to take U+FEFF out where a line of Chinese begins, as it does where files
/// were joined.
pub(super) fn propose_decoded(text: &str, found: &mut Vec<Proposal>) {
    for (at, mark) in text.match_indices('\u{FEFF}') {
        let end = at + mark.len();
        if before(text, at).is_none() && text[line_of(text, at)].chars().any(is_hanlike) {
            found.push(proposal(
                at..end,
                "",
                Rule::CharBom,
                Safety::Safe,
                &Both {
                    en: "a byte order mark inside the text",
                    zh: "混在正文里的字节顺序标记",
                },
            ));
        }
    }
}

/// Proposes to take out marks that were read wrongly.
pub(super) fn propose(text: &str, found: &mut Vec<Proposal>) {
    let first = found.len();
    // One inside a line can be where pages were joined, or where somebody shows it.
    let mut is_certain = true;
    for mark in MARKS {
        for (at, mark) in text.match_indices(mark) {
            let end = at + mark.len();
            let (before, behind) = (before(text, at), behind(text, end));
            let begins = before.is_none() && behind.is_some();
            let joins = before.is_some_and(is_chinese) && behind.is_some_and(is_chinese);
            is_certain &= begins;
            if begins || joins {
                found.push(proposal(
                    at..end,
                    "",
                    Rule::CharBom,
                    Safety::Unsafe,
                    &Both {
                        en: "the three bytes of a byte order mark, read as characters",
                        zh: "字节顺序标记的三个字节被读成了字符",
                    },
                ));
            }
        }
    }
    for proposal in found[first..].iter_mut().filter(|_| is_certain) {
        proposal.cause.safety = Safety::Safe;
    }
    for (at, head) in text.match_indices(HEAD) {
        found.extend(eaten(text, at, at + head.len()));
    }
    // A text about encodings shows them.
    if found.len() > first && speaks_of_codes(text) {
        found.truncate(first);
    }
}

/// A mark in GBK, whose second character has the byte behind the mark in it, or has
/// not been read.
fn eaten(text: &str, at: usize, second: usize) -> Option<Proposal> {
    if before(text, at).is_some() {
        return None;
    }
    let character = behind(text, second)?;
    let end = second + character.len_utf8();
    let eaten = match character {
        char::REPLACEMENT_CHARACTER => String::new(),
        _ => String::from(swallowed(character)?),
    };
    let reason = &Both {
        en: "the bytes of a byte order mark and the next one, read as GBK",
        zh: "字节顺序标记连同后一个字节被当成 GBK 读取",
    };
    Some(proposal(
        at..end,
        eaten,
        Rule::CharBom,
        Safety::Safe,
        reason,
    ))
}

/// The ASCII character that stands behind the mark's last byte in the character's two
/// bytes.
fn swallowed(character: char) -> Option<char> {
    let mut buffer = [0; 4];
    let (bytes, _, is_lossy) = encoding_rs::GBK.encode(character.encode_utf8(&mut buffer));
    match (is_lossy, &*bytes) {
        (false, &[LAST, second]) if second.is_ascii() => Some(char::from(second)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_swallowed_letter_comes_back() {
        assert_eq!(swallowed('縃'), Some('H'));
        assert_eq!(swallowed('夸'), None);
        assert_eq!(swallowed('中'), None);
    }
}
