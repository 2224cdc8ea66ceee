use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::edit::{Safety, apply};
use crate::reason::Reason;
use crate::rules::Rule;

fn proposal(range: Range<usize>, replacement: impl Into<Cow<'static, str>>) -> Proposal {
    let cause = Cause {
        rule: Rule::Gloss,
        safety: Safety::Safe,
        reason: Reason::none(),
    };
    Proposal {
        range,
        replacement: replacement.into(),
        cause,
    }
}

fn run(source: &str, stages: &[&[(Range<usize>, &'static str)]]) -> (String, Composition) {
    let mut text = source.to_owned();
    let mut composition = Composition::default();
    for stage in stages {
        let proposals: Vec<_> = stage.iter().map(|(r, s)| proposal(r.clone(), *s)).collect();
        text = apply(&text, &proposals);
        composition.then(proposals);
    }
    (text, composition)
}

fn replay(source: &str, text: &str, composition: &Composition) -> String {
    let mut out = String::new();
    let mut done = 0;
    for span in composition.spans() {
        out.push_str(&source[done..span.source.start]);
        out.push_str(&text[span.current.clone()]);
        done = span.source.end;
    }
    out.push_str(&source[done..]);
    out
}

#[test]
fn a_later_edit_around_a_deletion_is_one_span_with_both_causes() {
    // ab(x)c → abc → aZ
    let (text, composition) = run("ab(x)c", &[&[(2..5, "")], &[(1..3, "Z")]]);
    assert_eq!(text, "aZ");
    let [span] = composition.spans() else {
        panic!("{composition:?}")
    };
    assert_eq!((span.source.clone(), span.current.clone()), (1..6, 1..2));
    assert_eq!(composition.causes(span).count(), 2);
}

#[test]
fn causes_are_in_the_order_of_the_stages_wherever_they_begin() {
    let by = |rule, range, replacement| {
        let mut proposal = proposal(range, replacement);
        proposal.cause.rule = rule;
        vec![proposal]
    };
    // ab(x)c → abc → aBc → Z: each begins before the one ahead of it.
    let mut composition = Composition::default();
    composition.then(by(Rule::Gloss, 2..5, ""));
    composition.then(by(Rule::ScriptCharacter, 1..3, "B"));
    composition.then(by(Rule::WordingContext, 0..2, "Z"));
    let causes = composition.causes(&composition.spans()[0]);
    let rules: Vec<Rule> = causes.map(|cause| cause.rule).collect();
    let stages = [Rule::Gloss, Rule::ScriptCharacter, Rule::WordingContext];
    assert_eq!(rules, stages);
}

#[test]
fn a_later_edit_beside_a_deletion_leaves_it_alone() {
    let (text, composition) = run("ab(x)c", &[&[(2..5, "")], &[(1..2, "B"), (2..3, "C")]]);
    assert_eq!(text, "aBC");
    let sources: Vec<_> = composition
        .spans()
        .iter()
        .map(|span| span.source.clone())
        .collect();
    assert_eq!(sources, [1..2, 2..5, 5..6]);
}

#[test]
fn a_place_is_found_through_earlier_edits() {
    let (text, composition) = run("ab(x)cdef", &[&[(2..5, ""), (6..7, "DD")]]);
    assert_eq!(text, "abcDDef");
    assert_eq!(
        composition.locate(1..3),
        Located {
            current: 1..3,
            source: 1..6
        }
    );
    assert_eq!(
        composition.locate(4..6),
        Located {
            current: 3..6,
            source: 6..8
        }
    );
    assert_eq!(
        composition.locate(0..1),
        Located {
            current: 0..1,
            source: 0..1
        }
    );
    assert_eq!(
        composition.locate(0..2),
        Located {
            current: 0..2,
            source: 0..2
        }
    );
    assert_eq!(
        composition.locate(2..3),
        Located {
            current: 2..3,
            source: 5..6
        }
    );
    assert_eq!(
        composition.locate(6..7),
        Located {
            current: 6..7,
            source: 8..9
        }
    );
}

/// Cuts of a text into sorted, disjoint ranges, with what replaces them.
fn proposals_for(text: &str, cuts: &[(prop::sample::Index, String)]) -> Vec<Proposal> {
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(place, _)| place)
        .chain([text.len()])
        .collect();
    let mut places: Vec<usize> = cuts.iter().map(|(index, _)| *index.get(&bounds)).collect();
    places.sort_unstable();
    let mut proposals: Vec<Proposal> = Vec::new();
    for (pair, (_, replacement)) in places.chunks_exact(2).zip(cuts) {
        let range = pair[0]..pair[1];
        if proposals.last().is_none_or(|last| last.range != range) {
            proposals.push(proposal(range, replacement.clone()));
        }
    }
    proposals
}

proptest! {
    #[test]
    fn composed_edits_replay_to_the_output(
        source in "[ab中文(é]{0,24}",
        stages in prop::collection::vec(
            prop::collection::vec((any::<prop::sample::Index>(), "[xy漢]{0,3}"), 0..10), 0..6),
    ) {
        let mut text = source.clone();
        let mut composition = Composition::default();
        let mut count = 0;
        for cuts in &stages {
            let proposals = proposals_for(&text, cuts);
            count += proposals.len();
            text = apply(&text, &proposals);
            composition.then(proposals);

            prop_assert_eq!(replay(&source, &text, &composition), text.as_str());
            let causes: usize =
                composition.spans().iter().map(|span| composition.causes(span).count()).sum();
            prop_assert_eq!(causes, count);
            for pair in composition.spans().windows(2) {
                prop_assert!(pair[0].source.end <= pair[1].source.start);
                prop_assert!(pair[0].current.end <= pair[1].current.start);
            }
            for (start, _) in text.char_indices() {
                let len = text[start..].chars().next().map_or(0, char::len_utf8);
                let found = composition.locate(start..start + len);
                prop_assert!(found.current.start <= start && start + len <= found.current.end);
                prop_assert!(source.is_char_boundary(found.source.start));
                prop_assert!(source.is_char_boundary(found.source.end));
                if found.current.len() == len
                    && composition.spans().iter().all(|s| !overlaps(&s.current, &found.current))
                {
                    prop_assert_eq!(&source[found.source], &text[found.current]);
                }
            }
        }
    }
}
