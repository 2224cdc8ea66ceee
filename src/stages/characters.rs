//! Characters that stand for others, and characters that nobody sees: radicals and
//! compatibility ideographs for ideographs, invisible marks between Han characters, a
//! byte order mark that was read as text, and escapes that nobody has undone.
//!
//! Each is a rule of its own, and each leaves alone what somebody may have meant:
//! lists of radicals, escapes in code and in texts about code, joiners in emoji and in
//! the scripts that need them. Width and punctuation are typography and never touched.
//!
//! A clean text costs one look at its bytes ([`gate`]).

mod compatibility;
mod escapes;
mod gate;
mod invisible;
mod mark;
mod radicals;
mod surroundings;

use std::cmp::Reverse;

use super::{Stage, View};
use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::Evidence;
use crate::reason::Both;
use crate::rules::Rule;
use surroundings::Lines;

/// The stage; see the module.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CharactersStage;

impl Stage for CharactersStage {
    fn propose(&self, view: View<'_>, _evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let text = view.text;
        let traces = gate::traces(text);
        let mut found = Vec::new();
        if traces.has_rare() {
            mark::propose_decoded(text, &mut found);
            let mut lines = Lines::of(text);
            if !lines.is_foreign() {
                radicals::propose(text, &mut lines, &mut found);
                compatibility::propose(text, &mut lines, &mut found);
                invisible::propose(view, &mut lines, &mut found);
            }
        }
        if traces.has_marks() {
            mark::propose(text, &mut found);
        }
        if traces.has_escapes() {
            escapes::propose(view, &mut found);
        }
        // What overlaps, such as a radical whose invisible mark goes first, has its turn
        // when the stage runs again.
        found.sort_by_key(|proposal| (proposal.range.start, Reverse(proposal.range.end)));
        let mut done = 0;
        found.retain(|proposal| {
            let is_free = proposal.range.start >= done;
            if is_free {
                done = proposal.range.end;
            }
            is_free
        });
        proposals.append(&mut found);
    }

    /// What an escape stands for can be any of the others.
    fn runs_again(&self) -> bool {
        true
    }
}

/// How many edits the stage proposes for a plain text: what the stage's speed is
/// measured by.
pub fn count(text: &str) -> usize {
    let mut proposals = Vec::new();
    let view = View::plain(text);
    CharactersStage.propose(view, &Evidence::default(), &mut proposals);
    proposals.len()
}

fn proposal(
    range: std::ops::Range<usize>,
    replacement: impl Into<std::borrow::Cow<'static, str>>,
    rule: Rule,
    safety: Safety,
    reason: &'static Both,
) -> Proposal {
    Proposal {
        range,
        replacement: replacement.into(),
        cause: Cause {
            rule,
            safety,
            reason: reason.into(),
        },
    }
}
