//! Telling Chinese from Japanese and Korean, whose Han characters stay.

use std::fmt;
use std::ops::RangeInclusive;

use super::utf8::{PLANE, ascii_run, decode_rare, table};
use crate::evidence::Script;
use crate::language::japanese::is_japanese;

/// The share of kana and Hangul among a line's Han, kana and Hangul from
/// which on the line is Japanese or Korean, as a fraction. Han characters that only
/// Japanese has count as kana.
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

/// The blocks of the basic plane that have letters.
const LETTERS: [RangeInclusive<u32>; 3] = [0x1100..=0x9FFF, 0xAC00..=0xD7A3, 0xF900..=0xFFFF];

/// What each character of the basic plane counts as: how far in a [`Sum`] its counter
/// lies, so that counting needs no branch.
pub(super) struct Kinds(Box<[u8; PLANE]>);

impl Kinds {
    /// `changes` says of a Han character whether conversion would change it.
    pub(super) fn new(changes: impl Fn(u32) -> bool) -> Self {
        let mut kinds = table(Sum::OTHERS);
        for code in LETTERS.into_iter().flatten() {
            let kind = kind(code, &changes);
            if let Some(place) = kinds.get_mut(code as usize) {
                *place = kind;
            }
        }
        Kinds(kinds)
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kinds").finish_non_exhaustive()
    }
}

/// Counters side by side in one number.
struct Sum(u64);

impl Sum {
    /// The bits of a counter, and how many characters it can count.
    const BITS: u8 = 12;
    const MOST: usize = (1 << Self::BITS) - 1;

    const OTHERS: u8 = 0;
    const HAN: u8 = Self::BITS;
    const CONVERTIBLE: u8 = 2 * Self::BITS;
    const KANA: u8 = 3 * Self::BITS;
    const HANGUL: u8 = 4 * Self::BITS;

    fn of(&self, kind: u8) -> usize {
        (self.0 >> kind) as usize & Self::MOST
    }
}

impl Script {
    fn add(&mut self, sum: Sum) {
        self.han += sum.of(Sum::HAN) + sum.of(Sum::CONVERTIBLE);
        self.convertible += sum.of(Sum::CONVERTIBLE);
        self.kana += sum.of(Sum::KANA);
        self.hangul += sum.of(Sum::HANGUL);
    }
}

/// Counts the letters of a text. Of characters outside the basic plane `changes` says
/// whether they are convertible.
pub(super) fn survey(text: &str, kinds: &Kinds, changes: impl Fn(u32) -> bool) -> Script {
    let mut script = Script::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (mut sum, mut seen) = (Sum(0), 0);
        let (threes, _) = bytes[at..].as_chunks::<3>();
        for &[a, b, c] in threes.iter().take(Sum::MOST) {
            if a & 0xF0 != 0xE0 {
                break;
            }
            let code = u16::from(a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F);
            sum.0 += 1 << kinds.0[usize::from(code)];
            seen += 1;
        }
        at += 3 * seen;
        script.add(sum);
        match bytes.get(at) {
            Some(lead) if lead.is_ascii() => at += ascii_run(&bytes[at..]),
            Some(lead) if lead & 0xF0 != 0xE0 => {
                let (code, len) = decode_rare(&bytes[at..]);
                at += len;
                script.add(Sum(1 << kind(code, &changes)));
            }
            _ => {}
        }
    }
    script
}

/// What a character counts as.
fn kind(code: u32, changes: impl Fn(u32) -> bool) -> u8 {
    match letter(code) {
        Some(Letter::Han) if changes(code) => Sum::CONVERTIBLE,
        Some(Letter::Han) if char::from_u32(code).is_some_and(is_japanese) => Sum::KANA,
        Some(Letter::Han) => Sum::HAN,
        Some(Letter::Kana) => Sum::KANA,
        Some(Letter::Hangul) => Sum::HANGUL,
        None => Sum::OTHERS,
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
        script.add(Sum(1 << kind(u32::from(character), |_| false)));
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
    fn japanese_is_told_without_kana() {
        for (text, is_japanese) in [
            ("日本語訳", true),
            ("銀行価値", true),
            ("日本語版", false),
            ("我在橫濱坐車去一個叫三峠的地方", false),
        ] {
            assert_eq!(is_foreign_text(text), is_japanese, "{text}");
        }
    }

    #[test]
    fn letters_are_counted() {
        let kinds = Kinds::new(|code| code == '漢' as u32 || code == 0xF900);
        let text = "漢字、カタカナーひらがな・한글 abcé\u{F900}𠮷𠮶";
        for times in [1, Sum::MOST] {
            let script = survey(&text.repeat(times), &kinds, |code| code == '𠮶' as u32);
            let counts = [script.han, script.convertible, script.kana, script.hangul];
            assert_eq!(counts, [5, 3, 8, 2].map(|count| count * times));
        }
    }
}
