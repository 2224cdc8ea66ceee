//! Where documents go: each to its place, and into the report.

use std::fmt::Display;
use std::io;

use super::args::Inputs;
use super::input::{Input, Outcome};
use super::{Exit, Streams, complain};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::encoding::EncodeError;
use crate::report::{Folder, Part, Printer, Report, ReportError, write_summary};

/// A restored text cannot be written in the encoding that it is to be in.
#[derive(Debug, thiserror::Error)]
#[error("cannot be written back: {0}; nothing was changed")]
pub(super) struct Unwritable(pub(super) EncodeError);

/// The folder that reports for other programs take paths from; they stay as they are
/// where it is not known.
pub(super) fn here() -> Folder {
    std::env::current_dir().map_or_else(|_| Folder::default(), Folder::new)
}

/// Cleans each document, has it put where it belongs, and reports it on stdout; `put`
/// may have something to say of it. `talks` says whether stderr sums up.
pub(super) fn deliver<E: Display>(
    inputs: &Inputs,
    cleaner: &Cleaner,
    report: &dyn Report,
    talks: bool,
    mut put: impl FnMut(&Input, &Cleaned<'_>) -> Result<Option<String>, E>,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let mut printer = Printer::new(report);
    let exit = inputs.clean_each(cleaner, streams, |input, outcome, streams| {
        let name = &input.name;
        let mut fail = |error: &dyn Display, streams: &mut Streams<'_>| {
            printer.print(streams.stdout, Part::failure(report, name, error)?)?;
            complain(streams, name, error)
        };
        let cleaned = match outcome {
            Outcome::Cleaned(cleaned) => cleaned,
            Outcome::Foreign { encoding, bytes } => {
                printer.print(streams.stdout, Part::skipped(report, name, bytes)?)?;
                writeln!(
                    streams.stderr,
                    "{name}: not Chinese but likely {encoding}; left alone"
                )?;
                return Ok(Exit::Clean);
            }
            Outcome::Failed(error) => return fail(&error, streams),
        };
        let note = match put(input, &cleaned) {
            Ok(note) => note,
            Err(error) => return fail(&error, streams),
        };
        let part = match Part::document(report, name, &cleaned) {
            Ok(part) => part,
            Err(ReportError::Encode(error)) => return fail(&Unwritable(error), streams),
            Err(ReportError::Io(error)) => return Err(error),
        };
        if let Some(note) = note {
            writeln!(streams.stderr, "{name}: {note}")?;
        }
        if talks {
            write_summary(streams.stderr, name, part.totals())?;
        }
        let found = part.totals().found > 0;
        printer.print(streams.stdout, part)?;
        Ok(if found { Exit::Findings } else { Exit::Clean })
    })?;
    printer.finish(streams.stdout)?;
    Ok(exit)
}
