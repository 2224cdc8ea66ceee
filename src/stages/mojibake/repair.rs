//! From a suspicious line to edits.

use std::ops::Range;

use memchr::memchr;

use super::chain::Chain;
use super::fill::fill;
use super::gate::{self, floor};
use super::judge::Figures;
use super::lattice::{self, Left, Settings};
use super::looks::Looks;
use super::path::{Segment, Unit, segments};
use super::plan::{Candidate, Plan};
use super::reader::Reader;
use super::shift;
use super::tokens::Tokens;
use crate::edit::{Cause, Proposal, Safety};
use crate::lang::Lang;
use crate::language::ngram::Model;
use crate::reason::Reason;

/// A longer line is searched in parts of so many bytes, of which the last few
/// are looked at again with the next one.
const LONGEST: usize = 6000;
const AGAIN: usize = 300;

/// A lost character is filled in from this probability on; below the other one
/// it is not even guessed. Of 5,790 lost characters of documents for tuning that the
/// weights of [`super::around`] were not fitted on, 72 % are above 0.98, and one in
/// 500 of them is wrong; of the edits in half lines that is more than one in a
/// thousand. From here on one edit of 3,883 in whole lines is.
pub(super) const FILL: f32 = 0.99;
pub(super) const GUESS: f32 = 0.5;

/// Stands for a character that nobody can know.
pub(super) const UNKNOWN: char = '□';

/// A chain that is less likely than the best one by so much, in nats, at a quick
/// look, needs no other one.
const CLEAR: f32 = 15.0;

/// A part of a text that was garbled, and how.
#[derive(Debug)]
struct Verdict {
    chain: Chain,
    segments: Vec<Segment>,
    gain: f32,
    /// The same at a quick look.
    sketched: f32,
    /// Whether all bytes fit.
    fits: bool,
}

/// Restores a line of a text.
pub(super) fn repair(text: &str, line: Range<usize>, looks: &Looks, proposals: &mut Vec<Proposal>) {
    for near in gate::around(text, line.clone()) {
        repair_part(text, near, line.end, looks, proposals);
    }
}

/// Restores a part of a line that ends there.
fn repair_part(
    text: &str,
    near: Range<usize>,
    line_end: usize,
    looks: &Looks,
    proposals: &mut Vec<Proposal>,
) {
    let mut start = near.start;
    while start < near.end {
        let Piece { range, limit } = piece(text, start, near.end);
        let begun = start;
        start = limit;
        if range != near && !is_suspect(text, &range) {
            continue;
        }
        let is_end = range.end == line_end;
        match look(text, range, is_end, looks) {
            Some(Found::Garbled(mut verdict)) => {
                for segment in &mut verdict.segments {
                    // A garbled part goes on from where a unit ends.
                    if segment.source().end > limit {
                        segment.units.retain(|unit| unit.source.end <= limit);
                        let last = segment.units.last().map(|unit| unit.source.end);
                        start = last.filter(|&last| last > begun).unwrap_or(limit);
                    }
                    proposals.extend(segment_edits(text, segment, verdict.chain));
                }
            }
            Some(Found::Shifted(edits)) => {
                start = edits.last().map_or(limit, |last| last.range.end.max(limit));
                proposals.extend(edits);
            }
            None => {}
        }
    }
}

/// A part that is searched at once.
struct Piece {
    range: Range<usize>,
    /// What the part's end may have cut is left to the next one, from here on.
    limit: usize,
}

fn piece(text: &str, start: usize, last: usize) -> Piece {
    match last - start > LONGEST {
        true => {
            let end = floor(text, start + LONGEST);
            let limit = floor(text, end - AGAIN);
            Piece {
                range: start..end,
                limit,
            }
        }
        false => Piece {
            range: start..last,
            limit: last,
        },
    }
}

/// What of a line looks garbled by a single step, sorted and disjoint.
pub(super) fn suspected(text: &str, line: Range<usize>, looks: &Looks) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for near in gate::around(text, line) {
        let mut start = near.start;
        while start < near.end {
            let Piece { range, limit } = piece(text, start, near.end);
            if range == near || is_suspect(text, &range) {
                let part = looks.suspected(&text[range]);
                let part = part.map(|part| start + part.start..start + part.end);
                let part = part.filter(|part| is_suspect(text, part));
                match (found.last_mut(), part) {
                    (Some(last), Some(part)) if part.start <= last.end => {
                        last.end = part.end.max(last.end);
                    }
                    (_, part) => found.extend(part),
                }
            }
            start = limit;
        }
    }
    found
}

