//! The Mandarin readings of the Han characters of GBK.

use std::sync::LazyLock;

use encoding_rs::GBK;
use memchr::memchr;

use crate::language::pinyin::Syllable;

/// One character a line, sorted by code point, which is also the order of the
/// bytes; comments come first. `dictionaries/readings/README.md` describes the
/// columns, `cargo xtask verify readings` keeps the promise.
static TABLE: &str = include_str!("../../dictionaries/readings/readings.txt");

/// GB 2312 is the part of GBK in which neither byte is below this one.
const GB2312_FIRST_BYTE: u8 = 0xA1;
/// The first byte of its last row.
const GB2312_LAST_LEAD: u8 = 0xF7;

/// The last class of the characters that a page of Traditional text is made of;
/// 1299 of GBK are up to it.
const LAST_FREQUENT: u8 = 3;

/// How common a character is: the level of its Simplified form in the Table of
/// General Standard Chinese Characters of 2013.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// One of the 3500 that everyone reads.
    Common,
    /// One of the 3000 that print needs besides.
    Printed,
    /// One of the 1605 of names and terms.
    Special,
    /// Not in the table.
    Unlisted,
}

/// What is known of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The character.
    pub(crate) character: char,
    /// Its Simplified form; for most characters the character itself.
    pub(crate) simplified: char,
    /// How common it is.
    pub(crate) level: Level,
    /// How frequent it is in Traditional text, from 1 to 5.
    frequency: Option<u8>,
    /// Its readings and its variants', the customary one first.
    readings: &'static str,
}

impl Entry {
    /// Looks a character up; `None` if it has no listed reading.
    ///
    /// Goes through the few lines of the table's text that can have it: no line is
    /// parsed beforehand.
    pub(crate) fn of(character: char) -> Option<Entry> {
        let block = character as usize / BLOCK;
        let (start, end) = (*BLOCKS.get(block)?, *BLOCKS.get(block + 1)?);
        let mut rest = TABLE.get(start as usize..end as usize)?;
        while let Some(newline) = memchr(b'\n', rest.as_bytes()) {
            let (line, after) = rest.split_at(newline);
            // Comments begin with a sign that has no entry.
            if line.starts_with(character) && character != '#' {
                return Entry::parse(line);
            }
            rest = &after[1..];
        }
        None
    }

    /// All of them, by code point.
    pub(crate) fn all() -> impl Iterator<Item = Entry> {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Entry::parse)
    }

    fn parse(line: &'static str) -> Option<Entry> {
        // The columns are short: a search for the tabs takes longer to begin than
        // to look at each byte.
        let mut rest = line;
        let mut column = || {
            let end = rest.bytes().position(|byte| byte == b'\t')?;
            let (column, after) = rest.split_at(end);
            rest = &after[1..];
            Some(column)
        };
        Some(Entry {
            character: column()?.chars().next()?,
            simplified: column()?.chars().next()?,
            level: match column()? {
                "1" => Level::Common,
                "2" => Level::Printed,
                "3" => Level::Special,
                _ => Level::Unlisted,
            },
            frequency: column()?.parse().ok(),
            readings: rest,
        })
    }

    /// Its readings, the customary one first.
    pub(crate) fn readings(&self) -> impl Iterator<Item = Syllable> {
        self.readings.split(' ').filter_map(Syllable::new)
    }

    /// Whether the syllable, with or without its tone, is a reading of the
    /// character or of one of its variants.
    pub(crate) fn lists(&self, syllable: &Syllable) -> bool {
        self.readings().any(|reading| syllable.stands_for(&reading))
    }

    /// Whether the syllable is how the character is read where nothing else is
    /// said, so that a gloss of it tells a reader of Chinese nothing.
    pub(crate) fn is_customary(&self, syllable: &Syllable) -> bool {
        self.readings()
            .next()
            .is_some_and(|reading| syllable.stands_for(&reading))
    }

    /// Whether it is among the characters that a page of Traditional text is made
    /// of, not only one that everyone reads.
    pub(crate) fn is_frequent(&self) -> bool {
        self.frequency.is_some_and(|class| class <= LAST_FREQUENT)
    }

    /// Whether the conversion to Traditional script may have made the character.
    pub(crate) fn is_converted(&self) -> bool {
        self.character != self.simplified
    }

    /// Whether the character is in GB 2312, the set of Simplified Chinese.
    pub(crate) fn is_in_gb2312(&self) -> bool {
        GB2312.contains(self.character)
    }
}

