//! How often stages are asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::walk::PASSES;
use super::{Cleaner, Keep};
use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::Evidence;
use crate::gate::Gate;
use crate::reason::Reason;
use crate::rules::{Rule, RuleSet};
use crate::stages::{Stage, View};

/// Makes one letter of another, and counts how often it is asked.
#[derive(Clone, Debug)]
struct Swap {
    from: char,
    to: &'static str,
    is_settled: bool,
    can_say_more: bool,
    asked: Arc<AtomicUsize>,
}

impl Stage for Swap {
    fn propose(&self, view: View<'_>, _: &Evidence, proposals: &mut Vec<Proposal>) {
        self.asked.fetch_add(1, Ordering::Relaxed);
        proposals.extend(view.text.match_indices(self.from).map(|(at, letter)| {
            let cause = Cause {
                rule: Rule::Gloss,
                safety: Safety::Safe,
                reason: Reason::none(),
            };
            Proposal {
                range: at..at + letter.len(),
                replacement: self.to.into(),
                cause,
            }
        }));
    }

    fn is_settled(&self) -> bool {
        self.is_settled
    }

    fn can_say_more(&self, _: &Evidence, _: &Evidence) -> bool {
        self.can_say_more
    }
}

fn swap(from: char, to: &'static str, is_settled: bool, can_say_more: bool) -> Swap {
    Swap {
        from,
        to,
        is_settled,
        can_say_more,
        asked: Arc::default(),
    }
}

/// What comes of a text, and how often each of the stages is asked.
fn run(text: &str, keep: &str, stages: &[Swap]) -> (String, Vec<usize>) {
    let boxed = |stage: &Swap| ("swap", Box::new(stage.clone()) as Box<dyn Stage>);
    let cleaner = Cleaner {
        stages: stages.iter().map(boxed).collect(),
        gate: Gate {
            rules: RuleSet::all(),
            limit: Safety::Safe,
        },
        keep: Keep::new(&[keep.to_owned()].into()),
        passes: PASSES,
    };
    let text = cleaner.clean(text).text().to_owned();
    let asked = stages
        .iter()
        .map(|stage| stage.asked.load(Ordering::Relaxed));
    (text, asked.collect())
}

#[test]
fn what_has_looked_at_a_text_is_not_asked_again() {
    let first = |is_settled| swap('a', "b", is_settled, false);
    let second = |can_say_more| swap('x', "y", false, can_say_more);
    let asked = |first, second| run("a1a", "", &[first, second]);
    let out = |asked: [usize; 2]| ("b1b".to_owned(), asked.to_vec());
    assert_eq!(asked(first(true), second(false)), out([1, 1]));
    assert_eq!(asked(first(false), second(false)), out([2, 1]));
    assert_eq!(asked(first(true), second(true)), out([2, 2]));
}

#[test]
fn what_others_have_changed_is_looked_at() {
    // b comes of the last stage, and what comes of that of the first.
    let stages = [
        swap('b', "c", true, false),
        swap('c', "d", true, false),
        swap('a', "b", true, false),
    ];
    assert_eq!(run("a", "", &stages), ("d".to_owned(), vec![3, 2, 2]));
}

#[test]
fn what_a_stage_was_refused_leaves_it_unsettled() {
    let stages = [swap('a', "b", true, false)];
    assert_eq!(run("a a2", "a2", &stages), ("b a2".to_owned(), vec![2]));
}

#[test]
fn what_is_left_of_a_garbled_text_stays_when_it_is_cleaned_again() {
    let cleaner = Cleaner::new();
    let once = cleaner.clean("灞曟綔鍔沎3]鐨勮\u{FFFD}\u{FFFD}");
    assert_eq!(once.text(), "展潜力[3]鐨勮\u{FFFD}\u{FFFD}");
    assert!(cleaner.clean(once.text()).is_clean());
}
