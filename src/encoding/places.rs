//! Where in a file's bytes a place of its text is.

use super::Encoding;

/// Units between two checkpoints: a place costs at most this many steps.
const STRIDE: usize = 512;

/// The bytes of a file at places of its decoded text.
///
/// A decoder reads a file in units (a byte, a pair, a surrogate pair…), each
/// of which gives a character. Walking both sides in step, with a checkpoint
/// now and then, finds any place without keeping them all.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    encoding: Encoding,
    /// Places in text and file every [`STRIDE`] units, in bytes.
    checkpoints: Vec<(usize, usize)>,
}

impl Places {
    /// `text` is what `bytes`, from behind the byte order mark of `mark`
    /// bytes, strictly decoded to.
    pub(crate) fn new(text: &str, bytes: &[u8], mark: usize, encoding: Encoding) -> Self {
        let mut checkpoints = vec![(0, mark)];
        if encoding != Encoding::Utf8 {
            let walk = Walk {
                text,
                bytes,
                encoding,
                at: (0, mark),
            };
            checkpoints.extend(walk.skip(STRIDE - 1).step_by(STRIDE));
        }
        Places {
            encoding,
            checkpoints,
        }
    }

    /// The place in the file of a character boundary of the text.
    pub(crate) fn byte(&self, text: &str, bytes: &[u8], place: usize) -> usize {
        let index = self
            .checkpoints
            .partition_point(|&(in_text, _)| in_text <= place);
        let at = self.checkpoints[index.saturating_sub(1)];
        if self.encoding == Encoding::Utf8 {
            return at.1 + place;
        }
        let walk = Walk {
            text,
            bytes,
            encoding: self.encoding,
            at,
        };
        let end = (place, bytes.len());
        std::iter::once(at)
            .chain(walk)
            .find(|&(in_text, _)| in_text >= place)
            .unwrap_or(end)
            .1
    }
}

/// The places behind each unit.
struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    encoding: Encoding,
    at: (usize, usize),
}

impl Iterator for Walk<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let unit = self
            .bytes
            .get(self.at.1..)
            .filter(|unit| !unit.is_empty())?;
        let (length, characters) = unit_length(unit, self.encoding);
        let behind = self.text.get(self.at.0..).unwrap_or("");
        self.at.0 += behind
            .chars()
            .take(characters)
            .map(char::len_utf8)
            .sum::<usize>();
        self.at.1 += length;
        Some(self.at)
    }
}

/// The length in bytes of the first unit, and the characters that it gives.
fn unit_length(bytes: &[u8], encoding: Encoding) -> (usize, usize) {
    let second = bytes.get(1).copied().unwrap_or(0);
    match (encoding, bytes[0]) {
        (Encoding::Utf8, _) => (1, 1),
        (Encoding::Utf16Le, _) if second & 0xFC == 0xD8 => (4, 1),
        (Encoding::Utf16Be, lead) if lead & 0xFC == 0xD8 => (4, 1),
        (Encoding::Utf16Le | Encoding::Utf16Be, _) => (2, 1),
        (Encoding::Gbk | Encoding::Gb18030, 0x81..=0xFE) if second.is_ascii_digit() => (4, 1),
        // Ê and ê with macron or caron: a letter and a combining mark.
        (Encoding::Big5, 0x88) if matches!(second, 0x62 | 0x64 | 0xA3 | 0xA5) => (2, 2),
        (_, 0x81..=0xFE) => (2, 1),
        (_, _) => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::{decode_as, encode};
    use proptest::prelude::*;

    fn check(bytes: &[u8], encoding: Encoding) -> Result<(), TestCaseError> {
        let decoded = decode_as(bytes, encoding).expect("made to be valid");
        let places = Places::new(&decoded.text, bytes, decoded.mark, encoding);
        for (place, _) in decoded.text.char_indices() {
            let byte = places.byte(&decoded.text, bytes, place);
            let head = decode_as(&bytes[..byte], encoding).expect("cut between characters");
            prop_assert_eq!(&head.text, &decoded.text[..place]);
        }
        let end = places.byte(&decoded.text, bytes, decoded.text.len());
        prop_assert_eq!(end, bytes.len());
        Ok(())
    }

    proptest! {
        #[test]
        fn a_place_in_the_text_is_found_in_the_file(
            text in "[a中€漢\u{E000}\n𠀀éḿ]{0,20}", repeat in 1usize..40,
        ) {
            let text = text.repeat(repeat);
            for encoding in [Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Utf8] {
                check(&encode(&text, encoding).expect("holds all of Unicode"), encoding)?;
            }
        }
    }

    #[test]
    fn a_unit_of_two_characters() {
        let bytes = b"a\x88\x62\xA4\xA4\x88\xA5b";
        let decoded = decode_as(bytes, Encoding::Big5).unwrap();
        let places = Places::new(&decoded.text, bytes, 0, Encoding::Big5);
        let place = decoded.text.find('中').unwrap();
        assert_eq!(places.byte(&decoded.text, bytes, place), 3);
    }
}
