//! What the filter does to a page's bytes.

use std::ops::Range;

use memchr::memmem;

use super::gbk;
use super::table::{Gloss, Marks, customary_reading};

/// Where a byte comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The page's character of that number.
    Page(u32),
    /// The inserted gloss of that number.
    Gloss(u32),
}

/// The bytes of a page, and where each comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stream {
    pub(crate) bytes: Vec<u8>,
    /// One for each byte.
    pub(crate) origins: Vec<Origin>,
    /// For each gloss, whether the filter has taken the end of one character
    /// and the beginning of the next for the one that it looks for. The gloss
    /// is then inside the next one, unless that is a letter.
    pub(crate) splits: Vec<bool>,
}

impl Stream {
    /// A page's bytes; GBK must hold every character.
    pub(crate) fn encode(page: &[char]) -> Self {
        let mut stream = Stream::default();
        for (number, &character) in page.iter().enumerate() {
            stream.push_character(number, character);
        }
        stream
    }

    /// The same, with a gloss behind every so many-th Han character, as the
    /// filter that counts does it. That one works on characters.
    pub(crate) fn encode_counting(page: &[char], distance: usize, marks: Marks) -> Self {
        let mut stream = Stream::default();
        let mut han = 0;
        for (number, &character) in page.iter().enumerate() {
            stream.push_character(number, character);
            if !matches!(character, '\u{4E00}'..='\u{9FFF}') {
                continue;
            }
            han += 1;
            if han % distance == 0
                && let Some(reading) = customary_reading(character)
                && let Some(gloss) = Gloss::new(character, reading, marks)
            {
                stream.push_gloss(&gloss.inserted, false);
            }
        }
        stream
    }

    fn push_character(&mut self, number: usize, character: char) {
        let Some(encoded) = gbk::encode(character) else {
            return;
        };
        self.bytes.extend_from_slice(encoded.as_bytes());
        self.origins
            .resize(self.bytes.len(), Origin::Page(number as u32));
    }

    fn push_gloss(&mut self, inserted: &[u8], splits: bool) {
        let origin = Origin::Gloss(self.splits.len() as u32);
        self.bytes.extend_from_slice(inserted);
        self.origins.resize(self.bytes.len(), origin);
        self.splits.push(splits);
    }

    fn copy(&mut self, from: &Stream, range: Range<usize>) {
        self.bytes.extend_from_slice(&from.bytes[range.clone()]);
        self.origins.extend_from_slice(&from.origins[range]);
    }

    /// Puts a gloss behind every occurrence of its character's bytes, blind to
    /// where characters begin; only within the range of numbers of characters,
    /// as some pages are filtered in part.
    pub(crate) fn insert(&mut self, gloss: &Gloss, within: &Range<u32>) {
        let old = std::mem::take(self);
        self.splits.clone_from(&old.splits);
        let mut done = 0;
        for at in memmem::find_iter(&old.bytes, &gloss.needle) {
            let (first, second) = (old.origins[at], old.origins[at + 1]);
            if let Origin::Page(number) = first
                && !within.contains(&number)
            {
                continue;
            }
            let end = at + gloss.needle.len();
            self.copy(&old, done..end);
            self.push_gloss(&gloss.inserted, first != second);
            done = end;
        }
        if done == 0 {
            *self = old;
        } else {
            self.copy(&old, done..old.bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::table::Marks;

    const PLAIN: Marks = Marks {
        tones: true,
        times: 1,
    };

    fn filtered(page: &str, table: &[(char, &str)]) -> Stream {
        let page: Vec<char> = page.chars().collect();
        let mut stream = Stream::encode(&page);
        for &(character, reading) in table {
            let gloss = Gloss::new(character, reading, PLAIN).unwrap();
            stream.insert(&gloss, &(0..u32::MAX));
        }
        stream
    }

    #[test]
    fn a_needle_is_found_across_two_characters() {
        // 要 D2AA, 動 84D3, 獎 AA84.
        let stream = filtered("要動", &[('獎', "jiǎng")]);
        assert_eq!(stream.bytes, b"\xD2\xAA\x84(ji\xA8\xA3ng)\xD3");
        assert_eq!(stream.splits, [true]);
        let stream = filtered("獎要", &[('獎', "jiǎng")]);
        assert_eq!(stream.splits, [false]);
    }

    #[test]
    fn the_order_of_the_table_decides_where_needles_overlap() {
        let right_first = filtered("要動", &[('動', "dòng"), ('獎', "jiǎng")]);
        assert_eq!(right_first.splits.len(), 2);
        let left_first = filtered("要動", &[('獎', "jiǎng"), ('動', "dòng")]);
        assert_eq!(left_first.splits.len(), 1);
    }

    #[test]
    fn a_part_of_a_page() {
        let page: Vec<char> = "動動動動".chars().collect();
        let mut stream = Stream::encode(&page);
        let gloss = Gloss::new('動', "dòng", PLAIN).unwrap();
        stream.insert(&gloss, &(1..3));
        assert_eq!(stream.splits.len(), 2);
        assert!(stream.bytes.starts_with(b"\x84\xD3\x84\xD3("));
    }

    #[test]
    fn counting() {
        let page: Vec<char> = "生產，企業的發展".chars().collect();
        let stream = Stream::encode_counting(&page, 3, PLAIN);
        let text = encoding_rs::GBK.decode(&stream.bytes).0;
        assert_eq!(text, "生產，企(qǐ)業的發(fā)展");
        assert_eq!(stream.origins.len(), stream.bytes.len());
    }
}
