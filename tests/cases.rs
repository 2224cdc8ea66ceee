//! The whole pipeline on the cases in `tests/cases/` and on the rules'
//! examples.

use zhengben::{Cleaner, Rule, RuleSet, Source, Syntax};

/// Rows of a file of cases: input, expected, note; `\r` and `\n` for line
/// breaks.
fn rows(text: &str) -> impl Iterator<Item = (String, String, &str)> {
    text.lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [input, expected, note] = cells.as_slice() else {
                panic!("three columns: {line}")
            };
            (unescaped(input), unescaped(expected), *note)
        })
}

fn unescaped(cell: &str) -> String {
    let cell = cell.replace("\\r", "\r").replace("\\n", "\n");
    let mut pieces = cell.split("\\u{");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').expect("a code point in braces");
        let code = u32::from_str_radix(code, 16).ok();
        text.extend(code.and_then(char::from_u32));
        text += rest;
    }
    text
}

fn check(file: &str) {
    check_with(&Cleaner::new(), Syntax::Plain, file);
}

fn check_with(cleaner: &Cleaner, syntax: Syntax, file: &str) {
    let failures: Vec<String> = rows(file)
        .filter_map(|(input, expected, note)| {
            let cleaned = cleaner.clean(Source::from(input.as_str()).with_syntax(syntax));
            (cleaned.text() != expected)
                .then(|| format!("{note}\n  {input}\n  {expected}\n→ {}", cleaned.text()))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn wording() {
    check(include_str!("cases/wording.tsv"));
}

#[test]
fn mojibake() {
    check(include_str!("cases/mojibake.tsv"));
}

/// The stage alone: what it restores is not converted.
#[test]
fn mojibake_stage() {
    let rules = RuleSet::named("mojibake").expect("it is a stage");
    let cleaner = Cleaner::builder().rules(rules).script(None).build();
    check_with(
        &cleaner,
        Syntax::Plain,
        include_str!("cases/mojibake-stage.tsv"),
    );
}

/// Without conversion of the script, which the cases are not about.
#[test]
fn characters() {
    let cleaner = Cleaner::builder().script(None).build();
    let check = |syntax, file| check_with(&cleaner, syntax, file);
    check(Syntax::Plain, include_str!("cases/characters.tsv"));
    check(
        Syntax::Markdown,
        include_str!("cases/characters-markdown.tsv"),
    );
    check(Syntax::Html, include_str!("cases/characters-html.tsv"));
}

#[test]
fn damage() {
    check(include_str!("cases/damage.tsv"));
}

#[test]
fn pipeline() {
    check(include_str!("cases/pipeline.tsv"));
}

#[test]
fn what_is_known_to_fail_still_fails() {
    let cleaner = Cleaner::new();
    for (input, expected, note) in rows(include_str!("cases/known-failures.tsv")) {
        let cleaned = cleaner.clean(input.as_str());
        assert_ne!(
            cleaned.text(),
            expected,
            "fixed at last, so move it: {note}"
        );
    }
}

/// A file in GBK; `<84>` stands for a byte.
fn example_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for piece in text.split_inclusive('>') {
        let (head, byte) = match piece.rsplit_once('<') {
            Some((head, code)) => (
                head,
                u8::from_str_radix(code.trim_end_matches('>'), 16).ok(),
            ),
            None => (piece, None),
        };
        bytes.extend_from_slice(&encoding_rs::GBK.encode(head).0);
        bytes.extend(byte);
    }
    bytes
}

#[test]
fn every_rule_has_an_example_that_it_changes() {
    let cleaner = Cleaner::new();
    for rule in Rule::all() {
        let info = rule.info();
        let bytes = example_bytes(info.before);
        let source = match rule {
            Rule::GlossBytes => Source::decode(&bytes).expect("it can be mended"),
            Rule::EncodingDamaged => Source::decode_damaged(&bytes, None).expect("it is GBK"),
            _ => info.before.into(),
        };
        let cleaned = cleaner.clean(source);
        assert_eq!(cleaned.text(), info.after, "{rule}");
        assert!(
            cleaned.counts().contains_key(&rule),
            "{rule} has no part in its example"
        );
    }
}
