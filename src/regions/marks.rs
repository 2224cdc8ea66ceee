//! Marked ranges of a text, that move with its edits.

use std::ops::Range;

use crate::edit::Proposal;

/// Ranges of a text with what is known of each; sorted and disjoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marks<T>(Vec<(Range<usize>, T)>);

/// On which side of a mark text stands that is put in at its edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// In the mark.
    Inside,
    /// Before or behind it.
    Outside,
}

impl<T> Default for Marks<T> {
    fn default() -> Self {
        Marks(Vec::new())
    }
}

impl<T> Marks<T> {
    /// Of sorted, disjoint ranges; empty ones are left out.
    pub(super) fn new(ranges: impl IntoIterator<Item = (Range<usize>, T)>) -> Self {
        let ranges = ranges.into_iter().filter(|(range, _)| !range.is_empty());
        Marks(ranges.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Range<usize>, T)> {
        self.0.iter()
    }

    /// The marks that a range overlaps.
    pub(super) fn touched(&self, range: &Range<usize>) -> impl Iterator<Item = &T> {
        let from = self.0.partition_point(|(mark, _)| mark.end <= range.start);
        let marks = self.0[from..].iter().take_while(|(mark, _)| {
            mark.start < range.end || (range.is_empty() && mark.start < range.start)
        });
        // An edit can leave nothing of a mark.
        let marks = marks.filter(|(mark, _)| !mark.is_empty());
        marks.map(|(_, value)| value)
    }

    /// The mark that a range is in, its edges counting as inside.
    pub(super) fn around(&self, range: &Range<usize>) -> Option<&T> {
        let from = self.0.partition_point(|(mark, _)| mark.end < range.end);
        let (mark, value) = self.0.get(from)?;
        (mark.start <= range.start).then_some(value)
    }

    /// Moves the marks to where they are once sorted, disjoint proposals are applied.
    /// One that a proposal reaches into has all of the replacement.
    pub(super) fn shift(&mut self, proposals: &[Proposal], edge: Edge) {
        let mut mover = Mover {
            proposals,
            moved: 0,
        };
        let mut done = 0;
        for (mark, _) in &mut self.0 {
            // Text put in where a mark begins moves it, unless it belongs to it.
            let start = mover.place(mark.start, edge == Edge::Outside, false);
            let end = mover.place(mark.end, edge == Edge::Inside, true);
            *mark = start.max(done)..end.max(start).max(done);
            done = mark.end;
        }
    }
}

/// Says where ascending places go.
struct Mover<'a> {
    /// Those that do not lie behind the last place.
    proposals: &'a [Proposal],
    moved: isize,
}

impl Mover<'_> {
    /// Where a place goes: behind what is put in there, or before it; and in a
    /// replacement, to its end or its start.
    fn place(&mut self, place: usize, behind: bool, to_end: bool) -> usize {
        while let Some((first, rest)) = self.proposals.split_first() {
            let is_before = first.range.end < place
                || (first.range.end == place && (behind || !first.range.is_empty()));
            if !is_before {
                break;
            }
            self.moved += first.replacement.len() as isize - first.range.len() as isize;
            self.proposals = rest;
        }
        let moved = |place: usize| (place as isize + self.moved) as usize;
        match self.proposals.first() {
            Some(p) if p.range.start < place && place < p.range.end => {
                let length = if to_end { p.replacement.len() } else { 0 };
                moved(p.range.start) + length
            }
            _ => moved(place),
        }
    }
}

/// The parts of a text that no rule may touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Protected(Marks<()>);

impl Protected {
    /// Nothing is protected.
    pub(crate) const NOTHING: Protected = Protected(Marks(Vec::new()));

    /// Of ranges in any order.
    pub(crate) fn of(mut ranges: Vec<Range<usize>>) -> Self {
        if ranges.is_empty() {
            return Protected::default();
        }
        ranges.sort_by_key(|range| range.start);
        Protected(Marks::new(
            merged(ranges).into_iter().map(|range| (range, ())),
        ))
    }

    /// The URLs of a text.
    pub(crate) fn urls(text: &str) -> Self {
        Protected::of(super::url::find(text).collect())
    }

    /// Whether there is no such part.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts, by place.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().map(|(range, ())| range.clone())
    }

    /// Whether a range overlaps a protected part.
    pub(crate) fn touches(&self, range: &Range<usize>) -> bool {
        self.0.touched(range).next().is_some()
    }

    /// Protects the parts of another one as well.
    pub(crate) fn join(&mut self, other: Protected) {
        if !other.is_empty() {
            *self = Protected::of(self.ranges().chain(other.ranges()).collect());
        }
    }

    /// Takes out the parts that proposals change, which are not applied yet.
    pub(crate) fn release(&mut self, proposals: &[Proposal]) {
        if self.is_empty() {
            return;
        }
        let changed = Protected::of(proposals.iter().map(|p| p.range.clone()).collect());
        let parts = self.ranges().filter(|part| !changed.touches(part));
        *self = Protected::of(parts.collect());
    }

    /// Moves the parts to where they are once sorted proposals are applied.
    pub(crate) fn shift(&mut self, proposals: &[Proposal]) {
        self.0.shift(proposals, Edge::Outside);
    }
}

/// Sorted ranges with overlapping and touching ones joined.
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Cause, Safety};
    use crate::reason::Reason;
    use crate::rules::Rule;

    fn proposal(range: Range<usize>, replacement: &'static str) -> Proposal {
        Proposal {
            range,
            replacement: replacement.into(),
            cause: Cause {
                rule: Rule::Gloss,
                safety: Safety::Safe,
                reason: Reason::none(),
            },
        }
    }

    #[test]
    fn marks_move_with_edits() {
        // The mark is 2..4 of 0123456.
        let cases = [
            (0..1, "", 1..3, 1..3),
            (0..2, "ab", 2..4, 2..4),
            (2..2, "ab", 4..6, 2..6),
            (4..4, "ab", 2..4, 2..6),
            (5..6, "ab", 2..4, 2..4),
            (3..3, "ab", 2..6, 2..6),
            (2..4, "", 2..2, 2..2),
            (1..3, "abc", 1..5, 1..5),
            (3..6, "a", 2..4, 2..4),
            (0..6, "abc", 0..3, 0..3),
        ];
        for (range, replacement, outside, inside) in cases {
            let proposals = [proposal(range.clone(), replacement)];
            for (edge, expected) in [(Edge::Outside, outside), (Edge::Inside, inside)] {
                let mut marks = Marks::new([(2..4, ())]);
                marks.shift(&proposals, edge);
                assert_eq!(marks.0[0].0, expected, "{range:?} {replacement} {edge:?}");
            }
        }
    }

    #[test]
    fn a_range_is_in_the_mark_whose_edge_it_touches() {
        let marks = Marks::new([(2..4, 'a'), (5..7, 'b')]);
        let cases = [
            (2..2, Some('a')),
            (4..4, Some('a')),
            (5..6, Some('b')),
            (4..5, None),
        ];
        for (range, expected) in cases {
            assert_eq!(marks.around(&range).copied(), expected, "{range:?}");
        }
        let touched = |range| marks.touched(&range).copied().collect::<String>();
        assert_eq!(
            (touched(3..6), touched(4..5), touched(2..2)),
            ("ab".into(), "".into(), "".into())
        );
    }
}
