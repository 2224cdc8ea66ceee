//! The Mandarin readings of the Han characters of GBK.

use std::sync::LazyLock;

use encoding_rs::GBK;

use crate::language::pinyin::Syllable;

/// One character a line, sorted by code point, which is also the order of the
/// bytes; comments come first. `dictionaries/readings/README.md` describes the
/// columns, `cargo xtask verify readings` keeps the promise.
pub(crate) static TABLE: &str = include_str!("../../dictionaries/readings/readings.txt");

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
    readings: &'static [Syllable],
}

impl Entry {
    /// Looks a character up; `None` if it has no listed reading.
    pub(crate) fn of(character: char) -> Option<Entry> {
        let block = character as usize / BLOCK;
        let (start, end) = (*ROWS.blocks.get(block)?, *ROWS.blocks.get(block + 1)?);
        let rows = ROWS.all.get(usize::from(start)..usize::from(end))?;
        let row = rows.iter().find(|row| row.character == character)?;
        Some(row.entry())
    }

    /// All of them, by code point.
    pub(crate) fn all() -> impl Iterator<Item = Entry> {
        ROWS.all.iter().map(Row::entry)
    }

    /// Its readings, the customary one first.
    pub(crate) fn readings(&self) -> impl Iterator<Item = Syllable> {
        self.readings.iter().copied()
    }

    /// Whether the syllable, with or without its tone, is a reading of the
    /// character or of one of its variants.
    pub(crate) fn lists(&self, syllable: &Syllable) -> bool {
        self.readings
            .iter()
            .any(|reading| syllable.stands_for(reading))
    }

    /// Whether the syllable is how the character is read where nothing else is
    /// said, so that a gloss of it tells a reader of Chinese nothing.
    pub(crate) fn is_customary(&self, syllable: &Syllable) -> bool {
        self.readings
            .first()
            .is_some_and(|reading| syllable.stands_for(reading))
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

/// A line of the table.
#[derive(Debug)]
struct Row {
    character: char,
    simplified: char,
    level: Level,
    frequency: Option<u8>,
    /// Where in [`Rows::readings`] its own are.
    start: u32,
    end: u32,
}

impl Row {
    /// Parses a line, whose readings go behind those of others.
    fn parse(line: &str, readings: &mut Vec<Syllable>) -> Option<Row> {
        // The columns are short: a search for the tabs takes longer to begin than
        // to look at each byte.
        let mut rest = line;
        let mut column = |separator: u8| {
            let end = rest.bytes().position(|byte| byte == separator);
            let (column, behind) = match end {
                Some(end) => (&rest[..end], &rest[end + 1..]),
                None => (rest, ""),
            };
            rest = behind;
            (!column.is_empty()).then_some(column)
        };
        let character = column(b'\t')?.chars().next()?;
        let simplified = column(b'\t')?.chars().next()?;
        let level = match column(b'\t')? {
            "1" => Level::Common,
            "2" => Level::Printed,
            "3" => Level::Special,
            _ => Level::Unlisted,
        };
        let frequency = match *column(b'\t')?.as_bytes() {
            [digit @ b'0'..=b'9'] => Some(digit - b'0'),
            _ => None,
        };
        let start = readings.len() as u32;
        while let Some(reading) = column(b' ') {
            readings.extend(Syllable::new(reading));
        }
        Some(Row {
            character,
            simplified,
            level,
            frequency,
            start,
            end: readings.len() as u32,
        })
    }

    /// The row with its readings.
    fn entry(&self) -> Entry {
        let readings = self.start as usize..self.end as usize;
        Entry {
            character: self.character,
            simplified: self.simplified,
            level: self.level,
            frequency: self.frequency,
            readings: &ROWS.readings[readings],
        }
    }
}

/// The table, parsed.
#[derive(Debug)]
struct Rows {
    /// By code point.
    all: Vec<Row>,
    readings: Vec<Syllable>,
    /// For each block of code points, the number of the first row that has one of it or
    /// of a later block; the last entry is the number of rows.
    blocks: Vec<u16>,
}

/// How many code points share an entry of [`Rows::blocks`].
const BLOCK: usize = 4;

/// Parsed when the first gloss is met, in a millisecond or two: a glossed page asks for
/// hundreds of characters, and to parse their lines takes longer than all else that is
/// looked at in a gloss.
static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let (mut all, mut readings) = (Vec::new(), Vec::new());
    let mut blocks = Vec::with_capacity(PLANE / BLOCK + 1);
    for row in lines {
        let Some(row) = Row::parse(row, &mut readings) else {
            continue;
        };
        let block = row.character as usize / BLOCK;
        while blocks.len() <= block {
            blocks.push(all.len() as u16);
        }
        all.push(row);
    }
    blocks.resize(PLANE / BLOCK + 1, all.len() as u16);
    Rows {
        all,
        readings,
        blocks,
    }
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
            let columns: Vec<&str> = line.split('\t').collect();
            let [character, simplified, level, frequency, readings] = columns[..] else {
                panic!("five columns: {line}")
            };
            let entry = entry(character.parse().expect("a character"));
            assert_eq!(entry.character.to_string(), character);
            assert_eq!(entry.simplified.to_string(), simplified);
            let number = (entry.level as usize + 1) % 4;
            assert_eq!(
                level,
                if number == 0 {
                    "-".into()
                } else {
                    number.to_string()
                }
            );
            assert_eq!(entry.frequency, frequency.parse().ok(), "{line}");
            let readings: Vec<_> = readings.split(' ').map(Syllable::new).collect();
            assert!(entry.readings().map(Some).eq(readings), "{line}");
        }
        assert_eq!(Entry::all().count(), entries().count());
        for character in ['\0', '#', 'a', '。', '瓧', '\u{20000}', char::MAX] {
            assert_eq!(Entry::of(character), None);
        }
    }

    #[test]
    fn every_reading_can_be_compared() {
        for line in entries() {
            let readings = line.split('\t').nth(4).expect("five columns");
            let known = |reading| Syllable::new(reading).is_some();
            assert!(readings.split(' ').all(known), "{line}");
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
