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

/// Kinds of features. A neighbourhood's kind is above its length.
const LEFT: u64 = 0x10;
const RIGHT: u64 = 0x20;
const ACROSS: u64 = 0x30;
const NEAR: u64 = 0x40;

/// Calls for each feature of a window: what stands right before and right
/// behind the word, both together, and the pairs of characters near it. One
/// that occurs twice is called for once.
pub fn features(window: &Window, mut each: impl FnMut(Feature)) {
    let (left, right) = (window.left(), window.right());
    for length in 1..=LONGEST {
        if let Some(near) = left.get(..length) {
            each(hash(LEFT + length as u64, near, &[]));
        }
        if let Some(near) = right.get(..length) {
            each(hash(RIGHT + length as u64, near, &[]));
        }
    }
    for before in 1..=2 {
        for behind in 1..=2 {
            if let (Some(before), Some(behind)) = (left.get(..before), right.get(..behind)) {
                each(hash(ACROSS, before, behind));
            }
        }
    }
    let mut seen = [Feature(0); 2 * BAG];
    let mut count = 0;
    // Both sides are read in the order of the text.
    let before = left[..left.len().min(BAG)]
        .windows(2)
        .map(|pair| [pair[1], pair[0]]);
    let behind = right[..right.len().min(BAG)]
        .windows(2)
        .map(|pair| [pair[0], pair[1]]);
    for pair in before.chain(behind) {
        let feature = hash(NEAR, &pair, &[]);
        if !seen[..count].contains(&feature) {
            seen[count] = feature;
            count += 1;
            each(feature);
        }
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
