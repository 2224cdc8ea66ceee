//! Does the document show that a filter has inserted glosses?
//!
//! The counts of one pattern do not change when the glosses of another one are
//! taken out: otherwise a second run could find what the first one did not.
//!
//! The constants were set on thirteen garbled pages and on pages glossed by
//! simulation, against text glossed as people gloss: rare characters, polyphones,
//! new words, ends of lines, every character. What stays wrong there is up to two
//! in a hundred single Traditional sentences, with three to five glosses each, and
//! two in a thousand texts of 150 characters and more in which a few changed
//! characters were glossed wherever they stood. In 950 MB of other clean text, of
//! which little has glosses, nothing is found.

use std::ops::RangeInclusive;

use crate::evidence::{Damage, Glossing};
use crate::language::is_han;

use super::scan::Gloss;

/// How much a page must show of a filter with a table.
struct Least {
    /// Glosses in a short text, or where the filter has also broken characters.
    glosses: usize,
    /// Glosses in a long text.
    glosses_if_long: usize,
    /// Different characters glossed.
    characters: usize,
}

/// With tones, as every table seen so far has them.
const TONED: Least = Least {
    glosses: 3,
    glosses_if_long: 6,
    characters: 2,
};

/// Without tones, a syllable may also be a word of English or a romanized name.
const TONELESS: Least = Least {
    glosses: 8,
    glosses_if_long: 8,
    characters: 4,
};

/// The Han characters of a text that is no longer short: those of about 400
/// characters of running text.
const LONG: usize = 350;

/// A part of a whole, in hundredths.
type Share = usize;

/// Glosses that fit a table, of all: people gloss above all rare characters, and
/// those that Simplified script has too.
const FITTING: Share = 80;

/// Glosses on frequent characters, of those that fit: a filter's table holds what
/// it will meet, people gloss what is seldom met.
const FREQUENT: Share = 60;

/// Glosses of the customary reading, of those that fit: people gloss the reading
/// that a reader would not expect, such as 單(chán)于. Of 232 pairs seen in
/// filtered pages, 230 are customary.
const CUSTOMARY: Share = 75;

/// Glosses with the most frequent reading of their character, of those that fit:
/// a filter has one reading for each, a lesson compares two.
const CONSTANT: Share = 90;

/// Occurrences that are glossed, of all those of the characters that fit: people
/// gloss a word once, a filter over and over, except where it has broken the
/// character's bytes.
const OCCURRENCES: Share = 60;

/// Glosses with a Han character right behind: lists of words, verses and
/// dictionaries put the gloss at the end.
const RUNNING_ON: Share = 50;

/// Glossed Han characters, of all, where teaching text begins. Filtered pages
/// show up to 28, single sentences of them up to 47.
const TEACHING: Share = 50;

/// Characters that the filter's conversion does not make: it leaves 于, 后, 里,
/// 并, 系, 采, 制 and 干 as they are, which Traditional script has too. In text
/// that was written in that script, one character in a hundred is among these.
const UNCONVERTED: [char; 9] = ['於', '後', '裡', '裏', '並', '係', '採', '製', '幹'];

/// Glosses that a page must show for each such character, which a quotation may
/// have brought in. None of the filtered pages seen has one.
const GLOSSES_PER_UNCONVERTED: usize = 10;

/// The distances, in Han characters, at which a counting filter glosses; 4 and 5
/// were seen. At 1 and 2, a text would gloss every character or word.
const DISTANCES: RangeInclusive<usize> = 3..=12;

/// The fewest distances from a gloss to the next one that show a counting filter.
const LEAST_DISTANCES: usize = 8;

/// The fewest different characters that a counting filter glosses: a refrain
/// stands at regular distances too.
const COUNTED_CHARACTERS: usize = 5;

/// Distances that are the same, of all; pages were seen with 90 and more.
const REGULAR: Share = 75;

