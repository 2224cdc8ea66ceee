//! What comes of the records of a piece.

use std::io::{self, Write};

use super::super::compression::Compression;
use super::super::input::InputError;
use super::super::said::Say;
use super::super::tasks::Task;
use crate::cleaned::Cleaned;
use crate::lang::Lang;
use crate::records::RecordTotals;
use crate::report::{Failure, Report, ReportError, Totals};

/// Of so many records of a document stderr says why they could not be read, and a report
/// that lists failures at its end; the others are counted.
pub(super) const TOLD: u64 = 20;

/// What ends the work on a document before its end.
pub(super) enum Trouble {
    Read(InputError),
    Write(io::Error),
    /// Our own output failed, which ends everything.
    Output(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Read(InputError::Read(error))
    }
}

/// What is to be read, how, and from where on.
pub(super) struct Reading<'r> {
    pub(super) task: &'r Task,
    pub(super) teller: Teller<'r>,
    /// How what is written is packed, if it is.
    pub(super) packs: Option<Compression>,
    pub(super) threads: usize,
    /// Records before, and how far the file is read.
    pub(super) records: u64,
    pub(super) offset: u64,
}

/// Takes what came of each piece, in order.
pub(super) type HandOn<'h> = &'h mut dyn FnMut(io::Result<Outcome>) -> Result<(), Trouble>;

/// What came of a piece.
#[derive(Default)]
pub(super) struct Outcome {
    /// To be written.
    pub(super) bytes: Vec<u8>,
    /// Whether the bytes, which are not packed yet, go into a member that was begun
    /// before, or is not ended by them.
    pub(super) is_open: bool,
    /// Bytes of records, and by how far the reading of the file has come forward.
    pub(super) length: u64,
    pub(super) read: u64,
    /// Whether a record begins behind it.
    pub(super) is_between_records: bool,
    pub(super) report: Vec<u8>,
    pub(super) totals: Totals,
    pub(super) records: RecordTotals,
    /// The first that failed.
    pub(super) failed: Vec<Told>,
    /// Why it could not be told.
    pub(super) error: Option<io::Error>,
}

/// A record that failed: what is said of it.
pub(super) struct Told {
    pub(super) record: u64,
    pub(super) said: String,
    pub(super) failure: Failure,
}

/// How what came of records is told.
#[derive(Clone, Copy)]
pub(super) struct Teller<'w> {
    pub(super) name: &'w str,
    /// The format of the report, and whether records are in it.
    pub(super) report: &'w dyn Report,
    pub(super) is_reported: bool,
    /// The language of stderr.
    pub(super) lang: Lang,
}

impl Teller<'_> {
    /// A text was cleaned that is to be called so.
    pub(super) fn cleaned(&self, outcome: &mut Outcome, path: String, cleaned: &Cleaned<'_>) {
        let found = Totals::of(cleaned);
        if found.found == 0 {
            return;
        }
        outcome.totals.edits += found.edits;
        for (&rule, &tally) in &found.rules {
            *outcome.totals.rules.entry(rule).or_default() += tally;
        }
        self.tell(outcome, |format, out| format.document(out, &path, cleaned));
    }

    /// A record could not be read.
    pub(super) fn failed(&self, outcome: &mut Outcome, record: u64, error: &dyn Say) {
        let name = format!("{}:{record}", self.name);
        let failure = Failure::new(name, error.say(self.report.lang()));
        self.tell(outcome, |format, out| Ok(format.failure(out, &failure)?));
        if (outcome.failed.len() as u64) < TOLD {
            outcome.failed.push(Told {
                record,
                said: error.say(self.lang),
                failure,
            });
        }
    }

    /// Writes into the report, behind what is there.
    fn tell(
        &self,
        outcome: &mut Outcome,
        write: impl FnOnce(&dyn Report, &mut dyn Write) -> Result<(), ReportError>,
    ) {
        if !self.is_reported || outcome.error.is_some() {
            return;
        }
        let report = &mut outcome.report;
        let before = report.len();
        if before > 0 {
            report.extend_from_slice(self.report.separator().as_bytes());
        }
        let begun = report.len();
        let written = write(self.report, report);
        if report.len() == begun {
            report.truncate(before);
        }
        outcome.error = match written {
            Ok(()) => None,
            Err(ReportError::Io(error)) => Some(error),
            Err(ReportError::Encode(error)) => Some(io::Error::other(error)),
        };
    }
}

impl Outcome {
    /// The outcome, if all could be told.
    pub(super) fn told(mut self) -> io::Result<Self> {
        match self.error.take() {
            None => Ok(self),
            Some(error) => Err(error),
        }
    }
}
