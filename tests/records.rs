//! JSON Lines, read and written record by record: what the command writes, where, and
//! how it exits.
#![cfg(unix)]

#[path = "common/folder.rs"]
mod folder;
#[path = "common/gzip.rs"]
mod gzip;
#[path = "common/killed.rs"]
mod killed;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use folder::Folder;
use gzip::{gunzip, gzip};
use killed::killed_in_the_middle;

impl Folder {
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("")).expect("the folder");
        let names = entries.map(|entry| entry.expect("a file").file_name());
        let mut names: Vec<_> = names.map(|n| n.into_string().expect("UTF-8")).collect();
        names.sort();
        names
    }
}

/// Records in which every third is Traditional, and what is to become of them.
fn records(count: usize) -> (String, String) {
    let record = |n: usize, text: &str| {
        let text = text.repeat(n % 40 + 1);
        format!("{{\"id\": {n}, \"url\": \"漢語\", \"body\": \"{text}\"}}\n")
    };
    let input = (0..count).map(|n| record(n, if n % 3 == 0 { "漢語" } else { "没有" }));
    let output = (0..count).map(|n| record(n, if n % 3 == 0 { "汉语" } else { "没有" }));
    (input.collect(), output.collect())
}

#[test]
fn each_record_is_a_document_and_reports_name_it() {
    let glossed = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚";
    let lines = format!("{{\"b\": \"没有\"}}\n{{\"b\": [\"没有\", \"{glossed}\"]}}\n");
    let folder = Folder::with(&[("a.jsonl", lines.as_bytes())]);
    let output = folder.run(&["check", "--field", "b", "a.jsonl"]);
    let findings = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(findings.starts_with("a.jsonl:2:b:1:"), "{findings}");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.ends_with("a.jsonl: in 1 of 2 records\n"), "{said}");
}

