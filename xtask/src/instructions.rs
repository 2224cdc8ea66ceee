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
const SIZE: usize = 30_000;

/// The same of texts that are one document: what takes more than in proportion shows.
const LONG: usize = 150_000;

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

    /// Puts each of its documents into a file in a folder of its own.
    fn put_into(self, text: &Text, folder: &Path) -> Result<(), Failure> {
        let folder = folder.join(self.id());
        fs::create_dir_all(&folder)?;
        let documents: Vec<&[u8]> = match self.is_long {
            true => vec![&text.bytes],
            false => text.documents(usize::MAX).collect(),
        };
        for (number, document) in documents.iter().enumerate() {
            fs::write(folder.join(format!("{number:06}")), document)?;
        }
        Ok(())
    }

    /// The documents that are there.
    fn documents(self, folder: &Path) -> Result<Vec<Vec<u8>>, Failure> {
        let entries = fs::read_dir(folder.join(self.id()))?;
        let paths: Result<Vec<PathBuf>, _> = entries.map(|e| e.map(|e| e.path())).collect();
        let mut paths = paths?;
        paths.sort();
        Ok(paths.iter().map(fs::read).collect::<Result<_, _>>()?)
    }
}

/// Draws the texts.
const SEED: u64 = 1;

/// What changes how the build is optimised, and so the counts.
const OPTIMISATION: [&str; 4] = [
    "CARGO_PROFILE_DEV_",
    "CARGO_INCREMENTAL",
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
];

/// As `ci/instructions.sh` has it, which is what CI compiles for its tests: optimised in this
/// package and the library, with what debug builds check. A release build takes minutes.
const RECORDED_WITH: [(&str, &str); 4] = [
    ("CARGO_INCREMENTAL", "0"),
    ("CARGO_PROFILE_DEV_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_LTO", "off"),
];

/// What to do with the counts.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Record the counts instead of comparing them.
    #[arg(long)]
    overwrite: bool,
    /// Clean the documents of all texts, which are in this folder, for callgrind to count.
    #[arg(long, value_name = "DIR", hide = true)]
    count: Option<PathBuf>,
}

/// Counts, and compares or records.
///
/// # Errors
/// If a count is higher than the recorded one by more than the tolerance, or valgrind
/// fails.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(folder) = &arguments.count {
        return count(folder);
    }
    if !cfg!(debug_assertions) || is_optimised_otherwise(std::env::vars_os()) {
        return Err(
            "the counts would be another build's: ci/instructions.sh has the right one".into(),
        );
    }
    let path = release::repository().join(RECORDED);
    let folder = release::target().join("instructions");
    // Nothing of another run is to be taken for this one's.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut counts = Vec::new();
    for subject in Subject::all() {
        let text = subject.text()?;
        subject.put_into(&text, &folder)?;
        counts.push(Count {
            text: subject.id(),
            bytes: text.bytes.len(),
            hash: sources::hash(&text.bytes),
            instructions: 0,
        });
    }
    for (count, instructions) in counts.iter_mut().zip(callgrind(&folder)?) {
        count.instructions = instructions;
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
fn count(folder: &Path) -> Result<(), Failure> {
    let cleaner = Cleaner::new();
    for subject in Subject::all() {
        let documents = subject.documents(folder)?;
        let syntax = subject.kind.syntax();
        if !subject.is_long {
            counted(&cleaner, &documents[..1], syntax);
        }
        counted_run(&cleaner, &documents, syntax);
        counted_so_far();
    }
    Ok(())
}

/// What callgrind counts, by this name.
#[inline(never)]
fn counted_run(cleaner: &Cleaner, documents: &[Vec<u8>], syntax: Syntax) {
    counted(cleaner, documents, syntax);
}

/// Where callgrind writes what it has counted, and begins anew.
#[inline(never)]
fn counted_so_far() {
    black_box(());
}

fn counted(cleaner: &Cleaner, documents: &[Vec<u8>], syntax: Syntax) {
    for document in documents {
        if let Ok(source) = Source::decode(black_box(document)) {
            black_box(cleaner.clean(source.with_syntax(syntax)).text());
        }
    }
}

/// The instructions that each text takes. All are counted in one process: under callgrind,
/// what a cleaner loads takes longer to load than most texts to clean, and so does making them.
fn callgrind(folder: &Path) -> Result<Vec<u64>, Failure> {
    let out = folder.join("callgrind");
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--collect-atstart=no",
            "--toggle-collect=*counted_run*",
            "--dump-before=*counted_so_far*",
        ])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?)
        .args(["instructions", "--count"])
        .arg(folder)
        .output()
        .map_err(|error| format!("valgrind: {error}; ci/instructions.sh installs it"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let numbers = 1..=Subject::all().count();
    numbers
        .map(|number| total(&out.with_extension(number.to_string())))
        .collect()
}

/// What one of callgrind's files counts in all.
fn total(file: &Path) -> Result<u64, Failure> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals:"));
    match total.and_then(|total| total.trim().parse().ok()) {
        Some(0) | None => Err(format!("{}: nothing was counted", file.display()).into()),
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
