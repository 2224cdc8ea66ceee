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
//! | the pairs, by number: what stands for the pair, [bias](Entry) | 8 + 2 each |
//! | the places, then [`TAIL`] more: fingerprint, weight in steps of [`STEP`] | 2 + 1 each |
//!
//! A feature of a pair has its place by the high bits of its hash, or the next
//! that is free; its fingerprint is the low bits. A fingerprint of zero is a
//! free place, at which a search ends.

use std::borrow::Cow;
use std::ops::Range;

use super::features::{Feature, mix};
use crate::language::ngram::checksum;

/// Begins every table; its last byte is the version of the layout.
pub const MAGIC: [u8; 8] = *b"zbchoic1";

/// What a weight counts, in nats.
pub const STEP: f32 = 1.0 / 16.0;

/// The bytes of a place.
pub const SLOT: usize = 3;

/// So many places more than hashes reach: the last ones can move on too.
pub const TAIL: usize = 256;

const HEADER: usize = 12 + 8;
const PAIR: usize = 8 + 2;

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
}

/// A number of the header that is larger than this is none that was fitted.
const LARGEST: f32 = 1000.0;

/// The table, taken apart.
#[derive(Debug)]
pub(super) struct Table<'a> {
    bytes: Cow<'a, [u8]>,
    header: ChoiceHeader,
    /// Where in the bytes.
    pairs: Range<usize>,
    places: Range<usize>,
    /// How many of the places hashes reach.
    reached: u64,
}

impl<'a> Table<'a> {
    pub(super) fn open(bytes: Cow<'a, [u8]>) -> Result<Self, ChoiceError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(ChoiceError::Magic)?;
        let (sum, body) = rest.split_first_chunk().ok_or(ChoiceError::Checksum)?;
        if u64::from_le_bytes(*sum) != checksum(body) {
            return Err(ChoiceError::Checksum);
        }
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
        let (slots, left) = places.as_chunks::<SLOT>();
        if !left.is_empty() || reached == 0 || reached.checked_add(TAIL) != Some(slots.len()) {
            return Err(malformed("it has other places than it says"));
        }
        let (entries, _) = pairs.as_chunks();
        if !entries.is_sorted_by_key(|pair| entry(pair).pair) {
            return Err(malformed("its pairs are not in order"));
        }
        let places = bytes.len() - places.len()..bytes.len();
        Ok(Table {
            header,
            pairs: places.start - pairs.len()..places.start,
            places,
            reached: reached as u64,
            bytes,
        })
    }

    pub(super) fn header(&self) -> &ChoiceHeader {
        &self.header
    }

    /// The bias of a pair, in nats, and whether features say anything of it.
    pub(super) fn bias(&self, pair: u64) -> Option<(f32, bool)> {
        let (pairs, _) = self.bytes[self.pairs.clone()].as_chunks();
        let found = pairs.binary_search_by_key(&pair, |bytes| entry(bytes).pair);
        let Entry { bias, .. } = entry(pairs.get(found.ok()?)?);
        Some((f32::from(bias >> 1) / 50.0, bias & 1 != 0))
    }

    /// What features say for a pair's original together, in steps.
    pub(super) fn weights(&self, pair: u64, features: impl Iterator<Item = Feature>) -> i32 {
        let (places, _) = self.bytes[self.places.clone()].as_chunks();
        features
            .map(|feature| i32::from(self.weight_in(places, pair, feature)))
            .sum()
    }

    #[inline]
    fn weight_in(&self, places: &[[u8; SLOT]], pair: u64, feature: Feature) -> i8 {
        let (at, fingerprint) = place(pair, feature, self.reached);
        let (groups, _) = places[at..][..TAIL].as_chunks::<GROUP>();
        for group in groups {
            // Without a branch for each: where a search ends cannot be foreseen.
            let (mut same, mut free) = (0_u32, 0_u32);
            for (index, &[low, high, _]) in group.iter().enumerate() {
                let found = u16::from_le_bytes([low, high]);
                same |= u32::from(found == fingerprint) << index;
                free |= u32::from(found == 0) << index;
            }
            if same.trailing_zeros() < free.trailing_zeros() {
                let [.., weight] = group[same.trailing_zeros() as usize];
                return weight as i8;
            }
            if free != 0 {
                break;
            }
        }
        0
    }
}

/// So many places are looked at together; [`TAIL`] is a multiple of it.
const GROUP: usize = 8;

/// Where the search for a pair's feature begins in a table with so many places,
/// and its fingerprint.
pub fn place(pair: u64, feature: Feature, places: u64) -> (usize, u16) {
    let hash = mix(mix(pair ^ feature.0));
    let at = (u128::from(hash) * u128::from(places)) >> 64;
    // The low bits, but never zero.
    (at as usize, (hash as u16).max(1))
}

fn entry(bytes: &[u8; PAIR]) -> Entry {
    let [a, b, c, d, e, f, g, h, low, high] = *bytes;
    Entry {
        pair: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        bias: i16::from_le_bytes([low, high]),
    }
}
