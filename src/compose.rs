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
        let mut merge = Merge {
            spans: Vec::with_capacity(old.len() + proposals.len()),
            links: &mut self.links,
            to_source: 0,
            moved: 0,
        };
        let mut old = old.into_iter().peekable();
        let mut new = proposals.into_iter().peekable();
        loop {
            let old_first = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (Some(span), Some(proposal)) => before(&span.current, &proposal.range),
            };
            let mut group = if old_first {
                merge.open(old.next().map(Part::Old))
            } else {
                merge.open(new.next().map(Part::New))
            };
            loop {
                if let Some(span) = old.next_if(|span| overlaps(&group.hull, &span.current)) {
                    merge.extend(&mut group, Part::Old(span));
                } else if let Some(p) = new.next_if(|p| overlaps(&group.hull, &p.range)) {
                    merge.extend(&mut group, Part::New(p));
                } else {
                    break;
                }
            }
            merge.close(group);
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

enum Part {
    Old(Span),
    New(Proposal),
}

/// Spans and proposals that overlap, as one.
struct Group {
    /// In the text that the proposals were made for.
    hull: Range<usize>,
    /// Place shifts before the group.
    to_source: isize,
    moved: isize,
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
    fn open(&mut self, part: Option<Part>) -> Group {
        let mut group = Group {
            hull: 0..0,
            to_source: self.to_source,
            moved: self.moved,
            first: END,
            last: END,
        };
        if let Some(part) = part {
            group.hull = match &part {
                Part::Old(span) => span.current.clone(),
                Part::New(proposal) => proposal.range.clone(),
            };
            self.extend(&mut group, part);
        }
        group
    }

    fn extend(&mut self, group: &mut Group, part: Part) {
        let (range, first, last) = match part {
            Part::Old(span) => {
                self.to_source = shift_behind(Some(&span));
                (span.current, span.first, span.last)
            }
            Part::New(Proposal {
                range,
                replacement,
                cause,
            }) => {
                self.moved += replacement.len() as isize - range.len() as isize;
                let link = self.links.len() as u32;
                self.links.push(Link { cause, next: END });
                (range, link, link)
            }
        };
        group.hull = group.hull.start.min(range.start)..group.hull.end.max(range.end);
        if group.first == END {
            group.first = first;
        } else {
            self.links[group.last as usize].next = first;
        }
        group.last = last;
    }

    fn close(&mut self, group: Group) {
        let Group {
            hull,
            to_source,
            moved,
            first,
            last,
        } = group;
        self.spans.push(Span {
            source: offset(hull.start, to_source)..offset(hull.end, self.to_source),
            current: offset(hull.start, moved)..offset(hull.end, self.moved),
            first,
            last,
        });
    }
}

#[cfg(test)]
#[path = "compose/tests.rs"]
mod tests;
