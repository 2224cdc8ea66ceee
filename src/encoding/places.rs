//! Where in a file's bytes a place of its text is.

use std::ops::Range;

use super::Encoding;
use super::hz::Hz;
use super::iso_2022_cn::Iso2022Cn;
use super::unit::{Reader, Unit};

/// Units between two checkpoints: a place costs at most this many steps.
const STRIDE: usize = 512;

/// Bytes of a file that are not in its encoding; both sorted, disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Irregular {
    /// No character; each range is one U+FFFD in the text.
    pub(crate) malformed: Vec<Range<usize>>,
    /// Whole lines in GB 18030.
    pub(crate) legacy: Vec<Range<usize>>,
}

impl Irregular {
    fn is_empty(&self) -> bool {
        self.malformed.is_empty() && self.legacy.is_empty()
    }

    /// The encoding at a place of the file.
    pub(crate) fn encoding_at(&self, byte: usize, encoding: Encoding) -> Encoding {
        let index = self.legacy.partition_point(|range| range.end <= byte);
        match self.legacy.get(index) {
            Some(range) if range.start <= byte => Encoding::Gb18030,
            _ => encoding,
        }
    }

    /// The length of the malformed bytes at a place of the file.
    fn malformed_at(&self, byte: usize) -> Option<usize> {
        let index = self
            .malformed
            .binary_search_by_key(&byte, |range| range.start);
        Some(self.malformed[index.ok()?].len())
    }
}

/// The bytes of a file at places of its decoded text.
///
/// A decoder reads a file in units (a byte, a pair, a surrogate pair…), each
/// of which gives a character. Walking both sides in step, with a checkpoint
/// now and then, finds any place without keeping them all.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    encoding: Encoding,
    /// Places in text and file every [`STRIDE`] units, in bytes; in an encoding
    /// with a state, of every character.
    checkpoints: Vec<(usize, usize)>,
    /// Whether a place in the text is one in the file, but for the mark.
    is_same: bool,
}

impl Places {
    /// `text` is what `bytes`, from behind the byte order mark of `mark`
    /// bytes, decoded to.
    pub(crate) fn new(
        text: &str,
        bytes: &[u8],
        mark: usize,
        encoding: Encoding,
        irregular: &Irregular,
    ) -> Self {
        let mut checkpoints = vec![(0, mark)];
        let is_same = encoding == Encoding::Utf8 && irregular.is_empty();
        let at = (0, mark);
        match encoding {
            _ if is_same => {}
            Encoding::Hz => checkpoints.extend(stateful::<Hz>(text, bytes)),
            Encoding::Iso2022Cn => checkpoints.extend(stateful::<Iso2022Cn>(text, bytes)),
            _ => {
                let walk = Walk {
                    text,
                    bytes,
                    encoding,
                    irregular,
                    at,
                };
                checkpoints.extend(walk.skip(STRIDE - 1).step_by(STRIDE));
            }
        }
        Places {
            encoding,
            checkpoints,
            is_same,
        }
    }

    /// The place in the file of a character boundary of the text.
    pub(crate) fn byte(
        &self,
        text: &str,
        bytes: &[u8],
        irregular: &Irregular,
        place: usize,
    ) -> usize {
        let index = self
            .checkpoints
            .partition_point(|&(in_text, _)| in_text <= place);
        let at = self.checkpoints[index.saturating_sub(1)];
        if self.is_same {
            return at.1 + place;
        }
        let end = (place, bytes.len());
        if self.encoding.is_stateful() {
            let exact = self.checkpoints.get(index.saturating_sub(1));
            return exact.filter(|at| at.0 == place).unwrap_or(&end).1;
        }
        let walk = Walk {
            text,
            bytes,
            encoding: self.encoding,
            irregular,
            at,
        };
        std::iter::once(at)
            .chain(walk)
            .find(|&(in_text, _)| in_text >= place)
            .unwrap_or(end)
            .1
    }
}

/// Where each character begins in text and file.
fn stateful<R: Reader>(text: &str, bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut reader = R::default();
    let mut characters = text.char_indices();
    let mut places = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (unit, length) = reader.next(&bytes[at..]);
        if unit != Unit::Shift {
            let place = characters.next().map_or(text.len(), |(place, _)| place);
            places.push((place, at));
        }
        at += length;
    }
    places.push((text.len(), bytes.len()));
    places
}

/// The places behind each unit.
struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    encoding: Encoding,
    irregular: &'a Irregular,
    at: (usize, usize),
}

