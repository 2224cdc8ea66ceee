//! A document's walk through the stages: what happens between two of them.

use super::work::Work;
use super::{Cleaner, Step};
use crate::evidence::{Evidence, Inserted, Notes};
use crate::gate::Sorted;
use crate::mend;
use crate::regions::Protected;
use crate::source::Source;

/// How often a document is taken through the stages, at most: until nothing
/// changes any more, because what one stage leaves can be what an earlier one
/// looks for. A clean text takes one pass; a changed one, another to see that it
/// is done.
pub(super) const PASSES: usize = 4;

/// How often a stage that has changed something looks at its result again.
/// The dictionary has no cycles, so chains end; three links are the longest
/// that spinners have been seen to make.
const ROUNDS: usize = 8;

/// How often a changed document is looked at from the beginning, at most. What a stage has
/// taken for garbled stays closed to the others while it is in view; without what was
/// around it, it may not look garbled any more, and is what a second cleaning would change.
const LOOKS: usize = 4;

impl Cleaner {
    /// Takes a document through the stages until nothing changes any more, and would not if
    /// the result were cleaned again.
    pub(super) fn walk(
        &self,
        source: &Source<'_>,
        work: &mut Work<'_, '_>,
        explain: bool,
        show: &mut dyn FnMut(Step<'_>),
    ) -> Evidence {
        let inserted = self.mend(source, work, show);
        let mut evidence = self.settle(work, Notes::default(), explain, show);
        evidence.inserted = inserted;
        // They are of no use any more.
        evidence.glosses = Notes::default();
        evidence.spinning.notes = Notes::default();
        let mut before = 0;
        for _ in 1..LOOKS {
            if self.passes == 1 || work.edits == before || !work.open_what_is_held() {
                break;
            }
            before = work.edits;
            self.settle(work, evidence.looks.clone(), false, &mut |step| {
                if step.edits > 0 {
                    show(step);
                }
            });
        }
        evidence.looks = Notes::default();
        evidence
    }

    /// Takes a document through the stages until nothing changes any more; what the first
    /// pass has found out. `looks` are those at an earlier text of it.
    fn settle(
        &self,
        work: &mut Work<'_, '_>,
        looks: Notes,
        explain: bool,
        show: &mut dyn FnMut(Step<'_>),
    ) -> Evidence {
        let mut before = work.edits;
        let mut done = vec![None; self.stages.len()];
        let evidence = self.pass(work, &mut done, looks, None, explain, show);
        let mut again = None;
        for _ in 1..self.passes {
            if work.edits == before {
                break;
            }
            before = work.edits;
            let known = again.as_ref().unwrap_or(&evidence);
            let looks = known.looks.clone();
            let now = self.pass(work, &mut done, looks, Some(known), false, &mut |step| {
                if step.edits > 0 {
                    show(step);
                }
            });
            again = Some(now);
        }
        evidence
    }

    /// Takes out what a filter inserted into the file's bytes: before that,
    /// the text is not what the file's readers were to see.
    fn mend(
        &self,
        source: &Source<'_>,
        work: &mut Work<'_, '_>,
        show: &mut dyn FnMut(Step<'_>),
    ) -> Inserted {
        let inserted = mend::observe(source);
        if inserted.glosses > 0 {
            let switched_off = work.regions.switched_off();
            let proposals = mend::propose(source);
            let Sorted { accepted, .. } = self.gate.sort(work.text(), &switched_off, proposals);
            let edits = accepted.len();
            work.accept(accepted);
            work.find_regions();
            let evidence = Evidence {
                inserted,
                ..Evidence::default()
            };
            show(Step {
                stage: "bytes",
                text: work.text(),
                edits,
                evidence: &evidence,
                weighed: &[],
            });
        }
        inserted
    }

    /// Takes a document through the stages once. After how many edits of the document
    /// each of them had nothing to change goes into `done`; `known` is what the walk
    /// before this one has found out.
    fn pass(
        &self,
        work: &mut Work<'_, '_>,
        done: &mut [Option<usize>],
        looks: Notes,
        known: Option<&Evidence>,
        explain: bool,
        show: &mut dyn FnMut(Step<'_>),
    ) -> Evidence {
        let mut evidence = Evidence {
            looks,
            ..Evidence::default()
        };
        for (index, (name, stage)) in self.stages.iter().enumerate() {
            let before = work.edits;
            // All that is left to look at this text has done so already, with no less to
            // go by, and found nothing to change: it would only say the same again.
            if let Some(known) = known
                && done[index..].iter().all(|&done| done == Some(before))
                && let mut left = self.stages[index..].iter()
                && left.all(|(_, stage)| !stage.can_say_more(known, &evidence))
            {
                break;
            }
            done[index] = None;
            stage.observe(work.view(), &mut evidence);
            let weighed = match explain {
                true => stage.weigh(work.view(), &evidence),
                false => Vec::new(),
            };
            for _ in 0..if stage.runs_again() { ROUNDS } else { 1 } {
                let mut proposals = Vec::new();
                stage.propose(work.view(), &evidence, &mut proposals);
                let proposed = proposals.len();
                let sorted = self.gate.sort(work.text(), &work.regions, proposals);
                let Sorted {
                    accepted,
                    reported,
                    unfit,
                } = work.decided(sorted);
                let closed = reported.iter().chain(&unfit);
                let mut closed = Protected::of(closed.map(|p| p.range.clone()).collect());
                if accepted.is_empty() || !stage.runs_again() {
                    work.report(reported, true);
                    work.report(unfit, false);
                }
                let is_done = accepted.is_empty();
                let is_settled = stage.is_settled() && accepted.len() == proposed;
                if !is_done {
                    closed.shift(&accepted);
                    work.regions.release(&accepted);
                    work.accept(accepted);
                }
                if let Some(parts) = stage.closes(work.view(), &evidence) {
                    closed.join(Protected::of(parts));
                    work.regions.close_to_others(name, closed);
                }
                if is_done || is_settled {
                    done[index] = Some(work.edits);
                    break;
                }
            }
            let edits = work.edits - before;
            show(Step {
                stage: name,
                text: work.text(),
                edits,
                evidence: &evidence,
                weighed: &weighed,
            });
        }
        evidence
    }
}
