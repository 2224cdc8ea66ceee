//! Whether a part of a text was garbled: what comes out must be Chinese, and far
//! likelier than what stands there.

use super::chain::Chain;
use super::path::Segment;
use super::reader::Reader;
use super::writer::Writer;
use crate::language::is_han;
use crate::language::ngram::{Model, State};

/// By how much what comes out is likelier than what stands there, in nats.
const GAIN: f32 = 15.0;
/// How likely its characters outside ASCII are in the mean, in nats.
const MEAN: f32 = -9.0;
/// The same where many characters are read without a doubt, and are likelier by
/// so much each.
const MEAN_IF_SURE: f32 = -10.5;
const MANY: usize = 10;
const GAIN_EACH: f32 = 4.0;

/// Han characters and punctuation that must come out.
const LEAST_HAN: usize = 2;
/// Different characters that must stand there where any two bytes are a
/// character: letters come in pairs.
const LEAST_KINDS: usize = 3;
/// Below so many characters the bytes of many languages can be Chinese, but for
/// those of UTF-8 and of single-byte encodings.
const SHORT: usize = 6;
/// By how much likelier four or five characters must be then, in nats.
const SHORT_GAIN: f32 = 32.0;

/// Where both encodings have two bytes a character, everything can be read, so
/// that only its sense tells.
const LOOSE_GAIN: f32 = 20.0;
const LOOSE_MEAN: f32 = -7.5;
const LOOSE_HAN: usize = 4;
/// Half of what comes out must be ideographs then: the letters of Zhuyin can be read as
/// figures and punctuation. And of up to twenty characters that stand there half must be
/// different ones: a sound is written by one character over and over.
const LOOSE_PART: usize = 2;
const LOOSE_KINDS_OF: usize = 20;

/// Of the characters outside ASCII, as many may be of a script that is read as
/// Chinese easily; as Hangul, about half of what was Chinese is read.
const FOREIGN: f32 = 0.4;
const HANGUL: f32 = 0.85;
/// Of them, as many may be no-break spaces, which stand in rows in many texts.
const SPACES: f32 = 0.4;

/// What a part of a text shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    /// By how much what comes out is likelier, in nats.
    pub(super) gain: f32,
    /// How likely the characters outside ASCII that come out are, and those that
    /// stand there: the mean in nats.
    pub(super) mean: f32,
    pub(super) mean_before: f32,
    /// Characters outside ASCII that stand there.
    pub(super) garbled: usize,
    /// Han characters and Chinese punctuation that come out, and other
    /// characters outside ASCII.
    pub(super) han: usize,
    pub(super) others: usize,
    /// How many of the former are ideographs.
    pub(super) ideographs: usize,
    /// The part of kana, Hangul, Greek and Cyrillic of what stands there.
    pub(super) foreign: f32,
    /// How many different characters outside ASCII stand there.
    pub(super) kinds: usize,
    /// The part of no-break spaces.
    pub(super) spaces: f32,
    /// Whether all bytes are known and fit.
    pub(super) is_sure: bool,
}

/// Characters outside ASCII, and what they cost.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    all: f32,
    wide: f32,
    count: usize,
}

impl Cost {
    fn of(text: &str, state: State) -> Cost {
        let model = Model::embedded();
        let (cost, _) = text
            .chars()
            .fold((Cost::default(), state), |(mut cost, state), c| {
                let (nats, state) = model.step(state, c);
                cost.all += nats;
                if !c.is_ascii() {
                    cost.wide += nats;
                    cost.count += 1;
                }
                (cost, state)
            });
        cost
    }

    fn mean(self) -> f32 {
        self.wide / self.count.max(1) as f32
    }
}

impl Figures {
    /// Of a part of a text, which begins in that state of the model.
    pub(super) fn of(segment: &Segment, text: &str, state: State) -> Figures {
        let source = &text[segment.source()];
        let restored = segment.text();
        let (before, after) = (Cost::of(source, state), Cost::of(&restored, state));
        let han = restored
            .chars()
            .filter(|&c| is_han(c) || is_punctuation(c))
            .count();
        let part = |is: fn(char) -> bool| {
            let count = source.chars().filter(|&c| is(c)).count();
            count as f32 / before.count.max(1) as f32
        };
        let mut kinds: Vec<char> = source.chars().filter(|c| !c.is_ascii()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Figures {
            kinds: kinds.len(),
            gain: segment.score - before.all,
            mean: after.mean(),
            mean_before: before.mean(),
            garbled: before.count,
            han,
            others: after.count - han,
            ideographs: restored.chars().filter(|&c| is_han(c)).count(),
            foreign: part(is_foreign),
            spaces: part(|c| c == '\u{A0}'),
            is_sure: segment.restored().all(|restored| restored.partly.is_none()),
        }
    }

    /// Whether the chain has garbled the part.
    pub(super) fn show(&self, chain: Chain) -> bool {
        let is_single = chain.reader.is_single() || chain.through.is_some();
        let is_strict = chain.writer == Writer::Utf8 || chain.through.is_some();
        if self.han < LEAST_HAN || self.others > self.han || self.gain < GAIN {
            return false;
        }
        let most = match chain.reader {
            Reader::EucKr => HANGUL,
            _ => FOREIGN,
        };
        if (!is_single && self.foreign > most) || self.spaces > SPACES {
            return false;
        }
        if chain.writer != Writer::Utf8 && self.kinds < LEAST_KINDS {
            return false;
        }
        let is_short = self.garbled < SHORT && !(is_single || (is_strict && self.is_sure));
        if is_short && (is_strict || self.gain < SHORT_GAIN) {
            return false;
        }
        if !is_single && !is_strict {
            return self.gain >= LOOSE_GAIN
                && self.mean >= LOOSE_MEAN
                && self.han >= LOOSE_HAN
                && self.ideographs * LOOSE_PART >= self.han
                && self.kinds * LOOSE_PART >= self.garbled.min(LOOSE_KINDS_OF);
        }
        self.mean >= MEAN
            || (self.is_sure
                && self.mean >= MEAN_IF_SURE
                && self.han >= MANY
                && self.mean - self.mean_before >= GAIN_EACH)
    }
}

fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{3011}' | '\u{2014}'..='\u{2026}' | '\u{FF01}'..='\u{FF5E}')
}

fn is_foreign(character: char) -> bool {
    matches!(character,
        '\u{370}'..='\u{52F}' | '\u{3041}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}')
}