/// What the document shows.
pub(super) fn observe(text: &str, glosses: &[Gloss], damage: Damage) -> Glossing {
    let sorted = sorted(glosses);
    let listed = || sorted.iter().copied().filter(|gloss| gloss.is_listed());
    let mut glossing = Glossing {
        glosses: listed().count(),
        characters: Readings::of(listed()).characters,
        ..Glossing::default()
    };
    if glossing.glosses < TONED.glosses {
        return glossing;
    }
    let page = Page::survey(text, glosses, &sorted, damage);
    let toned = sorted.iter().copied().filter(|gloss| gloss.is_toned());
    // Without a tone, what is no reading is no gloss but a word in brackets.
    let toneless = listed().filter(|gloss| !gloss.is_toned());
    glossing.by_table = page.shows_a_table(toned, &TONED);
    glossing.by_table_toneless = page.shows_a_table(toneless, &TONELESS);
    glossing.by_count = page.shows_counting(glosses, &sorted, &glossing);
    glossing.found = glossing.by_table || glossing.by_table_toneless || glossing.by_count;
    glossing
}

/// The glosses by character and reading.
fn sorted(glosses: &[Gloss]) -> Vec<&Gloss> {
    let mut sorted: Vec<&Gloss> = glosses.iter().collect();
    sorted.sort_unstable_by_key(|gloss| (gloss.character, gloss.syllable.number()));
    sorted
}

/// Counts over the whole text.
struct Page {
    /// Han characters.
    han: usize,
    /// How often each glossed character stands in the text; by character.
    occurrences: Vec<(char, usize)>,
    /// For each gloss, how many Han characters stand before it.
    places: Vec<usize>,
    /// Characters that the filter's conversion does not make.
    unconverted: usize,
    /// Tails of glosses in broken characters.
    halves: usize,
}

impl Page {
    fn survey(text: &str, glosses: &[Gloss], sorted: &[&Gloss], damage: Damage) -> Self {
        let mut occurrences: Vec<_> = sorted.iter().map(|gloss| (gloss.character, 0)).collect();
        occurrences.dedup();
        let glossed = occurrences.iter().map(|&(character, _)| character);
        let counted = Sketch::of(glossed.chain(UNCONVERTED));
        let mut page = Page {
            han: 0,
            occurrences,
            places: Vec::with_capacity(glosses.len()),
            unconverted: 0,
            halves: damage.glosses,
        };
        let mut done = 0;
        for gloss in glosses {
            page.walk(&text[done..gloss.range.start], &counted);
            page.places.push(page.han);
            done = gloss.range.start;
        }
        page.walk(&text[done..], &counted);
        page
    }

    /// Counts the characters of a part of the text; only those of the sketch are counted
    /// one by one.
    fn walk(&mut self, part: &str, counted: &Sketch) {
        for character in part.chars().filter(|&character| is_han(character)) {
            self.han += 1;
            if counted.may_have(character) {
                self.count(character);
            }
        }
    }

    fn count(&mut self, character: char) {
        self.unconverted += usize::from(UNCONVERTED.contains(&character));
        if let Ok(place) = self.find(character) {
            self.occurrences[place].1 += 1;
        }
    }

    /// Where the character is among those glossed.
    fn find(&self, character: char) -> Result<usize, usize> {
        self.occurrences
            .binary_search_by_key(&character, |&(glossed, _)| glossed)
    }

