//! How well bytes read in an encoding: the cost of their likeliest reading.

use std::ops::Range;

use super::costs::{CUT, Cost, MALFORMED, NAT, ascii, character_cost};
use super::walk::{Paired, Total, Unit, walk};
use crate::encoding::Encoding;
use crate::encoding::unit::{self, Reader};

/// The likeliest reading of bytes in an encoding, of at most 4095 of them, so that no
/// part runs over.
///
/// All in one word, with what the reading costs on top: the better one of two is the
/// smaller number, and a unit more is a sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score(u64);

const COST: u32 = 44;
const FOREIGN_COST: u32 = 24;
const FOREIGN: u32 = 12;
const MALFORMED_BYTES: u32 = 0;

impl Score {
    fn part(self, from: u32, bits: u32) -> u32 {
        (self.0 >> from) as u32 & ((1 << bits) - 1)
    }

    /// What the reading costs.
    pub(super) fn cost(self) -> Cost {
        self.part(COST, 64 - COST)
    }

    /// What its characters and bytes cost that are not ASCII.
    pub(super) fn foreign_cost(self) -> Cost {
        self.part(FOREIGN_COST, COST - FOREIGN_COST)
    }

    /// How many those are.
    pub(super) fn foreign(self) -> u32 {
        self.part(FOREIGN, FOREIGN_COST - FOREIGN)
    }

    /// Bytes that belong to no character.
    pub(super) fn malformed_bytes(self) -> u32 {
        self.part(MALFORMED_BYTES, FOREIGN)
    }

    /// Of bytes of which only these are whole characters.
    fn cut(bytes: &[u8], whole: &Range<usize>) -> Score {
        let cuts = usize::from(whole.start > 0) + usize::from(whole.end < bytes.len());
        (0..cuts).fold(Score::START, |score, _| score.malformed(CUT))
    }

    fn ascii(self, byte: u8) -> Score {
        self.add(Unit::Ascii, ascii(byte))
    }

    fn character(self, cost: Cost) -> Score {
        self.add(Unit::Character, cost)
    }

    fn malformed(self, cost: Cost) -> Score {
        self.add(Unit::Malformed, cost)
    }
}

impl Total for Score {
    const START: Score = Score(0);
    const NEVER: Score = Score(u64::MAX);

    fn add(self, unit: Unit, cost: Cost) -> Score {
        let cost = u64::from(cost);
        let more = match unit {
            Unit::Ascii => cost << COST,
            Unit::Character => cost << COST | cost << FOREIGN_COST | 1 << FOREIGN,
            Unit::Malformed => {
                cost << COST | cost << FOREIGN_COST | 1 << FOREIGN | 1 << MALFORMED_BYTES
            }
        };
        Score(self.0 + more)
    }
}

/// An encoding of pairs.
pub(super) fn paired(bytes: &[u8], encoding: Paired) -> Score {
    walk(bytes, encoding, |_, _, _| {})
}

/// Whether bytes can be EUC-TW: hardly one of them is none of its.
pub(super) fn can_be_euc_tw(bytes: &[u8]) -> bool {
    let others = bytes
        .iter()
        .filter(|&&byte| matches!(byte, 0x80..=0x8D | 0x8F..=0xA0));
    others.count() <= bytes.len() / 32
}

/// Whether bytes can be UTF-16: among more than a few dozen characters of it one has
/// a byte that other text has not.
pub(super) fn can_be_utf16(bytes: &[u8]) -> bool {
    bytes.len() < 128 || has_control(bytes)
}

/// Whether a byte is a control character that text has not.
pub(super) fn has_control(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| matches!(byte, 0..=0x08 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F);
    bytes.iter().any(is_control)
}

/// A letter of an alphabet: in UTF-8, which is for all languages, there are many.
const LETTER: Cost = 8 * NAT;

/// UTF-8, which finds back by itself.
pub(super) fn utf8(bytes: &[u8]) -> Score {
    let whole = whole_utf8(bytes);
    let mut score = Score::cut(bytes, &whole);
    for chunk in bytes[whole].utf8_chunks() {
        for character in chunk.valid().chars() {
            score = match character {
                '\0'..='\x7F' => score.ascii(character as u8),
                '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' => score.character(LETTER),
                _ => score.character(character_cost(character)),
            };
        }
        for _ in chunk.invalid() {
            score = score.malformed(MALFORMED);
        }
    }
    score
}

