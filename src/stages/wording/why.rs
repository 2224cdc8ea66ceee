//! Why a word is given back, or kept, in words that a person can check.

mod said;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::dictionary::{Entry, Surroundings, WINDOW};
use crate::evidence::Spinning;
use crate::lang::Lang;
use crate::language::choice::{Between, Sight, Window};
use crate::language::is_han;
use crate::reason::Reason;

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
    document: Arc<Document>,
}

/// What a document shows of spinning.
#[derive(Debug)]
pub(super) struct Document {
    /// The likeliest family, and its log-odds.
    family: Option<(String, f64)>,
    is_spun: bool,
}

impl Document {
    pub(super) fn of(spinning: &Spinning) -> Arc<Self> {
        let family = spinning.families.first();
        Arc::new(Document {
            family: family.map(|family| (family.name.clone(), family.log_odds)),
            is_spun: spinning.found(),
        })
    }

    fn told(&self, lang: Lang) -> String {
        let Some((name, odds)) = &self.family else {
            return said::unspun(lang);
        };
        let (name, odds) = (family(name, lang), format!("{odds:.1}"));
        match self.is_spun {
            true => said::spun(lang, name, odds),
            false => said::too_little(lang, name, odds),
        }
    }
}

/// A family's name, in Chinese with what the built-in ones are known by.
fn family(name: &str, lang: Lang) -> &str {
    match (lang, name) {
        (Lang::Zh, "C") => "C（近反义词）",
        (Lang::Zh, "S") => "S（轻度近义词）",
        (Lang::Zh, "RT") => "RT（机器回译）",
        _ => name,
    }
}

impl Why {
    pub(super) fn reason(
        lexicon: &Arc<Lexicon>,
        verdict: &Verdict,
        outcome: Outcome,
        text: &str,
        document: &Arc<Document>,
    ) -> Reason {
        let Range { start, end } = verdict.range.clone();
        let before = text[..start].char_indices().rev().nth(WINDOW);
        let behind = text[end..].char_indices().nth(WINDOW);
        let from = before.map_or(0, |(at, _)| at);
        let to = behind.map_or(text.len(), |(at, _)| end + at);
        let why = Why {
            lexicon: lexicon.clone(),
            text: text[from..to].into(),
            word: start - from..end - from,
            row: verdict.row,
            original: verdict.original,
            ground: verdict.ground,
            probability: verdict.probability,
            outcome,
            document: document.clone(),
        };
        Reason::later(move |lang| why.told(lang))
    }

    fn sides(&self) -> (&str, &str) {
        (&self.text[..self.word.start], &self.text[self.word.end..])
    }

    /// The context that decides.
    fn context(&self, lang: Lang) -> String {
        let (left, right) = self.sides();
        let contexts = self.lexicon.contexts(self.lexicon.row(self.row));
        let around = Surroundings::new(left, right);
        let deciding = contexts.deciding(&around);
        deciding.map_or_else(String::new, |(context, _)| said::context(lang, context))
    }

    /// What the models go by, in nats: for the original if it is given back,
    /// against it if the word is kept.
    fn model(&self, lang: Lang) -> String {
        let lexicon = &*self.lexicon;
        let row = lexicon.row(self.row);
        let spun = lexicon.spun(row.word);
        let original = lexicon.original(self.original);
        let index = row.originals.iter().position(|&id| id == self.original);
        let model = index.and_then(|index| lexicon.choice(self.row, index));
        let Some(model) = model else {
            return said::frequency_unknown(lang, original, spun);
        };
        if !model.is_trained() {
            return often(model.prior(), original, spun, lang);
        }
        let (left, right) = self.sides();
        let window = Window::new(left, right);
        let between = Between::new(left, right);
        let preference = between.nats(original) - between.nats(spun);
        let mut told: Vec<(f32, String)> = Vec::new();
        let models = lexicon.models();
        models.says(model, &window, preference, |what, nats| {
            let is_told = match self.outcome {
                Outcome::Kept => nats <= -LEAST,
                Outcome::Unspun => nats.abs() >= LEAST,
                Outcome::Substituted | Outcome::Open | Outcome::Overlapped => nats >= LEAST,
            };
            if is_told {
                told.push((nats, in_words(what, lang)));
            }
        });
        told.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
        told.truncate(NAMED);
        let told: Vec<String> = told
            .iter()
            .map(|(nats, what)| format!("{what} {nats:+.1}"))
            .collect();
        let list = told.join(lang.list());
        match (self.outcome, told.is_empty()) {
            (Outcome::Kept, true) => said::nothing_against(lang, original),
            (Outcome::Kept, false) => said::speaks_against(lang, original, list),
            (_, true) => said::nothing_for(lang, original),
            (_, false) => said::speaks_for(lang, original, list),
        }
    }

