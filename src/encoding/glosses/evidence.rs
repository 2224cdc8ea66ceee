//! Does a page show the work of a filter that is blind to where characters
//! begin, and which table did it have?
//!
//! The gloss stage asks the like of a text. Bytes say more: a reading that
//! belongs to the end of one character and the beginning of the next is no
//! author's. One such place is asked for; in exchange, the page may be
//! filtered in part, which a text must not be. Above all, what is found is
//! only used if the page can be decoded without it, down to the last byte.

use std::collections::HashMap;

use super::{Gloss, Needle, Reduced, character, unit_length};
use crate::language::pinyin::Syllable;
use crate::language::readings::{Entry, Level};

/// The fewest glosses of a filter, as the gloss stage asks for in a text with
/// broken characters.
///
/// In a page that cannot be read, a single one is enough, if the characters
/// that it broke are such as people write. That the page is read to its last
/// byte once the gloss is gone is more than the stage has.
pub(super) const LEAST_GLOSSES: usize = 3;

/// The glosses from which it does not matter what the broken characters are,
/// in a page that can be read: with as few as three, of 62,000 pages with a
/// wrong byte one was taken for filtered, whose author glosses common
/// characters.
const MANY_GLOSSES: usize = 6;

/// The fewest different characters that they stand behind, likewise.
const LEAST_CHARACTERS: usize = 2;

/// The glosses, in hundredths of all readings in brackets, that the table
/// holds: what the gloss stage asks for.
const FITTING: usize = 80;

/// Glossed Han characters, in hundredths of all, where teaching text begins,
/// likewise.
const TEACHING: usize = 50;

/// GB 2312 is the part of GBK in which neither byte is below this one.
const GB2312_FIRST_BYTE: u8 = 0xA1;

/// Occurrences of a character that are glossed, in hundredths of all those
/// near other glosses: what the gloss stage asks for. A filter that has the
/// character in its table leaves none out but in the glosses themselves; an
/// author glosses it once.
const OCCURRENCES: usize = 60;

/// How many bytes are near a gloss. Filtered pages have a gloss every 90 bytes
/// on average; what has none for longer on one side may not be filtered.
const NEAR: usize = 300;

/// A filter's table, as far as a page shows it.
#[derive(Clone, Debug)]
pub(super) struct Table {
    readings: HashMap<Needle, Syllable>,
    /// How often the filter repeats a gloss; 1 if it does not. What stands
    /// behind that many is the author's.
    pub(super) times: usize,
}

impl Table {
    /// Whether the filter writes that syllable behind these bytes.
    pub(super) fn holds(&self, needle: Needle, syllable: &Syllable) -> bool {
        self.readings.get(&needle) == Some(syllable)
    }
}

/// The table of the filter that was at work; `None` if none can be seen.
/// `is_readable` says whether the page can be decoded as it is.
pub(super) fn table(page: &[u8], is_readable: bool) -> Option<Table> {
    let mut known: HashMap<Needle, Option<Entry>> = HashMap::new();
    let reduced = Reduced::new(page, |needle, syllable, _| {
        let entry = known.entry(needle).or_insert_with(|| entry(needle));
        entry.is_some_and(|entry| entry.lists(syllable))
    });
    let survey = Survey::of(&reduced);
    if !survey.places.iter().any(|place| place.is_blind) {
        return None;
    }
    let left_out = left_out(page, &reduced.glosses);
    let table = Table {
        readings: survey.readings(&left_out),
        times: survey.times(),
    };
    let Survey { places, han } = &survey;
    let fits = |needle: &Needle| {
        let entry = known.get(needle).copied().flatten();
        entry.is_some_and(|entry| fits_a_table(*needle, &entry))
    };
    let is_fitting = |place: &&Place<'_>| {
        let Gloss {
            needle, syllable, ..
        } = place.gloss;
        table.holds(*needle, syllable) && fits(needle)
    };
    let fitting = places.iter().filter(is_fitting).count();
    let is_much = fitting >= LEAST_GLOSSES && table.readings.len() >= LEAST_CHARACTERS;
    let is_plausible = places
        .iter()
        .all(|place| !place.is_blind || place.is_plausible);
    let is_enough = if is_readable {
        is_much && (is_plausible || fitting >= MANY_GLOSSES)
    } else {
        is_much || is_plausible
    };
    let shows_a_filter =
        is_enough && fitting * 100 >= places.len() * FITTING && places.len() * 100 < han * TEACHING;
    shows_a_filter.then_some(table)
}

/// What is known of the character of two bytes.
fn entry(needle: Needle) -> Option<Entry> {
    character(needle).and_then(Entry::of)
}

/// Whether a filter's table can hold the character, for all that pages show:
/// a common one that conversion to Traditional script made.
fn fits_a_table(needle: Needle, entry: &Entry) -> bool {
    let is_in_gb2312 = needle.iter().all(|&byte| byte >= GB2312_FIRST_BYTE);
    entry.level == Level::Common && entry.is_converted() && !is_in_gb2312
}

