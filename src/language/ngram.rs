//! How likely a character is after others: a model of Chinese text.
//!
//! A trigram model over symbols: a character that the training text has often
//! enough is a symbol of its own, the others share one by their kind ([`Class`]).
//! Traditional characters count as their Simplified forms, full-width ASCII as
//! ASCII. `dictionaries/models/README.md` says what the model was made from and
//! how good it is.
//!
//! The embedded model is opened the first time that it is asked for, in about a
//! millisecond, and is read where it lies: opened, it takes about 250 KB. What tells
//! where symbols stand in the larger tables is laid out when a table is first asked
//! for, in 3.3 MB for all of them. A character's probability takes about 50 ns.

mod alphabet;
mod bits;
mod format;
mod rank;
mod row;

#[cfg(test)]
mod tests;

use std::sync::{LazyLock, OnceLock};

pub use alphabet::{Alphabet, Class, Symbol, forms};
pub use bits::width;
pub use format::{Counts, MAGIC, ModelError, PADDING, Widths, checksum};
use format::{Parts, Table};
use rank::{Ranked, RankedTable};
pub(crate) use row::Row;

pub(crate) static EMBEDDED: &[u8] = include_bytes!("../../dictionaries/models/ngram.bin");

/// A model, opened.
#[derive(Debug)]
pub struct Model<'a> {
    parts: Parts<'a>,
    alphabet: Alphabet,
    /// The tables of each symbol, read when they are first asked for: `None` inside if
    /// they are not there.
    groups: Box<[OnceLock<Option<Box<Ranked>>>]>,
}

/// What of the text so far bears on the next character. States that are equal
/// are followed by everything equally likely, so a search may merge them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct State {
    last: Symbol,
    /// The place of the symbol before among the contexts of the last, if the
    /// model knows what follows the two.
    context: Option<u16>,
}

impl State {
    /// At the beginning of a line, and of the text.
    pub const START: State = State {
        last: Class::Boundary as Symbol,
        context: None,
    };

    /// A number that no other state has; it is above zero and takes 33 bits.
    pub(crate) fn key(self) -> u64 {
        let context = self.context.map_or(1, |context| u64::from(context) + 2);
        context << Symbol::BITS | u64::from(self.last)
    }

    /// The last symbol.
    pub fn last(self) -> Symbol {
        self.last
    }
}

impl Model<'static> {
    /// The model that ships.
    pub fn embedded() -> &'static Model<'static> {
        static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| {
            let parts = Parts::open_known(EMBEDDED);
            Model::new(parts.expect("the embedded model is whole: a test opens it"))
        });
        &MODEL
    }
}

