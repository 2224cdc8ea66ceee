//! Where documents go: each to its place, and into the report.

mod archives;
mod lines;
mod outcome;
mod resume;
mod sink;
mod stream;
mod texts;

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
use crate::report::visible::visible;
use crate::report::{Folder, Part, Printer, Report, ReportError, write_summary};
use crate::source::Source;

pub(super) use stream::Target;

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
pub(super) struct Voice<'r> {
    pub(super) report: &'r dyn Report,
    /// Whether stderr sums up.
    pub(super) talks: bool,
    /// The language of stderr.
    pub(super) lang: Lang,
}

/// What came of a document.
pub(super) struct Done {
    /// Nothing if the document is none.
    part: Option<Part>,
    /// What there is to say on stderr.
    talk: Vec<u8>,
    exit: Exit,
}

impl Done {
    /// Does one document: `clean` cleans it, `put` has it put where it belongs.
    pub(super) fn of<E: Say>(
        item: &Item,
        voice: Voice<'_>,
        clean: impl for<'b> FnOnce(&Task, Source<'b>) -> io::Result<Cleaned<'b>>,
        put: &impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E>,
    ) -> io::Result<Self> {
        match item {
            Item::Task(task) => one(task, voice, clean, put),
            Item::Failed(name, error) => Done::failed(voice, name, error),
        }
    }

    /// Whoever reads the report need not speak the language of who runs the command.
    fn failed(voice: Voice<'_>, name: &str, error: &dyn Say) -> io::Result<Self> {
        let told = error.say(voice.report.lang());
        let error = error.say(voice.lang);
        Ok(Done {
            part: Some(Part::failure(voice.report, name, &told)?),
            talk: format!("zhengben: {}: {error}\n", visible(name)).into_bytes(),
            exit: Exit::Error,
        })
    }
}

/// Cleans each document, has it put where it belongs, and reports it on stdout; `put`
/// may have something to say of it, and `target` says where one goes that is read record
/// by record. `talks` says whether stderr sums up.
pub(super) fn deliver<E: Say>(
    tasks: &Tasks,
    report: &dyn Report,
    talks: bool,
    put: impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E> + Sync,
    target: impl Fn(&Task) -> Result<Target, E>,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let voice = Voice {
        report,
        talks,
        lang: streams.lang,
    };
    let mut delivery = Delivery::new(voice);
    let mut progress = Progress::new(tasks.items.len(), streams.stderr_is_terminal, streams.lang);
    let work = |item: &Item| Done::of(item, voice, clean, &put);
    // A document of records has all threads for itself.
    for run in tasks
        .items
        .chunk_by(|a, b| !a.is_by_record() && !b.is_by_record())
    {
        if let [Item::Task(task)] = run
            && task.by_record
        {
            progress.hidden_while(|| match target(task) {
                Ok(target) => stream::stream(task, &target, tasks.threads, &mut delivery, streams),
                Err(error) => {
                    let failed = Done::failed(voice, &task.input.name, &error)?;
                    delivery.hand_on(failed, streams)
                }
            })?;
            progress.step();
            continue;
        }
        jobs::in_order(run, tasks.threads, work, |done: io::Result<Done>| {
            let done = done?;
            progress.hidden_while(|| delivery.hand_on(done, streams))?;
            progress.step();
            Ok(())
        })?;
    }
    progress.end();
    delivery.finish(tasks, streams)
}

/// Cleans a document as its settings say.
fn clean<'b>(task: &Task, source: Source<'b>) -> io::Result<Cleaned<'b>> {
    Ok(task.setup.cleaner.clean(source))
}

/// What is delivered so far.
pub(super) struct Delivery<'r> {
    printer: Printer<'r>,
    voice: Voice<'r>,
    begun: Instant,
    worst: Exit,
    binary: usize,
}

impl<'r> Delivery<'r> {
    pub(super) fn new(voice: Voice<'r>) -> Self {
        Delivery {
            printer: Printer::new(voice.report),
            voice,
            begun: Instant::now(),
            worst: Exit::Clean,
            binary: 0,
        }
    }

    /// Hands on what came of the next document.
    pub(super) fn hand_on(&mut self, done: Done, streams: &mut Streams<'_>) -> io::Result<()> {
        self.hand_on_to(done, streams.stdout, streams.stderr)
    }

    fn hand_on_to(
        &mut self,
        done: Done,
        stdout: &mut dyn Write,
        stderr: &mut dyn Write,
    ) -> io::Result<()> {
        let Done { part, talk, exit } = done;
        self.worst = self.worst.max(exit);
        stderr.write_all(&talk)?;
        match part {
            Some(part) => self.printer.print(stdout, part),
            None => {
                self.binary += 1;
                Ok(())
            }
        }
    }

    pub(super) fn finish(self, tasks: &Tasks, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let totals = self.printer.finish(streams.stdout)?;
        if self.voice.talks && tasks.sums_up {
            let summary = Summary {
                totals: &totals,
                binary: self.binary,
                unknown: tasks.unknown,
                excluded: tasks.excluded,
                closed: &tasks.closed,
                time: self.begun.elapsed(),
                lang: self.voice.lang,
            };
            writeln!(streams.stderr, "{summary}")?;
        }
        Ok(self.worst)
    }
}

/// Does one document.
fn one<E: Say>(
    task: &Task,
    voice: Voice<'_>,
    clean: impl for<'b> FnOnce(&Task, Source<'b>) -> io::Result<Cleaned<'b>>,
    put: &impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E>,
) -> io::Result<Done> {
    let Voice {
        report,
        talks,
        lang,
    } = voice;
    let Task { input, setup, .. } = task;
    let name = &input.name;
    if task.is_warc() {
        return Done::failed(voice, name, &messages::archive_whole(lang));
    }
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
    if input.compression().is_some() {
        return Done::failed(voice, name, &messages::compressed_whole(lang));
    }
    let mut talk = Vec::new();
    let cleaned = match input.decode(&bytes, setup) {
        Ok(source) => {
            if let Some(closed) = source.closed() {
                let remark = messages::left_alone(lang, closed_why(closed, lang));
                writeln!(talk, "{}: {remark}", visible(name))?;
            }
            clean(task, source)?
        }
        Err(InputError::Decode(DecodeError::Foreign { encoding })) => {
            // Of files that are found the summary has the number.
            if input.is_named {
                let remark = messages::foreign(lang, encoding);
                writeln!(talk, "{}: {remark}", visible(name))?;
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
        writeln!(talk, "{}: {note}", visible(name))?;
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
