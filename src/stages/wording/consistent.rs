//! What a spinner has done to a word in one place, it has done to it in others.
//!
//! A spinner goes through a list, and replaces a word wherever it meets it, unless it
//! throws dice. Where the document shows that nearly all of a spinner's words were
//! replaced, and some occurrences of a word are sure substitutions for one original
//! while none looks like the author's own, the likely ones are taken for the same.

use std::collections::BTreeSet;

use crate::evidence::Spinning;

use super::lexicon::{OriginalId, RowId};
use super::{SAFE, UNSAFE, Verdict};

/// The share of a spinner's words that it must have replaced, as expected from all
/// that the document shows: one that throws dice leaves some as they were.
const RATE: f32 = 0.8;

/// An occurrence below this probability may be the author's own.
const OWN: f32 = 0.5;

/// Raises the probability of what is likely where the document is sure of the same
/// word elsewhere.
pub(super) fn raise(verdicts: &mut [Verdict], spinning: &Spinning) {
    if expected_rate(spinning) < RATE {
        return;
    }
    let mut sure: BTreeSet<(RowId, OriginalId)> = BTreeSet::new();
    let mut own: BTreeSet<RowId> = BTreeSet::new();
    for verdict in verdicts.iter() {
        if verdict.probability >= SAFE {
            sure.insert((verdict.row, verdict.original));
        } else if verdict.probability < OWN {
            own.insert(verdict.row);
        }
    }
    for verdict in verdicts {
        let is_likely = (UNSAFE..SAFE).contains(&verdict.probability);
        let is_sure = sure.contains(&(verdict.row, verdict.original));
        if is_likely && is_sure && !own.contains(&verdict.row) {
            verdict.probability = SAFE;
        }
    }
}

fn expected_rate(spinning: &Spinning) -> f32 {
    let hypotheses = spinning.hypotheses.iter();
    let (rates, weights) = hypotheses.fold((0.0, 0.0), |(rates, weights), hypothesis| {
        (
            rates + hypothesis.rate * hypothesis.weight,
            weights + hypothesis.weight,
        )
    });
    if weights > 0.0 { rates / weights } else { 0.0 }
}
