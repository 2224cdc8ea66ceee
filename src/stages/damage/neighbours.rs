//! Which characters a page has beside each other: names and terms that the
//! model has never seen stand on a page more than once.

use crate::language::is_han;
use crate::language::ngram::{Class, Model, Symbol};

/// Of the probability of a character behind another one, the part that comes
/// from the page itself, once the other one has often stood there; and how
/// often is half of often. Chosen on the tuning part of the held-out text.
const OWN_PART: f32 = 0.3;
const HALF: f32 = 3.0;

/// Two symbols of the model, one behind the other, ordered by the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Neighbours(u32);

impl Neighbours {
    pub(super) fn new(first: Symbol, second: Symbol) -> Self {
        Neighbours(u32::from(first) << Symbol::BITS | u32::from(second))
    }

    pub(super) fn first(self) -> Symbol {
        (self.0 >> Symbol::BITS) as Symbol
    }
}

/// The neighbours of a text, sorted, passing over glosses.
pub(super) fn of(text: &str) -> Vec<Neighbours> {
    let alphabet = Model::embedded().alphabet();
    let mut neighbours = Vec::with_capacity(text.len() / 3);
    let mut before = Class::Boundary.symbol();
    let mut in_brackets = false;
    for character in text.chars() {
        match character {
            '(' => in_brackets = true,
            ')' => in_brackets = false,
            '?' => before = Class::Boundary.symbol(),
            _ if in_brackets && !is_han(character) => {}
            _ => {
                let symbol = alphabet.symbol(character);
                neighbours.push(Neighbours::new(before, symbol));
                before = symbol;
            }
        }
    }
    neighbours.sort_unstable();
    neighbours
}

/// What has stood behind one symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behind<'a> {
    pairs: &'a [Neighbours],
    /// What of the probability comes from the page.
    part: f32,
    /// What a symbol loses by that which has not stood there, in nats.
    absent: f32,
}

impl<'a> Behind<'a> {
    /// Of the pairs that begin with the symbol, sorted.
    pub(super) fn new(pairs: &'a [Neighbours]) -> Self {
        let all = pairs.len() as f32;
        let part = OWN_PART * all / (all + HALF);
        Behind {
            pairs,
            part,
            absent: (-part).ln_1p(),
        }
    }

    /// The logarithm of the probability that the symbol of the pair comes next,
    /// of which the model's is given; nats.
    pub(super) fn adapt(self, pair: Neighbours, log_prob: f32) -> f32 {
        let pairs = self.pairs;
        if pairs.is_empty() {
            return log_prob;
        }
        let rest = &pairs[pairs.partition_point(|&other| other < pair)..];
        let these = rest.iter().take_while(|&&other| other == pair).count();
        if these == 0 {
            return log_prob + self.absent;
        }
        let own = self.part * these as f32 / pairs.len() as f32;
        ((1.0 - self.part) * log_prob.exp() + own).ln()
    }
}
