//! A logistic model for each pair of words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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
    /// Sorted by feature.
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

    /// What a feature says for the original, in nats; `None` if it is not known.
    pub(super) fn weight(&self, feature: Feature) -> Option<f64> {
        let place = self.weights.binary_search_by_key(&feature, |w| w.feature);
        place.ok().map(|place| self.weights[place].nats)
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
    let mut numbers: HashMap<Feature, u32, Hashed> = HashMap::default();
    for &feature in found.iter().flatten() {
        *numbers.entry(feature).or_default() += 1;
    }
    numbers.retain(|_, count| *count >= SEEN);
    let mut known: Vec<(Feature, u32)> = numbers.iter().map(|(&f, &count)| (f, count)).collect();
    known.sort_unstable();
    for (&(feature, _), number) in known.iter().zip(0..) {
        numbers.insert(feature, number);
    }
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
            .map(|(&(feature, seen), fitted)| Weight {
                feature,
                nats: fitted.nats,
                seen,
            })
            .collect(),
    }
}

/// Leaves features as they are, which are hashes.
#[derive(Clone, Debug, Default)]
struct AsIs(u64);

type Hashed = BuildHasherDefault<AsIs>;

impl Hasher for AsIs {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 | u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

struct Fitted {
    bias: f64,
    weights: Vec<Step>,
}

/// A weight while it is fitted: side by side in memory, since each row needs others.
#[derive(Clone, Copy)]
struct Step {
    nats: f64,
    /// The squares of all its slopes.
    moved: f64,
    /// In how many of the places the feature was seen.
    seen: f64,
}

/// AdaGrad (Duchi, Hazan and Singer 2011): each weight's steps grow shorter with
/// what it has been moved.
fn fit(rows: &mut [Row], known: &[(Feature, u32)]) -> Fitted {
    /// Keeps the first steps finite.
    const SMALL: f64 = 1e-6;
    let mut random = Random::of_document(SEED, rows.len());
    let (mut bias, mut bias_moved) = (0.0, SMALL);
    let weights = known.iter().map(|&(_, seen)| Step {
        nats: 0.0,
        moved: SMALL,
        seen: f64::from(seen),
    });
    let mut weights: Vec<Step> = weights.collect();
    for _ in 0..ROUNDS {
        random.shuffle(rows);
        for row in &*rows {
            let known = row.features.iter().map(|&f| weights[f as usize].nats);
            let sum: f64 = known.sum();
            let probability = 1.0 / (1.0 + exp(-(bias + sum).clamp(-30.0, 30.0)));
            let error = row.weight * (probability - row.label);
            bias_moved += error * error;
            bias -= RATE * error / bias_moved.sqrt();
            for &feature in &row.features {
                let weight = &mut weights[feature as usize];
                // The ridge is shared out among the places that have the feature.
                let slope = error + RIDGE * weight.nats / weight.seen;
                weight.moved += slope * slope;
                weight.nats -= RATE * slope / weight.moved.sqrt();
            }
        }
    }
    Fitted { bias, weights }
}