/// The bytes without parts of characters at the ends, which may be cut anywhere.
pub(super) fn whole_utf8(bytes: &[u8]) -> Range<usize> {
    let is_rest = |byte: &&u8| matches!(byte, 0x80..=0xBF);
    let head = bytes.iter().take(3).take_while(is_rest).count();
    let tail = bytes[head..]
        .iter()
        .rev()
        .take(3)
        .take_while(is_rest)
        .count();
    match (bytes.len() - tail).checked_sub(1) {
        Some(lead) if lead >= head && is_begun(&bytes[lead..]) => head..lead,
        _ => head..bytes.len(),
    }
}

/// Whether bytes are the first ones of a character.
fn is_begun(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// UTF-16, of which one end comes first.
pub(super) fn utf16(bytes: &[u8], encoding: Encoding) -> Score {
    best_utf16(bytes, encoding).0
}

/// The bytes without halves of units at the ends.
pub(super) fn whole_utf16(bytes: &[u8], encoding: Encoding) -> Range<usize> {
    best_utf16(bytes, encoding).1
}

/// From the first byte on or from the second, whichever reads better.
fn best_utf16(bytes: &[u8], encoding: Encoding) -> (Score, Range<usize>) {
    let from = |start: usize| {
        let end = start + ((bytes.len() - start) & !1);
        let score = Score::cut(bytes, &(start..end));
        (units(&bytes[start..end], encoding, score), start..end)
    };
    match bytes.is_empty() {
        true => from(0),
        false => {
            let (first, second) = (from(0), from(1));
            if second.0 < first.0 { second } else { first }
        }
    }
}

fn units(bytes: &[u8], encoding: Encoding, start: Score) -> Score {
    let units = bytes.chunks_exact(2).map(|pair| match encoding {
        Encoding::Utf16Le => u16::from_le_bytes([pair[0], pair[1]]),
        _ => u16::from_be_bytes([pair[0], pair[1]]),
    });
    char::decode_utf16(units).fold(start, |score, unit| match unit {
        Ok(character @ '\x01'..='\x7F') => score.ascii(character as u8),
        // Of two bytes; those of no text can both be 0.
        Ok('\0') => score.malformed(MALFORMED).malformed(MALFORMED),
        Ok(character) => score.character(character_cost(character)),
        Err(_) => score.malformed(MALFORMED).malformed(MALFORMED),
    })
}

/// An encoding of seven bits.
pub(super) fn seven_bit<R: Reader>(bytes: &[u8]) -> Score {
    let (text, _) = unit::read::<R>(bytes);
    text.chars()
        .fold(Score::START, |score, character| match character {
            char::REPLACEMENT_CHARACTER => score.malformed(MALFORMED),
            '\0'..='\x7F' => score.ascii(character as u8),
            _ => score.character(character_cost(character)),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn a_lost_byte_costs_one_byte() {
        let mut bytes = gbk("默认是这堆选项可以使用第二个端口号大于第一个");
        let whole = paired(&bytes, Paired::Gb18030);
        assert_eq!(whole.malformed_bytes(), 0);
        bytes.remove(9);
        let damaged = paired(&bytes, Paired::Gb18030);
        assert_eq!(damaged.malformed_bytes(), 1);
        assert_eq!(damaged.foreign(), whole.foreign());
    }

    #[test]
    fn units_of_four_bytes_are_one_character() {
        let bytes = encoding_rs::GB18030.encode("𠀀一").0.into_owned();
        let score = paired(&bytes, Paired::Gb18030);
        assert_eq!((score.foreign(), score.malformed_bytes()), (2, 0));
        let score = paired(b"\x8E\xA2\xA1\xA1\xC4\xE3", Paired::EucTw);
        assert_eq!((score.foreign(), score.malformed_bytes()), (2, 0));
    }

    #[test]
    fn utf_16_is_found_behind_a_lost_byte() {
        let bytes: Vec<u8> = "中文网页"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let whole = utf16(&bytes, Encoding::Utf16Le);
        assert_eq!((whole.foreign(), whole.malformed_bytes()), (4, 0));
        let cut = utf16(&bytes[1..], Encoding::Utf16Le);
        assert_eq!((cut.foreign(), cut.malformed_bytes()), (4, 1));
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_malformed() {
        let score = utf8(b"\xE4\xB8\xAD\xFFa");
        assert_eq!((score.foreign(), score.malformed_bytes()), (2, 1));
    }
}
