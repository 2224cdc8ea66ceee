//! What the model has already said in a search: the readings of a place ask it
//! the same over and over.

use std::cell::Cell;

use crate::language::ngram::{Model, State, Symbol};

/// How many answers are kept of each kind; a new one takes an old one's place.
const ANSWERS: usize = 1 << 12;

/// Answers of the model.
#[derive(Debug)]
pub(super) struct Memo {
    model: &'static Model<'static>,
    probabilities: Box<[Cell<(u64, f32)>]>,
    states: Box<[Cell<(u64, State)>]>,
}

impl Memo {
    pub(super) fn new(model: &'static Model<'static>) -> Self {
        // No key is zero.
        Memo {
            model,
            probabilities: vec![Cell::new((0, 0.0)); ANSWERS].into(),
            states: vec![Cell::new((0, State::START)); ANSWERS].into(),
        }
    }

    /// What a character costs, and the state after it.
    pub(super) fn step(&self, state: State, character: char) -> (f32, State) {
        let (symbol, nats) = self.log_prob(state, character);
        (nats, self.advance(state, symbol))
    }

    /// A character's symbol, and what it costs.
    pub(super) fn log_prob(&self, state: State, character: char) -> (Symbol, f32) {
        let alphabet = self.model.alphabet();
        let symbol = alphabet.symbol(character);
        let nats = self.probability(state, symbol, || self.model.symbol_log_prob(state, symbol));
        (symbol, nats + alphabet.share(symbol))
    }

    fn probability(&self, state: State, symbol: Symbol, ask: impl FnOnce() -> f32) -> f32 {
        let key = state.key() << Symbol::BITS | u64::from(symbol);
        recall(&self.probabilities, key, ask)
    }

    /// The state after a symbol.
    pub(super) fn advance(&self, state: State, symbol: Symbol) -> State {
        // Of the state only the last symbol matters.
        let key = 1 << 32 | u64::from(state.last()) << Symbol::BITS | u64::from(symbol);
        recall(&self.states, key, || self.model.advance_by(state, symbol))
    }
}

fn recall<T: Copy>(answers: &[Cell<(u64, T)>], key: u64, ask: impl FnOnce() -> T) -> T {
    // Multiplied by the golden ratio's 64 bits, close keys lie far apart.
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let place = &answers[hash as usize % answers.len()];
    let (known, answer) = place.get();
    if known == key {
        return answer;
    }
    let answer = ask();
    place.set((key, answer));
    answer
}
