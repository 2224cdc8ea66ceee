//! Reading bytes unit by unit, for the encodings that `encoding_rs` leaves out.

use std::ops::Range;

/// What a stretch of bytes stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A character.
    Character(char),
    /// Nothing by itself: it says how to read what follows.
    Shift,
    /// Nothing that the encoding knows.
    Malformed,
}

/// An encoding's way of reading, from one unit to the next.
pub(super) trait Reader: Default {
    /// The first unit of `bytes`, which are not empty, and its length in bytes, at
    /// least one and no more than there are.
    fn next(&mut self, bytes: &[u8]) -> (Unit, usize);
}

/// Reads bytes to their end; what is malformed gives U+FFFD each, and its place.
pub(super) fn read<R: Reader>(bytes: &[u8]) -> (String, Vec<Range<usize>>) {
    let mut reader = R::default();
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut malformed = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (unit, length) = reader.next(&bytes[at..]);
        match unit {
            Unit::Character(character) => text.push(character),
            Unit::Shift => {}
            Unit::Malformed => {
                text.push(char::REPLACEMENT_CHARACTER);
                malformed.push(at..at + length);
            }
        }
        at += length;
    }
    (text, malformed)
}

/// The character of GB 2312 with two bytes, in either of its forms (0x21 to 0x7E
/// or 0xA1 to 0xFE).
pub(super) fn gb2312(first: u8, second: u8) -> Option<char> {
    let pair = [first | 0x80, second | 0x80];
    let is_pair = matches!(pair, [0xA1..=0xF7, 0xA1..=0xFE]);
    let text = is_pair
        .then(|| encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&pair))??;
    let mut characters = text.chars();
    let first = characters.next()?;
    // The places that GB 2312 leaves open are private-use characters in GBK.
    let is_private = matches!(first, '\u{E000}'..='\u{F8FF}');
    (characters.next().is_none() && !is_private).then_some(first)
}

/// The two bytes of a character of GB 2312, 0xA1 to 0xFE each.
pub(super) fn gb2312_bytes(character: char) -> Option<[u8; 2]> {
    let mut buffer = [0; 4];
    let (bytes, _, has_unmappable) = encoding_rs::GBK.encode(character.encode_utf8(&mut buffer));
    let pair: [u8; 2] = bytes.as_ref().try_into().ok()?;
    let back = gb2312(pair[0], pair[1]);
    (!has_unmappable && pair[1] >= 0xA1 && back == Some(character)).then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb2312_both_ways() {
        assert_eq!(gb2312(0x56, 0x50), Some('中'));
        assert_eq!(gb2312_bytes('中'), Some([0xD6, 0xD0]));
        assert_eq!(gb2312_bytes('馬'), None, "it is GBK's");
        assert_eq!(gb2312(0xAA, 0xA1), None, "it is the user's");
        assert_eq!(gb2312_bytes('a'), None);
    }
}
