//! Putting a report together of the parts of its documents.

use std::fmt::Display;
use std::io::{self, Write};

use super::{Report, ReportError, Totals};
use crate::cleaned::Cleaned;
use crate::encoding::Encoding;

use super::totals::Tally;

/// A document's part of a report, ready to be written. It can be made on any
/// thread; a [`Printer`] puts the parts in order.
#[derive(Clone, Debug)]
pub struct Part {
    body: Vec<u8>,
    totals: Totals,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Document(Entry),
    Failure(Failure),
    Skipped,
    /// Of documents that are too many to be listed.
    Records(Vec<Failure>),
}

impl Part {
    /// The part of a document that was cleaned.
    ///
    /// # Errors
    /// [`ReportError`] if the format cannot hold the document, as a patch in the
    /// document's encoding cannot hold every character.
    pub fn document(
        report: &dyn Report,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<Self, ReportError> {
        let mut body = Vec::new();
        report.document(&mut body, name, cleaned)?;
        let totals = Totals::of(cleaned);
        let entry = Entry {
            name: name.to_owned(),
            encoding: cleaned.encoding(),
            bytes: totals.bytes,
            edits: totals.edits,
        };
        Ok(Part {
            body,
            totals,
            kind: Kind::Document(entry),
        })
    }

    /// The part of a document that could not be read, or not be written.
    ///
    /// # Errors
    /// Those of the report.
    pub fn failure(report: &dyn Report, name: &str, error: &dyn Display) -> io::Result<Self> {
        let failure = Failure {
            name: name.to_owned(),
            message: error.to_string(),
        };
        let mut body = Vec::new();
        report.failure(&mut body, &failure)?;
        Ok(Part {
            body,
            totals: Totals::failure(),
            kind: Kind::Failure(failure),
        })
    }

    /// The part of a document that was left alone, with its bytes.
    ///
    /// # Errors
    /// Those of the report.
    pub fn skipped(report: &dyn Report, name: &str, bytes: &[u8]) -> io::Result<Self> {
        let mut body = Vec::new();
        report.skipped(&mut body, name, bytes)?;
        Ok(Part {
            body,
            totals: Totals::skipped(),
            kind: Kind::Skipped,
        })
    }

    /// The part of some records of a document, with what is written of them, what is to
    /// be counted, and those that could not be read. Its records are not in the
    /// [`Index`].
    pub fn records(body: Vec<u8>, totals: Totals, failures: Vec<Failure>) -> Self {
        Part {
            body,
            totals,
            kind: Kind::Records(failures),
        }
    }

    /// What was found in the document.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }
}

/// What a report's head and tail are made from.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Index {
    /// The documents in which something was found, in the order of the report.
    pub documents: Vec<Entry>,
    /// What could not be read or written.
    pub failures: Vec<Failure>,
    /// Counts over all documents.
    pub totals: Totals,
}

/// A document of a report.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// Its path, or what else it is called.
    pub name: String,
    /// The encoding that it is in.
    pub encoding: Encoding,
    /// Its length.
    pub bytes: u64,
    /// Its edits.
    pub edits: Tally,
}

/// A document that could not be read, or not be written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// Its path, or what else it is called.
    pub name: String,
    /// What is wrong.
    pub message: String,
}

impl Failure {
    /// What is wrong with a document.
    pub fn new(name: impl Into<String>, message: impl Into<String>) -> Self {
        Failure {
            name: name.into(),
            message: message.into(),
        }
    }
}

/// Writes a report, part after part.
#[allow(missing_debug_implementations)]
pub struct Printer<'r> {
    report: &'r dyn Report,
    index: Index,
    /// Whether the head is written.
    begun: bool,
    /// Whether a part is written.
    followed: bool,
    /// Parts that wait for the head.
    waiting: Vec<Vec<u8>>,
}

impl<'r> Printer<'r> {
    /// A printer of a report that has not begun.
    pub fn new(report: &'r dyn Report) -> Self {
        Printer {
            report,
            index: Index::default(),
            begun: false,
            followed: false,
            waiting: Vec::new(),
        }
    }

    /// Takes the next part.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn print(&mut self, out: &mut dyn Write, part: Part) -> io::Result<()> {
        self.index.totals += &part.totals;
        match part.kind {
            Kind::Document(entry) if entry.edits.total() > 0 => self.index.documents.push(entry),
            Kind::Failure(failure) => self.index.failures.push(failure),
            Kind::Records(failures) => self.index.failures.extend(failures),
            Kind::Document(_) | Kind::Skipped => {}
        }
        if self.report.waits() {
            self.waiting.push(part.body);
            return Ok(());
        }
        self.begin(out)?;
        self.body(out, &part.body)
    }

    /// Ends the report; what it was about.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<Totals> {
        self.begin(out)?;
        for body in std::mem::take(&mut self.waiting) {
            self.body(out, &body)?;
        }
        self.report.tail(out, &self.index)?;
        Ok(self.index.totals)
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match std::mem::replace(&mut self.begun, true) {
            true => Ok(()),
            false => self.report.head(out, &self.index),
        }
    }

    fn body(&mut self, out: &mut dyn Write, body: &[u8]) -> io::Result<()> {
        if body.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.followed, true) {
            out.write_all(self.report.separator().as_bytes())?;
        }
        out.write_all(body)
    }
}
