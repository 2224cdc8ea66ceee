//! ISO-2022-CN (RFC 1922): GB 2312 and CNS 11643 in seven bits.
//!
//! Escape sequences name the sets behind SO (GB 2312 or CNS plane 1), behind one
//! SS2 (plane 2) and one SS3 (planes 3 to 7, in the variant -EXT); the end of a
//! line undoes all of it.

use super::cns::Cell;
use super::unit::{Reader, Unit, gb2312, gb2312_bytes};

const ESCAPE: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;

/// What stands behind SO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Gb2312,
    Cns,
}

impl Set {
    /// The last byte of the escape sequence that names it.
    fn last(self) -> u8 {
        match self {
            Set::Gb2312 => b'A',
            Set::Cns => b'G',
        }
    }
}

/// Reads ISO-2022-CN and its variant -EXT.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Iso2022Cn {
    set: Option<Set>,
    is_out: bool,
    /// The plane behind SS2, if it has been named.
    second: bool,
    /// The plane behind SS3.
    third: Option<u8>,
}

impl Reader for Iso2022Cn {
    fn next(&mut self, bytes: &[u8]) -> (Unit, usize) {
        match *bytes {
            [ESCAPE, b'$', b')', last @ (b'A' | b'G'), ..] => {
                self.set = Some(if last == b'A' { Set::Gb2312 } else { Set::Cns });
                (Unit::Shift, 4)
            }
            [ESCAPE, b'$', b'*', b'H', ..] => {
                self.second = true;
                (Unit::Shift, 4)
            }
            [ESCAPE, b'$', b'+', last @ b'I'..=b'M', ..] => {
                self.third = Some(last - b'I' + 3);
                (Unit::Shift, 4)
            }
            [ESCAPE, b'N', row, column, ..] if self.second => cns(2, row, column, 4),
            [ESCAPE, b'O', row, column, ..] if self.third.is_some() => {
                cns(self.third.unwrap_or_default(), row, column, 4)
            }
            [SHIFT_OUT, ..] if self.set.is_some() => {
                self.is_out = true;
                (Unit::Shift, 1)
            }
            [SHIFT_IN, ..] => {
                self.is_out = false;
                (Unit::Shift, 1)
            }
            [end @ (b'\n' | b'\r'), ..] => {
                *self = Iso2022Cn::default();
                (Unit::Character(char::from(end)), 1)
            }
            [first @ 0x21..=0x7E, second @ 0x21..=0x7E, ..] if self.is_out => match self.set {
                Some(Set::Cns) => cns(1, first, second, 2),
                _ => (
                    gb2312(first, second).map_or(Unit::Malformed, Unit::Character),
                    2,
                ),
            },
            [byte, ..]
                if byte.is_ascii() && byte != ESCAPE && byte != SHIFT_OUT && !self.is_out =>
            {
                (Unit::Character(char::from(byte)), 1)
            }
            [blank @ (b' ' | b'\t'), ..] => (Unit::Character(char::from(blank)), 1),
            _ => (Unit::Malformed, 1),
        }
    }
}

fn cns(plane: u8, row: u8, column: u8, length: usize) -> (Unit, usize) {
    let character = Cell { plane, row, column }.character();
    (character.map_or(Unit::Malformed, Unit::Character), length)
}

/// Encodes a text with GB 2312 and the first two planes of CNS 11643, or names the
/// first character that they do not have.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, char> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut state = Iso2022Cn::default();
    for character in text.chars() {
        match character {
            '\n' | '\r' => {
                if state.is_out {
                    bytes.push(SHIFT_IN);
                }
                state = Iso2022Cn::default();
                bytes.push(character as u8);
            }
            '\0'..='\x7F' => {
                if state.is_out {
                    state.is_out = false;
                    bytes.push(SHIFT_IN);
                }
                bytes.push(character as u8);
            }
            _ => state.encode(character, &mut bytes).ok_or(character)?,
        }
    }
    if state.is_out {
        bytes.push(SHIFT_IN);
    }
    Ok(bytes)
}

impl Iso2022Cn {
    fn encode(&mut self, character: char, bytes: &mut Vec<u8>) -> Option<()> {
        if let Some([first, second]) = gb2312_bytes(character) {
            self.shift_out(Set::Gb2312, bytes);
            bytes.extend([first & 0x7F, second & 0x7F]);
            return Some(());
        }
        let Cell { plane, row, column } = Cell::of(character)?;
        match plane {
            1 => self.shift_out(Set::Cns, bytes),
            2 => {
                if !self.second {
                    self.second = true;
                    bytes.extend([ESCAPE, b'$', b'*', b'H']);
                }
                bytes.extend([ESCAPE, b'N']);
            }
            _ => return None,
        }
        bytes.extend([row, column]);
        Some(())
    }

    fn shift_out(&mut self, set: Set, bytes: &mut Vec<u8>) {
        if self.set != Some(set) {
            self.set = Some(set);
            bytes.extend([ESCAPE, b'$', b')', set.last()]);
        }
        if !self.is_out {
            self.is_out = true;
            bytes.push(SHIFT_OUT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::unit::read;
    use super::*;

    #[test]
    fn sets_are_named_and_shifted_to() {
        let (text, malformed) = read::<Iso2022Cn>(b"\x1b$)A\x0eVPND\x0f ok");
        assert_eq!((text.as_str(), malformed.len()), ("中文 ok", 0));
        let (text, _) = read::<Iso2022Cn>(b"\x1b$)G\x0eDc\x1b$*H\x1bN!!\x0f");
        assert_eq!(text, "中乂");
    }

    #[test]
    fn both_ways() {
        let text = "中文 ok\n馬兒乂a\n文";
        let bytes = encode(text).expect("all are there");
        assert!(bytes.is_ascii());
        assert_eq!(read::<Iso2022Cn>(&bytes), (text.to_owned(), Vec::new()));
        assert_eq!(encode("中😀"), Err('😀'));
    }

    #[test]
    fn what_no_set_has_been_named_for_is_malformed() {
        let (text, malformed) = read::<Iso2022Cn>(b"\x0eVP\x1bN!!\x80");
        assert_eq!(text, "\u{FFFD}VP\u{FFFD}N!!\u{FFFD}");
        assert_eq!(malformed, [0..1, 3..4, 7..8]);
    }
}
