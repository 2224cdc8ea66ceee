//! GBK's pairs of bytes, from both ends: which characters have this first
//! byte, this second one, this reading.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use encoding_rs::GB18030;

use crate::language::conversion;
pub(super) use crate::language::is_private;
use crate::language::ngram::{Class, Model, Symbol};
use crate::language::pinyin::Syllable;
use crate::language::readings::{Entry, Level};

use super::repair::UNKNOWN;

/// The first bytes of pairs.
const LEADS: RangeInclusive<u8> = 0x81..=0xFE;
/// The lowest second byte; 7F and FF are none.
const FIRST_TRAIL: u8 = 0x40;
const TRAILS: usize = 0xC0;

/// The first byte of full-width ASCII, and what the second one is above ASCII.
pub(super) const WIDE_ASCII: u8 = 0xA3;
pub(super) const WIDENED: u8 = 0x80;

/// From this byte on a byte can only be one of a pair.
const FIRST_LEAD: u8 = *LEADS.start();

/// GB 18030's pair for the euro sign, which is 80 in Windows' GBK.
const EURO: char = '€';

/// One past the last code point of the basic plane.
const PLANE: usize = 0x1_0000;

/// A character of which one byte is known; [`UNKNOWN`] for any of several that
/// the model does not tell apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// The other byte; 0 for several characters.
    pub(super) byte: u8,
    pub(super) character: char,
    pub(super) symbol: Symbol,
    /// What it has of its symbol's probability, in nats.
    pub(super) share: f32,
}

/// A character that a filter may have a gloss for.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    pub(super) trail: u8,
    pub(super) character: char,
}

/// How well a gloss fits a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the customary reading of a common character.
    Customary,
    /// It is a reading.
    Listed,
}

/// Such characters with a byte in common.
#[derive(Clone, Debug, Default)]
struct Needles {
    all: Vec<Needle>,
    /// Their readings, one after the other: most searches find none of them.
    readings: Vec<Reading>,
}

/// A reading of a character.
#[derive(Clone, Copy, Debug)]
struct Reading {
    syllable: Syllable,
    /// The character's number among the needles.
    needle: u16,
    fit: Fit,
}

impl Needles {
    /// Adds a character and its readings, the customary one first; `is_common` says
    /// whether it is as common as all the characters seen in filters' tables.
    fn push(&mut self, needle: Needle, readings: impl Iterator<Item = Syllable>, is_common: bool) {
        let number = self.all.len() as u16;
        self.all.push(needle);
        self.readings
            .extend(readings.enumerate().map(|(place, syllable)| Reading {
                syllable,
                needle: number,
                fit: match place {
                    0 if is_common => Fit::Customary,
                    _ => Fit::Listed,
                },
            }));
    }

    /// Those that are read so, each once, with how well the first such reading fits.
    fn with(&self, syllable: Syllable) -> impl Iterator<Item = (&Needle, Fit)> {
        let mut last = None;
        self.readings.iter().filter_map(move |reading| {
            let is_new = syllable.stands_for(&reading.syllable)
                && last.replace(reading.needle) != Some(reading.needle);
            is_new.then(|| (&self.all[usize::from(reading.needle)], reading.fit))
        })
    }
}

/// The tables; made when the first damaged text is met, in two milliseconds.
#[derive(Debug)]
pub(super) struct Codec {
    /// By pair; `\0` where there is no character.
    characters: Vec<char>,
    /// By code point in the basic plane; 0 where there is no pair.
    pairs: Vec<[u8; 2]>,
    by_lead: Vec<Vec<Candidate>>,
    by_trail: Vec<Vec<Candidate>>,
    /// The second bytes of the private-use characters of a first byte.
    hidden: Vec<Vec<u8>>,
    needles: Vec<Needles>,
    /// The same by second byte.
    needles_by_trail: Vec<Needles>,
    /// Whether the filter converts the character, by code point.
    changes: Vec<bool>,
}

/// Puts one candidate for those that the model does not tell apart.
fn unify_rare(list: &mut Vec<Candidate>, model: &Model<'_>) {
    for class in Class::ALL {
        let symbol = class.symbol();
        let members = list.iter().filter(|c| c.symbol == symbol).count();
        if members > 1 {
            list.retain(|candidate| candidate.symbol != symbol);
            list.push(Candidate {
                byte: 0,
                character: UNKNOWN,
                symbol,
                share: model.alphabet().share(symbol) + (members as f32).ln(),
            });
        }
    }
}

