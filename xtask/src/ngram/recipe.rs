//! What the model that ships is made with, chosen by `evaluate ngram` on the
//! documents for tuning.

use super::estimate::Settings;

/// A character that the training documents have fewer times has no symbol of
/// its own. Chosen so that there are fewer than 4096 symbols, which take 12
/// bits; 2 instead of 6 gains less than 0.005 nats a character in any domain.
pub(crate) const LEAST: u32 = 6;

/// The settings of the estimate. The thresholds make the file a little smaller
/// than 2 MB, the others were tried by hand: all are near a flat optimum, where
/// a step changes less than 0.01 nats a character at the same size. Without
/// `leak`, news costs 0.01 nats more and statutes 0.03 less; the errors that it
/// spares are those that the model is surest of.
pub(crate) const SETTINGS: Settings = Settings {
    order: 3,
    thresholds: [18.5, 14.5, 14.5],
    discounts: [0.85, 1.25, 1.6],
    leak: 0.08,
    floor: 0.5,
    context_cost: 2.0,
};
