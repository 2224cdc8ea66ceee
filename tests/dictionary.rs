//! The wording dictionary keeps its rules, and the verifier sees each broken.

use zhengben::dictionary::{Decision, Problem, built_in, parse, verify};

const HEADER: &str = "spun\toriginals\tfamily\tdomain\tkeep\tfix\tsafety\tsource\treason";

/// What is wrong with rows given as `spun originals family keep fix`.
fn problem(rows: &[&str]) -> Option<Problem> {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        let cells: Vec<&str> = row.split(' ').map(|cell| cell.trim_matches('-')).collect();
        let [spun, originals, family, keep, fix] = cells[..] else {
            panic!("five cells: {row}")
        };
        text += &format!("{spun}\t{originals}\t{family}\tit\t{keep}\t{fix}\tsafe\tseed\twhy\n");
    }
    let entries = parse("test.tsv", &text).expect("it parses");
    verify(&entries).err().map(|error| error.problem)
}

#[test]
fn the_built_in_dictionary_keeps_its_rules() {
    let entries = built_in();
    assert!(entries.len() >= 250, "{}", entries.len());
    if let Err(error) = verify(&entries) {
        panic!("{error}");
    }
    for entry in &entries {
        let file = entry.place.file.trim_end_matches(".tsv");
        assert_eq!(entry.domain, file, "{}", entry.place);
        if let Err(error) = entry.contexts() {
            panic!("{error}");
        }
    }
}

#[test]
fn a_fix_context_that_names_most_decides_where_it_matches() {
    for entry in built_in() {
        let contexts = entry.contexts().expect("parsed above");
        for fix in &contexts.fix {
            let (left, right) = fix.context.sample();
            let most = |other: &&zhengben::dictionary::Context| {
                other.literals() >= fix.context.literals() && other.matches(&left, &right)
            };
            if contexts.keep.iter().any(|keep| most(&keep)) {
                continue;
            }
            let decision = contexts.decide(&left, &right);
            assert!(
                matches!(decision, Decision::Substituted(_)),
                "{}: {} is {decision:?}",
                entry.place,
                fix.context
            );
        }
    }
}

#[test]
fn rows_that_keep_the_rules() {
    assert_eq!(
        problem(&["动力 能源 A ~源 新~汽车", "工业 产业 A - ~链"]),
        None
    );
    // The same words the other way round, by another spinner.
    assert_eq!(problem(&["产业 工业 B - ~革命", "工业 产业 A - ~链"]), None);
}

#[test]
fn rows_that_break_a_rule() {
    let is_order = |p| matches!(p, Some(Problem::Order { .. }));
    assert!(is_order(problem(&[
        "工业 产业 A - ~链",
        "动力 能源 A - 新~汽车"
    ])));
    let is_self_map = |p| matches!(p, Some(Problem::SelfMap { .. }));
    assert!(is_self_map(problem(&["动力 能源|动力 A - 新~汽车"])));
    let is_duplicate = |p| matches!(p, Some(Problem::Duplicate { .. }));
    assert!(is_duplicate(problem(&[
        "动力 能源 A - 新~汽车",
        "动力 活力 A,A2 - ~足"
    ])));
    let is_contradiction = |p| matches!(p, Some(Problem::Contradiction { .. }));
    assert!(is_contradiction(problem(&["动力 能源 A {新/旧}~车 旧~车"])));
    let is_shadowed = |p| matches!(p, Some(Problem::Shadowed { .. }));
    assert!(is_shadowed(problem(&[
        "工业 产业 A - ~链",
        "工业链 产业链 A - ~"
    ])));
    assert_eq!(problem(&["工业 产业 A - ~园", "工业链 产业链 A - ~"]), None);
    let is_cycle = |p| matches!(p, Some(Problem::Cycle { .. }));
    assert!(is_cycle(problem(&[
        "产业 工业 A - ~链",
        "工业 产业 A - ~链"
    ])));
    assert_eq!(problem(&["产业 工业 A - ~革命", "工业 产业 A - ~链"]), None);
}