#[test]
fn many_threads_write_what_one_writes() {
    let (input, expected) = records(20_000);
    let folder = Folder::with(&[("a.jsonl", input.as_bytes())]);
    for jobs in ["1", "2", "5"] {
        let arguments = ["clean", "--field", "body", "--jobs", jobs, "a.jsonl"];
        let output = folder.run(&arguments);
        assert!(output.stdout == expected.as_bytes(), "{jobs} threads");
    }
    let arguments = ["clean", "--field", "body", "--stdin-filename", "a.jsonl"];
    let mut child = folder
        .command(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads all");
    assert!(output.stdout == expected.as_bytes());
}

#[test]
fn what_is_compressed_is_written_compressed() {
    let (input, expected) = records(5_000);
    let zstd = zstd::encode_all(input.as_bytes(), 1).expect("memory");
    let (head, tail) = input.split_at(input.len() / 2);
    // Members can end anywhere.
    let members = [gzip(head.as_bytes()), gzip(tail.as_bytes())].concat();
    let files: [(&str, &[u8]); 4] = [
        ("a.jsonl", input.as_bytes()),
        ("a.jsonl.gz", &members),
        ("a.ndjson.ZST", &zstd),
        ("empty.jsonl.gz", &gzip(b"")),
    ];
    let folder = Folder::with(&files);
    let check = |root: &Path| {
        let read = |name: &str| fs::read(root.join(name)).expect("the file");
        assert!(read("a.jsonl") == expected.as_bytes());
        assert!(gunzip(&read("a.jsonl.gz")) == expected.as_bytes());
        assert_eq!(gunzip(&read("empty.jsonl.gz")), b"");
        let zst = read("a.ndjson.ZST");
        assert!(zstd::decode_all(&*zst).expect("zstd") == expected.as_bytes());
        // One frame, which every reader reads to its end.
        let frame = zstd::zstd_safe::find_frame_compressed_size(&zst).expect("a frame");
        assert_eq!(frame, zst.len());
    };
    let names = ["a.jsonl", "a.jsonl.gz", "a.ndjson.ZST", "empty.jsonl.gz"];
    let run = |more: &[&str]| folder.run(&[&["clean", "--field", "body"], more, &names].concat());
    let output = run(&["--output", "out"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    check(&folder.path("out"));
    assert_eq!(folder.read("a.jsonl.gz"), members);
    let output = folder.run(&["clean", "--field", "body", "a.jsonl.gz"]);
    assert!(output.stdout == expected.as_bytes());
    // In the folder they are found.
    let output = folder.run(&["clean", "--field", "body", "--write", "--glob", "!out", "."]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    check(&folder.path("."));
    let before = fs::metadata(folder.path("a.jsonl.gz")).expect("the file");
    let output = run(&["--write"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let after = fs::metadata(folder.path("a.jsonl.gz")).expect("the file");
    assert_eq!(before.modified().ok(), after.modified().ok());
    assert_eq!(folder.names().len(), files.len() + 1);
}

#[test]
fn a_file_that_breaks_off_stays_as_it_is() {
    let (input, _) = records(5_000);
    let mut gz = gzip(input.as_bytes());
    gz.truncate(gz.len() / 2);
    let mut zst = zstd::encode_all(input.as_bytes(), 1).expect("memory");
    zst.truncate(zst.len() / 2);
    let mut wrong = gzip(input.as_bytes());
    let middle = wrong.len() / 2;
    wrong[middle..middle + 64].fill(0);
    let files: [(&str, &[u8]); 3] = [
        ("a.jsonl.gz", &gz),
        ("b.jsonl.zst", &zst),
        ("c.jsonl.gz", &wrong),
    ];
    let folder = Folder::with(&files);
    for (name, bytes) in files {
        for place in [&["--write"][..], &["--output", "out"]] {
            let output = folder.run(&[&["clean", "--field", "body"], place, &[name]].concat());
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(&format!("{name}: cannot read it")), "{said}");
            assert_eq!(folder.read(name), bytes);
        }
    }
    let left = fs::read_dir(folder.path("out"))
        .expect("the folder")
        .count();
    assert_eq!((folder.names().len(), left), (files.len() + 1, 0));
}

#[test]
fn a_disk_that_is_full_leaves_the_file_as_it_is() {
    let (input, _) = records(5_000);
    let folder = Folder::with(&[("a.jsonl", input.as_bytes())]);
    let program = env!("CARGO_BIN_EXE_zhengben");
    // Files of more than 64 blocks cannot be written, as if the disk were full.
    let script =
        format!("trap '' XFSZ; ulimit -f 64; exec {program} clean --field body --write a.jsonl");
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path("."))
        .env("ZHENGBEN_LANG", "en")
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write a.jsonl"), "{said}");
    assert_eq!(folder.read("a.jsonl"), input.as_bytes());
    assert_eq!(folder.names(), ["a.jsonl"]);
}

#[test]
fn who_interrupts_finds_nothing_half_written() {
    let (input, _) = records(400_000);
    let folder = Folder::with(&[("a.jsonl", input.as_bytes())]);
    let mut child = folder
        .command(&["clean", "--field", "body", "--write", "a.jsonl"])
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    while folder.names().len() == 1 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill").success());
    let status = child.wait().expect("it ends");
    assert_eq!(
        status.code(),
        Some(130),
        "it was done before: more records are needed"
    );
    assert!(folder.read("a.jsonl") == input.as_bytes());
    assert_eq!(folder.names(), ["a.jsonl"]);
}

#[test]
fn a_few_records_that_cannot_be_read_are_told_of_and_the_others_counted() {
    let broken: String = (0..50).map(|n| format!("{{\"body\": {n}\n")).collect();
    let input = format!("{{\"body\": \"漢語\"}}\n{broken}{{\"body\": \"漢語\"}}");
    let folder = Folder::with(&[("a.jsonl", input.as_bytes())]);
    let output = folder.run(&["clean", "--field", "body", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    let expected = input.replace("漢語", "汉语");
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), expected);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(said.matches("not JSON at byte").count(), 20, "{said}");
    assert!(
        said.contains("a.jsonl: 30 more records were left"),
        "{said}"
    );
    assert!(said.contains("zhengben: a.jsonl:2: "), "{said}");
    // Reports for programs have them too.
    let output = folder.run(&["check", "--field", "body", "--format", "jsonl", "a.jsonl"]);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(lines.lines().count(), 52);
    assert!(lines.contains(r#""path":"a.jsonl:52:body""#), "{lines}");
    let output = folder.run(&["check", "--field", "body", "--format", "json", "a.jsonl"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["documents"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["failures"].as_array().map(Vec::len), Some(20));
}

#[test]
fn what_needs_the_whole_file_reads_it_whole() {
    let line = "{\"body\": \"漢語\"}\n";
    let gbk = encoding_rs::GBK.encode(line).0.into_owned();
    let compressed = gzip(line.as_bytes());
    let folder = Folder::with(&[
        ("a.jsonl", line.as_bytes()),
        ("b.jsonl", &gbk),
        ("c.jsonl.gz", &compressed),
    ]);
    let output = folder.run(&["clean", "--field", "body", "--diff", "a.jsonl"]);
    let patch = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(patch.contains("+{\"body\": \"汉语\"}"), "{patch}");
    let output = folder.run(&["check", "--field", "body", "--format", "github", "a.jsonl"]);
    let findings = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(findings.contains("file=a.jsonl,line=1,"), "{findings}");
    let output = folder.run(&["clean", "--field", "body", "b.jsonl"]);
    assert_eq!(output.stdout, line.replace("漢語", "汉语").as_bytes());
    let output = folder.run(&["clean", "--field", "body", "--diff", "c.jsonl.gz"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_result() {
    /// Fifteen batches, of which each takes a while.
    const RECORDS: usize = 15_000;
    let text = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚，這是我們的國家。".repeat(4);
    let record = |n: usize| match n % 10 {
        0 => format!("{{\"id\": {n}, \"body\": \"{text}\"}}\n"),
        1 => format!("{{\"id\": {n}, \"body\": \"没有\n"),
        _ => format!("{{\"id\": {n}, \"body\": \"没有問題{n}\"}}\n"),
    };
    let input: String = (0..RECORDS).map(record).collect();
    let zstd = zstd::encode_all(input.as_bytes(), 1).expect("memory");
    let gzip = gzip(input.as_bytes());
    let files: [(&str, &[u8]); 3] = [
        ("a.jsonl", input.as_bytes()),
        ("a.jsonl.gz", &gzip),
        ("a.jsonl.zst", &zstd),
    ];
    let mut whole: Option<Vec<u8>> = None;
    for (name, bytes) in files {
        let folder = Folder::with(&[(name, bytes)]);
        let arguments = |out| {
            let options = [
                "clean", "--field", "body", "--jobs", "1", "--resume", "--output",
            ];
            [&options[..], &[out, name]].concat()
        };
        let output = folder.run(&arguments("whole"));
        assert_eq!(output.status.code(), Some(2));
        killed_in_the_middle(&folder, &arguments("out"), "out", name);
        assert!(!folder.path(&format!("out/{name}")).exists());
        // What is behind the last mark is not to be trusted.
        let part = folder.path(&format!("out/{name}.part"));
        let mut part = fs::OpenOptions::new()
            .append(true)
            .open(part)
            .expect("a part");
        part.write_all(b"half a rec").expect("a disk");
        let output = folder.run(&arguments("out"));
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.starts_with(&format!("{name}: goes on at record ")),
            "{said}"
        );
        assert!(said.contains(&format!(" of {RECORDS} records\n")), "{said}");
        let written = folder.read(&format!("out/{name}"));
        assert!(written == folder.read(&format!("whole/{name}")));
        let plain = match name.rsplit_once('.') {
            Some((_, "gz")) => gunzip(&written),
            Some((_, "zst")) => zstd::decode_all(&*written).expect("zstd"),
            _ => written,
        };
        assert!(*whole.get_or_insert(plain.clone()) == plain);
        let output = folder.run(&arguments("out"));
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(said.contains("done already"), "{said}");
        assert_eq!(output.status.code(), Some(0));
        let left = fs::read_dir(folder.path("out")).expect("the folder");
        assert_eq!(left.count(), 1);
    }
}

#[test]
fn what_was_begun_otherwise_is_begun_anew() {
    let (input, expected) = records(5_000);
    let folder = Folder::with(&[("a.jsonl", input.as_bytes())]);
    fs::create_dir(folder.path("out")).expect("a folder");
    fs::write(folder.path("out/a.jsonl.part"), "something else").expect("a file");
    for progress in ["", "{}", "not JSON"] {
        fs::write(folder.path("out/a.jsonl.progress"), progress).expect("a file");
        fs::write(folder.path("out/a.jsonl.part"), "something else").expect("a file");
        let arguments = [
            "clean", "--field", "body", "--resume", "--output", "out", "a.jsonl",
        ];
        assert_eq!(folder.run(&arguments).status.code(), Some(1));
        assert!(folder.read("out/a.jsonl") == expected.as_bytes());
        let left = fs::read_dir(folder.path("out"))
            .expect("the folder")
            .count();
        assert_eq!(left, 1);
    }
}
