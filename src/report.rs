//! Reports of what cleaning made of documents, one format a file.
//!
//! A [`Report`] is a format. The [`Part`] of each document is made by itself, on
//! any thread, and a [`Printer`] writes the parts in the order in which it is given
//! them, with what stands before, between and behind them. Nothing here prints: all
//! is written to what the caller gives.
//!
//! ```
//! use zhengben::Cleaner;
//! use zhengben::report::{JsonLines, Part, Printer};
//!
//! let cleaner = Cleaner::new();
//! let report = JsonLines::default();
//! let mut out = Vec::new();
//! let mut printer = Printer::new(&report);
//! for (name, text) in [("a.txt", "没有问题"), ("b.txt", "漢語辭典")] {
//!     let part = Part::document(&report, name, &cleaner.clean(text))?;
//!     printer.print(&mut out, part)?;
//! }
//! let totals = printer.finish(&mut out)?;
//! assert_eq!((totals.documents, totals.changed), (2, 1));
//! assert_eq!(String::from_utf8(out)?.lines().count(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod diff;
mod excerpt;
mod fingerprint;
mod github;
mod html;
mod human;
mod joined;
mod json;
pub(crate) mod messages;
mod names;
pub(crate) mod paint;
mod printer;
mod sarif;
mod statistics;
mod text;
mod totals;
pub(crate) mod visible;

pub use diff::Diff;
pub(crate) use excerpt::shortened;
pub use github::Github;
pub use html::Html;
pub(crate) use human::write_excerpt;
pub use human::{Human, write_summary};
pub use json::{Json, JsonLines};
pub use names::Folder;
pub use paint::Paint;
pub use printer::{Entry, Failure, Index, Part, Printer};
pub use sarif::Sarif;
pub use statistics::Statistics;
pub use text::{Silent, Text};
pub use totals::{Tally, Totals};

use std::io::{self, Write};

use crate::cleaned::Cleaned;
use crate::encoding::EncodeError;
use crate::lang::Lang;

/// A format of reports.
///
/// Documents, failures and skipped documents are written by any thread, each by
/// itself; head and tail by the one that puts the report together.
pub trait Report: Sync {
    /// Writes the part of a document that was cleaned.
    ///
    /// # Errors
    /// Those of the writer, and [`ReportError::Encode`] where the part must be in the
    /// encoding of the document and cannot be.
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError>;

    /// Writes the part of a document that could not be read, or not be written.
    ///
    /// # Errors
    /// Those of the writer.
    fn failure(&self, _out: &mut dyn Write, _failure: &Failure) -> io::Result<()> {
        Ok(())
    }

    /// Writes the part of a document that was left alone.
    ///
    /// # Errors
    /// Those of the writer.
    fn skipped(&self, _out: &mut dyn Write, _name: &str, _bytes: &[u8]) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands before the parts. The index is empty unless the report
    /// [waits](Report::waits).
    ///
    /// # Errors
    /// Those of the writer.
    fn head(&self, _out: &mut dyn Write, _index: &Index) -> io::Result<()> {
        Ok(())
    }

    /// Whether the head says what is in the report, so that it can be written only
    /// when all parts are there.
    fn waits(&self) -> bool {
        false
    }

    /// The language in which the report is told what could not be done: English, unless
    /// the report is for a reader who speaks another.
    fn lang(&self) -> Lang {
        Lang::En
    }

    /// What stands between two parts that are not empty.
    fn separator(&self) -> &'static str {
        ""
    }

    /// Writes what stands behind the parts.
    ///
    /// # Errors
    /// Those of the writer.
    fn tail(&self, _out: &mut dyn Write, _index: &Index) -> io::Result<()> {
        Ok(())
    }
}

/// A document's part of a report could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The document's encoding cannot hold a replacement.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The writer failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}
