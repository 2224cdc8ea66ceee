//! EUC-TW: CNS 11643 on Unix systems in Taiwan.
//!
//! Two bytes from 0xA1 to 0xFE are a character of the first plane; 0x8E, 0xA0
//! plus a plane's number and two such bytes one of any plane.

use super::cns::Cell;
use super::unit::{Reader, Unit};

/// Introduces a character with its plane's number.
const SINGLE_SHIFT: u8 = 0x8E;

/// Bytes of this half are of a character that is not ASCII.
const HIGH: u8 = 0x80;

/// Reads EUC-TW; every unit stands by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EucTw;

impl Reader for EucTw {
    fn next(&mut self, bytes: &[u8]) -> (Unit, usize) {
        let character = |plane, row: u8, column: u8| {
            let (row, column) = (row & !HIGH, column & !HIGH);
            Cell { plane, row, column }.character()
        };
        let (found, length) = match *bytes {
            [ascii @ 0..HIGH, ..] => (Some(char::from(ascii)), 1),
            [
                SINGLE_SHIFT,
                plane @ 0xA1..=0xAF,
                row @ 0xA1..=0xFE,
                column @ 0xA1..=0xFE,
                ..,
            ] => (character(plane - 0xA0, row, column), 4),
            [row @ 0xA1..=0xFE, column @ 0xA1..=0xFE, ..] => (character(1, row, column), 2),
            _ => (None, 1),
        };
        match found {
            Some(character) => (Unit::Character(character), length),
            None => (Unit::Malformed, length),
        }
    }
}

/// Appends a character's bytes; `None` if the encoding has none.
pub(super) fn encode(character: char, bytes: &mut Vec<u8>) -> Option<()> {
    if character.is_ascii() {
        bytes.push(character as u8);
        return Some(());
    }
    let Cell { plane, row, column } = Cell::of(character)?;
    if plane > 1 {
        bytes.extend([SINGLE_SHIFT, 0xA0 + plane]);
    }
    bytes.extend([row | HIGH, column | HIGH]);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::super::unit::read;
    use super::*;

    #[test]
    fn both_ways() {
        let text = "這是 EUC，中文乂亍。\n";
        let mut bytes = Vec::new();
        let encoded: Option<()> = text.chars().try_for_each(|c| encode(c, &mut bytes));
        assert_eq!(encoded, Some(()));
        assert_eq!(read::<EucTw>(&bytes), (text.to_owned(), Vec::new()));
        assert_eq!(encode('们', &mut bytes), None);
    }

    #[test]
    fn malformed_bytes_have_places() {
        let (text, malformed) = read::<EucTw>(b"\xC4\xE3\xFFa\xC4\x8E\xA2");
        assert_eq!(text, "中\u{FFFD}a\u{FFFD}\u{FFFD}\u{FFFD}");
        assert_eq!(malformed, [2..3, 4..5, 5..6, 6..7]);
    }
}
