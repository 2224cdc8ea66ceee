//! `cargo xtask instructions`: how many instructions cleaning takes, which is the same
//! whatever else the machine does, compared with what is recorded.
//!
//! Valgrind's callgrind counts, and only within [`counted_run`]: neither loading what a
//! cleaner needs nor the first document, which makes tables on first use, is counted.

mod recorded;

use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use zhengben::{Cleaner, Source, Syntax};

use crate::texts::{Kind, Pages, Text, Traditional};
use crate::{Failure, release, sources};

use recorded::{Count, Record};

/// Where the counts are recorded, in the repository.
const RECORDED: &str = "xtask/data/instructions.tsv";

/// The size of each text, in bytes: callgrind takes fifty times as long.
const SIZE: usize = 60_000;

/// The same of texts that are one document: what takes more than in proportion shows.
const LONG: usize = 300_000;

/// A text that is counted on.
#[derive(Clone, Copy)]
struct Subject {
    kind: Kind,
    is_long: bool,
}

impl Subject {
    /// In documents of 1 KB all, and those that a filter has left its marks in whole too:
    /// how they are read depends on the whole page.
    fn all() -> impl Iterator<Item = Subject> {
        let short = Kind::ALL.into_iter().map(|kind| Subject {
            kind,
            is_long: false,
        });
        let long = [Kind::Glossed, Kind::Damaged];
        short.chain(long.map(|kind| Subject {
            kind,
            is_long: true,
        }))
    }

    fn id(self) -> String {
        let suffix = if self.is_long { "-long" } else { "" };
        format!("{}{suffix}", self.kind.id())
    }

    /// Sentences of the repository.
    fn text(self) -> Result<Text, Failure> {
        let size = if self.is_long { LONG } else { SIZE };
        let pages = Pages::of_repository(size, SEED);
        self.kind.make(&pages, &Traditional::Characters, SEED)
    }
}

/// Draws the texts.
const SEED: u64 = 1;

/// What changes how a release build is optimised, and so the counts.
const OPTIMISATION: [&str; 3] = [
    "CARGO_PROFILE_RELEASE_",
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
];

/// As `ci/instructions.sh` has it: without optimisation at link time, which takes minutes.
const RECORDED_WITH: [(&str, &str); 2] = [
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
];

/// What to do with the counts.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Record the counts instead of comparing them.
    #[arg(long)]
    overwrite: bool,
    /// Clean the documents of a text, for callgrind to count.
    #[arg(long, value_name = "TEXT", hide = true)]
    count: Option<String>,
}

/// Counts, and compares or records.
///
/// # Errors
/// If a count is higher than the recorded one by more than the tolerance, or valgrind
/// fails.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(kind) = &arguments.count {
        return count(kind);
    }
    if is_optimised_otherwise(std::env::vars_os()) {
        return Err(
            "the counts would be another build's: ci/instructions.sh has the right one".into(),
        );
    }
    if release::again()? {
        return Ok(());
    }
    let path = release::repository().join(RECORDED);
    let folder = release::target().join("instructions");
    fs::create_dir_all(&folder)?;
    let mut counts = Vec::new();
    for subject in Subject::all() {
        let text = subject.text()?;
        counts.push(Count {
            text: subject.id(),
            bytes: text.bytes.len(),
            hash: sources::hash(&text.bytes),
            instructions: callgrind(&subject.id(), &folder)?,
        });
    }
    let now = Record {
        compiler: recorded::compiler()?,
        processor: recorded::processor(),
        counts,
    };
    if arguments.overwrite {
        fs::write(&path, now.to_text())?;
        return Ok(());
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("{RECORDED}: {error}"))?;
    compare(&now, &Record::parse(&text)?)
}

/// Whether variables of the environment ask for another build than the recorded one.
fn is_optimised_otherwise(variables: impl Iterator<Item = (OsString, OsString)>) -> bool {
    let mut set: Vec<(OsString, OsString)> = variables
        .filter(|(name, _)| {
            let name = name.to_string_lossy();
            OPTIMISATION.iter().any(|start| name.starts_with(start))
        })
        .collect();
    set.sort();
    set != RECORDED_WITH.map(|(name, value)| (name.into(), value.into()))
}

/// Cleans the documents, under callgrind.
fn count(id: &str) -> Result<(), Failure> {
    let subject = Subject::all().find(|known| known.id() == id);
    let subject = subject.ok_or("there is no such text")?;
    let text = subject.text()?;
    let documents: Vec<&[u8]> = text.documents(usize::MAX).collect();
    let (cleaner, syntax) = (Cleaner::new(), subject.kind.syntax());
    counted(&cleaner, &documents[..1], syntax);
    match subject.is_long {
        true => counted_run(&cleaner, &[&text.bytes], syntax),
        false => counted_run(&cleaner, &documents, syntax),
    }
    Ok(())
}

/// What callgrind counts, by this name.
#[inline(never)]
fn counted_run(cleaner: &Cleaner, documents: &[&[u8]], syntax: Syntax) {
    counted(cleaner, documents, syntax);
}

fn counted(cleaner: &Cleaner, documents: &[&[u8]], syntax: Syntax) {
    for document in documents {
        if let Ok(source) = Source::decode(black_box(document)) {
            black_box(cleaner.clean(source.with_syntax(syntax)).text());
        }
    }
}

/// The instructions that a text takes.
fn callgrind(id: &str, folder: &Path) -> Result<u64, Failure> {
    let out: PathBuf = folder.join(format!("{id}.callgrind"));
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--collect-atstart=no",
            "--toggle-collect=*counted_run*",
        ])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?)
        .args(["instructions", "--count", id])
        .output()
        .map_err(|error| format!("valgrind: {error}; ci/instructions.sh installs it"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let text = fs::read_to_string(&out)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals:"));
    match total.and_then(|total| total.trim().parse().ok()) {
        Some(0) | None => Err(format!("{}: nothing was counted", out.display()).into()),
        Some(instructions) => Ok(instructions),
    }
}

/// Prints a row for each text.
#[expect(clippy::print_stdout, reason = "it is a report")]
fn compare(now: &Record, recorded: &Record) -> Result<(), Failure> {
    for (name, now, recorded) in [
        ("compiler", &now.compiler, &recorded.compiler),
        ("processor", &now.processor, &recorded.processor),
    ] {
        if now != recorded {
            println!("the {name} is {now}; recorded with {recorded}");
        }
    }
    let mut more = Vec::new();
    println!("{:16} {:>14} {:>14}", "text", "instructions", "recorded");
    for count in &now.counts {
        let old = recorded.counts.iter().find(|old| old.text == count.text);
        let verdict = old.map(|old| now.verdict(count, recorded, old));
        let told = match &verdict {
            None => "not recorded".to_owned(),
            Some(verdict) => verdict.to_string(),
        };
        let old = old.map_or(0, |old| old.instructions);
        println!(
            "{:16} {:>14} {old:>14}  {told}",
            count.text, count.instructions
        );
        if !verdict.is_some_and(|verdict| verdict.passes()) {
            more.push(count.text.as_str());
        }
    }
    match more.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "more instructions than recorded, or none recorded: {}; if that is meant, \
             `ci/instructions.sh --overwrite` records them",
            more.join(", ")
        )
        .into()),
    }
}
