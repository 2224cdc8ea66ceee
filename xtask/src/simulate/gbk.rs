//! GBK pair by pair, as the filter and the decoders behind it see it: no
//! four-byte characters, every pair of the two-byte area a character.

use std::sync::LazyLock;

use encoding_rs::{GB18030, GBK};

/// The smallest and the largest lead byte.
const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;

/// A single byte that decodes to the euro sign, as the WHATWG and Microsoft
/// have it.
pub(crate) const EURO: u8 = 0x80;

/// The pair that GB 18030 has for the euro sign. `encoding_rs` writes the
/// single byte, which no conversion of the filter's age did.
const EURO_PAIR: [u8; 2] = [0xA2, 0xE3];

static PAIRS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    (0..=u16::MAX)
        .map(|pair| {
            let [lead, trail] = pair.to_be_bytes();
            let valid = LEADS.contains(&lead) && matches!(trail, 0x40..=0x7E | 0x80..=0xFE);
            if !valid {
                return None;
            }
            let bytes = [lead, trail];
            let text = GB18030.decode_without_bom_handling_and_without_replacement(&bytes)?;
            text.chars().next()
        })
        .collect()
});

/// The character of two bytes; `None` if they are no pair.
pub(crate) fn decode(lead: u8, trail: u8) -> Option<char> {
    PAIRS[usize::from(u16::from_be_bytes([lead, trail]))]
}

/// Whether a byte begins a pair.
pub(crate) fn is_lead(byte: u8) -> bool {
    LEADS.contains(&byte)
}

/// The bytes of a character: one of ASCII, or a pair. `None` if GBK does not
/// hold it.
pub(crate) fn encode(character: char) -> Option<Encoded> {
    if character == '€' {
        return Some(Encoded::Pair(EURO_PAIR));
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(character.encode_utf8(&mut buffer));
    match (&*bytes, unmappable) {
        (&[byte], false) if byte.is_ascii() => Some(Encoded::Ascii(byte)),
        (&[lead, trail], false) => Some(Encoded::Pair([lead, trail])),
        _ => None,
    }
}

/// A character's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoded {
    Ascii(u8),
    Pair([u8; 2]),
}

impl Encoded {
    /// The bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Encoded::Ascii(byte) => std::slice::from_ref(byte),
            Encoded::Pair(pair) => pair,
        }
    }
}

/// The pair of a character; `None` if GBK has none.
pub(crate) fn pair(character: char) -> Option<[u8; 2]> {
    match encode(character) {
        Some(Encoded::Pair(pair)) => Some(pair),
        _ => None,
    }
}

/// Whether the character is in a private-use area of the Basic Multilingual
/// Plane, which GBK's user-defined pairs decode to.
pub(crate) fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_go_both_ways() {
        assert_eq!(pair('獎'), Some([0xAA, 0x84]));
        assert_eq!(decode(0xAA, 0x84), Some('獎'));
        assert_eq!(pair('ò'), Some([0xA8, 0xB0]));
        assert_eq!(encode('<'), Some(Encoded::Ascii(b'<')));
        assert_eq!(encode('😀'), None);
        assert!(decode(0xAA, 0xA1).is_some_and(is_private));
        assert_eq!(decode(0x81, 0x28), None);
        assert_eq!((decode(0xFF, 0x40), decode(0x80, 0x40)), (None, None));
        assert_eq!(decode(0xA2, 0xE3), Some('€'));
    }
}
