use proptest::prelude::*;

use super::GlossStage;
use crate::edit::{Proposal, Safety, apply};
use crate::evidence::Evidence;
use crate::rules::Rule;
use crate::stages::damage::DamageStage;
use crate::stages::{Stage, View};

/// A case a line: input, expected output or `=`, note.
static CASES: &str = include_str!("../../../tests/cases/gloss.tsv");

fn run(text: &str) -> (Evidence, Vec<Proposal>) {
    let view = View::plain(text);
    let mut evidence = Evidence::default();
    let mut proposals = Vec::new();
    DamageStage.observe(view, &mut evidence);
    GlossStage.observe(view, &mut evidence);
    GlossStage.propose(view, &evidence, &mut proposals);
    (evidence, proposals)
}

fn cleaned(text: &str) -> String {
    apply(text, &run(text).1)
}

#[test]
fn the_cases_hold() {
    let mut failures = Vec::new();
    for line in CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let columns: Vec<String> = line
            .split('\t')
            .map(|column| column.replace("\\n", "\n"))
            .collect();
        let [input, expected, note] = &columns[..] else {
            panic!("three columns: {line}")
        };
        let expected = if expected == "=" { input } else { expected };
        let output = cleaned(input);
        if output != *expected || cleaned(&output) != output {
            failures.push(format!(
                "{note}\n  input    {input}\n  expected {expected}\n  output   {output}"
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} failed\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn evidence_counts_what_is_listed() {
    let (evidence, proposals) = run("動(dòng)力與產(chǎn)業(yè)，企業(yè)在我(me)這里。");
    let glossing = evidence.glossing;
    assert!(glossing.found && glossing.by_table);
    assert!(!glossing.by_table_toneless && !glossing.by_count);
    assert_eq!((glossing.glosses, glossing.characters), (4, 3));
    assert_eq!(proposals.len(), 4);
}

#[test]
fn clean_text_costs_no_evidence() {
    assert_eq!(
        run("今年（上半年）全省(含市縣)的工業。").0,
        Evidence::default()
    );
}

/// Text with all that the scanner looks at, often in an order that means something.
fn glossed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["動(dòng)", "業(yè)", "經(jīng)", "國(guo)", "國(guó)", "濟(jì)(jì)", "（）", "發(fa)(fa)"]),
        2 => prop::sample::select(vec!["的(de)", "大(dà)", "亳(bó)", "黿(yuán)", "長(cháng)", "長(zhǎng)", "上（shang）"]),
        4 => prop::sample::select(vec!["力電池工", "生產企業的", "於", "。", "\n", "🔞", "?jiǎng)恿", "I(yè)"]),
        1 => prop::sample::select(vec!["(", ")", "（", "）", "(yè)", "動", "dòng", "\u{301}", "\u{200d}", "?"]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn proposals_are_sorted_disjoint_glosses(text in prop_oneof![glossed(), "\\PC*", "[動國(（)）a-zòǎ?\u{300}]*"]) {
        let (_, proposals) = run(&text);
        let mut end = 0;
        for proposal in &proposals {
            prop_assert!(end <= proposal.range.start && proposal.range.start < proposal.range.end);
            end = proposal.range.end;
            prop_assert!(text.get(proposal.range.clone()).is_some_and(|gloss| gloss.starts_with(['(', '（']) && gloss.ends_with([')', '）'])));
            prop_assert_eq!(&proposal.replacement, "");
            prop_assert_eq!((proposal.cause.rule, proposal.cause.safety), (Rule::Gloss, Safety::Safe));
        }
    }

    #[test]
    fn a_second_run_changes_nothing(text in prop_oneof![glossed(), prop::collection::vec(glossed(), 1..6).prop_map(|texts| texts.concat())]) {
        let once = cleaned(&text);
        prop_assert_eq!(cleaned(&once), once);
    }

    #[test]
    fn without_evidence_nothing_is_proposed(text in glossed()) {
        let mut proposals = Vec::new();
        GlossStage.propose(View::plain(&text), &Evidence::default(), &mut proposals);
        prop_assert_eq!(proposals, vec![]);
    }
}
