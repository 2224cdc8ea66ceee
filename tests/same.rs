//! The same comes out of the library and of the command, in blocks and in records.
#![cfg(unix)]

#[path = "common/documents.rs"]
mod documents;
#[path = "common/folder.rs"]
mod folder;
#[path = "common/pieces.rs"]
mod pieces;

use documents::documents;
use folder::Folder;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use zhengben::records::Blocks;
use zhengben::{Cleaned, Cleaner, Edit, Source, Syntax};

/// So many documents, the same in each run; none has controls, by which the command
/// would take it for binary.
fn some(count: usize) -> Vec<String> {
    let is_text =
        |text: &String| !text.contains(|c: char| c.is_control() && c != '\n' && c != '\r');
    let strategy = documents().prop_filter("text", is_text);
    let mut runner = TestRunner::deterministic();
    let one = || {
        strategy
            .new_tree(&mut runner)
            .expect("a document")
            .current()
    };
    std::iter::repeat_with(one).take(count).collect()
}

/// What is asked of a report: where each change is, and what comes there.
type Change = (usize, usize, String);

fn changes(cleaned: &Cleaned<'_>) -> Vec<Change> {
    let change = |edit: Edit<'_>| {
        (
            edit.range.start,
            edit.range.end,
            edit.replacement.to_owned(),
        )
    };
    let applied = cleaned.edits().filter(|edit| edit.applied);
    applied.map(change).collect()
}

fn reported(report: &Value) -> Vec<Change> {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
    let edits = report["edits"].as_array().expect("a list").iter();
    let applied = edits.filter(|edit| edit["applied"] == true);
    applied
        .map(|edit| {
            let replacement = edit["replacement"].as_str().expect("a text").to_owned();
            (number(&edit["start"]), number(&edit["end"]), replacement)
        })
        .collect()
}

#[test]
fn files_are_what_the_library_makes_of_them() {
    let cleaner = Cleaner::new();
    let folder = Folder::with(&[]);
    let mut expected = Vec::new();
    for (number, text) in some(400).iter().enumerate() {
        let name = format!("{number}.txt");
        std::fs::write(folder.path(&name), text).expect("a file");
        let source = Source::decode(text.as_bytes()).expect("UTF-8");
        let cleaned = cleaner.clean(source.with_syntax(Syntax::Plain));
        assert_eq!(pieces::replayed(&cleaned), cleaned.text());
        let bytes = cleaned.to_bytes().expect("UTF-8").into_owned();
        expected.push((name, changes(&cleaned), bytes));
    }
    assert!(
        expected
            .iter()
            .filter(|(_, changes, _)| !changes.is_empty())
            .count()
            > 200
    );

    let output = folder.run(&["check", "--format", "jsonl", "."]);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let reports: Vec<Value> = lines
        .lines()
        .map(|line| line.parse().expect("JSON"))
        .collect();
    for (name, changes, _) in &expected {
        let report = reports
            .iter()
            .find(|report| report["path"] == name.as_str());
        assert_eq!(report.map(reported).unwrap_or_default(), *changes, "{name}");
    }
    folder.run(&["clean", "--write", "."]);
    for (name, _, bytes) in &expected {
        assert_eq!(folder.read(name), *bytes, "{name}");
    }
}

#[test]
fn a_field_of_a_record_is_what_it_is_alone() {
    let cleaner = Cleaner::new();
    let texts = some(2_000);
    let record = |(id, text): (usize, &String), cleaned: &str| {
        format!("{}\n", json!({"id": id, "text": cleaned, "other": text}))
    };
    let records = texts.iter().enumerate();
    let given: String = records
        .clone()
        .map(|(id, text)| record((id, text), text))
        .collect();
    let expected = records.map(|(id, text)| {
        let syntax = match Syntax::of_text(text) {
            Syntax::Html => Syntax::Html,
            _ => Syntax::Plain,
        };
        let source = Source::from(text.as_str()).with_syntax(syntax);
        record((id, text), cleaner.clean(source).text())
    });
    let folder = Folder::with(&[("a.jsonl", given.as_bytes())]);
    let output = folder.run(&["clean", "--field", "text", "--jobs", "2", "a.jsonl"]);
    let written = String::from_utf8(output.stdout).expect("UTF-8");
    for (written, expected) in written.split_inclusive('\n').zip(expected) {
        assert_eq!(written, expected);
    }
    assert_eq!(written.lines().count(), texts.len());
}

#[test]
fn a_long_text_is_what_its_blocks_are() {
    let cleaner = Cleaner::new();
    let clean = "这里的人们一直在说没有问题的话。\n";
    let (paragraph, middle) = (clean.repeat(400), clean.repeat(300_000));
    let mut garbled = String::new();
    for text in some(60) {
        garbled.extend([&text, "\n\n", &paragraph]);
    }
    // More than is read whole.
    let text = format!("{garbled}{middle}{garbled}");
    assert!(text.len() > 16 << 20);
    let mut blocks = Blocks::new(text.as_bytes());
    let mut expected = Vec::new();
    while let Some(block) = blocks.next_block().expect("memory") {
        let source = Source::decode(&block.bytes).expect("UTF-8");
        let cleaned = cleaner.clean(source.with_syntax(Syntax::Plain));
        expected.extend_from_slice(&cleaned.to_bytes().expect("UTF-8"));
    }
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let output = folder.run(&["clean", "--jobs", "2", "a.txt"]);
    assert!(output.stdout == expected);
    assert!(output.stdout != text.as_bytes());
}
