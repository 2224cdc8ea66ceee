//! The stage's decisions with their probabilities, to be measured.

use std::ops::Range;

use crate::dictionary::Dictionary;
use crate::edit::Safety;
use crate::evidence::Evidence;
use crate::language::choice::ChoiceTable;
use crate::stages::{Stage, View};

use super::{REPORTED, WordingStage, choose};

/// Judges the words of documents as the stage does when it first looks at them.
#[derive(Debug)]
pub struct Judge(WordingStage);

/// What a place is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// In bytes of the text.
    pub range: Range<usize>,
    /// The likeliest original.
    pub original: String,
    /// The probability that it is a substitution for that.
    pub probability: f32,
    /// How sure the stage is of the edit.
    pub safety: Safety,
    /// How sure it would be by the probability alone: a row can hold its word back.
    pub by_probability: Safety,
    /// Whether a context of the dictionary or the name of a place shows it.
    pub is_shown: bool,
}

impl Judge {
    /// A judge with the built-in dictionary, and with these models if they are given.
    pub fn new(choices: Option<ChoiceTable>) -> Judge {
        Judge(WordingStage::new(vec![Dictionary::built_in()], choices))
    }

    /// All that is undone, suggested or reported, in the order of the text.
    pub fn judge(&self, text: &str) -> Vec<Judgement> {
        let view = View::plain(text);
        let mut evidence = Evidence::default();
        self.0.observe(view, &mut evidence);
        if !evidence.spinning.found() {
            return Vec::new();
        }
        let mut verdicts = self.0.verdicts(text, &evidence.spinning);
        verdicts.retain(|verdict| verdict.probability >= REPORTED);
        let judgement = |verdict: super::Verdict| Judgement {
            safety: self.0.safety(&verdict),
            by_probability: WordingStage::limit(&verdict),
            is_shown: verdict.ground.is_shown(),
            range: verdict.range,
            original: self.0.lexicon.original(verdict.original).to_owned(),
            probability: verdict.probability,
        };
        choose(verdicts).into_iter().map(judgement).collect()
    }
}
