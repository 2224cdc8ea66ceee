//! From counts to probabilities: which n-grams are kept, and how likely each is.
//!
//! From the highest order down, n-grams whose loss costs the least are dropped
//! (relative entropy, as in Stolcke's "Entropy-based pruning of backoff language
//! models", 1998). What the next lower order is made of is then what this one
//! leaves to it: the discounts of the n-grams that are kept and the whole counts
//! of those that are not (Siivola, Hirsimäki and Virpioja, "On growing and pruning
//! Kneser-Ney smoothed n-gram models", 2007). Probabilities are interpolated.

use super::counts::{Count, Key, LONGEST, context, last, suffix};
use super::logarithm::ln;

/// What is chosen by measuring.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The highest order.
    pub(crate) order: usize,
    /// An n-gram of this order and place (bigrams first) is dropped if that
    /// loses less than this, in nats over the weighted training text.
    pub(crate) thresholds: [f64; LONGEST - 1],
    /// What is taken from an n-gram that occurs once, twice, more often, in
    /// occurrences.
    pub(crate) discounts: [f64; 3],
    /// What is taken besides of each occurrence after the third, so that no
    /// context ever leaves less to the shorter one: phrases that one kind of
    /// text repeats are followed by other things in another kind.
    pub(crate) leak: f64,
    /// Added to each symbol's count.
    pub(crate) floor: f64,
    /// What a context of two symbols or more costs, as multiples of what an
    /// n-gram of it does.
    pub(crate) context_cost: f64,
}

impl Settings {
    /// What is taken from a count.
    fn discount(&self, count: &Count) -> f64 {
        let unit = count.square / count.mass;
        let times = count.mass / unit;
        let [once, twice, more] = self.discounts;
        let discount = if times < 1.0 {
            once * times
        } else if times < 2.0 {
            once + (twice - once) * (times - 1.0)
        } else if times < 3.0 {
            twice + (more - twice) * (times - 2.0)
        } else {
            more + self.leak * (times - 3.0)
        };
        discount * unit
    }
}

/// The n-grams of one order that are kept, and their contexts, sorted by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    /// Each with the probability of its last symbol after the others.
    pub(crate) grams: Vec<(Key, f64)>,
    /// Each with what the shorter context's probabilities are multiplied by for
    /// symbols that have no n-gram here.
    pub(crate) contexts: Vec<(Key, f64)>,
}

/// A model before it is quantised.
#[derive(Clone, Debug, Default)]
pub(crate) struct Estimate {
    /// Each symbol's probability.
    pub(crate) unigrams: Vec<f64>,
    /// Bigrams first.
    pub(crate) levels: Vec<Level>,
}

impl Estimate {
    /// The probability of the last symbol of an n-gram of at most this order
    /// after the others.
    pub(crate) fn of(&self, key: Key, order: usize) -> f64 {
        let mut weight = 1.0;
        for order in (2..=order.min(self.levels.len() + 1)).rev() {
            let level = &self.levels[order - 2];
            let key = suffix(key, order);
            if let Some(p) = find(&level.grams, key) {
                return weight * p;
            }
            weight *= find(&level.contexts, context(key)).unwrap_or(1.0);
        }
        weight * self.unigrams[usize::from(last(key))]
    }
}

fn find(table: &[(Key, f64)], key: Key) -> Option<f64> {
    let place = table.binary_search_by_key(&key, |&(key, _)| key).ok()?;
    Some(table[place].1)
}

/// Makes the model.
pub(crate) fn estimate(top: Vec<Count>, symbols: usize, settings: &Settings) -> Estimate {
    let mut kept: Vec<Vec<Kept>> = Vec::new();
    let mut counts = top;
    let mut needed: Vec<Key> = Vec::new();
    for order in (2..=settings.order).rev() {
        let keep = prune(&counts, order, symbols, &needed, settings);
        let (level, lower) = discount(&counts, &keep, order, settings);
        needed = level
            .iter()
            .flat_map(|kept| kept.grams.iter().map(|&(key, _)| suffix(key, order - 1)))
            .collect();
        needed.sort_unstable();
        needed.dedup();
        kept.push(level);
        counts = lower;
    }
    let mut estimate = Estimate {
        unigrams: unigrams(&counts, symbols, settings.floor),
        levels: Vec::new(),
    };
    for (kept, order) in kept.iter().rev().zip(2..) {
        let mut level = Level::default();
        for Kept {
            context,
            backoff,
            grams,
        } in kept
        {
            level.contexts.push((*context, *backoff));
            level.grams.extend(grams.iter().map(|&(key, own)| {
                let shorter = estimate.of(suffix(key, order - 1), order - 1);
                (key, own + backoff * shorter)
            }));
        }
        estimate.levels.push(level);
    }
    estimate
}

/// The n-grams of a context that are kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) context: Key,
    /// What is left to the shorter context, of all that follows this one.
    pub(crate) backoff: f64,
    /// What each has without its part of that.
    pub(crate) grams: Vec<(Key, f64)>,
}

/// Sums the counts of the n-grams that end alike.
fn lower(counts: impl Iterator<Item = Count>, order: usize) -> Vec<Count> {
    let mut lower: Vec<Count> = counts
        .filter(|count| count.mass > 0.0)
        .map(|count| Count {
            key: suffix(count.key, order - 1),
            ..count
        })
        .collect();
    // Stable: sums of floating-point numbers depend on the order.
    lower.sort_by_key(|count| count.key);
    lower
        .chunk_by(|a, b| a.key == b.key)
        .map(|same| Count {
            key: same[0].key,
            mass: same.iter().map(|count| count.mass).sum(),
            square: same.iter().map(|count| count.square).sum(),
        })
        .collect()
}

