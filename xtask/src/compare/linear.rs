//! Whether twice the text takes twice the time, whatever the text.

use super::measure::{Effort, Spread};
use super::ours::Ours;
use crate::texts::{Adversary, cut_to};

/// The size with which it begins, in bytes: of some texts more takes minutes.
const FIRST: usize = 2 << 10;

/// What one text showed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Growth {
    pub(super) name: &'static str,
    /// Bytes of the longer text; the other has half.
    pub(super) bytes: usize,
    /// Millions of bytes in a second, for the longer one.
    pub(super) speed: f64,
    /// The time for the longer one by that for the other: 2 if it is linear.
    pub(super) growth: f64,
    /// The time for the longer one by that for as much plain text.
    pub(super) to_plain: f64,
}

/// Cleans each adversary's text in growing sizes, up to the size or what takes about
/// the seconds.
pub(super) fn measure(ours: &Ours, plain: &str, size: usize, effort: Effort) -> Vec<Growth> {
    let each = Adversary::ALL.iter().map(|&adversary| {
        let mut bytes = FIRST.min(size);
        loop {
            let seconds = ours.clean(&adversary.make(plain, bytes));
            // The next one takes twice as long, or four times.
            if bytes >= size || seconds * 4.0 > effort.seconds {
                break;
            }
            bytes = (2 * bytes).min(size);
        }
        let text = adversary.make(plain, bytes);
        let half = adversary.make(plain, bytes / 2);
        let plain = plain.repeat(bytes.div_ceil(plain.len()));
        let texts = [&text[..], &half[..], cut_to(&plain, bytes)];
        let mut times = [const { Vec::new() }; 3];
        for _ in 0..effort.rounds {
            for (text, times) in texts.iter().zip(&mut times) {
                times.push(ours.clean(text));
            }
        }
        let [whole, half, plain] = times.map(|times| Spread::of(&times).median);
        Growth {
            name: adversary.name(),
            bytes: text.len(),
            speed: text.len() as f64 / whole / 1e6,
            growth: whole / half,
            to_plain: whole / plain,
        }
    });
    each.collect()
}