/// Whether a pair is in one of GBK's areas of Han characters: GBK/3, GBK/4 and
/// GBK/2.
fn is_han(pair: &[u8]) -> bool {
    matches!(
        pair,
        [0x81..=0xA0, _, ..] | [0xAA..=0xFE, 0x40..=0xA0, ..] | [0xB0..=0xF7, 0xA1..=0xFE, ..]
    )
}

/// Whether a unit is ASCII, a mark or digit of rows 1 to 3, or a character that everyone reads: one in
/// four of all pairs are, and nearly all of a text's.
fn is_plausible(unit: &[u8]) -> bool {
    match *unit {
        [byte] => byte.is_ascii(),
        [0xA1..=0xA3, trail] => trail >= 0xA1,
        [lead, trail] => entry([lead, trail]).is_some_and(|entry| entry.level == Level::Common),
        _ => false,
    }
}

/// A place with a gloss, repeated or not.
struct Place<'a> {
    gloss: &'a Gloss,
    times: usize,
    /// Whether the bytes before it are those of two characters.
    is_blind: bool,
    /// Whether these two are characters that people write; only asked then.
    is_plausible: bool,
}

/// A page's listed readings in brackets, and its length.
struct Survey<'a> {
    places: Vec<Place<'a>>,
    /// Han characters, without the glosses.
    han: usize,
}

impl<'a> Survey<'a> {
    fn of(reduced: &'a Reduced) -> Self {
        let mut survey = Survey {
            places: Vec::with_capacity(reduced.glosses.len()),
            han: 0,
        };
        let mut glosses = reduced.glosses.iter().peekable();
        let mut at = 0;
        let (mut last, mut before) = (0..0, 0..0);
        while at < reduced.rest.len() || glosses.peek().is_some() {
            while let Some(gloss) = glosses.next_if(|gloss| gloss.at <= at) {
                let is_blind = before != (gloss.at - 2..gloss.at);
                let is_plausible = is_blind
                    && [&last, &before]
                        .into_iter()
                        .all(|range| is_plausible(&reduced.rest[range.clone()]));
                match survey.places.last_mut() {
                    Some(place) if place.gloss.at == gloss.at => place.times += 1,
                    _ => survey.places.push(Place {
                        gloss,
                        times: 1,
                        is_blind,
                        is_plausible,
                    }),
                }
            }
            let rest = reduced.rest.get(at..).unwrap_or_default();
            let length = unit_length(rest);
            survey.han += usize::from(length == 2 && is_han(rest));
            last = before;
            before = at..at + length;
            at += length;
        }
        survey
    }

    /// Each character's most frequent syllable, if the character fits a table
    /// and few of its occurrences were left out, or if it stands where only a
    /// blind filter puts it.
    fn readings(&self, left_out: &HashMap<Needle, usize>) -> HashMap<Needle, Syllable> {
        let mut counts: HashMap<Needle, Vec<(Syllable, usize, usize)>> = HashMap::new();
        for place in &self.places {
            let rows = counts.entry(place.gloss.needle).or_default();
            let blind = usize::from(place.is_blind);
            match rows.iter_mut().find(|row| row.0 == place.gloss.syllable) {
                Some(row) => *row = (row.0, row.1 + 1, row.2 + blind),
                None => rows.push((place.gloss.syllable, 1, blind)),
            }
        }
        counts
            .into_iter()
            .filter_map(|(needle, rows)| {
                // The first of equals, so that the page alone decides.
                let (syllable, count, blind) = rows
                    .into_iter()
                    .rev()
                    .max_by_key(|&(_, count, blind)| (blind, count))?;
                let all = count + left_out.get(&needle).copied().unwrap_or(0);
                let fits = entry(needle).is_some_and(|entry| fits_a_table(needle, &entry))
                    && count * 100 >= all * OCCURRENCES;
                (blind > 0 || fits).then_some((needle, syllable))
            })
            .collect()
    }

    /// How often most glosses are repeated.
    fn times(&self) -> usize {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for place in &self.places {
            *counts.entry(place.times).or_default() += 1;
        }
        let most = counts
            .into_iter()
            .max_by_key(|&(times, count)| (count, times));
        most.map_or(1, |(times, _)| times)
    }
}

/// How often each glossed character stands near glosses on both sides without
/// one of its own.
fn left_out(page: &[u8], glosses: &[Gloss]) -> HashMap<Needle, usize> {
    // By needle: a count for every pair is quicker than to look each one up.
    let mut counts = vec![0; 1 << 16];
    for pair in glosses.windows(2) {
        let between = pair[0].range.end..pair[1].range.start;
        if between.len() > 2 * NEAR {
            continue;
        }
        // The last two bytes have the gloss behind them.
        let bytes = page.get(between).unwrap_or_default();
        let bytes = &bytes[..bytes.len().saturating_sub(1)];
        for window in bytes.windows(2) {
            if let &[lead, trail] = window {
                counts[index([lead, trail])] += 1;
            }
        }
    }
    let count = |gloss: &Gloss| (gloss.needle, counts[index(gloss.needle)]);
    glosses.iter().map(count).collect()
}

fn index(needle: Needle) -> usize {
    usize::from(u16::from_be_bytes(needle))
}