/// Splits the counts of an order into what is kept and what the next lower
/// order is made of.
pub(crate) fn discount(
    counts: &[Count],
    keep: &[bool],
    order: usize,
    settings: &Settings,
) -> (Vec<Kept>, Vec<Count>) {
    let mut level = Vec::new();
    let mut keep = keep.iter();
    let mut rest: Vec<Count> = counts.to_vec();
    for (count, &keep) in rest.iter_mut().zip(keep.as_slice()) {
        if keep {
            let unit = count.square / count.mass;
            count.mass = settings.discount(count);
            count.square = count.mass * unit;
        }
    }
    for same in counts.chunk_by(|a, b| context(a.key) == context(b.key)) {
        let total: f64 = same.iter().map(|count| count.mass).sum();
        let mut left = total;
        let mut grams = Vec::new();
        for (count, &keep) in same.iter().zip(&mut keep) {
            if keep {
                let own = count.mass - settings.discount(count);
                left -= own;
                grams.push((count.key, own / total));
            }
        }
        if !grams.is_empty() {
            level.push(Kept {
                context: context(same[0].key),
                backoff: left / total,
                grams,
            });
        }
    }
    (level, lower(rest.into_iter(), order))
}

fn unigrams(counts: &[Count], symbols: usize, floor: f64) -> Vec<f64> {
    let mut masses = vec![floor; symbols];
    for count in counts {
        masses[usize::from(last(count.key))] += count.mass;
    }
    let total: f64 = masses.iter().sum();
    masses.iter().map(|mass| mass / total).collect()
}

/// Says which n-grams of the highest order to keep: those that are needed, and
/// those without which the model would predict the counts worse by more than
/// they cost.
fn prune(
    counts: &[Count],
    order: usize,
    symbols: usize,
    needed: &[Key],
    settings: &Settings,
) -> Vec<bool> {
    let threshold = settings.thresholds[order - 2];
    let shorter = unpruned(counts, order, symbols, settings);
    let mut keep = Vec::with_capacity(counts.len());
    for same in counts.chunk_by(|a, b| context(a.key) == context(b.key)) {
        let losses = losses(same, order, &shorter, settings);
        let gains = losses.iter().map(|loss| f64::max(loss - threshold, 0.0));
        // The context of a bigram is a symbol, which has its place anyway.
        let pays = gains.sum::<f64>() >= threshold * settings.context_cost;
        // Boundaries that pad the beginning of a line tell no more than one.
        let padding = context(same[0].key) == 0;
        let pays = order == 2 || pays && !padding;
        keep.extend(same.iter().zip(losses).map(|(count, loss)| {
            pays && loss >= threshold || needed.binary_search(&count.key).is_ok()
        }));
    }
    keep
}

/// What dropping each n-gram of a context costs, in nats over the counts.
fn losses(same: &[Count], order: usize, shorter: &Estimate, settings: &Settings) -> Vec<f64> {
    let total: f64 = same.iter().map(|count| count.mass).sum();
    let taken: f64 = same.iter().map(|count| settings.discount(count)).sum();
    // Of this context's probability and of the shorter one's, what the n-grams
    // of this one don't have.
    let (mut rest, mut rest_shorter) = (1.0, 1.0);
    let pairs: Vec<(f64, f64)> = same
        .iter()
        .map(|count| {
            let p_shorter = shorter.of(suffix(count.key, order - 1), order - 1);
            let p = (count.mass - settings.discount(count) + taken * p_shorter) / total;
            rest -= p;
            rest_shorter -= p_shorter;
            (p, p_shorter)
        })
        .collect();
    let rest = f64::max(rest, LEAST_REST);
    let rest_shorter = f64::max(rest_shorter, LEAST_REST);
    let before = rest / rest_shorter;
    let losses = pairs.into_iter().map(|(p, p_shorter)| {
        let after = (rest + p) / (rest_shorter + p_shorter);
        total * (p * ln(p / (p_shorter * after)) - rest * ln(after / before))
    });
    losses.collect()
}

/// Above zero, or a context that has nearly all symbols would divide by it.
const LEAST_REST: f64 = 1e-9;

/// The probabilities of the orders below, with nothing dropped.
fn unpruned(counts: &[Count], order: usize, symbols: usize, settings: &Settings) -> Estimate {
    let mut orders = vec![lower(counts.iter().copied(), order)];
    for order in (2..order).rev() {
        orders.push(lower(orders[orders.len() - 1].iter().copied(), order));
    }
    let mut orders = orders.into_iter().rev();
    let mut estimate = Estimate {
        unigrams: unigrams(&orders.next().unwrap_or_default(), symbols, settings.floor),
        levels: Vec::new(),
    };
    for (counts, order) in orders.zip(2..) {
        let mut level = Level::default();
        for same in counts.chunk_by(|a, b| context(a.key) == context(b.key)) {
            let total: f64 = same.iter().map(|count| count.mass).sum();
            let taken: f64 = same.iter().map(|count| settings.discount(count)).sum();
            level.contexts.push((context(same[0].key), taken / total));
            level.grams.extend(same.iter().map(|count| {
                let shorter = estimate.of(suffix(count.key, order - 1), order - 1);
                let own = count.mass - settings.discount(count);
                (count.key, (own + taken * shorter) / total)
            }));
        }
        estimate.levels.push(level);
    }
    estimate
}
