//! The models as the file that ships.

use zhengben::workshop::{Block, CHOICE_MAGIC, ChoiceHeader, STEP, TAIL, checksum, place};

use super::logistic::Model;
use super::recipe::{FEATURES, FILL};
use crate::Failure;

/// The features that say most, of all models.
pub(super) fn prune(models: &mut [Model], features: usize) {
    let importance = |nats: f64, seen: u32| nats.abs() * f64::from(seen).sqrt();
    let mut all: Vec<f64> = models
        .iter()
        .flat_map(|model| &model.weights)
        .filter(|weight| steps(weight.nats) != 0)
        .map(|weight| importance(weight.nats, weight.seen))
        .collect();
    all.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = all.get(features).copied().unwrap_or(0.0);
    for model in models {
        model.weights.retain(|weight| {
            steps(weight.nats) != 0 && importance(weight.nats, weight.seen) > least
        });
    }
}

/// A weight as the file has it.
pub(super) fn steps(nats: f64) -> i8 {
    (nats / f64::from(STEP)).round().clamp(-127.0, 127.0) as i8
}

/// The file.
pub(super) fn pack(models: &[Model], header: ChoiceHeader) -> Result<Vec<u8>, Failure> {
    let mut models = models.to_vec();
    prune(&mut models, FEATURES);
    models.sort_by_key(Model::key);
    if models.windows(2).any(|pair| pair[0].key() == pair[1].key()) {
        return Err("two pairs of words have the same hash".into());
    }
    let blocks = blocks(&models);
    let reached = blocks
        .last()
        .map_or(0, |block| block.first + block.places as usize);
    let mut body = Vec::new();
    for real in [header.own, header.general, header.offset] {
        body.extend(real.to_le_bytes());
    }
    body.extend(u32::try_from(models.len())?.to_le_bytes());
    body.extend(u32::try_from(reached)?.to_le_bytes());
    for (model, block) in models.iter().zip(&blocks) {
        body.extend(model.key().to_le_bytes());
        let fiftieths = (model.bias * 50.0).round().clamp(-16_000.0, 16_000.0);
        let is_trained = i16::from(!model.weights.is_empty());
        body.extend(((fiftieths as i16) << 1 | is_trained).to_le_bytes());
        body.extend(block.places.to_le_bytes());
    }
    body.extend(places(&models, &blocks, reached)?);
    let mut file = CHOICE_MAGIC.to_vec();
    file.extend(checksum(&body).to_le_bytes());
    file.extend(body);
    Ok(file)
}

/// The part of each model.
fn blocks(models: &[Model]) -> Vec<Block> {
    let mut first = 0;
    let mut blocks = Vec::with_capacity(models.len());
    for model in models {
        let places = (model.weights.len() as f64 / FILL).ceil() as u32;
        blocks.push(Block { first, places });
        first += places as usize;
    }
    blocks
}

/// The fingerprints of all places, then their weights.
fn places(models: &[Model], blocks: &[Block], reached: usize) -> Result<Vec<u8>, Failure> {
    let mut fingerprints = vec![0_u16; reached + TAIL];
    let mut steps_of = vec![0_i8; reached + TAIL];
    // The ones that say least first: where two can't be told apart, the other
    // stands.
    for (model, &block) in models.iter().zip(blocks) {
        let mut weights = model.weights.clone();
        weights.sort_by(|a, b| a.nats.abs().total_cmp(&b.nats.abs()));
        for weight in weights {
            let (at, fingerprint) = place(block, weight.feature);
            let mut reach = (at..at + TAIL).filter(|&place| {
                let taken = fingerprints[place];
                taken == 0 || taken == fingerprint
            });
            let Some(free) = reach.next() else {
                return Err("a feature found no place: the table is too full".into());
            };
            fingerprints[free] = fingerprint;
            steps_of[free] = steps(weight.nats);
        }
    }
    let fingerprints = fingerprints.into_iter().flat_map(u16::to_le_bytes);
    let weights = steps_of.into_iter().map(|steps| steps as u8);
    Ok(fingerprints.chain(weights).collect())
}

#[cfg(test)]
mod tests {
    use zhengben::workshop::{Choices, Features, Window, features};

    use super::*;
    use crate::choice::logistic::Weight;
    use crate::choice::spinner::Pair;

    #[test]
    fn the_file_says_what_the_model_said() {
        let window = Window::new("推动经济高质量", "，实现新突破");
        let mut weights = Vec::new();
        features(&window, |feature| {
            let nats = if weights.len() % 2 == 0 { 0.7 } else { -0.3 };
            weights.push(Weight {
                feature,
                nats,
                seen: 2,
            });
        });
        let sum: f64 = weights.iter().map(|weight: &Weight| weight.nats).sum();
        let count = weights.len();
        let model = Model {
            pair: Pair {
                spun: "开展",
                original: "发展",
            },
            bias: -1.25,
            weights,
        };
        let header = ChoiceHeader {
            own: 0.5,
            general: 0.25,
            offset: 0.125,
        };
        let file = pack(&[model], header).expect("it fits");
        let choices = Choices::open(&file).expect("it is whole");
        let choice = choices.of("开展", "发展").expect("it was packed");
        let nats = f64::from(choices.model_log_odds(choice, &Features::of(&window)));
        // A weight is off by half a step at most, the bias by a hundredth.
        let most = count as f64 * f64::from(STEP) / 2.0 + 0.011;
        assert!((nats - (sum - 1.25)).abs() <= most, "{nats} {sum}");
        let all = f64::from(choices.log_odds(choice, &Features::of(&window), 4.0));
        assert!((all - (0.5 * nats + 1.0 + 0.125)).abs() < 1e-4);
        assert_eq!(choices.of("开展", "进展"), None);
    }
}
