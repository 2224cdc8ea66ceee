//! Every command on the pages in `docs/` works, and does what the page shows.

#[path = "common/gzip.rs"]
#[expect(dead_code, reason = "nothing is unpacked here")]
mod gzip;
#[path = "common/session.rs"]
mod session;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use session::{ROOT, arguments, is_a_call, page, run, sessions};

/// Pages whose commands a script runs, which they name.
const RUN_BY_A_SCRIPT: [(&str, &str); 1] = [("scrapers.md", "ci/scrapers.sh")];

/// Commands that compile for minutes or measure for hours, and the file of the
/// repository that they are about.
const NOT_RUN: [(&str, &str); 8] = [
    ("cargo install --locked --path .", "Cargo.toml"),
    ("cargo uninstall zhengben", "Cargo.toml"),
    ("ci/clean-texts.sh", "ci/clean-texts.sh"),
    (
        "cargo run --release --package xtask -- evaluate clean --corpora ../shared/corpora --write",
        "xtask/data/clean.tsv",
    ),
    ("pip install .", "pyproject.toml"),
    ("pip uninstall zhengben", "pyproject.toml"),
    (
        "python python/benches/engines.py CORPUS 200 WORK [ENGINE…]",
        "python/benches/engines.py",
    ),
    (
        "cargo rustc --release --bin zhengben -- -C target-feature=+crt-static",
        "Cargo.toml",
    ),
];

/// Asks at a terminal; `tests/terminal.rs` answers.
const ASKS: &str = "--interactive";

/// Finds as much, and wants to hear no more of it.
const FORGIVES: &str = "--add-ignore";

const GARBLED: &str = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚";

fn pages() -> Vec<String> {
    let entries = fs::read_dir(Path::new(ROOT).join("docs")).expect("the pages");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.filter_map(|name| name.into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".md")).collect();
    names.sort();
    names
}

/// What the pages' commands are given.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    };
    let record = format!(
        "{{\"title\":\"{GARBLED}\",\"text\":\"{GARBLED}\",\"article\":{{\"body\":\"{GARBLED}\"}}}}\n"
    );
    let wet = fs::read(Path::new(ROOT).join("tests/data/warc/sample.warc.gz")).expect("a file");
    write("texts/a.txt", format!("{GARBLED}\n").as_bytes());
    write("corpus.jsonl", record.as_bytes());
    write("corpus/a.jsonl.gz", &gzip::gzip(record.as_bytes()));
    let packed = zstd::encode_all(record.as_bytes(), 1).expect("memory");
    write("corpus.jsonl.zst", &packed);
    write("crawl/a.wet.gz", &wet);
    folder
}

/// Runs a line as a shell does, in a folder of its own; returns its exit code, and what
/// there is on stderr.
fn shell(line: &str) -> (Option<i32>, String) {
    let folder = folder();
    let program = Path::new(env!("CARGO_BIN_EXE_zhengben"));
    let mut path = program.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder.path())
        .env("PATH", path)
        .env("ZHENGBEN_LANG", "en")
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

fn is_installed(program: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", "command -v \"$0\"", program])
        .stdout(Stdio::null())
        .status();
    found.is_ok_and(|status| status.success())
}

/// Whether all programs of a line are there; the command itself is.
fn has_its_programs(line: &str) -> bool {
    let programs = line
        .split('|')
        .filter_map(|part| part.split_whitespace().next());
    let mut others = programs.filter(|name| *name != "zhengben");
    others.all(is_installed)
}

#[test]
#[cfg(unix)]
fn the_commands_of_the_pages() {
    // The crate's archive has less.
    let is_repository = Path::new(ROOT).join("xtask").exists();
    let (mut compared, mut ran) = (0, 0);
    for name in pages() {
        let text = page(&format!("docs/{name}"));
        if let Some((_, script)) = RUN_BY_A_SCRIPT.iter().find(|(page, _)| *page == name) {
            assert!(text.contains(script), "{name}");
            continue;
        }
        for (command, expected) in sessions(&text) {
            let place = format!("{name}: {command}");
            if let Some((_, about)) = NOT_RUN.iter().find(|(known, _)| *known == command) {
                assert!(
                    !is_repository || Path::new(ROOT).join(about).exists(),
                    "{place}"
                );
                assert!(expected.is_empty(), "{place}");
                continue;
            }
            assert!(command.contains("zhengben "), "who runs this? {place}");
            if !expected.is_empty() {
                let arguments = arguments(&command).expect("a call");
                assert_eq!(run(&arguments).1, expected, "{place}");
                compared += 1;
            } else if !command.contains(ASKS) && has_its_programs(&command) {
                let (code, said) = shell(&command);
                // There is something to find in everything that they are given.
                let found = i32::from(!command.contains(FORGIVES));
                assert_eq!(code, Some(found), "{place}: {said}");
                ran += 1;
            }
        }
    }
    assert!(compared >= 2, "{compared}");
    assert!(ran >= 6, "{ran}");
}

#[test]
fn the_calls_that_the_text_names() {
    let pages = pages().into_iter().map(|name| format!("docs/{name}"));
    let readmes = ["README.md", "README.zh-CN.md", "SECURITY.md"].map(str::to_owned);
    let mut calls = 0;
    for name in pages.chain(readmes) {
        for span in page(&name).split('`').skip(1).step_by(2) {
            // Behind a pipe or a redirection stands no argument.
            let call = span.split(['|', '>']).next().unwrap_or_default().trim();
            // Nor is a dependency, `zhengben = …`, a call.
            if let Some(arguments) = arguments(call).filter(|_| !call.contains(['\n', '{'])) {
                is_a_call(&arguments, &format!("{name}: {span}"));
                calls += 1;
            }
        }
    }
    assert!(calls >= 12, "{calls}");
}
