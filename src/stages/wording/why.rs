//! Why a word is given back, or kept, in words that a person can check.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use crate::dictionary::{Surroundings, WINDOW};
use crate::evidence::Spinning;
use crate::language::choice::{Between, Sight, Window};
use crate::reason::{Explain, Reason};

use super::Verdict;
use super::candidates::Ground;
use super::lexicon::{Lexicon, OriginalId, RowId};
use super::models::Said;
use super::places::PlaceName;

/// So many of the things that speak for a word are named.
const NAMED: usize = 3;

/// What adds less than this is not named, in nats.
const LEAST: f32 = 0.25;

/// What becomes of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is taken for a substitution.
    Substituted,
    /// It is reported as open.
    Open,
    /// It stays.
    Kept,
    /// It stays, because one that overlaps it is likelier.
    Overlapped,
    /// It stays, because the document is not spun.
    Unspun,
}

/// What there is to say of a place, put into words when it is asked for.
pub(super) struct Why {
    lexicon: Arc<Lexicon>,
    /// The word with as much of the text around it as anything looks at.
    text: Box<str>,
    word: Range<usize>,
    row: RowId,
    original: OriginalId,
    ground: Ground,
    /// Of the substitution.
    probability: f32,
    outcome: Outcome,
    /// What the document shows.
    document: Arc<str>,
}

/// What a document shows of spinning, in words.
pub(super) fn document(spinning: &Spinning) -> Arc<str> {
    let words = match spinning.families.first() {
        Some(family) if spinning.found() => {
            let (name, odds) = (&family.name, family.log_odds);
            format!("document spun by family {name} (log-odds {odds:.1})")
        }
        Some(family) => {
            let (name, odds) = (&family.name, family.log_odds);
            format!(
                "too little shows that the document is spun (family {name}, log-odds {odds:.1})"
            )
        }
        None => "nothing shows that the document is spun".to_owned(),
    };
    words.into()
}

impl Why {
    pub(super) fn reason(
        lexicon: &Arc<Lexicon>,
        verdict: &Verdict,
        outcome: Outcome,
        text: &str,
        document: &Arc<str>,
    ) -> Reason {
        let Range { start, end } = verdict.range.clone();
        let before = text[..start].char_indices().rev().nth(WINDOW);
        let behind = text[end..].char_indices().nth(WINDOW);
        let from = before.map_or(0, |(at, _)| at);
        let to = behind.map_or(text.len(), |(at, _)| end + at);
        Reason::later(Why {
            lexicon: lexicon.clone(),
            text: text[from..to].into(),
            word: start - from..end - from,
            row: verdict.row,
            original: verdict.original,
            ground: verdict.ground,
            probability: verdict.probability,
            outcome,
            document: document.clone(),
        })
    }

    fn sides(&self) -> (&str, &str) {
        (&self.text[..self.word.start], &self.text[self.word.end..])
    }

    /// The context that decides.
    fn context(&self) -> String {
        let (left, right) = self.sides();
        let contexts = self.lexicon.contexts(self.lexicon.row(self.row));
        let around = Surroundings::new(left, right);
        let deciding = contexts.deciding(&around);
        deciding.map_or_else(String::new, |(context, _)| format!("context `{context}`"))
    }

    /// What the models go by, in nats: for the original if it is given back,
    /// against it if the word is kept.
    fn model(&self) -> String {
        let lexicon = &*self.lexicon;
        let row = lexicon.row(self.row);
        let spun = lexicon.spun(row.word);
        let original = lexicon.original(self.original);
        let index = row.originals.iter().position(|&id| id == self.original);
        let model = index.and_then(|index| lexicon.choice(self.row, index));
        let Some(model) = model else {
            return format!("how often authors write 「{original}」 and 「{spun}」 is not known");
        };
        if !model.is_trained() {
            return often(model.prior(), original, spun);
        }
        let (left, right) = self.sides();
        let window = Window::new(left, right);
        let between = Between::new(left, right);
        let preference = between.nats(original) - between.nats(spun);
        let mut said: Vec<(f32, String)> = Vec::new();
        let models = lexicon.models();
        models.says(model, &window, preference, |what, nats| {
            let is_told = match self.outcome {
                Outcome::Kept => nats <= -LEAST,
                Outcome::Unspun => nats.abs() >= LEAST,
                Outcome::Substituted | Outcome::Open | Outcome::Overlapped => nats >= LEAST,
            };
            if is_told {
                said.push((nats, in_words(what)));
            }
        });
        said.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
        said.truncate(NAMED);
        let said: Vec<String> = said
            .iter()
            .map(|(nats, what)| format!("{what} {nats:+.1}"))
            .collect();
        let side = match self.outcome {
            Outcome::Kept => "against",
            _ => "for",
        };
        match said.is_empty() {
            true => format!("nothing around it speaks {side} 「{original}」"),
            false => format!("{side} 「{original}」: {}", said.join(", ")),
        }
    }

