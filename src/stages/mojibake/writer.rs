//! How a text was written: which characters its bytes are.

use super::pairs::{self, FIRST_TRAIL, LEADS, Pairs};

/// The encoding that a text was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writer {
    Utf8,
    Gbk,
    Big5,
}

/// The bytes of a character so far: none, or up to three, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pending(u32);

impl Pending {
    pub(super) const NONE: Pending = Pending(0);

    pub(super) fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// How many bytes.
    pub(super) fn len(self) -> usize {
        (self.0 >> 24) as usize
    }

    fn push(self, byte: u8) -> Pending {
        let length = self.0 >> 24;
        let bytes = (self.0 & 0x00FF_FFFF) | u32::from(byte) << (8 * length);
        Pending((length + 1) << 24 | bytes)
    }

    fn bytes(self) -> [u8; 4] {
        (self.0 & 0x00FF_FFFF).to_le_bytes()
    }

    /// The first byte.
    pub(super) fn first(self) -> u8 {
        self.bytes()[0]
    }
}

/// What a byte makes of those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// More bytes are to come.
    More(Pending),
    /// It was the last one of a character.
    Done(char),
    /// It cannot stand here.
    Bad,
}

impl Writer {
    /// The encoding's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Writer::Utf8 => "UTF-8",
            Writer::Gbk => "GBK",
            Writer::Big5 => "Big5",
        }
    }

    /// The table, unless it is UTF-8.
    pub(super) fn pairs(self) -> Option<&'static Pairs> {
        match self {
            Writer::Utf8 => None,
            Writer::Gbk => Some(pairs::gbk()),
            Writer::Big5 => Some(pairs::big5()),
        }
    }

    /// What a byte makes of those that are pending.
    pub(super) fn step(self, pending: Pending, byte: u8) -> Step {
        match (self, pending.len()) {
            (_, 0) if byte.is_ascii() => Step::Done(char::from(byte)),
            (Writer::Utf8, _) => utf8(pending, byte),
            (_, 0) if LEADS.contains(&byte) => Step::More(pending.push(byte)),
            (_, 0) => Step::Bad,
            _ => {
                let found = match self.pairs() {
                    Some(table) if byte >= FIRST_TRAIL => table.character(pending.first(), byte),
                    _ => None,
                };
                found.map_or(Step::Bad, Step::Done)
            }
        }
    }
}

fn utf8(pending: Pending, byte: u8) -> Step {
    let whole = match pending.first() {
        _ if pending.is_none() => {
            return match byte {
                0xC2..=0xF4 => Step::More(pending.push(byte)),
                _ => Step::Bad,
            };
        }
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    if !(0x80..=0xBF).contains(&byte) {
        return Step::Bad;
    }
    let mut bytes = pending.bytes();
    bytes[pending.len()] = byte;
    if pending.len() + 1 < whole {
        // What has to follow E0, ED, F0 and F4 shows at the end.
        return Step::More(pending.push(byte));
    }
    let text = std::str::from_utf8(&bytes[..whole]);
    let character = text.ok().and_then(|text| text.chars().next());
    character.map_or(Step::Bad, Step::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(writer: Writer, bytes: &[u8]) -> Option<String> {
        let mut text = String::new();
        let mut pending = Pending::NONE;
        for &byte in bytes {
            match writer.step(pending, byte) {
                Step::More(more) => pending = more,
                Step::Done(character) => {
                    text.push(character);
                    pending = Pending::NONE;
                }
                Step::Bad => return None,
            }
        }
        pending.is_none().then_some(text)
    }

    #[test]
    fn characters_are_read_byte_by_byte() {
        let text = "a中é😀。";
        assert_eq!(read(Writer::Utf8, text.as_bytes()).as_deref(), Some(text));
        assert_eq!(read(Writer::Gbk, b"\xD6\xD0A").as_deref(), Some("中A"));
        assert_eq!(read(Writer::Big5, b"\xA4\xA4@").as_deref(), Some("中@"));
        for bytes in [
            &b"\xE4A"[..],
            b"\xED\xA0\x80",
            b"\xC0\x80",
            b"\x80",
            b"\xE4\xB8",
        ] {
            assert_eq!(read(Writer::Utf8, bytes), None, "{bytes:X?}");
        }
        assert_eq!(read(Writer::Gbk, b"\xD6 "), None);
    }
}
