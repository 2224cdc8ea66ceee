//! One sense per collocation.
//!
//! A word that is followed by the same two characters, or preceded by them, means
//! the same throughout a document (Yarowsky, "One sense per collocation", 1993):
//! where a context of the dictionary shows that one 「新动力电池」 is a 「新能源电池」,
//! so are the others. What models alone say is not pooled: where they err of a
//! collocation they err throughout the document.

use std::collections::BTreeMap;

use super::candidates::{Candidate, Candidates, damped};
use super::lexicon::WordId;

/// How many characters beside a word make it a collocation.
const WIDTH: usize = 2;

/// How often a collocation has one sense. Yarowsky found 90 to 99 %.
const ONE_SENSE: f32 = 0.9;

/// Nothing is surer than this, in nats.
const MOST: f32 = 12.0;

/// A side of a word.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// Judges the occurrences of each collocation together. What a context of the
/// dictionary or the name of a place has decided stands.
pub(super) fn adjust(candidates: &mut Candidates, text: &str) {
    for side in [Side::Behind, Side::Before] {
        let mut groups: BTreeMap<(WordId, [char; WIDTH]), Vec<usize>> = BTreeMap::new();
        for (index, candidate) in candidates.found.iter().enumerate() {
            if let Some(near) = near(candidate, text, side) {
                let group = groups.entry((candidate.word, near)).or_default();
                group.push(index);
            }
        }
        for group in groups.into_values() {
            let mut members = group.iter().map(|&index| &candidates.found[index]);
            if group.len() > 1 && members.any(is_shown) {
                share(&mut candidates.found, &group);
            }
        }
    }
}

/// Whether something shows what a word stands for.
fn is_shown(candidate: &Candidate) -> bool {
    let mut readings = candidate.readings.iter();
    readings.any(|reading| reading.ground.is_shown())
}

/// The characters beside a word, if they are part of a text that goes on.
fn near(candidate: &Candidate, text: &str, side: Side) -> Option<[char; WIDTH]> {
    let mut near = ['\0'; WIDTH];
    let (mut before, mut behind) = (
        text[..candidate.range.start].chars().rev(),
        text[candidate.range.end..].chars(),
    );
    for place in &mut near {
        let next = match side {
            Side::Before => before.next(),
            Side::Behind => behind.next(),
        };
        *place = next.filter(|next| next.is_alphanumeric())?;
    }
    Some(near)
}

/// Gives all occurrences of a group a part of what they say together.
fn share(found: &mut [Candidate], group: &[usize]) {
    // All occurrences of a word have the same readings in the same order, but
    // for the ends of chains.
    let counts = group.iter().map(|&index| found[index].readings.len());
    let count = counts.min().unwrap_or_default();
    let together: Vec<f32> = (0..count)
        .map(|number| {
            let own = |&index: &usize| {
                let reading = &found[index].readings[number];
                reading.nats - reading.prior
            };
            let prior = found[group[0]].readings[number].prior;
            let nats = prior + damped(group.iter().map(own).sum(), group.len());
            nats.clamp(-MOST, MOST).exp()
        })
        .collect();
    let all_together = 1.0 + together.iter().sum::<f32>();
    for &index in group {
        let readings = &mut found[index].readings;
        let all = 1.0 + readings.iter().map(|own| own.nats.exp()).sum::<f32>();
        let mix =
            |together, own| ONE_SENSE * together / all_together + (1.0 - ONE_SENSE) * own / all;
        let native = mix(1.0, 1.0);
        for (reading, &together) in readings.iter_mut().zip(&together) {
            if !reading.ground.is_shown() {
                reading.nats = (mix(together, reading.nats.exp()) / native).ln();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::wording::candidates::{Ground, Reading};

    /// What becomes of a word of two characters that stands at these places.
    fn adjusted(text: &str, places: &[(usize, f32, Ground)]) -> Vec<f32> {
        let mut candidates = Candidates::default();
        for &(start, nats, ground) in places {
            let reading = Reading {
                row: 0,
                original: "能源",
                nats,
                prior: 1.0,
                ground,
            };
            candidates.found.push(Candidate {
                range: start..start + "动力".len(),
                word: 0,
                readings: vec![reading],
            });
        }
        adjust(&mut candidates, text);
        let found = candidates.found.iter();
        found.map(|candidate| candidate.readings[0].nats).collect()
    }

    #[test]
    fn what_is_clear_of_a_collocation_counts_for_the_others() {
        let text = "动力电池，动力电池，动力不足";
        let nats = adjusted(
            text,
            &[
                (0, 9.0, Ground::Context),
                (15, 1.0, Ground::Model),
                (30, 1.0, Ground::Model),
            ],
        );
        assert_eq!((nats[0], nats[2]), (9.0, 1.0));
        assert!(nats[1] > 3.0, "{nats:?}");
    }

    #[test]
    fn where_nothing_is_known_nothing_is_learnt() {
        let text = "动力电池，动力电池";
        let places = [(0, 1.0, Ground::Model), (15, 1.0, Ground::Model)];
        for nats in adjusted(text, &places) {
            assert!((nats - 1.0).abs() < 1e-4, "{nats}");
        }
    }
}
