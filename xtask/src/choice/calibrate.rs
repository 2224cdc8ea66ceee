//! How much the models and the character model are to be believed: a logistic
//! model of what both say, on documents for tuning.

use std::collections::{BTreeMap, HashMap};

use zhengben::workshop::{ChoiceHeader, preference};

use super::instances::Place;
use super::logistic::Model;
use super::spinner::{Pair, Spinner};
use crate::ngram::logarithm::exp;
use crate::parallel;

/// Places of one pair and one label that count in one domain: frequent words
/// are not to decide for all.
const PLACES: usize = 50;

/// A place where one of two words stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    /// What the pair's model says, if there is one with features, in nats.
    pub(super) own: Option<f64>,
    /// What the character model says, in nats.
    pub(super) general: f64,
    /// Whether the author wrote the original.
    pub(super) is_original: bool,
}

/// What is said of the places of all pairs in some documents.
pub(super) fn judge(models: &[Model], documents: &[String], spinner: &Spinner) -> Vec<Judged> {
    let trained = models.iter().filter(|model| !model.weights.is_empty());
    let known: HashMap<Pair, &Model> = trained.map(|model| (model.pair, model)).collect();
    let mut of_word: HashMap<&str, Vec<(Pair, bool)>> = HashMap::new();
    for pair in spinner.pairs() {
        of_word.entry(pair.spun).or_default().push((pair, false));
        of_word.entry(pair.original).or_default().push((pair, true));
    }
    let mut taken: HashMap<(Pair, bool), usize> = HashMap::new();
    let mut places = Vec::new();
    for (number, text) in documents.iter().enumerate() {
        for found in spinner.automaton.find_overlapping_iter(text) {
            let word = spinner.words[found.value() as usize];
            let place = Place::of(text, found.start(), found.end(), number);
            for &(pair, is_original) in &of_word[word] {
                let count = taken.entry((pair, is_original)).or_default();
                *count += 1;
                if *count <= PLACES {
                    places.push((place, pair, is_original));
                }
            }
        }
    }
    parallel::map(&places, |_, &(place, pair, is_original)| {
        let own = known.get(&pair).map(|model| {
            let features = place.features(spinner);
            let found = features.iter().filter_map(|&feature| model.weight(feature));
            model.bias + found.sum::<f64>()
        });
        let general = preference(place.left, place.right, pair.spun, pair.original);
        Judged {
            own,
            general: f64::from(general),
            is_original,
        }
    })
}

/// Fits the header on documents for tuning, each domain counting alike.
pub(super) fn calibrate(
    models: &[Model],
    tune: &BTreeMap<&'static str, Vec<String>>,
    spinner: &Spinner,
) -> ChoiceHeader {
    let mut rows = Vec::new();
    for documents in tune.values() {
        for judged in judge(models, documents, spinner) {
            let label = f64::from(u8::from(judged.is_original));
            rows.extend(judged.own.map(|own| ([own, judged.general, 1.0], label)));
        }
    }
    let [own, general, offset] = fit(&rows);
    ChoiceHeader {
        own: own as f32,
        general: general as f32,
        offset: offset as f32,
    }
}

/// The coefficients of a logistic model, by gradient descent with a fixed number
/// of steps.
fn fit(rows: &[([f64; 3], f64)]) -> [f64; 3] {
    const STEPS: usize = 400;
    const RATE: f64 = 0.3;
    let mut coefficients = [0.5, 0.1, 0.0];
    let mut moved = [1e-6; 3];
    for _ in 0..STEPS {
        let mut slope = [0.0; 3];
        for (inputs, label) in rows {
            let sum: f64 = inputs.iter().zip(coefficients).map(|(x, c)| x * c).sum();
            let error = 1.0 / (1.0 + exp(-sum.clamp(-30.0, 30.0))) - label;
            for (slope, input) in slope.iter_mut().zip(inputs) {
                *slope += error * input / rows.len() as f64;
            }
        }
        for index in 0..3 {
            moved[index] += slope[index] * slope[index];
            coefficients[index] -= RATE * slope[index] / f64::sqrt(moved[index]);
        }
    }
    coefficients
}
