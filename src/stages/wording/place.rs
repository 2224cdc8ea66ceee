//! What the models say of a place at which a word stands.

use std::ops::Range;

use crate::language::choice::{Between, Features, Window};

use super::candidates::{Reading, log_sum};
use super::lexicon::{Lexicon, OriginalId, WordId};
use super::models::PairModel;

/// More than this a model does not count, in nats: of text of another kind than
/// it was made from it is too sure.
const MOST: f32 = 6.0;

/// The same for a word that authors hardly write.
const MOST_BY_COUNT: f32 = 8.0;

/// What a pair of words counts of which nothing is known.
pub(super) const UNKNOWN: f32 = -1.0;

/// A place that models look at; what several of them ask for is found out once.
pub(super) struct Place<'l, 't> {
    lexicon: &'l Lexicon,
    word: WordId,
    left: &'t str,
    right: &'t str,
    seen: Option<Seen>,
}

/// What models look at.
struct Seen {
    features: Features,
    between: Between,
    /// What the character model says of words here.
    spun: f32,
    originals: Vec<(OriginalId, f32)>,
}

impl Seen {
    fn nats(&mut self, lexicon: &Lexicon, original: OriginalId) -> f32 {
        let known = self.originals.iter().find(|(known, _)| *known == original);
        if let Some((_, nats)) = known {
            return *nats;
        }
        let nats = self.between.nats(lexicon.original(original));
        self.originals.push((original, nats));
        nats
    }
}

impl<'l, 't> Place<'l, 't> {
    pub(super) fn new(
        lexicon: &'l Lexicon,
        text: &'t str,
        word: WordId,
        range: Range<usize>,
    ) -> Self {
        Place {
            lexicon,
            word,
            left: &text[..range.start],
            right: &text[range.end..],
            seen: None,
        }
    }

    /// Log-odds, in nats, that the author wrote the original.
    pub(super) fn log_odds(&mut self, model: Option<PairModel>, original: OriginalId) -> f32 {
        match model {
            None => UNKNOWN,
            Some(model) if !model.is_trained() => model.prior().clamp(-MOST, MOST_BY_COUNT),
            Some(model) => {
                let lexicon = self.lexicon;
                let seen = self.seen();
                let general = seen.nats(lexicon, original) - seen.spun;
                let nats = lexicon.models().log_odds(model, &seen.features, general);
                nats.clamp(-MOST, MOST)
            }
        }
    }

    /// Divides what originals have together among them by what tells them from
    /// each other: beside a word that authors hardly write all look alike. The
    /// first is so much likelier than that, in nats.
    pub(super) fn divide(&mut self, readings: &mut [Reading], others: &[PairModel], bias: f32) {
        let Some(first) = readings.first().map(|reading| reading.original) else {
            return;
        };
        let lexicon = self.lexicon;
        let seen = self.seen();
        let mut own = vec![bias];
        for (reading, &model) in readings[1..].iter().zip(others) {
            let general = seen.nats(lexicon, first) - seen.nats(lexicon, reading.original);
            own.push(-lexicon.models().log_odds(model, &seen.features, general));
        }
        share_out(readings, &own);
    }

    fn seen(&mut self) -> &mut Seen {
        let (lexicon, left, right) = (self.lexicon, self.left, self.right);
        self.seen.get_or_insert_with(|| {
            let between = Between::new(left, right);
            Seen {
                features: Features::of(&Window::new(left, right)),
                spun: between.nats(lexicon.spun(self.word)),
                between,
                originals: Vec::new(),
            }
        })
    }
}

/// Divides what readings have together among them, each by its weight in nats.
pub(super) fn share_out(readings: &mut [Reading], weights: &[f32]) {
    let all = log_sum(readings.iter().map(|reading| reading.nats));
    let sum = log_sum(weights.iter().copied());
    for (reading, weight) in readings.iter_mut().zip(weights) {
        reading.nats = all + weight - sum;
    }
}