impl Iterator for Walk<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let byte = self.at.1;
        let unit = self.bytes.get(byte..).filter(|unit| !unit.is_empty())?;
        let (length, characters) = match self.irregular.malformed_at(byte) {
            Some(length) => (length, 1),
            None => unit_length(unit, self.irregular.encoding_at(byte, self.encoding)),
        };
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
        (Encoding::Utf8, lead) => (lead.leading_ones().clamp(1, 4) as usize, 1),
        (Encoding::Utf16Le, _) if second & 0xFC == 0xD8 => (4, 1),
        (Encoding::Utf16Be, lead) if lead & 0xFC == 0xD8 => (4, 1),
        (Encoding::Utf16Le | Encoding::Utf16Be, _) => (2, 1),
        (Encoding::Gbk | Encoding::Gb18030, 0x81..=0xFE) if second.is_ascii_digit() => (4, 1),
        // Ê and ê with macron or caron: a letter and a combining mark.
        (Encoding::Big5, 0x88) if matches!(second, 0x62 | 0x64 | 0xA3 | 0xA5) => (2, 2),
        (Encoding::EucTw, 0x8E) => (4, 1),
        (_, 0x81..=0xFE) => (2, 1),
        (_, _) => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::{Damage, decode, decode_as, encode};
    use proptest::prelude::*;

    /// Every boundary of the text, and what the file has up to there.
    fn check(bytes: &[u8], encoding: Encoding) -> Result<(), TestCaseError> {
        let decoded = decode_as(bytes, encoding, Damage::Keep).expect("nothing is refused");
        let irregular = &decoded.irregular;
        let places = Places::new(&decoded.text, bytes, decoded.mark, encoding, irregular);
        for (place, _) in decoded.text.char_indices() {
            let byte = places.byte(&decoded.text, bytes, irregular, place);
            let head = decode_as(&bytes[..byte], encoding, Damage::Keep).expect("as before");
            prop_assert_eq!(&head.text, &decoded.text[..place]);
        }
        let end = places.byte(&decoded.text, bytes, irregular, decoded.text.len());
        prop_assert_eq!(end, bytes.len());
        Ok(())
    }

    proptest! {
        #[test]
        fn a_place_in_the_text_is_found_in_the_file(
            text in "[a中€漢\u{E000}\n𠀀éḿ]{0,20}", repeat in 1usize..20,
        ) {
            let text = text.repeat(repeat);
            for encoding in [Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Utf8] {
                check(&encode(&text, encoding).expect("holds all of Unicode"), encoding)?;
            }
        }

        #[test]
        fn the_same_in_encodings_that_hold_less(
            text in "[a~中文乂馬\n 。]{0,20}", repeat in 1usize..20,
        ) {
            let text = text.repeat(repeat);
            check(&encode(&text, Encoding::EucTw).unwrap_or_default(), Encoding::EucTw)?;
            check(&encode(&text, Encoding::Iso2022Cn).expect("holds them"), Encoding::Iso2022Cn)?;
            let text = text.replace(['馬', '乂'], "");
            check(&encode(&text, Encoding::Hz).expect("holds them"), Encoding::Hz)?;
        }

        #[test]
        fn the_same_among_malformed_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            for encoding in [Encoding::Gb18030, Encoding::Utf8, Encoding::EucTw] {
                let decoded = decode_as(&bytes, encoding, Damage::Keep).expect("nothing is refused");
                let irregular = &decoded.irregular;
                let places = Places::new(&decoded.text, &bytes, decoded.mark, encoding, irregular);
                let all: Vec<usize> = decoded.text.char_indices()
                    .map(|(place, _)| places.byte(&decoded.text, &bytes, irregular, place))
                    .collect();
                prop_assert!(all.is_sorted());
                prop_assert!(all.iter().all(|&place| place < bytes.len()));
                let end = places.byte(&decoded.text, &bytes, irregular, decoded.text.len());
                prop_assert_eq!(end, bytes.len());
            }
        }
    }

    #[test]
    fn a_unit_of_two_characters() {
        let bytes = b"a\x88\x62\xA4\xA4\x88\xA5b";
        let decoded = decode_as(bytes, Encoding::Big5, Damage::Refuse).unwrap();
        let regular = Irregular::default();
        let places = Places::new(&decoded.text, bytes, 0, Encoding::Big5, &regular);
        let place = decoded.text.find('中').unwrap();
        assert_eq!(places.byte(&decoded.text, bytes, &regular, place), 3);
    }

    #[test]
    fn lines_in_another_encoding() {
        let line = encode("今天的天气很好，我们去公园\n", Encoding::Gbk).unwrap();
        let bytes = ["这一行是用编码写的\n".as_bytes(), &line, "末尾".as_bytes()].concat();
        let decoded = decode(&bytes, None, Damage::Refuse).unwrap();
        let Irregular { legacy, .. } = &decoded.irregular;
        assert_eq!(legacy.len(), 1);
        let places = Places::new(
            &decoded.text,
            &bytes,
            0,
            decoded.encoding,
            &decoded.irregular,
        );
        let byte = |word| {
            let place = decoded.text.find(word).unwrap();
            places.byte(&decoded.text, &bytes, &decoded.irregular, place)
        };
        assert_eq!(byte("今天"), legacy[0].start);
        assert_eq!(byte("末尾"), legacy[0].end);
        assert_eq!(byte("天气") - byte("今天"), 6);
    }
}
