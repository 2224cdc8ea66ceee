//! How the models are laid out in bytes, and how they are opened.
//!
//! All numbers are little-endian. In this order:
//!
//! | what | size |
//! |---|---|
//! | [`MAGIC`] | 8 bytes |
//! | [`checksum`] of all that follows | 8 |
//! | [`ChoiceHeader`] | 12 |
//! | number of pairs, number of places | 4 each |
//! | the pairs, by number: what stands for the pair, [bias](Entry), how many places it has | 8 + 2 + 4 each |
//! | the places' fingerprints, then [`TAIL`] more | 2 each |
//! | the places' weights, in steps of [`STEP`], then [`TAIL`] more | 1 each |
//!
//! The places of a pair are side by side, pair behind pair: a place of the text
//! is asked for all its features at once, and they are near each other in memory.
//! A feature has the place in its pair's part that the high bits of its hash
//! name, or the next that is free; its fingerprint is the low bits. A fingerprint
//! of zero is a free place, at which a search ends.

use std::borrow::Cow;
use std::ops::Range;

use super::features::{Feature, mix};
use crate::language::ngram::checksum;

/// Begins every table; its last byte is the version of the layout.
pub const MAGIC: [u8; 8] = *b"zbchoic2";

/// What a weight counts, in nats.
pub const STEP: f32 = 1.0 / 16.0;

/// The bytes of a place's fingerprint.
const FINGERPRINT: usize = 2;

/// The bytes of a place: of its fingerprint and its weight.
pub const SLOT: usize = FINGERPRINT + 1;

/// So many places more than hashes reach: the last ones can move on too.
pub const TAIL: usize = 256;

const HEADER: usize = 12 + 8;
const PAIR: usize = 8 + 2 + 4;

/// Why bytes are not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// They don't begin like one, or like one of another version.
    #[error("not a table of word choices of this version")]
    Magic,
    /// They are not all there, or not as they were written.
    #[error("the table of word choices is damaged: its checksum does not match")]
    Checksum,
    /// They are whole, but contradict themselves.
    #[error("the table of word choices is malformed: {0}")]
    Malformed(&'static str),
}

/// How log-odds of all pairs are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChoiceHeader {
    /// Log-odds are `own · model + general · preference + offset`, the last two
    /// only for a pair with features: see [`preference`](super::preference).
    pub own: f32,
    /// See `own`.
    pub general: f32,
    /// See `own`.
    pub offset: f32,
}

/// A pair of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// What stands for it.
    pub pair: u64,
    /// In fiftieths of a nat; the lowest bit says whether features say anything.
    pub bias: i16,
    /// How many places it has.
    pub places: u32,
}

/// The part of the places that is a pair's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its first place.
    pub first: usize,
    /// How many.
    pub places: u32,
}

/// A number of the header that is larger than this is none that was fitted.
const LARGEST: f32 = 1000.0;

/// The table, taken apart.
#[derive(Debug)]
pub(super) struct Table<'a> {
    bytes: Cow<'a, [u8]>,
    header: ChoiceHeader,
    /// In the order of what stands for them.
    pairs: Vec<(Entry, Block)>,
    /// Where in the bytes.
    fingerprints: Range<usize>,
    weights: Range<usize>,
}

impl<'a> Table<'a> {
    pub(super) fn open(bytes: Cow<'a, [u8]>) -> Result<Self, ChoiceError> {
        let (sum, body) = sealed(&bytes)?;
        if sum != checksum(body) {
            return Err(ChoiceError::Checksum);
        }
        Self::open_known(bytes)
    }

