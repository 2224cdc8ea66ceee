//! Where documents go: each to its place, and into the report.

use std::io::{self, Write};
use std::time::Instant;

use super::input::{InputError, closed_why, is_binary};
use super::messages;
use super::progress::Progress;
use super::said::Say;
use super::summary::Summary;
use super::tasks::{Item, Task, Tasks};
use super::{Exit, Streams, jobs};
use crate::cleaned::Cleaned;
use crate::encoding::{DecodeError, EncodeError};
use crate::lang::Lang;
use crate::report::{Folder, Part, Printer, Report, ReportError, write_summary};

/// A restored text cannot be written in the encoding that it is to be in.
#[derive(Debug, thiserror::Error)]
pub(super) struct Unwritable(pub(super) EncodeError);

/// The folder that reports for other programs take paths from; they stay as they are
/// where it is not known.
pub(super) fn here() -> Folder {
    std::env::current_dir().map_or_else(|_| Folder::default(), Folder::new)
}

/// How what came of documents is told.
#[derive(Clone, Copy)]
struct Voice<'r> {
    report: &'r dyn Report,
    /// Whether stderr sums up.
    talks: bool,
    /// The language of stderr.
    lang: Lang,
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
    /// Whoever reads the report need not speak the language of who runs the command.
    fn failed(voice: Voice<'_>, name: &str, error: &dyn Say) -> io::Result<Self> {
        let told = error.say(voice.report.lang());
        let error = error.say(voice.lang);
        Ok(Done {
            part: Some(Part::failure(voice.report, name, &told)?),
            talk: format!("zhengben: {name}: {error}\n").into_bytes(),
            exit: Exit::Error,
        })
    }
}

/// Cleans each document, has it put where it belongs, and reports it on stdout; `put`
/// may have something to say of it. `talks` says whether stderr sums up.
pub(super) fn deliver<E: Say>(
    tasks: &Tasks,
    report: &dyn Report,
    talks: bool,
    put: impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E> + Sync,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let begun = Instant::now();
    let lang = streams.lang;
    let voice = Voice {
        report,
        talks,
        lang,
    };
    let mut printer = Printer::new(report);
    let mut progress = Progress::new(tasks.items.len(), streams.stderr_is_terminal, lang);
    let mut worst = Exit::Clean;
    let mut binary = 0;
    let work = |item: &Item| match item {
        Item::Task(task) => one(task, voice, &put),
        Item::Failed(name, error) => Done::failed(voice, name, error),
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
            lang,
        };
        writeln!(streams.stderr, "{summary}")?;
    }
    Ok(worst)
}

/// Does one document.
fn one<E: Say>(
    task: &Task,
    voice: Voice<'_>,
    put: &impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E>,
) -> io::Result<Done> {
    let Voice {
        report,
        talks,
        lang,
    } = voice;
    let Task { input, setup } = task;
    let name = &input.name;
    let bytes = match input.read() {
        Ok(bytes) => bytes,
        Err(error) => return Done::failed(voice, name, &error),
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
                let remark = messages::left_alone(lang, closed_why(closed, lang));
                writeln!(talk, "{name}: {remark}")?;
            }
            setup.cleaner.clean(source)
        }
        Err(InputError::Decode(DecodeError::Foreign { encoding })) => {
            // Of files that are found the summary has the number.
            if input.is_named {
                let remark = messages::foreign(lang, encoding);
                writeln!(talk, "{name}: {remark}")?;
            }
            return Ok(Done {
                part: Some(Part::skipped(report, name, &bytes)?),
                talk,
                exit: Exit::Clean,
            });
        }
        Err(error) => return Done::failed(voice, name, &error),
    };
    let note = match put(task, &cleaned) {
        Ok(note) => note,
        Err(error) => return Done::failed(voice, name, &error),
    };
    let part = match Part::document(report, name, &cleaned) {
        Ok(part) => part,
        Err(ReportError::Encode(error)) => return Done::failed(voice, name, &Unwritable(error)),
        Err(ReportError::Io(error)) => return Err(error),
    };
    if let Some(note) = note {
        writeln!(talk, "{name}: {note}")?;
    }
    if talks {
        write_summary(&mut talk, name, part.totals(), lang)?;
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
