//! Large inputs, record by record, in memory that does not grow with them.
//!
//! In JSON Lines each string of a named field is a document of its own, with its own
//! evidence: that one record is spun says nothing about the next, nor a record's title
//! about its body. A [`RecordCleaner`] does one record; [`clean`] a stream of them;
//! [`Batches`] cuts a stream into pieces that several threads can work on. The same of
//! WARC and WET is in `warc`, with the feature of that name. [`Blocks`] cuts a long plain
//! text.
//!
//! ```
//! use zhengben::records::{self, RecordCleaner};
//! use zhengben::{Cleaner, Scope};
//!
//! let cleaner = Cleaner::new();
//! let records = RecordCleaner::new(&cleaner, Scope::new().field("body"));
//! let input = r#"{"id": "漢語", "body": "\u958b\u767c"}
//! {"body": "沒有
//! "#;
//! let mut output = Vec::new();
//! let totals = records::clean(&records, input.as_bytes(), &mut output, &mut |_| {})?;
//! assert_eq!(output, r#"{"id": "漢語", "body": "\u5f00\u53d1"}
//! {"body": "沒有
//! "#.as_bytes());
//! assert_eq!((totals.records, totals.changed, totals.failed), (2, 1, 1));
//! # Ok::<(), std::io::Error>(())
//! ```

mod batch;
mod block;
mod line;
mod string;
#[cfg(test)]
mod tests;
#[cfg(feature = "warc")]
pub mod warc;

use std::io::{self, BufRead, Write};
use std::ops::AddAssign;

pub use batch::{Batch, Batches, Kind};
pub use block::{Block, Blocks};
pub use line::{RecordCleaner, RecordError};

use crate::cleaned::Cleaned;

/// Something to tell of a record.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// A string of a named field was cleaned, whether anything was found or not.
    Field {
        /// The number of the record's line, from 1.
        line: u64,
        /// The keys that lead to it, with dots between.
        field: &'e str,
        /// What came of it; its places are those of the string's text.
        cleaned: &'e Cleaned<'e>,
    },
    /// A record could not be read. It is passed through as it is.
    Failed {
        /// The number of the record's line, from 1.
        line: u64,
        /// What is wrong with it.
        error: RecordError,
    },
}

/// Counts of records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordTotals {
    /// Lines, with those that are empty; or records of WARC.
    pub records: u64,
    /// Those of them that were changed.
    pub changed: u64,
    /// Those of them that could not be read and were passed through.
    pub failed: u64,
    /// Strings of named fields, or texts of WARC records.
    pub fields: u64,
    /// Records of WARC that hold what a server sent, which was not to be cleaned.
    pub closed: u64,
    /// Those of which the body is compressed or not whole, so that it was not read.
    pub coded: u64,
    /// Those of which the text is not Chinese but in the encoding of another language.
    pub foreign: u64,
}

#[cfg(feature = "cli")]
impl RecordTotals {
    /// Those of one text.
    pub(crate) fn of_text(changed: bool) -> Self {
        RecordTotals {
            records: 1,
            changed: u64::from(changed),
            fields: 1,
            ..RecordTotals::default()
        }
    }
}

impl AddAssign for RecordTotals {
    fn add_assign(&mut self, other: RecordTotals) {
        self.records += other.records;
        self.changed += other.changed;
        self.failed += other.failed;
        self.fields += other.fields;
        self.closed += other.closed;
        self.coded += other.coded;
        self.foreign += other.foreign;
    }
}

/// Cleans a stream of records, on this thread.
///
/// # Errors
/// Those of the reader and of the writer. A record that cannot be read is none: it is
/// told of, and passed through.
pub fn clean(
    records: &RecordCleaner<'_>,
    input: impl BufRead,
    mut output: impl Write,
    tell: &mut dyn FnMut(Event<'_>),
) -> io::Result<RecordTotals> {
    let mut totals = RecordTotals::default();
    let mut cleaned = Vec::new();
    let mut batches = Batches::new(input);
    while let Some(batch) = batches.next_batch()? {
        cleaned.clear();
        totals += records.batch(&batch, &mut cleaned, tell);
        output.write_all(&cleaned)?;
    }
    output.flush()?;
    Ok(totals)
}
