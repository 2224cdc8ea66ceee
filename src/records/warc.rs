//! WARC and WET files, record by record.
//!
//! A WET file has the text of each page in a `conversion` record, which is a document of
//! its own. `response` and `resource` records hold what a server sent; a [`WarcCleaner`]
//! cleans them only when it is told to. All other records stay as they are.
//!
//! ```
//! use zhengben::Cleaner;
//! use zhengben::records::warc::{self, WarcCleaner};
//!
//! let head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n";
//! let input = format!("{head}Content-Length: 12\r\n\r\n漢語辭典\r\n\r\n");
//! let cleaner = Cleaner::new();
//! let mut output = Vec::new();
//! let records = WarcCleaner::new(&cleaner);
//! let totals = warc::clean(&records, input.as_bytes(), &mut output, &mut |_| {})?;
//! assert_eq!(output, input.replace("漢語辭典", "汉语辞典").as_bytes());
//! assert_eq!((totals.records, totals.changed), (1, 1));
//! # Ok::<(), std::io::Error>(())
//! ```

mod batch;
mod digest;
mod framing;
mod head;
mod http;
mod record;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{self, BufRead, Write};

pub use batch::{Batch, Batches, Place, parts};
pub use framing::Part;
#[cfg(feature = "cli")]
pub(crate) use framing::beginning;
pub use record::WarcCleaner;

use super::RecordTotals;
use crate::cleaned::Cleaned;
use crate::encoding::{DecodeError, EncodeError};

/// Something to tell of a record.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// The text of a record was cleaned, whether anything was found or not.
    Document {
        /// The number of the record, from 1.
        record: u64,
        /// What came of it; its places are those of the record's text.
        cleaned: &'e Cleaned<'e>,
    },
    /// A record could not be read or not be written. It is passed through as it is.
    Failed {
        /// The number of the record, from 1.
        record: u64,
        /// What is wrong with it.
        error: WarcError,
    },
}

/// A record that is passed through, and why.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub struct WarcError {
    /// The bytes of the file before the record.
    pub offset: u64,
    /// Its `WARC-Record-ID`, if that can be read.
    pub id: Option<String>,
    /// What is wrong.
    #[source]
    pub fault: WarcFault,
}

impl fmt::Display for WarcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WarcError { offset, id, fault } = self;
        match id {
            Some(id) => write!(f, "{fault} (byte {offset}, {id}); left as it is"),
            None => write!(f, "{fault} (byte {offset}); left as it is"),
        }
    }
}

/// What can be wrong with a record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WarcFault {
    /// It is not to be told where it begins or ends.
    #[error(transparent)]
    Misframed(#[from] Misframed),
    /// It is longer than what is read at once.
    #[error("the record is too long")]
    Long,
    /// A digest of it would have to be made anew, and nobody knows how.
    #[error("{field} is neither SHA-1 nor SHA-256, and what is changed needs a new one")]
    UnknownDigest {
        /// The field that has the digest.
        field: &'static str,
    },
    /// A digest of it says that it is not what it was.
    #[error("{field} is not that of the record")]
    WrongDigest {
        /// The field that has the digest.
        field: &'static str,
    },
    /// Its text cannot be read.
    #[error(transparent)]
    Decode(DecodeError),
    /// Its encoding cannot hold the cleaned text.
    #[error(transparent)]
    Encode(EncodeError),
}

/// Why a record is not to be told from what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misframed {
    /// Where it should begin, there is something else.
    #[error("no record begins here")]
    Beginning,
    /// Its head does not end, has a line that is no field, or says no length.
    #[error("the head of the record cannot be read")]
    Head,
    /// Its `Content-Length` does not lead to two line ends.
    #[error("the record does not end where its Content-Length says")]
    Length,
    /// The file ends before it does.
    #[error("the file ends within the record")]
    BreaksOff,
}

/// Cleans a stream of records, on this thread.
///
/// # Errors
/// Those of the reader and of the writer. A record that cannot be read is none: it is
/// told of, and passed through.
pub fn clean(
    records: &WarcCleaner<'_>,
    input: impl BufRead,
    mut output: impl Write,
    tell: &mut dyn FnMut(Event<'_>),
) -> io::Result<RecordTotals> {
    let mut totals = RecordTotals::default();
    let mut cleaned = Vec::new();
    let mut batches = Batches::new(input);
    while let Some(batch) = batches.next_batch()? {
        cleaned.clear();
        for (place, part, bytes) in batch.parts() {
            totals += records.part(place, part, bytes, &mut cleaned, tell);
        }
        output.write_all(&cleaned)?;
    }
    output.flush()?;
    Ok(totals)
}