/// How many code points share an entry of [`BLOCKS`].
const BLOCK: usize = 4;

/// Where in the table the first line is that has a character of the block or of
/// a later one; the last entry is the table's end.
static BLOCKS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut blocks = Vec::with_capacity(PLANE / BLOCK + 1);
    let mut start = 0;
    for line in TABLE.split_inclusive('\n') {
        // A comment belongs to the first block, like everything in ASCII.
        let block = line.chars().next().map_or(0, |c| c as usize / BLOCK);
        while blocks.len() <= block {
            blocks.push(start);
        }
        start += line.len() as u32;
    }
    blocks.resize(PLANE / BLOCK + 1, TABLE.len() as u32);
    blocks
});

/// The Han characters of GB 2312.
static GB2312: LazyLock<Set> = LazyLock::new(|| {
    let mut set = Set(vec![0; PLANE / 64]);
    for lead in GB2312_FIRST_BYTE..=GB2312_LAST_LEAD {
        let row: Vec<u8> = (GB2312_FIRST_BYTE..=0xFE)
            .flat_map(|trail| [lead, trail])
            .collect();
        for character in GBK.decode_without_bom_handling(&row).0.chars() {
            set.insert(character);
        }
    }
    set
});

/// One past the last code point of the basic plane.
const PLANE: usize = 0x1_0000;

/// Characters of the basic plane, a bit each: to ask the encoder takes a search.
struct Set(Vec<u64>);

impl Set {
    fn insert(&mut self, character: char) {
        let code = character as usize;
        if let Some(word) = self.0.get_mut(code / 64) {
            *word |= 1 << (code % 64);
        }
    }

    fn contains(&self, character: char) -> bool {
        let code = character as usize;
        self.0
            .get(code / 64)
            .is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> impl Iterator<Item = &'static str> {
        TABLE.lines().filter(|line| !line.starts_with('#'))
    }

    fn entry(character: char) -> Entry {
        Entry::of(character).unwrap_or_else(|| panic!("{character}"))
    }

    fn lists(character: char, text: &str) -> bool {
        entry(character).lists(&Syllable::new(text).expect("a syllable"))
    }

    #[test]
    fn finds_every_line_and_nothing_else() {
        assert!(entries().is_sorted());
        for line in entries() {
            let character = line.chars().next().expect("a character");
            assert_eq!(Entry::of(character), Entry::parse(line), "{line}");
        }
        for character in ['\0', '#', 'a', '。', '瓧', '\u{20000}', char::MAX] {
            assert_eq!(Entry::of(character), None);
        }
    }

    #[test]
    fn every_reading_can_be_compared() {
        for line in entries() {
            let entry = Entry::parse(line).expect("five columns");
            assert_eq!(
                entry.readings().count(),
                entry.readings.split(' ').count(),
                "{line}"
            );
        }
    }

    #[test]
    fn variants_share_their_readings() {
        assert!(lists('沖', "chòng") && lists('冲', "chòng"));
        assert!(lists('長', "zhǎng") && lists('長', "chang"));
        assert!(!lists('動', "dōng"));
    }

    #[test]
    fn tells_common_characters_and_gb2312() {
        assert_eq!(entry('動').level, Level::Common);
        assert!(entry('動').is_frequent() && !entry('鯨').is_frequent());
        assert_eq!(entry('黿').level, Level::Printed);
        assert_eq!(entry('鄜').level, Level::Special);
        assert!(entry('亳').is_in_gb2312() && !entry('動').is_in_gb2312());
        assert!(entry('動').is_converted() && !entry('亳').is_converted());
    }
}
