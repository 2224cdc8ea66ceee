//! Pinyin glosses that a filter inserted into a page's GBK bytes, blind to
//! where characters begin.
//!
//! The filter goes through a table of characters. Behind every occurrence of
//! a character's two bytes it puts the reading in brackets, and it takes the
//! last byte of one character and the first of the next for such an
//! occurrence too: 獎 is AA84, so 要動 (D2AA 84D3) becomes D2AA 84 `(jiǎng)`
//! D3, which no decoder can read. (A character may also begin where the next
//! one is a letter: 許 is D453, so 以S becomes `以S(xǔ)`, which can be read.) Nothing is lost as long as the bytes are at
//! hand. This module finds what was inserted.
//!
//! A gloss is where two bytes, a bracket, a syllable and a bracket stand
//! together. Taking it out can bring another one together: where the pairs of
//! two characters of the table overlap, one gloss splits the other's bytes,
//! and the second byte of a toned letter with a plain one behind it can be a
//! character of the table, which puts a gloss inside a gloss. Going from left
//! to right and looking, at each closing bracket, at what is left of the page
//! so far finds them all whatever the order of the insertions was.

mod evidence;
mod mended;

pub(super) use mended::mend;
pub(crate) use mended::{Inserted, Mended};

use std::ops::Range;

use encoding_rs::GB18030;
use memchr::{memchr_iter, memrchr};

use crate::language::pinyin::Syllable;

/// The longest gloss in bytes: two brackets around six letters, of which one
/// has a tone and two bytes, and ü may have two as well.
const LONGEST: usize = 10;

/// The two bytes that the filter looks for.
type Needle = [u8; 2];

/// A syllable in brackets behind two bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gloss {
    needle: Needle,
    syllable: Syllable,
    /// Its place in what is left of the page.
    at: usize,
    /// Its bytes in the page, with what stands inside it.
    range: Range<usize>,
}

/// A page and what was taken out of it.
#[derive(Clone, Debug, Default)]
struct Reduced {
    rest: Vec<u8>,
    /// By place; several at one place are a repeated gloss.
    glosses: Vec<Gloss>,
}

impl Reduced {
    /// Takes out the glosses that `is_inserted` knows; it is told how many
    /// were taken out at the same place before.
    fn new(page: &[u8], mut is_inserted: impl FnMut(Needle, &Syllable, usize) -> bool) -> Self {
        let mut reduced = Reduced::default();
        let mut removed = 0;
        let mut done = 0;
        for close in memchr_iter(b')', page) {
            reduced.rest.extend_from_slice(&page[done..=close]);
            done = close + 1;
            let Some((at, needle, syllable)) = gloss_at_end(&reduced.rest) else {
                continue;
            };
            let outside = reduced.glosses.partition_point(|gloss| gloss.at <= at);
            let before = reduced.glosses[..outside].iter().rev();
            let times = before.take_while(|gloss| gloss.at == at).count();
            if !is_inserted(needle, &syllable, times) {
                continue;
            }
            for inside in reduced.glosses.drain(outside..) {
                removed -= inside.range.len();
            }
            let range = at + removed..done;
            removed += range.len();
            reduced.rest.truncate(at);
            reduced.glosses.push(Gloss {
                needle,
                syllable,
                at,
                range,
            });
        }
        reduced.rest.extend_from_slice(&page[done..]);
        reduced
    }
}

/// The gloss that bytes end with: the place of its opening bracket, the two
/// bytes before it, and the syllable.
fn gloss_at_end(bytes: &[u8]) -> Option<(usize, Needle, Syllable)> {
    let from = bytes.len().saturating_sub(LONGEST);
    let open = from + memrchr(b'(', &bytes[from..])?;
    let letters = bytes.get(open + 1..bytes.len() - 1)?;
    let letters = GB18030.decode_without_bom_handling_and_without_replacement(letters)?;
    let syllable = Syllable::new(&letters).filter(Syllable::exists)?;
    let &[.., lead, trail] = &bytes[..open] else {
        return None;
    };
    let is_pair = matches!((lead, trail), (0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE));
    is_pair.then_some((open, [lead, trail], syllable))
}

