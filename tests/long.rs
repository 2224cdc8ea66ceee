//! Plain text that is too long to be read whole: what the command writes, and where it
//! says that something is.
#![cfg(unix)]

#[path = "common/folder.rs"]
mod folder;
#[path = "common/killed.rs"]
mod killed;

use folder::Folder;
use killed::killed_in_the_middle;
use serde_json::Value;

const MARK: &str = "\u{FEFF}";

/// More than is read whole: paragraphs of which every hundredth is Traditional, and what
/// is to become of them.
fn text() -> (String, String) {
    let clean = "这里的人们一直在说没有问题的话。\n";
    let of = |n: usize, some: &str| match n % 100 {
        99 => format!("{some}第 {n} 行。\n\n"),
        _ => clean.to_owned(),
    };
    let input: String = (0..350_000).map(|n| of(n, "這裡的漢語")).collect();
    let output: String = (0..350_000).map(|n| of(n, "这里的汉语")).collect();
    assert!(input.len() > 16 << 20);
    (input, output)
}

#[test]
fn a_long_text_is_cleaned_block_by_block() {
    let (input, expected) = text();
    let (input, expected) = (format!("{MARK}{input}"), format!("{MARK}{expected}"));
    let folder = Folder::with(&[("a.txt", input.as_bytes())]);
    for jobs in ["1", "3"] {
        let output = folder.run(&["clean", "--jobs", jobs, "a.txt"]);
        assert!(output.stdout == expected.as_bytes(), "{jobs} threads");
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            said.starts_with("a.txt: ") && said.lines().count() == 1,
            "{said}"
        );
    }
    // Places are those of the file.
    let output = folder.run(&["check", "--format", "jsonl", "a.txt"]);
    let reports = String::from_utf8(output.stdout).expect("UTF-8");
    let text = input.strip_prefix(MARK).expect("a mark");
    let mut edits = 0;
    for report in reports.lines() {
        let report: Value = serde_json::from_str(report).expect("JSON");
        assert_eq!(report["path"], "a.txt");
        for edit in report["edits"].as_array().expect("a list") {
            let number = |name: &str| {
                let number = edit[name].as_u64().expect("a number");
                usize::try_from(number).expect("a short text")
            };
            let original = edit["original"].as_str().expect("a text");
            assert_eq!(&text[number("start")..number("end")], original);
            assert_eq!(&input[number("file_start")..number("file_end")], original);
            edits += 1;
        }
    }
    assert!(reports.lines().count() > 4 && edits >= 3_500, "{edits}");
    let output = folder.run(&["check", "a.txt"]);
    let findings = String::from_utf8(output.stdout).expect("UTF-8");
    let last = findings
        .lines()
        .rev()
        .find(|line| line.starts_with("a.txt:"));
    // Every hundredth line is followed by an empty one.
    let line = 350_000 + 3_499;
    assert!(
        last.is_some_and(|last| last.starts_with(&format!("a.txt:{line}:4: "))),
        "{last:?}"
    );
    let output = folder.run(&["clean", "--write", "a.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.read("a.txt") == expected.as_bytes());
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_result() {
    let (input, expected) = text();
    let folder = Folder::with(&[("a.txt", input.as_bytes())]);
    let arguments = [
        "clean", "--jobs", "1", "--resume", "--output", "out", "a.txt",
    ];
    killed_in_the_middle(&folder, &arguments, "out", "a.txt");
    let output = folder.run(&arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.starts_with("a.txt: goes on at byte "), "{said}");
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.read("out/a.txt") == expected.as_bytes());
}

#[test]
fn a_long_text_in_another_encoding_is_read_whole() {
    let (input, expected) = text();
    // Encoding all of it would take minutes without optimization.
    let encoded = |text: String| {
        let part: String = text.split_inclusive('\n').take(17_500).collect();
        encoding_rs::GBK.encode(&part).0.repeat(40)
    };
    let [input, expected] = [input, expected].map(encoded);
    assert!(input.len() > 16 << 20);
    let folder = Folder::with(&[("a.txt", &input)]);
    let output = folder.run(&["clean", "--write", "a.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.read("a.txt") == expected);
}
