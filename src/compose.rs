//! Edits of edits: what a chain of stages did, in places of the first text.
//!
//! Every stage changes the text that the one before it left. [`Composition`]
//! keeps, for each changed span, its bytes in the source, its bytes in the
//! current text and the causes that touched it. Spans that a later stage
//! does not touch only move; spans that it does touch grow to the hull of
//! both. The replacement of a span is not stored: it is the current text at
//! the span's place.

use std::cmp::Ordering;
use std::ops::Range;

use crate::edit::{Cause, Proposal};

/// A changed span, at its place in the source and in the current text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) source: Range<usize>,
    pub(crate) current: Range<usize>,
    first: u32,
    last: u32,
}

#[derive(Clone, Debug)]
struct Link {
    cause: Cause,
    next: u32,
}

/// No further cause.
const END: u32 = u32::MAX;

/// The changes that lead from the source to the current text.
///
/// The spans are sorted and disjoint in both texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Composition {
    spans: Vec<Span>,
    /// The causes of all spans; each span's are a list through `next`.
    links: Vec<Link>,
}

impl Composition {
    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// What touched the span, in the order of the stages.
    pub(crate) fn causes(&self, span: &Span) -> impl Iterator<Item = &Cause> {
        let mut at = span.first;
        let mut links = Vec::new();
        while let Some(link) = self.links.get(at as usize) {
            links.push(at);
            at = link.next;
        }
        // A list goes by places; the links themselves were made stage after stage.
        links.sort_unstable();
        let cause = |at| &self.links[at as usize].cause;
        links.into_iter().map(cause)
    }

    /// Adds a stage's accepted proposals, which are sorted, disjoint and made
    /// for the current text; that text is then the result of applying them.
    pub(crate) fn then(&mut self, proposals: Vec<Proposal>) {
        let old = std::mem::take(&mut self.spans);
        self.links.reserve(proposals.len());
        let mut merge = Merge {
            spans: Vec::with_capacity(old.len() + proposals.len()),
            links: &mut self.links,
            to_source: 0,
            moved: 0,
        };
        let mut old = old.into_iter();
        let mut new = proposals.into_iter();
        loop {
            let (to_source, moved) = (merge.to_source, merge.moved);
            let old_first = match (old.as_slice().first(), new.as_slice().first()) {
                (Some(span), Some(proposal)) => before(&span.current, &proposal.range),
                (span, _) => span.is_some(),
            };
            let first = match old_first {
                true => old.next().map(|span| merge.span(span)),
                false => new.next().map(|proposal| merge.proposal(proposal)),
            };
            let Some(mut group) = first else {
                break;
            };
            loop {
                let in_group = |range: &Range<usize>| overlaps(&group.hull, range);
                let span = old.as_slice().first();
                let part = if span.is_some_and(|span| in_group(&span.current)) {
                    old.next().map(|span| merge.span(span))
                } else if new.as_slice().first().is_some_and(|p| in_group(&p.range)) {
                    new.next().map(|proposal| merge.proposal(proposal))
                } else {
                    None
                };
                match part {
                    Some(part) => merge.join(&mut group, part),
                    None => break,
                }
            }
            let Group { hull, first, last } = group;
            merge.spans.push(Span {
                source: offset(hull.start, to_source)..offset(hull.end, merge.to_source),
                current: offset(hull.start, moved)..offset(hull.end, merge.moved),
                first,
                last,
            });
        }
        self.spans = merge.spans;
    }

    /// Where a range of the current text comes from: the range widened so
    /// that it cuts no changed span, and the bytes of the source behind it.
    pub(crate) fn locate(&self, range: Range<usize>) -> Located {
        let is_before = |span: &Span| span.current.end <= range.start && span.current != range;
        let from = self.spans.partition_point(is_before);
        let mut hull = range.clone();
        let mut to_source = shift_behind(from.checked_sub(1).map(|i| &self.spans[i]));
        let mut start = None;
        for span in &self.spans[from..] {
            if !overlaps(&hull, &span.current) {
                break;
            }
            let begin = hull.start.min(span.current.start);
            start.get_or_insert(offset(begin, to_source));
            hull = begin..hull.end.max(span.current.end);
            to_source = shift_behind(Some(span));
        }
        let start = start.unwrap_or_else(|| offset(hull.start, to_source));
        let source = start..offset(hull.end, to_source);
        Located {
            current: hull,
            source,
        }
    }
}

/// A range of the current text that cuts no changed span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) current: Range<usize>,
    pub(crate) source: Range<usize>,
}

/// What has to be added to a place behind the span to have it in the source.
fn shift_behind(span: Option<&Span>) -> isize {
    span.map_or(0, |span| {
        span.source.end as isize - span.current.end as isize
    })
}

fn offset(place: usize, shift: isize) -> usize {
    (place as isize + shift) as usize
}

/// Whether two ranges share a byte, or one is empty and strictly inside the
/// other, or both are empty at one place.
fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

/// Which of two ranges comes first; an empty one before the other at its
/// start.
fn before(span: &Range<usize>, proposal: &Range<usize>) -> bool {
    match span.start.cmp(&proposal.start) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => span.is_empty(),
    }
}

/// Spans and proposals that overlap, as one.
struct Group {
    /// In the text that the proposals were made for.
    hull: Range<usize>,
    first: u32,
    last: u32,
}

struct Merge<'a> {
    spans: Vec<Span>,
    links: &'a mut Vec<Link>,
    /// From the text before the stage to the source, behind the last part.
    to_source: isize,
    /// From the text before the stage to the text after it, likewise.
    moved: isize,
}

impl Merge<'_> {
    /// Goes on behind a span.
    fn span(&mut self, span: Span) -> Group {
        self.to_source = shift_behind(Some(&span));
        Group {
            hull: span.current,
            first: span.first,
            last: span.last,
        }
    }

    /// Goes on behind a proposal.
    fn proposal(&mut self, proposal: Proposal) -> Group {
        let Proposal {
            range,
            replacement,
            cause,
        } = proposal;
        self.moved += replacement.len() as isize - range.len() as isize;
        let link = self.links.len() as u32;
        self.links.push(Link { cause, next: END });
        Group {
            hull: range,
            first: link,
            last: link,
        }
    }

    /// Makes one of two.
    fn join(&mut self, group: &mut Group, part: Group) {
        let start = group.hull.start.min(part.hull.start);
        group.hull = start..group.hull.end.max(part.hull.end);
        self.links[group.last as usize].next = part.first;
        group.last = part.last;
    }
}

#[cfg(test)]
#[path = "compose/tests.rs"]
mod tests;