/// What a filter has inserted into a page: bytes of the page, sorted,
/// disjoint, a repeated gloss being one. `None` if the page does not show that
/// a filter was at work, blind to where characters begin.
fn find(page: &[u8], is_readable: bool) -> Option<Vec<Range<usize>>> {
    // Most pages have no gloss; to see it must cost little.
    let glosses = memchr_iter(b')', page).filter(|&close| gloss_at_end(&page[..=close]).is_some());
    let least = if is_readable {
        evidence::LEAST_GLOSSES
    } else {
        1
    };
    if glosses.take(least).count() < least {
        return None;
    }
    let table = evidence::table(page, is_readable)?;
    let reduced = Reduced::new(page, |needle, syllable, times| {
        times < table.times && table.holds(needle, syllable)
    });
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(reduced.glosses.len());
    for gloss in reduced.glosses {
        match ranges.last_mut() {
            Some(last) if last.end == gloss.range.start => last.end = gloss.range.end,
            _ => ranges.push(gloss.range),
        }
    }
    Some(ranges)
}

/// The character of two bytes.
fn character(needle: Needle) -> Option<char> {
    let text = GB18030.decode_without_bom_handling_and_without_replacement(&needle)?;
    text.chars().next()
}

/// The length of the unit that GBK or GB 18030 bytes begin with: of one byte
/// where they are neither.
fn unit_length(bytes: &[u8]) -> usize {
    match bytes {
        [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => 2,
        [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => 4,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reduced(page: &[u8], table: &[&str]) -> (Vec<u8>, Vec<Range<usize>>) {
        let reduced = Reduced::new(page, |needle, syllable, _| {
            table.iter().any(|row| {
                let (bytes, _, _) = GB18030.encode(row);
                bytes[..2] == needle && Syllable::new(&row[3..]) == Some(*syllable)
            })
        });
        let ranges = reduced.glosses.into_iter().map(|gloss| gloss.range);
        (reduced.rest, ranges.collect())
    }

    #[test]
    fn a_gloss_between_the_bytes_of_a_character() {
        let (rest, ranges) = reduced(b"\xD2\xAA\x84(ji\xA8\xA3ng)\xD3!", &["獎jiǎng"]);
        assert_eq!(rest, b"\xD2\xAA\x84\xD3!");
        assert_eq!(ranges.first(), Some(&(3..11)));
    }

    #[test]
    fn overlapping_needles_are_both_taken_out() {
        // First 動 (84D3), then 獎 (AA84), which splits what the first gloss
        // stands behind.
        let page = b"\xD2\xAA\x84(ji\xA8\xA3ng)\xD3(d\xA8\xB0ng)";
        let (rest, ranges) = reduced(page, &["獎jiǎng", "動dòng"]);
        assert_eq!(rest, b"\xD2\xAA\x84\xD3");
        assert_eq!(ranges, [3..11, 12..19]);
    }

    #[test]
    fn a_gloss_in_a_gloss_is_a_part_of_it() {
        // B06E, a character of its own, is the end of ò and the n of dòng.
        let row = format!("{}a", character([0xB0, b'n']).unwrap());
        let page = b"\x84\xD3(d\xA8\xB0n(a)g)!";
        let (rest, ranges) = reduced(page, &["動dòng", &row]);
        assert_eq!(rest, b"\x84\xD3!");
        assert_eq!(ranges.first(), Some(&(2..12)));
    }

    #[test]
    fn what_is_no_gloss_stays() {
        for page in [
            &b"(ji\xA8\xA3ng)"[..],
            b"\xAA(ji\xA8\xA3ng)",
            b"\xAA\x84(ji\xA8\xA3ng",
            b"\xAA\x84 (ji\xA8\xA3ng)",
            b"\xAA\x84()",
            b"\xAA\x84(ji\xA8)",
            b"))((",
            b"",
        ] {
            assert_eq!(reduced(page, &["獎jiǎng"]), (page.to_vec(), vec![]));
        }
    }
}
