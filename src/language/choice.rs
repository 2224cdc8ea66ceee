//! Which of two words an author wrote at a place, by the words around it.
//!
//! For a spinner's word and one of the words that it writes it for there is a
//! logistic model: the sum of what each feature of the place says for the
//! original, in log-odds. `dictionaries/models/README.md` says what they were
//! made from and how good they are.
//!
//! Each model has a part of one hashed table, which is read where it lies: a
//! feature of a place costs one look into it, and one that the model does not know
//! says nothing.

mod features;
mod format;
mod own;
mod window;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::language::ngram::{After, Model, State, Symbol};
pub use features::{Feature, Features, features};
pub(crate) use features::{Sight, sights};
use format::Table;
pub use format::{
    Block, ChoiceError, ChoiceHeader, Entry as ChoiceEntry, MAGIC as CHOICE_MAGIC, SLOT, STEP,
    TAIL, place,
};
pub use own::ChoiceTable;
pub use window::{REACH, Window};

pub(crate) static EMBEDDED: &[u8] = include_bytes!("../../dictionaries/models/choice.bin");

/// The models of all pairs of words.
#[derive(Debug)]
pub struct Choices<'a> {
    table: Table<'a>,
}

/// The model of one pair of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    block: Block,
    /// Log-odds for the original with no feature, in nats.
    bias: f32,
    /// Whether features say anything.
    is_trained: bool,
}

impl Choice {
    /// Log-odds for the original by how often authors write the two, in nats.
    pub fn prior(&self) -> f32 {
        self.bias
    }

    /// Whether what stands around the word says anything.
    pub fn is_trained(&self) -> bool {
        self.is_trained
    }
}

impl Choices<'static> {
    /// The models that ship.
    pub fn embedded() -> &'static Choices<'static> {
        static CHOICES: LazyLock<Choices<'static>> = LazyLock::new(|| {
            let table = Table::open_known(EMBEDDED.into());
            let table = table.expect("the embedded table is whole: a test opens it");
            Choices { table }
        });
        &CHOICES
    }
}

impl<'a> Choices<'a> {
    /// Opens a table.
    ///
    /// # Errors
    /// If the bytes are not a whole table of this version.
    pub fn open(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Choices<'a>, ChoiceError> {
        Ok(Choices {
            table: Table::open(bytes.into())?,
        })
    }

    /// The model of a spun word and an original, if there is one.
    pub fn of(&self, spun: &str, original: &str) -> Option<Choice> {
        let (bias, is_trained, block) = self.table.pair(pair(spun, original))?;
        Some(Choice {
            block,
            bias,
            is_trained,
        })
    }

    /// Log-odds, in nats, that the author wrote the original and not the spun
    /// word where one of the two stands: what the pair's model says, and the
    /// character model's [`preference`].
    pub fn log_odds(&self, choice: Choice, features: &Features, preference: f32) -> f32 {
        if !choice.is_trained {
            return choice.bias;
        }
        let ChoiceHeader {
            own,
            general,
            offset,
        } = *self.table.header();
        own * self.model_log_odds(choice, features) + general * preference + offset
    }

    /// What the pair's model alone says, in nats.
    pub fn model_log_odds(&self, choice: Choice, features: &Features) -> f32 {
        let steps = self.table.weights(choice.block, features.iter());
        choice.bias + steps as f32 * STEP
    }

    /// What one feature adds to [`log_odds`](Self::log_odds), in nats.
    pub fn weight(&self, choice: Choice, feature: Feature) -> f32 {
        let steps = self.table.weights(choice.block, [feature].into_iter());
        self.table.header().own * steps as f32 * STEP
    }

    /// What it is without any feature and preference, in nats.
    pub fn at_large(&self, choice: Choice) -> f32 {
        let ChoiceHeader { own, offset, .. } = *self.table.header();
        own * choice.bias + offset
    }

    /// What the character model's [`preference`] adds to it, in nats.
    pub fn general(&self, preference: f32) -> f32 {
        self.table.header().general * preference
    }
}

/// Stands for a pair of words in the table.
pub fn pair(spun: &str, original: &str) -> u64 {
    let bytes = spun.bytes().chain([0]).chain(original.bytes());
    // FNV-1a.
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// By how many nats the character model prefers the original to the spun word
/// between two pieces of text. Of a third character behind the word it says
/// nothing.
pub fn preference(left: &str, right: &str, spun: &str, original: &str) -> f32 {
    let between = Between::new(left, right);
    between.nats(original) - between.nats(spun)
}

/// A place between two pieces of text, for the character model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Between {
    start: State,
    /// What can follow there.
    first: After<'static>,
    /// The characters behind the place, each with what it has of the probability of its
    /// symbol, in nats.
    behind: [Option<(Symbol, f32)>; BEHIND],
}

/// How many characters behind a word count.
const BEHIND: usize = 2;

impl Between {
    /// The place.
    pub(crate) fn new(left: &str, right: &str) -> Self {
        let model = Model::embedded();
        let start = model.state_after(left);
        let mut right = right.chars();
        Between {
            start,
            first: model.after(start),
            behind: [(); BEHIND].map(|()| right.next().map(|character| model.symbol(character))),
        }
    }

    /// The log-probability of a word there and of two characters behind it, in
    /// nats.
    pub(crate) fn nats(&self, word: &str) -> f32 {
        let model = Model::embedded();
        let word = word.chars().map(|character| model.symbol(character));
        let mut symbols = word.chain(self.behind.into_iter().flatten());
        let Some((symbol, share)) = symbols.next() else {
            return 0.0;
        };
        let mut sum = self.first.log_prob(symbol) + share;
        let (mut state, mut last) = (self.start, symbol);
        for (symbol, share) in symbols {
            state = model.advance_by(state, last);
            sum += model.symbol_log_prob(state, symbol) + share;
            last = symbol;
        }
        sum
    }
}