    /// The same of a table whose checksum is known to be right: finding out would read
    /// all of it.
    pub(super) fn open_known(bytes: Cow<'a, [u8]>) -> Result<Self, ChoiceError> {
        let (_, body) = sealed(&bytes)?;
        let malformed = ChoiceError::Malformed;
        let short = || malformed("its header is cut short");
        let (head, body) = body.split_at_checked(HEADER).ok_or_else(short)?;
        let (words, _) = head.as_chunks::<4>();
        let number = |index: usize| words.get(index).copied().unwrap_or_default();
        let real = |index: usize| f32::from_le_bytes(number(index));
        let header = ChoiceHeader {
            own: real(0),
            general: real(1),
            offset: real(2),
        };
        let reals = [header.own, header.general, header.offset];
        // So written, what is no number is none either.
        if !reals.iter().all(|real| real.abs() <= LARGEST) {
            return Err(malformed("a number of its header is none"));
        }
        let count = |index| usize::try_from(u32::from_le_bytes(number(index))).ok();
        let (pairs, reached) = count(3).zip(count(4)).ok_or_else(short)?;
        let end = pairs.checked_mul(PAIR);
        let (pairs, places) = end
            .and_then(|end| body.split_at_checked(end))
            .ok_or(malformed("it has fewer pairs than it says"))?;
        let slots = reached.checked_add(TAIL);
        let slots = slots.filter(|slots| slots.checked_mul(SLOT) == Some(places.len()));
        let slots = slots.ok_or(malformed("it has other places than it says"))?;
        let (entries, _) = pairs.as_chunks();
        let mut first = 0_usize;
        let blocks = entries.iter().map(|bytes| {
            let entry = entry(bytes);
            let block = Block {
                first,
                places: entry.places,
            };
            first = first.saturating_add(entry.places as usize);
            (entry, block)
        });
        let pairs: Vec<(Entry, Block)> = blocks.collect();
        if first != reached {
            return Err(malformed("its pairs have other places than it says"));
        }
        if !pairs.is_sorted_by_key(|(entry, _)| entry.pair) {
            return Err(malformed("its pairs are not in order"));
        }
        let weights = bytes.len() - slots..bytes.len();
        Ok(Table {
            header,
            pairs,
            fingerprints: weights.start - slots * FINGERPRINT..weights.start,
            weights,
            bytes,
        })
    }

    pub(super) fn header(&self) -> &ChoiceHeader {
        &self.header
    }

    /// The bias of a pair, in nats, whether features say anything of it, and
    /// where what they say is.
    pub(super) fn pair(&self, pair: u64) -> Option<(f32, bool, Block)> {
        let found = self
            .pairs
            .binary_search_by_key(&pair, |(entry, _)| entry.pair);
        let (Entry { bias, .. }, block) = self.pairs.get(found.ok()?)?;
        Some((f32::from(bias >> 1) / 50.0, bias & 1 != 0, *block))
    }

    /// What features say for the original of a pair together, in steps.
    pub(super) fn weights(&self, block: Block, features: impl Iterator<Item = Feature>) -> i32 {
        let fingerprints = &self.bytes[self.fingerprints.clone()];
        let weights = &self.bytes[self.weights.clone()];
        features
            .filter_map(|feature| find(fingerprints, block, feature))
            .map(|place| i32::from(weights[place] as i8))
            .sum()
    }
}

/// The checksum of a table, and what it is of.
fn sealed(bytes: &[u8]) -> Result<(u64, &[u8]), ChoiceError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(ChoiceError::Magic)?;
    let (sum, body) = rest.split_first_chunk().ok_or(ChoiceError::Checksum)?;
    Ok((u64::from_le_bytes(*sum), body))
}

/// The place of a feature among those of a pair, if it has one.
#[inline]
fn find(fingerprints: &[u8], block: Block, feature: Feature) -> Option<usize> {
    let (at, fingerprint) = place(block, feature);
    let sought = u64::from(fingerprint) * LANES;
    let (groups, _) = fingerprints[at * FINGERPRINT..][..TAIL * FINGERPRINT].as_chunks();
    for (number, group) in groups.iter().enumerate() {
        let group = u64::from_le_bytes(*group);
        let (same, free) = (zero_lanes(group ^ sought), zero_lanes(group));
        if same | free != 0 {
            let lane = (same.trailing_zeros() / LANE) as usize;
            let is_first = same.trailing_zeros() < free.trailing_zeros();
            return is_first.then_some(at + number * GROUP + lane);
        }
    }
    None
}

/// So many places are looked at together, as one number; [`TAIL`] is a multiple of it.
const GROUP: usize = size_of::<u64>() / FINGERPRINT;

/// The bits of a place, and a one in each of a group.
const LANE: u32 = 16;
const LANES: u64 = 0x0001_0001_0001_0001;

/// The highest bit of each lane that is zero, up to the first of them: what is above it
/// may be wrong.
fn zero_lanes(lanes: u64) -> u64 {
    lanes.wrapping_sub(LANES) & !lanes & (LANES << (LANE - 1))
}

/// Where the search for a feature begins in a pair's part of the table, and its
/// fingerprint.
pub fn place(block: Block, feature: Feature) -> (usize, u16) {
    // Other parts' features that had to move on into this one are to look like
    // strangers.
    let hash = mix(feature.0 ^ block.first as u64);
    let at = (u128::from(hash) * u128::from(block.places)) >> 64;
    // The low bits, but never zero.
    (block.first + at as usize, (hash as u16).max(1))
}

fn entry(bytes: &[u8; PAIR]) -> Entry {
    let [a, b, c, d, e, f, g, h, low, high, ref places @ ..] = *bytes;
    Entry {
        pair: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        bias: i16::from_le_bytes([low, high]),
        places: u32::from_le_bytes(*places),
    }
}
