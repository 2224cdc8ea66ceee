//! The wording dictionary: its format, its parser and its verifier.
//!
//! The format is described in `dictionaries/wording/README.md`, and every
//! row of the built-in dictionary is parsed and verified by the tests. One's own
//! rows are a [`Dictionary`].

mod context;
mod entry;
mod owned;
mod pattern;
mod patterns;
mod surroundings;
mod verify;

pub use context::{Context, ContextError};
pub use entry::{Contexts, Decision, Entry, Fix, parse};
pub use owned::Dictionary;
pub(crate) use owned::RowPlace;
pub(crate) use pattern::Pattern;
pub(crate) use patterns::Patterns;
pub use surroundings::WINDOW;
pub(crate) use surroundings::{Near, Surroundings};
pub use verify::verify;

use std::fmt;

/// The built-in dictionary's files, each with its name.
static BUILT_IN: [(&str, &str); 16] = [
    ("cars.tsv", include_str!("../dictionaries/wording/cars.tsv")),
    (
        "education.tsv",
        include_str!("../dictionaries/wording/education.tsv"),
    ),
    (
        "energy.tsv",
        include_str!("../dictionaries/wording/energy.tsv"),
    ),
    (
        "everyday.tsv",
        include_str!("../dictionaries/wording/everyday.tsv"),
    ),
    (
        "fashion.tsv",
        include_str!("../dictionaries/wording/fashion.tsv"),
    ),
    (
        "finance.tsv",
        include_str!("../dictionaries/wording/finance.tsv"),
    ),
    ("food.tsv", include_str!("../dictionaries/wording/food.tsv")),
    ("home.tsv", include_str!("../dictionaries/wording/home.tsv")),
    (
        "industry.tsv",
        include_str!("../dictionaries/wording/industry.tsv"),
    ),
    ("it.tsv", include_str!("../dictionaries/wording/it.tsv")),
    (
        "legal.tsv",
        include_str!("../dictionaries/wording/legal.tsv"),
    ),
    (
        "medicine.tsv",
        include_str!("../dictionaries/wording/medicine.tsv"),
    ),
    (
        "policy.tsv",
        include_str!("../dictionaries/wording/policy.tsv"),
    ),
    ("site.tsv", include_str!("../dictionaries/wording/site.tsv")),
    (
        "sport.tsv",
        include_str!("../dictionaries/wording/sport.tsv"),
    ),
    (
        "travel.tsv",
        include_str!("../dictionaries/wording/travel.tsv"),
    ),
];

/// The built-in dictionary's files, each with its name.
pub(crate) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILT_IN.into_iter()
}

/// The rows of the built-in dictionary.
pub fn built_in() -> Vec<Entry<'static>> {
    let mut entries = Vec::new();
    for (file, text) in BUILT_IN {
        entries.extend(entry::rows(file, text).expect("a test parses every built-in file"));
    }
    entries
}

/// What is wrong with a dictionary, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {problem}")]
pub struct DictionaryError {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a dictionary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The first line does not name the columns.
    #[error("the first line must name the columns: {}", entry::HEADER.join("\\t"))]
    Header,
    /// A row has too few or too many columns.
    #[error("{found} columns, where {} are expected, separated by one tab each", entry::HEADER.len())]
    Columns {
        /// How many it has.
        found: usize,
    },
    /// A cell that must be filled is empty.
    #[error("the column {column} must not be empty: fill it in")]
    Empty {
        /// The column's name.
        column: &'static str,
    },
    /// The spun word is a single character.
    #[error("a spun word has two characters or more: write it with what stands next to it")]
    Short,
    /// The cell `safety` holds another word.
    #[error("safety is `safe`, `model`, `unsafe` or `display`")]
    Safety,
    /// A context does not parse.
    #[error(transparent)]
    Context(#[from] ContextError),
    /// A fix context asks for a word that is not among the originals.
    #[error("{word} is not among the originals: add it there")]
    Original {
        /// That word.
        word: String,
    },
    /// A row is not in its place.
    #[error("{spun} belongs before {previous}: rows are sorted by spun word and family")]
    Order {
        /// The row's spun word.
        spun: String,
        /// The row before it.
        previous: String,
    },
    /// A word stands for itself.
    #[error("{spun} is among its own originals: take it out")]
    SelfMap {
        /// That word.
        spun: String,
    },
    /// Two rows of a family have the same spun word.
    #[error("family {family} has {spun} already, in {other}: make one row of them")]
    Duplicate {
        /// The spun word.
        spun: String,
        /// The family.
        family: String,
        /// Where the other row is.
        other: String,
    },
    /// Fix contexts of one family lead back to where they began.
    #[error("a cycle in family {family}: {}: take out one of their fix contexts", .words.join(" → "))]
    Cycle {
        /// The family.
        family: String,
        /// The words on the way.
        words: Vec<String>,
    },
    /// Another row decides every occurrence in the same way.
    #[error("{spun} never has a say: {by} in {other} decides it already; take it out")]
    Shadowed {
        /// The row's spun word.
        spun: String,
        /// The other row's spun word.
        by: String,
        /// Where the other row is.
        other: String,
    },
    /// A context both keeps and fixes.
    #[error("`{context}` stands among the keep and the fix contexts: take it out of one")]
    Contradiction {
        /// The context.
        context: String,
    },
}

/// Where a row stands, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'d> {
    /// The file's name, as it was given.
    pub file: &'d str,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
