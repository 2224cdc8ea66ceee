//! Gives back the author's words in a document that a spinner has rewritten.
//!
//! The dictionary's contexts decide every occurrence of a word that a
//! spinner writes: native, substituted, or undecided. The substituted ones
//! are evidence; where there is enough of it, they are undone, and the
//! undecided ones are reported.

mod evidence;
mod lexicon;

use crate::dictionary::{self, Decision, Entry};
use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::Evidence;
use crate::rules::Rule;
use crate::stages::{Stage, View};

use lexicon::{Lexicon, Occurrence};

/// The stage; see the module.
#[derive(Debug)]
pub(crate) struct WordingStage {
    lexicon: Lexicon,
}

impl WordingStage {
    pub(crate) fn new() -> Self {
        WordingStage {
            lexicon: Lexicon::new(dictionary::built_in()),
        }
    }

    fn proposal(&self, occurrence: &Occurrence) -> Proposal {
        let entry = self.lexicon.entry(occurrence);
        let range = occurrence.range.clone();
        match occurrence.decision {
            Decision::Substituted(original) => {
                let reason = entry.reason.into();
                let cause = Cause {
                    rule: Rule::WordingContext,
                    safety: entry.safety,
                    reason,
                };
                Proposal {
                    range,
                    replacement: original.into(),
                    cause,
                }
            }
            Decision::Native | Decision::Undecided => {
                let rule = Rule::WordingUndecided;
                let reason = undecided(entry).into();
                let cause = Cause {
                    rule,
                    safety: Safety::Display,
                    reason,
                };
                Proposal {
                    range,
                    replacement: entry.originals[0].into(),
                    cause,
                }
            }
        }
    }
}

fn undecided(entry: &Entry<'_>) -> String {
    let originals = entry.originals.join("」 or 「");
    format!(
        "「{}」 may stand for 「{originals}」 here; no context decides",
        entry.spun
    )
}

impl Stage for WordingStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        let occurrences = self.lexicon.occurrences(view.text);
        evidence.spinning =
            evidence::weigh(&self.lexicon, &occurrences, view.text, &evidence.glossing);
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        if !evidence.spinning.found() {
            return;
        }
        let mut occurrences = self.lexicon.occurrences(view.text);
        occurrences.retain(|occurrence| {
            let families = &self.lexicon.entry(occurrence).families;
            families
                .iter()
                .any(|family| evidence.spinning.shows(family))
        });
        let chosen = choose(occurrences);
        proposals.extend(chosen.iter().map(|occurrence| self.proposal(occurrence)));
    }

    /// A word given back can be what another word's context asks for.
    fn runs_again(&self) -> bool {
        true
    }
}

/// Disjoint occurrences in the order of the text: a substituted word before
/// an undecided one, then the earlier, then the longer.
fn choose(mut occurrences: Vec<Occurrence>) -> Vec<Occurrence> {
    let rank = |occurrence: &Occurrence| {
        let undecided = occurrence.decision == Decision::Undecided;
        (
            undecided,
            occurrence.range.start,
            usize::MAX - occurrence.range.end,
        )
    };
    occurrences.retain(|occurrence| occurrence.decision != Decision::Native);
    occurrences.sort_by_key(rank);
    let mut chosen: Vec<Occurrence> = Vec::with_capacity(occurrences.len());
    for occurrence in occurrences {
        let at = chosen.partition_point(|other| other.range.start < occurrence.range.start);
        let clear_before = at == 0 || chosen[at - 1].range.end <= occurrence.range.start;
        let clear_behind = chosen
            .get(at)
            .is_none_or(|next| occurrence.range.end <= next.range.start);
        if clear_before && clear_behind {
            chosen.insert(at, occurrence);
        }
    }
    chosen
}
