//! Which characters a site's filter glosses, with which readings and in which
//! order.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::conversion;
use super::gbk;
use super::random::Random;

static SEEN: &str = include_str!("../../data/glosses-seen.tsv");
static FREQUENCIES: &str = include_str!("../../data/frequencies.tsv");
static READINGS: &str = include_str!("../../../dictionaries/readings/readings.txt");

/// The kinds of page in `glosses-seen.tsv` that a filter with a table made.
const TABLE_PAGES: [&str; 4] = ["A", "A+", "B", "off"];

/// The characters of a site's table, as far as pages show them.
const SIZES: (usize, usize) = (60, 130);

/// The level of the common characters in the table of readings.
const COMMON: &str = "1";

/// Where a table's characters come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Source {
    /// Characters seen with a gloss in filtered pages.
    Seen,
    /// Common characters that the conversion makes, the more frequent the
    /// likelier: what another site's table may hold.
    Common,
    /// Any characters that the conversion makes, the more frequent the
    /// likelier.
    Any,
}

/// The order in which a filter goes through its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Order {
    /// By code point, as most pages show it.
    CodePoint,
    /// Any order.
    Shuffled,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gloss {
    /// The character's bytes: what the filter looks for.
    pub(crate) needle: [u8; 2],
    /// What it puts behind, brackets and all.
    pub(crate) inserted: Vec<u8>,
}

/// How a site writes its glosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Whether the tones are marked.
    pub(crate) tones: bool,
    /// How often each gloss is repeated: 1, or 2 as in `國(guo)(guo)`.
    pub(crate) times: usize,
}

impl Gloss {
    /// The gloss of a character; `None` if GBK lacks the character or a letter.
    pub(crate) fn new(character: char, reading: &str, marks: Marks) -> Option<Self> {
        let mut inserted = vec![b'('];
        for letter in reading.chars() {
            let letter = if marks.tones {
                letter
            } else {
                toneless(letter)
            };
            inserted.extend_from_slice(gbk::encode(letter)?.as_bytes());
        }
        inserted.push(b')');
        Some(Gloss {
            needle: gbk::pair(character)?,
            inserted: inserted.repeat(marks.times),
        })
    }
}

fn toneless(letter: char) -> char {
    match letter {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        _ => letter,
    }
}

/// A character, its reading, and its weight in a draw.
type Candidate = (char, &'static str, u32);

static SEEN_CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let character = cells.next()?.chars().next()?;
        let reading = cells.next()?;
        let pages = cells.next()?;
        let by_table = pages.split(',').any(|page| TABLE_PAGES.contains(&page));
        (by_table && is_outside_gb2312(character)).then_some((character, reading, 1))
    };
    SEEN.lines().filter_map(row).collect()
});

/// Character, level and customary reading.
static CUSTOMARY: LazyLock<HashMap<char, (&'static str, &'static str)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [character, _, level, _, readings] = cells[..] else {
            return None;
        };
        let customary = readings.split(' ').next()?;
        Some((character.chars().next()?, (level, customary)))
    };
    READINGS.lines().filter_map(row).collect()
});

/// The reading that most people would give for a character.
pub(crate) fn customary_reading(character: char) -> Option<&'static str> {
    CUSTOMARY.get(&character).map(|&(_, reading)| reading)
}

static CONVERTED_CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let frequencies: HashMap<char, u32> = FREQUENCIES
        .lines()
        .filter_map(|line| {
            let (character, count) = line.split_once('\t')?;
            Some((character.chars().next()?, count.parse().ok()?))
        })
        .collect();
    conversion::made()
        .into_iter()
        .filter(|&character| is_outside_gb2312(character))
        .filter_map(|character| {
            let reading = customary_reading(character)?;
            // Even what was not counted has a chance.
            let weight = frequencies.get(&character).copied().unwrap_or(0) + 1;
            Some((character, reading, weight))
        })
        .collect()
});

/// GB 2312 is the part of GBK in which neither byte is below A1; no character
/// of it was seen glossed by a filter with a table.
fn is_outside_gb2312(character: char) -> bool {
    gbk::pair(character).is_some_and(|pair| pair.iter().any(|&byte| byte < 0xA1))
}

/// Draws a site's table.
pub(crate) fn draw(source: Source, order: Order, marks: Marks, random: &mut Random) -> Vec<Gloss> {
    let is_common = |&(character, _, _): &Candidate| {
        CUSTOMARY
            .get(&character)
            .is_some_and(|&(level, _)| level == COMMON)
    };
    let mut left: Vec<Candidate> = match source {
        Source::Seen => SEEN_CANDIDATES.clone(),
        Source::Common => CONVERTED_CANDIDATES
            .iter()
            .copied()
            .filter(is_common)
            .collect(),
        Source::Any => CONVERTED_CANDIDATES.clone(),
    };
    let size = random.between(SIZES.0, SIZES.1).min(left.len());
    let mut drawn: Vec<Candidate> = Vec::with_capacity(size);
    for _ in 0..size {
        let weights: Vec<(usize, u32)> = left
            .iter()
            .enumerate()
            .map(|(index, &(_, _, weight))| (index, weight))
            .collect();
        drawn.push(left.swap_remove(random.weighted(&weights)));
    }
    match order {
        Order::CodePoint => drawn.sort_unstable(),
        Order::Shuffled => random.shuffle(&mut drawn),
    }
    drawn
        .into_iter()
        .filter_map(|(character, reading, _)| Gloss::new(character, reading, marks))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Marks = Marks {
        tones: true,
        times: 1,
    };

    #[test]
    fn a_gloss_in_bytes() {
        let gloss = Gloss::new('動', "dòng", PLAIN).unwrap();
        assert_eq!(gloss.needle, [0x84, 0xD3]);
        assert_eq!(gloss.inserted, b"(d\xA8\xB0ng)");
        let marks = Marks {
            tones: false,
            times: 2,
        };
        let gloss = Gloss::new('綠', "lǜ", marks).unwrap();
        assert_eq!(gloss.inserted, b"(lv)(lv)");
        assert_eq!(Gloss::new('動', "ê̄", PLAIN), None);
    }

    #[test]
    fn tables_are_drawn_alike_from_the_same_numbers() {
        for source in [Source::Seen, Source::Common, Source::Any] {
            let table = |order| draw(source, order, PLAIN, &mut Random::of_document(7, 0));
            let sorted = table(Order::CodePoint);
            assert_eq!(sorted, table(Order::CodePoint));
            assert!((SIZES.0..=SIZES.1).contains(&sorted.len()), "{source:?}");
            let mut shuffled = table(Order::Shuffled);
            assert_ne!(sorted, shuffled);
            let by_needle = |gloss: &Gloss| gloss.needle;
            let mut sorted = sorted;
            sorted.sort_by_key(by_needle);
            shuffled.sort_by_key(by_needle);
            assert_eq!(sorted, shuffled);
        }
    }
}
