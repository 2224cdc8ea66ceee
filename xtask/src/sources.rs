//! Which text the model is trained, tuned and tested on.

use std::fs;
use std::path::Path;

use crate::{Failure, measure};

/// Says what each corpus file is for; its README describes the columns.
const SOURCES: &str = include_str!("../../dictionaries/models/sources.tsv");

/// Stands for a line break inside a document.
const LINE_BREAK: char = '␤';

/// The use of what is no text, but a model of words.
const WORDS: &str = "words";

/// Of so many documents of a training file, one is kept for testing and
/// another for tuning.
const PARTS: u64 = 50;
const TEST_PART: u64 = 0;
const TUNE_PART: u64 = 1;

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// The model is made from it.
    Train,
    /// Sizes, weights and discounts are chosen on it.
    Tune,
    /// The model is measured on it.
    Test,
    /// Nothing: its licence asks the same licence of what is made from it.
    Leave,
}

/// One corpus file.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its name without `.txt.xz`.
    pub(crate) name: &'static str,
    /// What it is for; a training file's held-out documents differ.
    pub(crate) purpose: Use,
    /// What it is about.
    pub(crate) domain: &'static str,
    /// How often each of its characters counts in training.
    pub(crate) weight: u32,
}

impl Source {
    /// All files of text, in the order of the list.
    pub(crate) fn all() -> Result<Vec<Source>, Failure> {
        Source::listed(SOURCES)
    }

    /// The files of another list in the same format, of whose columns the first
    /// four are needed.
    pub(crate) fn read(list: &Path) -> Result<Vec<Source>, Failure> {
        let text =
            fs::read_to_string(list).map_err(|error| format!("{}: {error}", list.display()))?;
        // It is needed as long as the command runs.
        Source::listed(text.leak())
    }

    fn listed(list: &'static str) -> Result<Vec<Source>, Failure> {
        list.lines()
            .filter(|line| !line.starts_with('#'))
            .filter(|line| line.split('\t').nth(1) != Some(WORDS))
            .map(|line| Source::parse(line).ok_or_else(|| format!("sources: {line:?}").into()))
            .collect()
    }

    fn parse(line: &'static str) -> Option<Source> {
        let mut columns = line.split('\t');
        Some(Source {
            name: columns.next()?,
            purpose: match columns.next()? {
                "train" => Use::Train,
                "tune" => Use::Tune,
                "test" => Use::Test,
                "leave" => Use::Leave,
                _ => return None,
            },
            domain: columns.next()?,
            weight: columns.next()?.parse().ok()?,
        })
    }

    /// Its documents, each with what it is for, line breaks restored.
    ///
    /// # Errors
    /// If the file is not in the folder, or `xz` cannot read it.
    pub(crate) fn documents(&self, corpora: &Path) -> Result<Vec<(Use, String)>, Failure> {
        let mut path = corpora.join(format!("{}.txt.xz", self.name));
        if !path.exists() {
            path = corpora.join(format!("{}.txt", self.name));
        }
        let text = measure::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let documents = text.lines().filter(|line| !line.trim().is_empty());
        let documents = documents.map(|line| {
            let purpose = match self.purpose {
                Use::Train => part(line),
                other => other,
            };
            (purpose, with_line_breaks(line))
        });
        Ok(documents.collect())
    }
}

/// A document from its line in a file.
pub(crate) fn with_line_breaks(line: &str) -> String {
    line.replace(LINE_BREAK, "\n")
}

/// What a document of a training file is for, by its hash: the same whatever
/// the file's order is, and for a copy of it in another file.
pub(crate) fn part(line: &str) -> Use {
    match hash(line.trim().as_bytes()) % PARTS {
        TEST_PART => Use::Test,
        TUNE_PART => Use::Tune,
        _ => Use::Train,
    }
}

/// FNV-1a of 64 bits.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
