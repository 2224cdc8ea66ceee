//! A logistic model for each pair of words.

use std::collections::HashMap;

use zhengben::workshop::{Feature, pair};

use super::instances::{Place, Samples};
use super::recipe::{LEAST, RATE, RIDGE, ROUNDS, SEED, SEEN};
use super::spinner::{Pair, Spinner};
use crate::ngram::logarithm::{exp, ln};
use crate::parallel;
use crate::simulate::Random;

/// A pair's model.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) pair: Pair,
    /// Log-odds with no feature, in nats, as often as the words stand in the
    /// weighted text.
    pub(super) bias: f64,
    pub(super) weights: Vec<Weight>,
}

/// What a feature says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    pub(super) feature: Feature,
    /// For the original, in nats.
    pub(super) nats: f64,
    /// In how many of the places it was seen.
    pub(super) seen: u32,
}

impl Model {
    /// What stands for the pair in the table.
    pub(super) fn key(&self) -> u64 {
        pair(self.pair.spun, self.pair.original)
    }
}

/// Makes the models of all pairs whose originals the text has.
pub(super) fn train_all(pairs: &[Pair], samples: &Samples<'_>, spinner: &Spinner) -> Vec<Model> {
    let number = |word: &str| spinner.words.binary_search(&word).ok();
    let models = parallel::map(pairs, |_, &pair| {
        let spun = samples.of(number(pair.spun)?);
        let original = samples.of(number(pair.original)?);
        if spun.seen() < LEAST || original.seen() < LEAST {
            // How often the author has each is all that is known.
            let bias = ln((original.weight() + 1.0) / (spun.weight() + 1.0));
            let weights = Vec::new();
            return (original.seen() > 0).then_some(Model {
                pair,
                bias,
                weights,
            });
        }
        let mut places: Vec<(Place<'_>, f64, bool)> = Vec::new();
        let sides = [(spun, false), (original, true)];
        for (side, label) in sides {
            // A word that is a thousand times as frequent counts thirty times.
            let scale = 1.0 / side.weight().sqrt();
            places.extend(
                side.iter()
                    .map(|(place, each)| (place, each * scale, label)),
            );
        }
        let ratio = original.weight() / spun.weight();
        let mut model = train(pair, &places, spinner);
        // The odds that the square root has left out.
        model.bias += ln(ratio) / 2.0;
        Some(model)
    });
    models.into_iter().flatten().collect()
}

/// One place, as numbers of features.
struct Row {
    features: Vec<u32>,
    weight: f64,
    label: f64,
}

fn train(pair: Pair, places: &[(Place<'_>, f64, bool)], spinner: &Spinner) -> Model {
    let found: Vec<Vec<Feature>> = places
        .iter()
        .map(|(place, ..)| place.features(spinner))
        .collect();
    let mut seen: HashMap<Feature, u32> = HashMap::new();
    for &feature in found.iter().flatten() {
        *seen.entry(feature).or_default() += 1;
    }
    let mut known: Vec<(Feature, u32)> = seen
        .into_iter()
        .filter(|&(_, count)| count >= SEEN)
        .collect();
    known.sort_unstable();
    let numbers: HashMap<Feature, u32> = known
        .iter()
        .zip(0..)
        .map(|(&(feature, _), number)| (feature, number))
        .collect();
    let total: f64 = places.iter().map(|&(_, weight, _)| weight).sum();
    let mut rows: Vec<Row> = places
        .iter()
        .zip(&found)
        .map(|(&(_, weight, label), features)| Row {
            features: features
                .iter()
                .filter_map(|f| numbers.get(f).copied())
                .collect(),
            weight: weight * places.len() as f64 / total,
            label: f64::from(u8::from(label)),
        })
        .collect();
    let fitted = fit(&mut rows, &known);
    let weights = known.iter().zip(&fitted.weights);
    Model {
        pair,
        bias: fitted.bias,
        weights: weights
            .map(|(&(feature, seen), &nats)| Weight {
                feature,
                nats,
                seen,
            })
            .collect(),
    }
}

struct Fitted {
    bias: f64,
    weights: Vec<f64>,
}

/// AdaGrad (Duchi, Hazan and Singer 2011): each weight's steps grow shorter with
/// what it has been moved.
fn fit(rows: &mut [Row], known: &[(Feature, u32)]) -> Fitted {
    /// Keeps the first steps finite.
    const SMALL: f64 = 1e-6;
    let mut random = Random::of_document(SEED, rows.len());
    let (mut bias, mut bias_moved) = (0.0, SMALL);
    let mut weights = vec![0.0; known.len()];
    let mut moved = vec![SMALL; known.len()];
    for _ in 0..ROUNDS {
        random.shuffle(rows);
        for row in &*rows {
            let sum: f64 = row.features.iter().map(|&f| weights[f as usize]).sum();
            let probability = 1.0 / (1.0 + exp(-(bias + sum).clamp(-30.0, 30.0)));
            let error = row.weight * (probability - row.label);
            bias_moved += error * error;
            bias -= RATE * error / bias_moved.sqrt();
            for &feature in &row.features {
                let feature = feature as usize;
                // The ridge is shared out among the places that have the feature.
                let share = RIDGE * weights[feature] / f64::from(known[feature].1);
                let slope = error + share;
                moved[feature] += slope * slope;
                weights[feature] -= RATE * slope / moved[feature].sqrt();
            }
        }
    }
    Fitted { bias, weights }
}
