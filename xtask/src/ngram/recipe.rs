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
    thresholds: [36.0, 27.0, 27.0],
    discounts: [0.85, 1.25, 1.6],
    leak: 0.08,
    floor: 0.5,
    context_cost: 2.0,
};

/// The SHA-256 of the model of words: `lm_sc.arpa` in the archive
/// `data/lm_sc.arpa-20220810.tar.xz` of Debian's source package libime 1.0.16-1,
/// which `ci/words.sh` gets.
pub(crate) const WORDS: &str = "0092547b9922818642343da0a73400e49dbb09b67cc2c4ce6b61aa2bad6ec95a";

/// How many characters are drawn from the model of words. Twice as
/// many gain less than 0.01 nats a character in any domain.
pub(crate) const CHARACTERS: usize = 50_000_000;

/// How often each of them counts. At the same size of the file, 2 gains 0.06 nats
/// a character in reviews and loses 0.08 in statutes.
pub(crate) const GENERAL: u32 = 1;