fn index(lead: u8, trail: u8) -> usize {
    usize::from(lead - FIRST_LEAD) * TRAILS + usize::from(trail - FIRST_TRAIL)
}

impl Codec {
    /// The tables.
    pub(super) fn get() -> &'static Codec {
        static CODEC: LazyLock<Codec> = LazyLock::new(Codec::new);
        &CODEC
    }

    fn new() -> Codec {
        let leads = usize::from(LEADS.end() - LEADS.start()) + 1;
        let mut codec = Codec {
            characters: vec!['\0'; leads * TRAILS],
            pairs: vec![[0; 2]; PLANE],
            by_lead: vec![Vec::new(); leads],
            by_trail: vec![Vec::new(); 0x100],
            hidden: vec![Vec::new(); leads],
            needles: vec![Needles::default(); leads],
            needles_by_trail: vec![Needles::default(); 0x100],
            changes: vec![false; PLANE],
        };
        for lead in LEADS {
            for trail in (0x40..=0x7E).chain(0x80..=0xFE_u8) {
                let bytes = [lead, trail];
                let text = GB18030.decode_without_bom_handling_and_without_replacement(&bytes);
                if let Some(character) = text.and_then(|text| text.chars().next()) {
                    codec.characters[index(lead, trail)] = character;
                    // U+3000 has two pairs, of which the first one is written.
                    if let Some(pair) = codec.pairs.get_mut(character as usize)
                        && *pair == [0; 2]
                    {
                        *pair = bytes;
                    }
                }
            }
        }
        codec.list_candidates();
        codec.list_needles();
        codec
    }

    /// Lists what a page can hold: the filter has left none of the characters
    /// that its conversion changes.
    fn list_candidates(&mut self) {
        let model = Model::embedded();
        for (from, _) in conversion::pairs() {
            if let Some(changes) = self.changes.get_mut(from as usize) {
                *changes = true;
            }
        }
        for lead in LEADS {
            let row = usize::from(lead - FIRST_LEAD);
            for trail in (0x40..=0x7E).chain(0x80..=0xFE_u8) {
                let character = self.characters[index(lead, trail)];
                if is_private(character) {
                    self.hidden[row].push(trail);
                    continue;
                }
                if character == '\0' || self.is_converted(character) {
                    continue;
                }
                let symbol = model.alphabet().symbol(character);
                let candidate = |byte| Candidate {
                    byte,
                    character,
                    symbol,
                    share: model.alphabet().share(symbol),
                };
                if LEADS.contains(&trail) {
                    self.by_lead[row].push(candidate(trail));
                }
                self.by_trail[usize::from(trail)].push(candidate(lead));
            }
        }
        for list in self.by_lead.iter_mut().chain(&mut self.by_trail) {
            unify_rare(list, model);
        }
    }

    fn list_needles(&mut self) {
        let made: HashMap<char, char> = conversion::pairs().collect();
        let is_in_table = |entry: &Entry| entry.is_converted() && !entry.is_in_gb2312();
        let entries = Entry::all().filter(is_in_table);
        let pairs = entries.filter_map(|entry| Some((self.pair(entry.character)?, entry)));
        let mut found: Vec<([u8; 2], Entry)> = pairs.collect();
        found.sort_by_key(|&([lead, _], _)| lead);
        for ([lead, trail], entry) in found {
            let is_common = entry.level == Level::Common
                && made
                    .get(&entry.simplified)
                    .is_none_or(|&made| made == entry.character);
            let needle = Needle {
                trail,
                character: entry.character,
            };
            for needles in [
                &mut self.needles[usize::from(lead - FIRST_LEAD)],
                &mut self.needles_by_trail[usize::from(trail)],
            ] {
                needles.push(needle.clone(), entry.readings(), is_common);
            }
        }
    }

    /// The character of two bytes, unless it is of the private-use area.
    pub(super) fn character(&self, lead: u8, trail: u8) -> Option<char> {
        if !LEADS.contains(&lead) || trail < FIRST_TRAIL {
            return None;
        }
        let character = *self.characters.get(index(lead, trail))?;
        (character != '\0' && !is_private(character)).then_some(character)
    }

    /// Whether the filter's conversion changes the character, so that a page does
    /// not have it.
    pub(super) fn is_converted(&self, character: char) -> bool {
        self.changes.get(character as usize) == Some(&true)
    }

    /// The two bytes of a character.
    pub(super) fn pair(&self, character: char) -> Option<[u8; 2]> {
        let pair = *self.pairs.get(character as usize)?;
        (pair[0] != 0 && character != EURO).then_some(pair)
    }

    /// The characters with that first byte, and a second one that can begin a
    /// pair itself.
    pub(super) fn with_lead(&self, lead: u8) -> &[Candidate] {
        self.by_lead
            .get(usize::from(lead.wrapping_sub(FIRST_LEAD)))
            .map_or(&[], Vec::as_slice)
    }

    /// The characters with that second byte.
    pub(super) fn with_trail(&self, trail: u8) -> &[Candidate] {
        &self.by_trail[usize::from(trail)]
    }

    /// The second bytes with which that first byte is a private-use character.
    pub(super) fn hidden(&self, lead: u8) -> &[u8] {
        self.hidden
            .get(usize::from(lead.wrapping_sub(FIRST_LEAD)))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether two bytes are a private-use character.
    pub(super) fn is_hidden(&self, [lead, trail]: [u8; 2]) -> bool {
        let is_pair = LEADS.contains(&lead) && trail >= FIRST_TRAIL;
        is_pair && is_private(self.characters[index(lead, trail)])
    }

    /// The characters of filters' tables that have that first byte and that
    /// reading, with how well it fits.
    pub(super) fn needles(
        &self,
        lead: u8,
        syllable: Syllable,
    ) -> impl Iterator<Item = (&Needle, Fit)> {
        let row = self.needles.get(usize::from(lead.wrapping_sub(FIRST_LEAD)));
        row.into_iter()
            .flat_map(move |needles| needles.with(syllable))
    }

    /// The same by the second byte.
    pub(super) fn needles_with_trail(
        &self,
        trail: u8,
        syllable: Syllable,
    ) -> impl Iterator<Item = (&Needle, Fit)> {
        self.needles_by_trail[usize::from(trail)].with(syllable)
    }

    /// How well a reading fits a character, if filters have it.
    pub(super) fn fit(&self, character: char, syllable: &Syllable) -> Option<Fit> {
        let [lead, trail] = self.pair(character)?;
        let (_, fit) = self
            .needles(lead, *syllable)
            .find(|(needle, _)| needle.trail == trail)?;
        Some(fit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn syllable(text: &str) -> Syllable {
        Syllable::new(text).expect("a syllable")
    }

    #[test]
    fn pairs_go_both_ways() {
        let codec = Codec::get();
        assert_eq!(codec.pair('獎'), Some([0xAA, 0x84]));
        assert_eq!(codec.character(0xAA, 0x84), Some('獎'));
        assert_eq!(codec.character(0xAA, 0xA1), None, "private use");
        assert_eq!(codec.character(0xAA, 0x7F), None);
        assert_eq!(codec.character(0x80, 0x41), None);
        assert_eq!((codec.pair('a'), codec.pair('😀')), (None, None));
        for (lead, trail) in [(0x81, 0x40), (0xFE, 0xFE), (0xD2, 0xAA)] {
            if let Some(character) = codec.character(lead, trail) {
                assert_eq!(codec.pair(character), Some([lead, trail]));
            }
        }
    }

    #[test]
    fn a_page_has_no_character_that_the_filter_converts() {
        let has = |character| {
            let codec = Codec::get();
            let [lead, trail] = codec.pair(character).expect("a pair");
            let first = codec.with_lead(lead).iter();
            let second = codec.with_trail(trail).iter();
            second
                .clone()
                .any(|c| c.byte == lead && c.character == character)
                && (trail < FIRST_LEAD || first.clone().any(|c| c.character == character))
        };
        assert!(has('動') && has('的') && has('后') && has('。'));
        assert!(!has('动') && !has('为'));
    }

    #[test]
    fn needles_are_found_by_half_of_their_bytes_and_reading() {
        let codec = Codec::get();
        let found: Vec<char> = codec
            .needles(0xAA, syllable("jiǎng"))
            .map(|(needle, _)| needle.character)
            .collect();
        assert_eq!(found, ['獎']);
        assert_eq!(codec.fit('動', &syllable("dòng")), Some(Fit::Customary));
        assert_eq!(codec.fit('動', &syllable("dong")), Some(Fit::Customary));
        assert_eq!(codec.fit('動', &syllable("dōng")), None);
        assert_eq!(codec.fit('亳', &syllable("bó")), None);
    }
}
