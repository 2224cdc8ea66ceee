//! Telling Chinese from Japanese and Korean, whose Han characters stay.

use std::ops::RangeInclusive;

use super::utf8::{ascii_run, decode_rare};
use crate::evidence::Script;

/// The share of kana and Hangul among a line's Han, kana and Hangul from
/// which on the line is Japanese or Korean, as a fraction.
///
/// Of the 105,576 lines with Han and kana in Debian's manpages-ja 0.5.0.0,
/// 99.7 % have a fifth or more (the middle line 70 %). Of 55,420 lines of
/// Chinese (encyclopedia articles, laws, documentation) 31 have any kana, 12 %
/// at most.
pub(super) const LINE_SHARE: (usize, usize) = (1, 5);

/// The same for a document, of which lines without kana stay as well: 7 % of
/// the lines with Han in manpages-ja. The least share among its 1,071 pages
/// is 36 %.
pub(super) const DOCUMENT_SHARE: (usize, usize) = (1, 5);

/// The block CJK Unified Ideographs, in which nearly all Han stand.
const IDEOGRAPHS: RangeInclusive<u32> = 0x4E00..=0x9FFF;

/// Which characters conversion would change: a bit for each of
/// [`IDEOGRAPHS`], so that counting needs no branch.
#[derive(Debug)]
pub(super) struct Changes([u64; IDEOGRAPHS_LEN.div_ceil(64)]);

const IDEOGRAPHS_LEN: usize = (*IDEOGRAPHS.end() - *IDEOGRAPHS.start() + 1) as usize;

impl Changes {
    /// Asks about each ideograph.
    pub(super) fn new(changes: impl Fn(u32) -> bool) -> Self {
        let mut bits = [0; IDEOGRAPHS_LEN.div_ceil(64)];
        for (index, code) in IDEOGRAPHS.enumerate() {
            bits[index / 64] |= u64::from(changes(code)) << (index % 64);
        }
        Changes(bits)
    }

    /// 1 if it is an ideograph's index and that would be changed.
    #[inline]
    fn count(&self, index: usize) -> usize {
        let word = self.0.get(index / 64).copied().unwrap_or(0);
        (word >> (index % 64) & 1) as usize
    }
}

/// Counts the letters of a text. Characters outside [`IDEOGRAPHS`] count as
/// convertible if `rarely` says so.
pub(super) fn survey(text: &str, changes: &Changes, rarely: impl Fn(u32) -> bool) -> Script {
    let mut script = Script::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        while let Some(&[a, b, c]) = bytes[at..].first_chunk::<3>()
            && a & 0xF0 == 0xE0
        {
            at += 3;
            let code = u32::from(a & 0x0F) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
            let index = code.wrapping_sub(*IDEOGRAPHS.start()) as usize;
            script.han += usize::from(index < IDEOGRAPHS_LEN);
            script.convertible += changes.count(index);
            // Most others are punctuation, and the processor can't guess when.
            if index >= IDEOGRAPHS_LEN && !is_punctuation(code) {
                count(&mut script, code, &rarely);
            }
        }
        if bytes.get(at).is_some_and(u8::is_ascii) {
            at += ascii_run(&bytes[at..]);
        } else if at < bytes.len() {
            let (code, len) = decode_rare(&bytes[at..]);
            at += len;
            count(&mut script, code, &rarely);
        }
    }
    script
}

/// Whether the character is of the blocks of general and Chinese punctuation
/// and symbols, or is a full-width form of ASCII.
#[inline]
fn is_punctuation(code: u32) -> bool {
    code.wrapping_sub(0x2000) < 0x1040 || code.wrapping_sub(0xFF00) < 0x61
}

/// Counts a character.
#[inline]
fn count(script: &mut Script, code: u32, changes: impl Fn(u32) -> bool) {
    match letter(code) {
        Some(Letter::Han) => {
            script.han += 1;
            script.convertible += usize::from(changes(code));
        }
        Some(Letter::Kana) => script.kana += 1,
        Some(Letter::Hangul) => script.hangul += 1,
        None => {}
    }
}

/// Whether the counts of a line or a document are those of Japanese or
/// Korean.
pub(super) fn is_foreign(script: &Script, (share, of): (usize, usize)) -> bool {
    let phonetic = script.kana + script.hangul;
    phonetic > 0 && phonetic * of >= (phonetic + script.han) * share
}

/// Whether a line is Japanese or Korean, as [`is_foreign`] says.
pub(in crate::stages) fn is_foreign_text(line: &str) -> bool {
    let mut script = Script::default();
    for character in line.chars() {
        count(&mut script, u32::from(character), |_| false);
    }
    is_foreign(&script, LINE_SHARE)
}

/// A kind of letter that the languages differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    Han,
    Kana,
    Hangul,
}

/// The kind of a letter; `None` for all other characters.
#[inline]
fn letter(code: u32) -> Option<Letter> {
    match code {
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => {
            Some(Letter::Han)
        }
        // Without ゛゜・ー, which are in Chinese text too.
        0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FD..=0x30FF => Some(Letter::Kana),
        0x31F0..=0x31FF | 0xFF66..=0xFF6F | 0xFF71..=0xFF9D => Some(Letter::Kana),
        0xAC00..=0xD7A3 | 0x1100..=0x11FF | 0x3131..=0x318E => Some(Letter::Hangul),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        let changes = Changes::new(|code| code == '漢' as u32);
        let text = "漢字、カタカナーひらがな・한글 abc\u{F900}𠮷";
        let script = survey(text, &changes, |code| code == 0xF900);
        assert_eq!((script.han, script.convertible), (4, 2));
        assert_eq!((script.kana, script.hangul), (8, 2));
    }
}
