//! The edits of a part that was garbled, and how sure each of them is.

use std::ops::Range;

use super::chain::Chain;
use super::path::{Segment, Unit};
use super::reader::Reader;
use crate::edit::{Cause, Proposal, Safety};
use crate::lang::Lang;
use crate::reason::Reason;

/// A lost character is filled in from this probability on; below the other one
/// it is not even guessed. Of 5,790 lost characters of documents for tuning that the
/// weights of [`super::around`] were not fitted on, 72 % are above 0.98, and one in
/// 500 of them is wrong; of the edits in half lines that is more than one in a
/// thousand. From here on one edit of 3,883 in whole lines is.
pub(super) const FILL: f32 = 0.99;
pub(super) const GUESS: f32 = 0.5;

/// Stands for a character that nobody can know.
pub(super) const UNKNOWN: char = '□';

/// What becomes of a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is the same on both sides.
    Same,
    Restored,
    /// A lost character in it is likely one.
    Guessed,
    /// It cannot be known.
    Unknown,
}

fn fate(text: &str, unit: &Unit) -> Fate {
    let least = unit
        .restored
        .iter()
        .map(|r| r.probability)
        .fold(1.0, f32::min);
    // What was lost before it was garbled is lost.
    let is_lost = unit
        .restored
        .iter()
        .any(|r| r.character == char::REPLACEMENT_CHARACTER);
    if least < GUESS || is_lost {
        Fate::Unknown
    } else if least < FILL {
        Fate::Guessed
    } else if text[unit.source.clone()] == unit.text() {
        Fate::Same
    } else {
        Fate::Restored
    }
}

/// How well what stood there is known.
#[derive(Clone, Copy, Debug)]
enum Certainty {
    /// By all its bytes.
    AsItIs,
    /// A lost byte is chosen by the model, so many per cent sure.
    Chosen(f32),
    /// The likeliest byte is taken, so many per cent sure.
    Likeliest(f32),
    /// A byte is not known.
    Unknown,
}

impl Certainty {
    /// What happened and what is known, in words.
    fn told(self, lang: Lang, chain: Chain) -> String {
        let what = chain.describe(lang);
        match self {
            Certainty::AsItIs => what,
            Certainty::Chosen(percent) => said::chosen(lang, what, percent),
            Certainty::Likeliest(percent) => said::likeliest(lang, what, percent),
            Certainty::Unknown => said::unknown(lang, what, UNKNOWN),
        }
    }
}

mod said {
    use crate::lang::messages;

    messages! {
        chosen(what, percent) {
            en: "{what}; a lost byte is chosen by the model, {percent} % sure",
            zh: "{what}；有一个字节丢失，由语言模型选定，把握 {percent}%",
        }
        likeliest(what, percent) {
            en: "{what}; a byte is lost, and this is the likeliest, but only {percent} % sure",
            zh: "{what}；有一个字节丢失，这是最可能的结果，但把握只有 {percent}%",
        }
        unknown(what, sign) {
            en: "{what}; a byte is lost, and what {sign} was is not known",
            zh: "{what}；有一个字节丢失，{sign} 处原来是什么字已无从得知",
        }
    }
}

/// The edits of a garbled part: one for each run of units with the same fate.
pub(super) fn segment_edits(text: &str, segment: &Segment, chain: Chain) -> Vec<Proposal> {
    let mut edits = Vec::new();
    let runs = segment.units.chunk_by(|a, b| {
        let (a, b) = (fate(text, a), fate(text, b));
        a == b && matches!(a, Fate::Same | Fate::Restored)
    });
    for run in runs {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let range = extended(text, first.source.start..last.source.end, edits.last());
        let kept = &text[range.start..first.source.start];
        let replacement: String = run.iter().map(Unit::text).collect();
        let (safety, certainty) = match fate(text, first) {
            Fate::Same => continue,
            // Where anything may have vanished, readings are many.
            Fate::Restored if chain.drops || is_loose(segment, chain) => {
                (Safety::Unsafe, Certainty::AsItIs)
            }
            Fate::Restored if run.iter().all(is_known) => (Safety::Safe, Certainty::AsItIs),
            Fate::Restored => (Safety::Safe, Certainty::Chosen(percent(run))),
            Fate::Guessed => (Safety::Unsafe, Certainty::Likeliest(percent(run))),
            Fate::Unknown => (Safety::Display, Certainty::Unknown),
        };
        let replacement = match safety {
            Safety::Display => run.iter().map(with_unknown).collect(),
            _ => replacement,
        };
        edits.push(Proposal {
            range,
            replacement: [kept, &replacement].concat().into(),
            cause: Cause {
                rule: chain.rule(),
                safety,
                reason: Reason::later(move |lang| certainty.told(lang, chain)),
            },
        });
    }
    edits
}

/// Whether it is open where characters begin: Shift_JIS has some of one byte, so
/// that behind a lost one nothing tells.
fn is_loose(segment: &Segment, chain: Chain) -> bool {
    chain.reader == Reader::ShiftJis && !segment.units.iter().all(is_known)
}

/// Half-width voicing marks belong to the character before them.
fn extended(text: &str, range: Range<usize>, before: Option<&Proposal>) -> Range<usize> {
    let joins = text[range.start..].starts_with(['\u{FF9E}', '\u{FF9F}']);
    let previous = text[..range.start].chars().next_back();
    match previous {
        Some(previous) if joins => {
            let start = range.start - previous.len_utf8();
            let is_free = before.is_none_or(|before| before.range.end <= start);
            if is_free { start..range.end } else { range }
        }
        _ => range,
    }
}

fn is_known(unit: &Unit) -> bool {
    unit.restored.iter().all(|r| r.partly.is_none())
}

fn percent(units: &[Unit]) -> f32 {
    let all = units.iter().flat_map(|unit| &unit.restored);
    (all.map(|r| r.probability).fold(1.0, f32::min) * 1000.0).floor() / 10.0
}

/// A unit's text with a sign for what is not known.
fn with_unknown(unit: &Unit) -> String {
    let characters = unit.restored.iter().map(|r| match r.probability >= GUESS {
        true => r.character,
        false => UNKNOWN,
    });
    characters.collect()
}

#[cfg(test)]
mod tests {
    use super::super::chain::{DROPPING, ONCE, THROUGH, twice};
    use super::*;
    use crate::reason::tests::fault;

    #[test]
    fn all_is_told_in_both_languages() {
        let known = [
            Certainty::AsItIs,
            Certainty::Chosen(99.5),
            Certainty::Likeliest(60.0),
            Certainty::Unknown,
        ];
        let chains = ONCE.into_iter().chain(DROPPING);
        for chain in chains.chain(THROUGH.into_iter().flat_map(twice)) {
            for certainty in known {
                let reason = Reason::later(move |lang| certainty.told(lang, chain));
                assert_eq!(fault(&reason), None);
            }
        }
    }
}
