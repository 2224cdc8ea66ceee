//! What the models that ship are made with.

/// Places that are kept of a word in one domain: more take longer and hardly
/// change the weights.
pub(super) const PLACES: usize = 5000;

/// A pair of words has a model if both stand in so many places of the text.
pub(super) const LEAST: usize = 20;

/// A feature that is seen in fewer places of a pair is not looked at.
pub(super) const SEEN: u32 = 2;

/// How strongly weights are held near zero: the weight of a squared one, where
/// an error of one place weighs one.
pub(super) const RIDGE: f64 = 1.0;

/// How often the places are gone through.
pub(super) const ROUNDS: usize = 12;

/// The length of the first steps (AdaGrad's).
pub(super) const RATE: f64 = 0.25;

/// How many features all models have together: as many as make the file a little
/// smaller than 3 MB compressed.
pub(super) const FEATURES: usize = 930_000;

/// How full the table is.
pub(super) const FILL: f64 = 0.75;

/// Decides which places are kept, and how what stands around them is spun.
pub(super) const SEED: u64 = 2026;

/// How much text is drawn from the model of words, in bytes.
pub(super) const DRAWN: usize = 150_000_000;

/// How much each of its characters counts.
pub(super) const DRAWN_WEIGHT: u32 = 4;
