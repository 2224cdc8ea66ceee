//! What of a window the models look at.

use super::window::Window;

/// A feature of a place, as a hash of its kind and its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature(pub(super) u64);

impl Feature {
    /// The hash.
    pub fn hash(self) -> u64 {
        self.0
    }
}

/// The longest neighbourhood that is looked at as a whole, in characters.
const LONGEST: usize = 4;
/// Pairs of characters count wherever they stand among so many on either side.
const BAG: usize = 10;

/// What stands at a place of the text: a feature as it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sight<'w> {
    /// These characters right before the word, the nearest first.
    Left(&'w [char]),
    /// These right behind it.
    Right(&'w [char]),
    /// These right before it, the nearest first, and these right behind it.
    Across(&'w [char], &'w [char]),
    /// This pair near the word, in the order of the text.
    Near([char; 2]),
}

/// Kinds of features. A neighbourhood's kind is above its length.
const LEFT: u64 = 0x10;
const RIGHT: u64 = 0x20;
const ACROSS: u64 = 0x30;
const NEAR: u64 = 0x40;

impl Sight<'_> {
    /// The feature that stands for it.
    pub(crate) fn feature(&self) -> Feature {
        match self {
            Sight::Left(near) => hash(LEFT + near.len() as u64, near, &[]),
            Sight::Right(near) => hash(RIGHT + near.len() as u64, near, &[]),
            Sight::Across(before, behind) => hash(ACROSS, before, behind),
            Sight::Near(pair) => hash(NEAR, pair, &[]),
        }
    }
}

/// Calls for each feature of a window: what stands right before and right
/// behind the word, both together, and the pairs of characters near it. One
/// that occurs twice is called for once.
pub fn features(window: &Window, mut each: impl FnMut(Feature)) {
    sights(window, |sight| each(sight.feature()));
}

/// The same as they can be read.
pub(crate) fn sights<'w>(window: &'w Window, mut each: impl FnMut(Sight<'w>)) {
    let (left, right) = (window.left(), window.right());
    for length in 1..=LONGEST {
        if let Some(near) = left.get(..length) {
            each(Sight::Left(near));
        }
        if let Some(near) = right.get(..length) {
            each(Sight::Right(near));
        }
    }
    for before in 1..=2 {
        for behind in 1..=2 {
            if let (Some(before), Some(behind)) = (left.get(..before), right.get(..behind)) {
                each(Sight::Across(before, behind));
            }
        }
    }
    let mut seen = [['\0'; 2]; 2 * BAG];
    let mut count = 0;
    // Both sides are read in the order of the text.
    let before = left[..left.len().min(BAG)]
        .windows(2)
        .map(|pair| [pair[1], pair[0]]);
    let behind = right[..right.len().min(BAG)]
        .windows(2)
        .map(|pair| [pair[0], pair[1]]);
    for pair in before.chain(behind) {
        if !seen[..count].contains(&pair) {
            seen[count] = pair;
            count += 1;
            each(Sight::Near(pair));
        }
    }
}

/// The features of a window, to be asked for by several models.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    found: [Feature; MOST],
    count: usize,
}

/// How many features a window has at most.
const MOST: usize = 2 * LONGEST + 4 + 2 * (BAG - 1);

impl Features {
    /// Those of a window.
    pub fn of(window: &Window) -> Features {
        let mut all = Features {
            found: [Feature(0); MOST],
            count: 0,
        };
        features(window, |feature| {
            all.found[all.count] = feature;
            all.count += 1;
        });
        all
    }

    /// In the order of [`features`].
    pub fn iter(&self) -> impl Iterator<Item = Feature> {
        self.found[..self.count].iter().copied()
    }
}

/// The kind goes in first, so that equal characters of two kinds have nothing
/// to do with each other; so does the border between the sides.
fn hash(kind: u64, first: &[char], second: &[char]) -> Feature {
    let mut hash = mix(kind << 32 | (first.len() as u64) << 8 | second.len() as u64);
    for &character in first.iter().chain(second) {
        hash = mix(hash ^ u64::from(u32::from(character)));
    }
    Feature(hash)
}

/// A step of SplitMix64's finaliser.
pub(super) fn mix(mut hash: u64) -> u64 {
    hash = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 32
}
