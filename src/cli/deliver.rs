//! Where documents go: each to its place, and into the report.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::Instant;

use super::input::{InputError, is_binary, remedy};
use super::progress::Progress;
use super::summary::Summary;
use super::tasks::{Item, Task, Tasks};
use super::{Exit, Streams, jobs};
use crate::cleaned::Cleaned;
use crate::encoding::{DecodeError, EncodeError};
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

/// What came of a document.
struct Done {
    /// Nothing if the document is none.
    part: Option<Part>,
    /// What there is to say on stderr.
    talk: Vec<u8>,
    exit: Exit,
}

impl Done {
    fn failed(report: &dyn Report, name: &str, error: &dyn Display) -> io::Result<Self> {
        Ok(Done {
            part: Some(Part::failure(report, name, error)?),
            talk: format!("zhengben: {name}: {error}\n").into_bytes(),
            exit: Exit::Error,
        })
    }
}

/// Cleans each document, has it put where it belongs, and reports it on stdout; `put`
/// may have something to say of it. `talks` says whether stderr sums up.
pub(super) fn deliver<E: Display>(
    tasks: &Tasks,
    report: &dyn Report,
    talks: bool,
    put: impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E> + Sync,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let begun = Instant::now();
    let mut printer = Printer::new(report);
    let mut progress = Progress::new(tasks.items.len(), streams.stderr_is_terminal);
    let mut worst = Exit::Clean;
    let mut binary = 0;
    let work = |item: &Item| match item {
        Item::Task(task) => one(task, report, talks, &put),
        Item::Failed(name, error) => Done::failed(report, name, error),
    };
    jobs::in_order(
        &tasks.items,
        tasks.threads,
        work,
        |done: io::Result<Done>| {
            let Done { part, talk, exit } = done?;
            worst = worst.max(exit);
            progress.hidden_while(|| {
                streams.stderr.write_all(&talk)?;
                match part {
                    Some(part) => printer.print(streams.stdout, part),
                    None => {
                        binary += 1;
                        Ok(())
                    }
                }
            })?;
            progress.step();
            Ok(())
        },
    )?;
    progress.end();
    let totals = printer.finish(streams.stdout)?;
    if talks && tasks.sums_up {
        let summary = Summary {
            totals: &totals,
            binary,
            unknown: tasks.unknown,
            excluded: tasks.excluded,
            closed: &tasks.closed,
            time: begun.elapsed(),
        };
        writeln!(streams.stderr, "{summary}")?;
    }
    Ok(worst)
}

/// Does one document.
fn one<E: Display>(
    task: &Task,
    report: &dyn Report,
    talks: bool,
    put: &impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E>,
) -> io::Result<Done> {
    let Task { input, setup } = task;
    let name = &input.name;
    let bytes = match input.read() {
        Ok(bytes) => bytes,
        Err(error) => return Done::failed(report, name, &error),
    };
    if !input.is_named && is_binary(&bytes) {
        return Ok(Done {
            part: None,
            talk: Vec::new(),
            exit: Exit::Clean,
        });
    }
    let mut talk = Vec::new();
    let cleaned = match input.decode(&bytes, setup) {
        Ok(source) => {
            if let Some(closed) = source.closed() {
                let remedy = remedy(closed);
                writeln!(talk, "{name}: left alone: {closed}{remedy}")?;
            }
            setup.cleaner.clean(source)
        }
        Err(InputError::Decode(DecodeError::Foreign { encoding })) => {
            // Of files that are found the summary has the number.
            if input.is_named {
                writeln!(
                    talk,
                    "{name}: not Chinese but likely {encoding}; left alone"
                )?;
            }
            return Ok(Done {
                part: Some(Part::skipped(report, name, &bytes)?),
                talk,
                exit: Exit::Clean,
            });
        }
        Err(error) => return Done::failed(report, name, &error),
    };
    let note = match put(task, &cleaned) {
        Ok(note) => note,
        Err(error) => return Done::failed(report, name, &error),
    };
    let part = match Part::document(report, name, &cleaned) {
        Ok(part) => part,
        Err(ReportError::Encode(error)) => return Done::failed(report, name, &Unwritable(error)),
        Err(ReportError::Io(error)) => return Err(error),
    };
    if let Some(note) = note {
        writeln!(talk, "{name}: {note}")?;
    }
    if talks {
        write_summary(&mut talk, name, part.totals())?;
    }
    let exit = match part.totals().found {
        0 => Exit::Clean,
        _ => Exit::Findings,
    };
    Ok(Done {
        part: Some(part),
        talk,
        exit,
    })
}