    /// What decided, in words.
    fn ground(&self, lang: Lang) -> String {
        match self.ground {
            Ground::Context => self.context(lang),
            Ground::Model | Ground::Kept => self.model(lang),
            Ground::Place(PlaceName { name, area, .. }) => said::place(lang, name, area),
        }
    }

    fn told(&self, lang: Lang) -> String {
        let entry = self.lexicon.entry(self.row);
        let original = self.lexicon.original(self.original);
        let ground = self.ground(lang);
        let words = match (self.outcome, self.ground) {
            // The English of a row is about its contexts.
            (Outcome::Substituted, Ground::Model | Ground::Kept) if lang == Lang::En => ground,
            (Outcome::Substituted, Ground::Context | Ground::Model | Ground::Kept) => {
                said::shown(lang, note(&entry, original, lang), ground)
            }
            (Outcome::Substituted, Ground::Place(PlaceName { name, .. })) => {
                said::no_place(lang, name.replacen(original, entry.spun, 1), ground)
            }
            (Outcome::Open, _) => said::may_stand(lang, original, ground),
            (Outcome::Kept | Outcome::Unspun, Ground::Context) if self.is_native() => {
                said::keeps(lang, ground)
            }
            (Outcome::Kept | Outcome::Unspun, _) => ground,
            (Outcome::Overlapped, _) => said::likelier(lang, ground),
        };
        let words = said::in_document(lang, words, entry.place, self.document.told(lang));
        match self.outcome {
            Outcome::Unspun => words,
            // Never rounded up to a certainty that there is not.
            _ => said::probability(lang, words, (self.probability * 100.0).floor()),
        }
    }

    /// Whether a context keeps the word.
    fn is_native(&self) -> bool {
        let (left, right) = self.sides();
        let contexts = self.lexicon.contexts(self.lexicon.row(self.row));
        let around = Surroundings::new(left, right);
        matches!(contexts.deciding(&around), Some((_, None)))
    }
}

/// Why a reader can tell. The built-in rows say it in English; in Chinese they are told
/// by what they do, and rows that somebody has written in Chinese say it themselves.
fn note<'e>(entry: &Entry<'e>, original: &str, lang: Lang) -> Cow<'e, str> {
    match lang {
        Lang::En => entry.reason.into(),
        Lang::Zh if is_in_chinese(entry.reason) => {
            entry.reason.trim_end_matches(['。', '；']).into()
        }
        Lang::Zh => {
            let families = entry.families.iter().map(|name| family(name, lang));
            let families = families.collect::<Vec<_>>().join("、");
            let spun = entry.spun;
            format!("词族 {families} 的替换词表用「{spun}」替换「{original}」").into()
        }
    }
}

/// Whether a note is in Chinese, and not in English with words that it speaks of.
fn is_in_chinese(note: &str) -> bool {
    let latin = note.chars().filter(char::is_ascii_alphabetic).count();
    note.chars().filter(|&c| is_han(c)).count() > latin
}

fn often(prior: f32, original: &str, spun: &str, lang: Lang) -> String {
    let (often, seldom) = if prior >= 0.0 {
        (original, spun)
    } else {
        (spun, original)
    };
    let times = prior.abs().exp().round().max(1.0);
    said::times(lang, often, times, seldom)
}

fn in_words(what: Said<'_>, lang: Lang) -> String {
    let backwards = |near: &[char]| shown(near.iter().rev());
    match what {
        Said::Seen(Sight::Left(near)) => said::behind(lang, backwards(near)),
        Said::Seen(Sight::Right(near)) => said::before(lang, shown(near.iter())),
        Said::Seen(Sight::Across(left, right)) => {
            said::between(lang, backwards(left), shown(right.iter()))
        }
        Said::Seen(Sight::Near(pair)) => said::near(lang, shown(pair.iter())),
        Said::Characters => said::characters(lang),
        Said::Frequency => said::frequency(lang),
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