fn is_suspect(text: &str, part: &Range<usize>) -> bool {
    !gate::suspects(&text[part.clone()]).is_empty()
}

enum Found {
    Garbled(Verdict),
    Shifted(Vec<Proposal>),
}

fn look(text: &str, part: Range<usize>, is_end: bool, looks: &Looks) -> Option<Found> {
    let mut best: Option<Verdict> = None;
    let mut plan = Plan::of(&text[part.clone()], part.start);
    looks.keep(&text[part.clone()], part.start, plan.suspected());
    let is_line_end = |place: usize| is_end && place == part.end;
    for candidate in &plan.candidates() {
        let is_worse = best
            .as_ref()
            .filter(|best| best.chain.through.is_some() == candidate.chain.through.is_some())
            .is_some_and(|best| candidate.gain < best.sketched - CLEAR);
        if !is_worse {
            better(&mut best, judge(text, candidate, &is_line_end));
        }
    }
    if !best.as_ref().is_some_and(|best| best.fits) {
        for candidate in plan.dropping() {
            better(&mut best, judge(text, &candidate, &is_line_end));
        }
    }
    match best {
        Some(mut best) => {
            fill_in(text, &mut best);
            Some(Found::Garbled(best))
        }
        None => shift::shifted(text, &plan.shifts(), is_line_end).map(Found::Shifted),
    }
}

fn better(best: &mut Option<Verdict>, other: Option<Verdict>) {
    if let Some(other) = other
        && best.as_ref().is_none_or(|best| other.gain > best.gain)
    {
        *best = Some(other);
    }
}

fn judge(
    text: &str,
    candidate: &Candidate,
    is_line_end: &impl Fn(usize) -> bool,
) -> Option<Verdict> {
    let chain = candidate.chain;
    let mut verdict = Verdict {
        chain,
        segments: Vec::new(),
        gain: 0.0,
        sketched: candidate.gain,
        fits: true,
    };
    for part in &candidate.parts {
        let read;
        let (tokens, part) = match &candidate.between {
            Some(tokens) => (&**tokens, part.clone()),
            None => {
                read = tokens_of(text, part.clone(), chain);
                (&read, 0..read.list.len())
            }
        };
        let (start, end) = tokens.source(&part);
        let state = Model::embedded().state_after(&text[..start]);
        let settings = Settings::new(chain.writer, state, is_line_end(end));
        let Some(found) = lattice::search(tokens, part, settings) else {
            continue;
        };
        for segment in segments(tokens, &found, chain.writer) {
            verdict.add(text, segment);
        }
    }
    (!verdict.segments.is_empty()).then_some(verdict)
}

fn tokens_of(text: &str, part: Range<usize>, chain: Chain) -> Tokens {
    let mut tokens = Tokens::of(&text[part.clone()], part.start, chain.reader);
    if chain.drops {
        tokens.drop(chain.reader);
    }
    tokens
}

impl Verdict {
    /// Takes in a part, if it was garbled.
    fn add(&mut self, text: &str, segment: Segment) {
        let state = Model::embedded().state_after(&text[..segment.source().start]);
        let figures = Figures::of(&segment, text, state);
        if figures.show(self.chain) {
            self.gain += figures.gain;
            self.fits &= segment
                .restored()
                .all(|restored| restored.left == Left::All);
            self.segments.push(segment);
        }
    }
}

/// Chooses the characters of which a part is lost.
fn fill_in(text: &str, verdict: &mut Verdict) {
    for segment in &mut verdict.segments {
        let source = segment.source();
        let behind = behind(text, source.end);
        fill(segment, verdict.chain, &text[..source.start], behind);
    }
}

/// What stands behind a place in its line, as far as it says how the text is written.
pub(super) fn behind(text: &str, place: usize) -> &str {
    let end = floor(text, text.len().min(place + LONGEST));
    let near = &text[place..end];
    &near[..memchr(b'\n', near.as_bytes()).unwrap_or(near.len())]
}

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
fn segment_edits(text: &str, segment: &Segment, chain: Chain) -> Vec<Proposal> {
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
