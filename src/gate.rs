//! Which proposals pass: before the next stage sees the text, so that no
//! later edit rests on one that the user refused.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::edit::{Proposal, Safety};
use crate::reason::{Explain, Reason};
use crate::regions::Regions;
use crate::rules::RuleSet;

/// What a cleaner lets through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    /// The rules that are on.
    pub(crate) rules: RuleSet,
    /// The least sure edits that are applied.
    pub(crate) limit: Safety,
}

/// A stage's proposals, sorted out; each list in their order.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    /// To be applied.
    pub(crate) accepted: Vec<Proposal>,
    /// To be reported only, unless a reader accepts them.
    pub(crate) reported: Vec<Proposal>,
    /// To be reported only, whatever a reader says: the part of the file cannot hold
    /// them.
    pub(crate) unfit: Vec<Proposal>,
}

impl Gate {
    /// Sorts a stage's proposals for a text. Those of rules that are off,
    /// that touch a protected part or would split a user-perceived character
    /// are dropped. What the part of the file cannot hold is only reported.
    pub(crate) fn sort(&self, text: &str, regions: &Regions, proposals: Vec<Proposal>) -> Sorted {
        let mut sorted = Sorted::default();
        let mut done = 0;
        for mut proposal in proposals {
            let Proposal { range, cause, .. } = &proposal;
            debug_assert!(
                done <= range.start,
                "a stage's proposals are sorted and disjoint"
            );
            if range.start < done
                || !self.rules.contains(cause.rule)
                || regions.refuse(range, cause.rule)
                || !splits_no_grapheme(text, range)
            {
                continue;
            }
            done = range.end;
            if let Some(why) = regions.holds(range).refusal(text, &proposal) {
                proposal.cause.safety = Safety::Display;
                proposal.cause.reason = Refused::reason(why, proposal.cause.reason);
                sorted.unfit.push(proposal);
            } else if proposal.cause.safety <= self.limit.min(Safety::Unsafe) {
                sorted.accepted.push(proposal);
            } else {
                sorted.reported.push(proposal);
            }
        }
        sorted
    }
}

/// Why a proposal is not applied that otherwise might be.
struct Refused {
    why: &'static str,
    reason: Reason,
}

impl Refused {
    fn reason(why: &'static str, reason: Reason) -> Reason {
        Reason::later(Refused { why, reason })
    }
}

impl Explain for Refused {
    fn explain(&self) -> String {
        format!("{}; not applied: {}", self.reason, self.why)
    }
}

/// Whether a range begins and ends between user-perceived characters.
fn splits_no_grapheme(text: &str, range: &Range<usize>) -> bool {
    is_boundary(text, range.start) && is_boundary(text, range.end)
}

fn is_boundary(text: &str, place: usize) -> bool {
    let Some(next) = text[place..].chars().next() else {
        return true;
    };
    // Han characters, brackets and most punctuation join nothing before them.
    let never_joins = |c: char| {
        (c.is_ascii() && c != '\n')
            || matches!(c, '\u{3001}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}')
    };
    if never_joins(next) && !text[..place].ends_with('\u{200D}') {
        return true;
    }
    let mut cursor = GraphemeCursor::new(place, text.len(), true);
    cursor.is_boundary(text, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_not_split_from_its_marks() {
        let cases = [
            ("葛\u{E0100}城", 3, false),
            ("葛城", 3, true),
            ("e\u{301}", 1, false),
            ("\r\n", 1, false),
            ("中\n", 3, true),
            ("👩\u{200D}🌾", 7, false),
            ("中", 3, true),
        ];
        for (text, place, expected) in cases {
            assert_eq!(is_boundary(text, place), expected, "{text:?} at {place}");
        }
    }
}
