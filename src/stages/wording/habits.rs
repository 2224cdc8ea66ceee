//! How often a document uses a word as its own.
//!
//! The models go by how often authors at large write either word. A document
//! has its own subject and habits: where most occurrences of 「工业」 clearly
//! stand for 「产业」, so do the others. What the occurrences say together is
//! taken for the document's own frequency, and each is judged again by it
//! (Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to
//! new a priori probabilities", 2002).

use std::collections::BTreeMap;

use super::candidates::{Candidate, Candidates, Reading};
use super::lexicon::WordId;

/// How many occurrences the frequency at large is worth.
const AT_LARGE: f32 = 5.0;

/// The frequency at large is not taken for rarer than this, in nats.
const RAREST: f32 = 3.0;

/// Nothing is moved by more than this, in nats.
const MOST: f32 = 2.5;

/// How often frequencies and probabilities are taken from each other.
const ROUNDS: usize = 4;

/// By how much the document makes each reading of each word likelier, in nats.
pub(super) fn of(candidates: &Candidates) -> BTreeMap<WordId, Vec<f32>> {
    let words = candidates.by_word();
    let words = words.words();
    words.map(|(word, places)| (word, shifts(places))).collect()
}

/// Judges the occurrences of each word by that. What a context of the dictionary
/// or the name of a place has decided stands.
pub(super) fn adjust(candidates: &mut Candidates, habits: &BTreeMap<WordId, Vec<f32>>) {
    for candidate in &mut candidates.found {
        let shifts = habits.get(&candidate.word).into_iter().flatten();
        for (reading, shift) in candidate.readings.iter_mut().zip(shifts) {
            if !reading.ground.is_shown() {
                reading.nats += shift;
            }
        }
    }
}

fn shifts(places: &[&Candidate]) -> Vec<f32> {
    // All occurrences of a word have the same readings in the same order, but
    // for the ends of chains.
    let count = places
        .iter()
        .map(|place| place.readings.len())
        .min()
        .unwrap_or_default();
    let mut shifts = vec![0.0; count];
    let [first, _, ..] = places else {
        return shifts;
    };
    let at_large: Vec<f32> = first
        .readings
        .iter()
        .take(count)
        .map(|reading| reading.prior.clamp(-RAREST, RAREST).exp())
        .collect();
    let all_at_large = 1.0 + at_large.iter().sum::<f32>();
    for _ in 0..ROUNDS {
        let mut sums = vec![0.0; count];
        let mut native = 0.0;
        for place in places {
            let odds = |(reading, shift): (&Reading, &f32)| match reading.ground.is_shown() {
                true => reading.nats.exp(),
                false => (reading.nats + shift).exp(),
            };
            let odds: Vec<f32> = place.readings.iter().zip(&shifts).map(odds).collect();
            let all = 1.0 + odds.iter().sum::<f32>();
            native += 1.0 / all;
            for (sum, odds) in sums.iter_mut().zip(odds) {
                *sum += odds / all;
            }
        }
        let native = native + AT_LARGE / all_at_large;
        for ((shift, sum), large) in shifts.iter_mut().zip(sums).zip(&at_large) {
            let here = (sum + AT_LARGE * large / all_at_large) / native;
            *shift = (here / large).ln().clamp(-MOST, MOST);
        }
    }
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::wording::candidates::Ground;

    fn candidate(nats: f32, ground: Ground) -> Candidate {
        let reading = Reading {
            row: 0,
            original: 0,
            nats,
            prior: 0.0,
            ground,
        };
        Candidate {
            range: 0..0,
            word: 0,
            readings: vec![reading],
        }
    }

    fn adjusted(mut found: Vec<Candidate>) -> Vec<f32> {
        let mut candidates = Candidates::default();
        candidates.found.append(&mut found);
        let habits = of(&candidates);
        adjust(&mut candidates, &habits);
        let found = candidates.found.iter();
        found.map(|candidate| candidate.readings[0].nats).collect()
    }

    #[test]
    fn one_occurrence_says_nothing_of_others() {
        assert_eq!(adjusted(vec![candidate(1.0, Ground::Model)]), [1.0]);
    }

    #[test]
    fn what_is_clear_elsewhere_counts() {
        let clear = || candidate(6.0, Ground::Context);
        let nats = adjusted(
            (0..9)
                .map(|_| clear())
                .chain([candidate(1.0, Ground::Model)])
                .collect(),
        );
        assert_eq!(nats[0], 6.0, "a context's decision stands");
        assert!(nats[9] > 2.0, "{nats:?}");
        let native = || candidate(-6.0, Ground::Context);
        let nats = adjusted(
            (0..9)
                .map(|_| native())
                .chain([candidate(1.0, Ground::Model)])
                .collect(),
        );
        assert!(nats[9] < 0.0, "{nats:?}");
    }
}