    /// What decided, in words.
    fn ground(&self) -> String {
        match self.ground {
            Ground::Context => self.context(),
            Ground::Model | Ground::Kept => self.model(),
            Ground::Place(PlaceName { name, area, .. }) => {
                format!("「{name}」 is in 「{area}」, which the text names")
            }
        }
    }
}

impl Explain for Why {
    fn explain(&self) -> String {
        let entry = self.lexicon.entry(self.row);
        let (spun, place) = (entry.spun, entry.place);
        let original = self.lexicon.original(self.original);
        let (ground, document) = (self.ground(), &self.document);
        let mut words = match (self.outcome, self.ground) {
            (Outcome::Substituted, Ground::Context) => format!("{}; {ground}", entry.reason),
            (Outcome::Substituted, Ground::Place(PlaceName { name, .. })) => format!(
                "no place is named 「{}」; {ground}",
                name.replacen(original, spun, 1)
            ),
            (Outcome::Substituted, Ground::Model | Ground::Kept) => ground,
            (Outcome::Open, _) => format!("may stand for 「{original}」; {ground}"),
            (Outcome::Kept | Outcome::Unspun, Ground::Context) if self.is_native() => {
                format!("{ground} keeps it")
            }
            (Outcome::Kept | Outcome::Unspun, _) => ground,
            (Outcome::Overlapped, _) => format!("what overlaps it is likelier; {ground}"),
        };
        // Writing into a string cannot fail.
        let _ = write!(words, " ({place}); {document}");
        if self.outcome != Outcome::Unspun {
            // Never rounded up to a certainty that there is not.
            let _ = write!(words, ": {} %", (self.probability * 100.0).floor());
        }
        words
    }
}

impl Why {
    /// Whether a context keeps the word.
    fn is_native(&self) -> bool {
        let (left, right) = self.sides();
        let contexts = self.lexicon.contexts(self.lexicon.row(self.row));
        let around = Surroundings::new(left, right);
        matches!(contexts.deciding(&around), Some((_, None)))
    }
}

fn often(prior: f32, original: &str, spun: &str) -> String {
    let (often, seldom) = if prior >= 0.0 {
        (original, spun)
    } else {
        (spun, original)
    };
    let times = prior.abs().exp().round().max(1.0);
    format!("authors write 「{often}」 {times} times as often as 「{seldom}」")
}

fn in_words(said: Said<'_>) -> String {
    let backwards = |near: &[char]| shown(near.iter().rev());
    match said {
        Said::Seen(Sight::Left(near)) => format!("behind 「{}」", backwards(near)),
        Said::Seen(Sight::Right(near)) => format!("before 「{}」", shown(near.iter())),
        Said::Seen(Sight::Across(left, right)) => {
            format!(
                "between 「{}」 and 「{}」",
                backwards(left),
                shown(right.iter())
            )
        }
        Said::Seen(Sight::Near(pair)) => format!("near 「{}」", shown(pair.iter())),
        Said::Characters => "the characters next to it".to_owned(),
        Said::Frequency => "how often authors write either".to_owned(),
    }
}

/// Characters as a window has them, to be read.
fn shown<'c>(characters: impl Iterator<Item = &'c char>) -> String {
    characters
        .map(|&character| match character {
            '\n' => "⏎".to_owned(),
            '0' => "#".to_owned(),
            'a' => "ABC".to_owned(),
            _ => character.to_string(),
        })
        .collect()
}
