//! From a suspicious line to edits.

use std::ops::Range;

use memchr::memchr;

use super::chain::Chain;
use super::edits::segment_edits;
use super::fill::fill;
use super::gate::{self, floor};
use super::judge::Figures;
use super::lattice::{self, Left, Settings};
use super::looks::Looks;
use super::path::{Segment, segments};
use super::plan::{Candidate, Plan};
use super::shift;
use super::tokens::Tokens;
use crate::edit::Proposal;
use crate::language::ngram::Model;

/// A longer line is searched in parts of so many bytes, of which the last few
/// are looked at again with the next one.
const LONGEST: usize = 6000;
const AGAIN: usize = 300;

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
    if looks.are_fruitless(text, part.clone(), is_end) {
        return None;
    }
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
        None => {
            let shifts = plan.shifts();
            // Those also depend on the document.
            if shifts.is_empty() {
                looks.keep_fruitless(text, part, is_end);
                return None;
            }
            shift::shifted(text, &shifts, is_line_end, looks).map(Found::Shifted)
        }
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