impl<'a> Model<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a whole model of this version.
    pub fn open(bytes: &'a [u8]) -> Result<Model<'a>, ModelError> {
        Ok(Self::new(Parts::open(bytes)?))
    }

    fn new(parts: Parts<'a>) -> Model<'a> {
        let alphabet = Alphabet::new(parts.characters.iter().copied());
        let groups = parts.unigrams.iter().map(|_| OnceLock::new()).collect();
        Model {
            parts,
            alphabet,
            groups,
        }
    }

    /// The natural logarithm of the probability that the character comes next:
    /// nats, below zero, above −30. Over all characters the probabilities sum
    /// to one, forms of one character ([`forms`]) being one.
    ///
    /// It is calibrated for text of the kinds that the model was made from. Of
    /// other text it is too sure: the table in `dictionaries/models/README.md`
    /// says how often a difference in nats is right, by kind of text.
    pub fn log_prob(&self, state: State, character: char) -> f32 {
        let symbol = self.alphabet.symbol(character);
        self.symbol_log_prob(state, symbol) + self.alphabet.share(symbol)
    }

    /// The natural logarithm of how often the character stands in text, whatever
    /// comes before it: nats, below zero.
    pub fn unigram_log_prob(&self, character: char) -> f32 {
        self.unigram_log_prob_of(self.alphabet.symbol(character))
    }

    /// The same of each character that has the symbol.
    pub(crate) fn unigram_log_prob_of(&self, symbol: Symbol) -> f32 {
        let unigram = self.parts.unigrams.get(usize::from(symbol));
        unigram.map_or(UNKNOWN, |unigram| unigram.log) + self.alphabet.share(symbol)
    }

    /// The state after the character.
    pub fn advance(&self, state: State, character: char) -> State {
        self.advance_by(state, self.alphabet.symbol(character))
    }

    /// As [`advance`](Self::advance), by a symbol.
    pub(crate) fn advance_by(&self, state: State, last: Symbol) -> State {
        // Nothing is remembered across a line break.
        let before = match last == Class::Boundary.symbol() {
            true => last,
            false => state.last,
        };
        let context = self.group(last).and_then(|group| {
            let (index, _) = group.contexts.find(self.parts.groups, before.into())?;
            u16::try_from(index).ok()
        });
        State { last, context }
    }

    /// Both: what the character costs, and the state after it.
    pub fn step(&self, state: State, character: char) -> (f32, State) {
        let symbol = self.alphabet.symbol(character);
        let nats = self.symbol_log_prob(state, symbol) + self.alphabet.share(symbol);
        (nats, self.advance_by(state, symbol))
    }

    /// The state after a text; all but its end is passed over.
    pub fn state_after(&self, text: &str) -> State {
        let mut end = text.chars().rev();
        let (last, before) = (end.next(), end.next());
        let characters = before.into_iter().chain(last);
        characters.fold(State::START, |state, c| self.advance(state, c))
    }

    /// The natural logarithm of the probability of a text, as the beginning of
    /// a line.
    pub fn log_prob_of(&self, text: &str) -> f32 {
        let start = (0.0, State::START);
        let (nats, _) = text.chars().fold(start, |(sum, state), character| {
            let (nats, state) = self.step(state, character);
            (sum + nats, state)
        });
        nats
    }

    /// The symbol of a character, and what the character has of its probability, in
    /// nats.
    pub(crate) fn symbol(&self, character: char) -> (Symbol, f32) {
        let symbol = self.alphabet.symbol(character);
        (symbol, self.alphabet.share(symbol))
    }

    /// As [`log_prob`](Self::log_prob), of a symbol.
    pub fn symbol_log_prob(&self, state: State, symbol: Symbol) -> f32 {
        self.after(state).log_prob(symbol)
    }

    /// What can follow: to ask for many symbols after the same state.
    pub fn after(&self, state: State) -> After<'_> {
        let group = self.group(state.last);
        let context = state.context.map(usize::from);
        let context = context.and_then(|index| self.context(group?, index));
        let backoff = context.map_or(0.0, |(_, backoff)| backoff);
        let last = self.parts.unigrams.get(usize::from(state.last));
        After {
            parts: &self.parts,
            successors: group.map(|group| &group.successors),
            trigrams: context.map(|(trigrams, _)| trigrams),
            backoff,
            to_unigram: match group {
                Some(_) => backoff + last.map_or(0.0, |last| last.backoff),
                None => 0.0,
            },
        }
    }

    /// How many symbols there are.
    pub fn symbols(&self) -> usize {
        self.parts.unigrams.len()
    }

    /// Says which symbol a character is.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    fn group(&self, symbol: Symbol) -> Option<&Ranked> {
        let group = self.groups.get(usize::from(symbol))?;
        let group = group.get_or_init(|| {
            let Parts {
                unigrams,
                widths,
                groups,
                ..
            } = &self.parts;
            let unigram = unigrams.get(usize::from(symbol))?;
            let group = unigram.group as usize;
            Ranked::read(*groups, group, *widths, unigrams.len()).map(Box::new)
        });
        group.as_deref()
    }

    /// The trigrams of a context, and what is added for a symbol that none of
    /// them ends with, in nats.
    fn context(&self, group: &Ranked, index: usize) -> Option<(Table, f32)> {
        let groups = self.parts.groups;
        let width = self.parts.widths.backoff;
        let contexts = group.contexts.table;
        let end = |index| Some((contexts.value(groups, index)? >> width) as usize);
        let start = match index.checked_sub(1) {
            Some(before) => end(before)?,
            None => 0,
        };
        let value = contexts.value(groups, index)?;
        let code = value & ((1 << width) - 1);
        let backoff = *self.parts.backoff_codes.get(code as usize)?;
        Some((group.trigrams.part(start, end(index)?), backoff))
    }
}

/// What can follow a state.
#[derive(Clone, Copy, Debug)]
pub struct After<'m> {
    parts: &'m Parts<'m>,
    successors: Option<&'m RankedTable>,
    trigrams: Option<Table>,
    /// What is added for a symbol of which there is no trigram, in nats, and
    /// for one of which there is no bigram either.
    backoff: f32,
    to_unigram: f32,
}

impl After<'_> {
    /// The natural logarithm of the probability of a symbol, in nats.
    pub fn log_prob(&self, symbol: Symbol) -> f32 {
        let parts = self.parts;
        let Some(unigram) = parts.unigrams.get(usize::from(symbol)) else {
            return UNKNOWN;
        };
        let found = self
            .successors
            .and_then(|successors| successors.find(parts.groups, symbol.into()));
        let Some((rank, code)) = found else {
            return self.to_unigram + unigram.log;
        };
        let trigram = self
            .trigrams
            .and_then(|trigrams| trigrams.find(parts.groups, rank as u64));
        let log = match trigram {
            Some((_, code)) => parts.trigram_codes.get(code as usize).copied(),
            None => {
                let log = parts.bigram_codes.get(code as usize);
                log.map(|log| self.backoff + log)
            }
        };
        log.unwrap_or(unigram.log)
    }
}

/// What a symbol that the model lacks has, in nats: no character has one.
const UNKNOWN: f32 = -30.0;
