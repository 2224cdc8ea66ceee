//! The stage's decisions with their probabilities, to be measured.

use std::ops::Range;

use crate::dictionary;
use crate::edit::Safety;
use crate::evidence::Evidence;
use crate::language::choice::Choices;
use crate::regions::Syntax;
use crate::stages::{Stage, View};

use super::WordingStage;

/// Judges the words of documents as the stage does when it first looks at them.
#[derive(Debug)]
pub struct Judge(WordingStage);

/// What a place is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// In bytes of the text.
    pub range: Range<usize>,
    /// The likeliest original.
    pub original: &'static str,
    /// The probability that it is a substitution for that.
    pub probability: f32,
    /// How sure the stage is of the edit.
    pub safety: Safety,
    /// Whether a context of the dictionary or the name of a place shows it.
    pub is_shown: bool,
}

impl Judge {
    /// A judge with the built-in dictionary and these models.
    pub fn new(choices: &'static Choices<'static>) -> Judge {
        Judge(WordingStage::with(dictionary::built_in(), choices))
    }

    /// All that is undone, suggested or reported, in the order of the text.
    pub fn judge(&self, text: &str) -> Vec<Judgement> {
        let view = View {
            text,
            syntax: Syntax::Plain,
        };
        let mut evidence = Evidence::default();
        self.0.observe(view, &mut evidence);
        let verdicts = self.0.verdicts(text, &evidence);
        let judgement = |verdict: super::Verdict| Judgement {
            safety: self.0.safety(&verdict),
            is_shown: verdict.ground.is_shown(),
            range: verdict.range,
            original: verdict.original,
            probability: verdict.probability,
        };
        verdicts.into_iter().map(judgement).collect()
    }
}