    /// Whether the glosses, which are all of the text's with tones or all without,
    /// are those of a filter with a table; by character and reading.
    fn shows_a_table<'a>(&self, glosses: impl Iterator<Item = &'a Gloss>, least: &Least) -> bool {
        let mut all = 0;
        let fitting: Vec<&Gloss> = glosses
            .inspect(|_| all += 1)
            .filter(|gloss| gloss.fits_a_table())
            .collect();
        let readings = Readings::of(fitting.iter().copied());
        let count = |is_so: fn(&Gloss) -> bool| fitting.iter().filter(|gloss| is_so(gloss)).count();
        let frequent = count(Gloss::is_of_a_frequent_character);
        let customary = count(Gloss::is_customary);
        let running_on = count(|gloss| gloss.runs_on);
        let is_long = self.han > LONG && self.halves == 0;

        fitting.len()
            >= if is_long {
                least.glosses_if_long
            } else {
                least.glosses
            }
            && readings.characters >= least.characters
            && is_share(fitting.len(), FITTING, all)
            && is_share(frequent, FREQUENT, fitting.len())
            && is_share(customary, CUSTOMARY, fitting.len())
            && is_share(readings.most_frequent, CONSTANT, fitting.len())
            && is_share(fitting.len(), OCCURRENCES, self.occurrences_of(&fitting))
            && (self.halves > 0 || is_share(running_on, RUNNING_ON, fitting.len()))
            && !is_share(all, TEACHING, self.han)
            && self.unconverted * GLOSSES_PER_UNCONVERTED <= fitting.len()
    }

    /// How often their characters stand in the text.
    fn occurrences_of(&self, glosses: &[&Gloss]) -> usize {
        let characters = glosses.chunk_by(|a, b| a.character == b.character);
        let places = characters.filter_map(|own| self.find(own[0].character).ok());
        places.map(|place| self.occurrences[place].1).sum()
    }

    /// Whether the glosses, less those that a table explains, stand at one
    /// distance from each other.
    fn shows_counting(&self, glosses: &[Gloss], sorted: &[&Gloss], glossing: &Glossing) -> bool {
        let is_counted = |gloss: &Gloss| gloss.is_listed() && !is_by_table(gloss, glossing);
        let counted: Vec<(&Gloss, usize)> = glosses
            .iter()
            .zip(self.places.iter().copied())
            .filter(|(gloss, _)| is_counted(gloss))
            .collect();
        let running_on = counted.iter().filter(|(gloss, _)| gloss.runs_on).count();
        let distances = counted.len().saturating_sub(1);
        let mut same = [0; *DISTANCES.end() + 1];
        for pair in counted.windows(2) {
            if let Some(count) = same.get_mut(pair[1].1 - pair[0].1) {
                *count += 1;
            }
        }
        let is_regular = |&count: &usize| is_share(count, REGULAR, distances);
        let characters = || {
            let counted = sorted.iter().copied().filter(|gloss| is_counted(gloss));
            Readings::of(counted).characters
        };
        distances >= LEAST_DISTANCES
            && characters() >= COUNTED_CHARACTERS
            && same[DISTANCES].iter().any(is_regular)
            && is_share(running_on, RUNNING_ON, counted.len())
    }
}

/// Whether the gloss is that of a filter with a table, if the page shows one.
pub(super) fn is_by_table(gloss: &Gloss, glossing: &Glossing) -> bool {
    let shown = if gloss.is_toned() {
        glossing.by_table
    } else {
        glossing.by_table_toneless
    };
    shown && gloss.fits_a_table()
}

/// Whether the gloss is that of a counting filter, if the page shows one.
pub(super) fn is_by_count(gloss: &Gloss, glossing: &Glossing) -> bool {
    glossing.by_count && gloss.is_of_a_common_character()
}

/// What glosses have of readings.
#[derive(Default)]
struct Readings {
    /// How many characters are glossed.
    characters: usize,
    /// The glosses that have the most frequent reading of their character.
    most_frequent: usize,
}

impl Readings {
    /// Of glosses by character and reading.
    fn of<'a>(glosses: impl Iterator<Item = &'a Gloss>) -> Self {
        let mut readings = Readings::default();
        let mut last: Option<&Gloss> = None;
        // How many have had the last reading, and the most frequent one of its character.
        let (mut same, mut most) = (0, 0);
        for gloss in glosses {
            if last.is_none_or(|last| last.character != gloss.character) {
                readings.characters += 1;
                readings.most_frequent += most;
                (same, most) = (0, 0);
            } else if last.is_some_and(|last| last.syllable != gloss.syllable) {
                same = 0;
            }
            same += 1;
            most = most.max(same);
            last = Some(gloss);
        }
        readings.most_frequent += most;
        readings
    }
}

/// A few characters, of which it can be told fast that most others are none.
struct Sketch([u64; Sketch::WORDS]);

impl Sketch {
    const WORDS: usize = 16;

    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut words = [0; Self::WORDS];
        for character in characters {
            let (word, bit) = Self::place(character);
            words[word] |= bit;
        }
        Sketch(words)
    }

    /// Whether it may be one of them.
    fn may_have(&self, character: char) -> bool {
        let (word, bit) = Self::place(character);
        self.0[word] & bit != 0
    }

    /// By the last ten bits, in which close characters differ.
    fn place(character: char) -> (usize, u64) {
        let code = character as usize;
        (code / 64 % Self::WORDS, 1 << (code % 64))
    }
}

/// Whether a part is at least that share of a whole.
fn is_share(part: usize, share: Share, whole: usize) -> bool {
    part * 100 >= whole * share
}
