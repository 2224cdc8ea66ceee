//! A document that is read, cleaned and written record by record.

use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::super::compression::{self, Compression};
use super::super::input::{InputError, closed_why};
use super::super::jobs::in_order_of;
use super::super::messages;
use super::super::replace::ReplaceError;
use super::super::said::Say;
use super::super::tasks::Task;
use super::super::{Exit, Streams};
use super::resume;
use super::sink::Sink;
use super::{Delivery, Done, Voice};
use crate::records::{Batch, Batches, Event, Kind, RecordCleaner, RecordError, RecordTotals};
use crate::regions::Closed;
use crate::report::visible::visible;
use crate::report::{Failure, Part, Report, ReportError, Totals, write_summary};

/// Where the records of a document go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Target {
    /// They are only reported.
    Nowhere,
    Stdout,
    /// Into the file that they are from, if something changes.
    Back(PathBuf),
    /// Into another file.
    File(PathBuf),
    /// The same, going on where an earlier run was ended.
    Resumed(PathBuf),
}

impl Target {
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Target::Nowhere | Target::Stdout => None,
            Target::Back(path) | Target::File(path) | Target::Resumed(path) => Some(path),
        }
    }
}

/// Of so many records of a document stderr says why they could not be read, and a report
/// that lists failures at its end; the others are counted.
const TOLD: u64 = 20;

/// What ends the work on a document before its end.
enum Trouble {
    Read(io::Error),
    Write(io::Error),
    /// Our own output failed, which ends everything.
    Output(io::Error),
}

/// What came of a batch.
struct Outcome {
    /// To be written as it is.
    bytes: Vec<u8>,
    length: u64,
    /// Whether a record begins behind it.
    is_between_records: bool,
    report: Vec<u8>,
    totals: Totals,
    records: RecordTotals,
    failed: Vec<(u64, RecordError)>,
}

/// Cleans a document record by record and delivers it.
pub(super) fn stream(
    task: &Task,
    target: &Target,
    threads: usize,
    delivery: &mut Delivery<'_>,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let voice = delivery.voice;
    let name = &task.input.name;
    let Streams {
        stdin,
        stdout,
        stderr,
        ..
    } = streams;
    if let Target::Resumed(path) = target
        && resume::is_done(path, task)
    {
        let lang = voice.lang;
        let remark = messages::done_already(lang, path.display());
        let talk = format!("{}: {remark}\n", visible(name)).into_bytes();
        let part = Part::records(Vec::new(), Totals::default(), Vec::new());
        let done = Done {
            part: Some(part),
            talk,
            exit: Exit::Clean,
        };
        return delivery.hand_on_to(done, *stdout, *stderr);
    }
    let mut course = Course {
        task,
        voice,
        totals: Totals::default(),
        records: RecordTotals::default(),
        found_before: false,
    };
    let ended = course.run(target, threads, delivery, *stdin, *stdout, *stderr);
    let done = match ended {
        Ok(note) => course.done(note)?,
        Err(Trouble::Read(error)) => Done::failed(voice, name, &InputError::Read(error))?,
        Err(Trouble::Write(error)) => {
            let path = target.path().unwrap_or(Path::new(name));
            Done::failed(voice, name, &ReplaceError::new(path, error))?
        }
        Err(Trouble::Output(error)) => return Err(error),
    };
    delivery.hand_on_to(done, *stdout, *stderr)
}

/// The work on a document.
struct Course<'t> {
    task: &'t Task,
    voice: Voice<'t>,
    totals: Totals,
    records: RecordTotals,
    /// Whether something was found in what an earlier run has done.
    found_before: bool,
}

impl Course<'_> {
    /// Does the work; what is to be said of the file.
    fn run(
        &mut self,
        target: &Target,
        threads: usize,
        delivery: &mut Delivery<'_>,
        stdin: &mut dyn Read,
        stdout: &mut dyn Write,
        stderr: &mut dyn Write,
    ) -> Result<Option<String>, Trouble> {
        let (input, setup) = (&self.task.input, &self.task.setup);
        let mut sink = Sink::open(target, self.task).map_err(Trouble::Write)?;
        let mut begin = 0;
        if let Some(mark) = sink.resumed() {
            begin = mark.read;
            (self.records, self.found_before) = (mark.records(), mark.found);
            self.totals.bytes = mark.read;
            let remark = messages::goes_on(self.voice.lang, self.records.records + 1);
            let said = writeln!(stderr, "{}: {remark}", visible(&input.name));
            said.map_err(Trouble::Output)?;
        }
        let file = match &input.path {
            Some(path) => compression::open_at(path, begin),
            None => compression::unpacked(BufReader::new(stdin), input.compression()),
        };
        let file = file.map_err(Trouble::Read)?;
        let mut batches = Batches::from_line(file, self.records.records + 1);
        let cleaner = RecordCleaner::new(&setup.cleaner, setup.scope.clone());
        let worker = Worker {
            name: &input.name,
            report: (*target != Target::Stdout).then_some(self.voice.report),
            packs: sink.packs_batches(),
        };
        in_order_of(
            threads,
            || batches.next_batch().map_err(Trouble::Read),
            |batch| batch.bytes.len() as u64,
            |batch| worker.work(&cleaner, &batch),
            |outcome: io::Result<Outcome>| {
                let outcome = outcome.map_err(Trouble::Output)?;
                match &mut sink {
                    Sink::Nowhere => {}
                    Sink::Stdout => stdout.write_all(&outcome.bytes).map_err(Trouble::Output)?,
                    sink => sink.write(&outcome.bytes).map_err(Trouble::Write)?,
                }
                let is_between_records = outcome.is_between_records;
                let done = self.batch(outcome).map_err(Trouble::Output)?;
                if is_between_records {
                    let found = self.found_before || self.totals.edits.total() > 0;
                    let marked = sink.mark(self.totals.bytes, self.records, found);
                    marked.map_err(Trouble::Write)?;
                }
                let handed = delivery.hand_on_to(done, &mut *stdout, &mut *stderr);
                handed.map_err(Trouble::Output)
            },
        )?;
        let is_wanted = self.records.changed > 0 || !matches!(target, Target::Back(_));
        let had_other_names = match is_wanted {
            true => sink.finish().map_err(Trouble::Write)?,
            false => false,
        };
        Ok(had_other_names.then(|| messages::hard_links(self.voice.lang)))
    }

    /// Counts what came of a batch, and what there is to say of it.
    fn batch(&mut self, outcome: Outcome) -> io::Result<Done> {
        let Outcome {
            length,
            report,
            totals,
            records,
            failed,
            ..
        } = outcome;
        let (name, lang) = (&self.task.input.name, self.voice.lang);
        let left = usize::try_from(TOLD.saturating_sub(self.records.failed)).unwrap_or(0);
        let mut talk = Vec::new();
        let mut failures = Vec::new();
        for (line, error) in failed.iter().take(left) {
            let said = error.say(lang);
            writeln!(talk, "zhengben: {}:{line}: {said}", visible(name))?;
            failures.push(failure(name, *line, *error, self.voice.report));
        }
        self.records += records;
        self.totals += &totals;
        self.totals.bytes += length;
        Ok(Done {
            part: Some(Part::records(report, Totals::default(), failures)),
            talk,
            exit: match records.failed {
                0 => Exit::Clean,
                _ => Exit::Error,
            },
        })
    }

    /// What there is to say at the end.
    fn done(self, note: Option<String>) -> io::Result<Done> {
        let Course {
            task,
            voice,
            mut totals,
            records,
            found_before,
        } = self;
        let (name, lang) = (&task.input.name, voice.lang);
        let mut talk = Vec::new();
        let untold = records.failed.saturating_sub(TOLD);
        if untold > 0 {
            let more = messages::more_records_failed(lang, number(untold));
            writeln!(talk, "zhengben: {}: {more}", visible(name))?;
        }
        if records.fields == 0 && records.records > records.failed {
            let has_names = task.setup.settings.fields.iter().flatten().next().is_some();
            let why = match has_names {
                true => Closed::FieldsNotFound,
                false => Closed::NoFields,
            };
            let remark = messages::left_alone(lang, closed_why(why, lang));
            writeln!(talk, "{}: {remark}", visible(name))?;
        }
        if let Some(note) = note {
            writeln!(talk, "{}: {note}", visible(name))?;
        }
        totals.documents = 1;
        totals.changed = usize::from(totals.edits.applied() > 0);
        totals.found = usize::from(totals.edits.total() > 0);
        if voice.talks {
            write_summary(&mut talk, name, &totals, lang)?;
            if totals.found > 0 || records.failed > 0 {
                let changed = messages::records_with_edits(lang, records.changed, records.records);
                writeln!(talk, "{}: {changed}", visible(name))?;
            }
        }
        Ok(Done {
            exit: match (totals.found, found_before, records.failed) {
                (_, _, 1..) => Exit::Error,
                (0, false, 0) => Exit::Clean,
                _ => Exit::Findings,
            },
            part: Some(Part::records(Vec::new(), totals, Vec::new())),
            talk,
        })
    }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn failure(name: &str, line: u64, error: RecordError, report: &dyn Report) -> Failure {
    Failure::new(format!("{name}:{line}"), error.say(report.lang()))
}

/// What each thread does.
struct Worker<'w> {
    name: &'w str,
    /// If records are reported.
    report: Option<&'w dyn Report>,
    /// How each batch is compressed for itself, if it is.
    packs: Option<Compression>,
}

impl Worker<'_> {
    fn work(&self, cleaner: &RecordCleaner<'_>, batch: &Batch) -> io::Result<Outcome> {
        let mut outcome = Outcome {
            bytes: Vec::with_capacity(batch.bytes.len()),
            length: batch.bytes.len() as u64,
            is_between_records: batch.kind == Kind::Lines,
            report: Vec::new(),
            totals: Totals::default(),
            records: RecordTotals::default(),
            failed: Vec::new(),
        };
        let (report, totals) = (&mut outcome.report, &mut outcome.totals);
        let failed = &mut outcome.failed;
        let mut told = Ok(());
        outcome.records = cleaner.batch(batch, &mut outcome.bytes, &mut |event| match event {
            Event::Field {
                line,
                field,
                cleaned,
            } => {
                let found = Totals::of(cleaned);
                if found.found == 0 {
                    return;
                }
                totals.edits += found.edits;
                for (&rule, &tally) in &found.rules {
                    *totals.rules.entry(rule).or_default() += tally;
                }
                if told.is_ok() {
                    let place = format!("{}:{line}:{field}", self.name);
                    told = self.tell(report, |format, out| format.document(out, &place, cleaned));
                }
            }
            Event::Failed { line, error } => {
                if told.is_ok() {
                    told = self.tell(report, |format, out| {
                        Ok(format.failure(out, &failure(self.name, line, error, format))?)
                    });
                }
                failed.push((line, error));
            }
        });
        match told {
            Ok(()) => {}
            Err(ReportError::Io(error)) => return Err(error),
            Err(ReportError::Encode(error)) => return Err(io::Error::other(error)),
        }
        if let Some(compression) = self.packs {
            outcome.bytes = compression.packed(&outcome.bytes)?;
        }
        Ok(outcome)
    }

    /// Writes into the report, behind what is there.
    fn tell(
        &self,
        report: &mut Vec<u8>,
        write: impl FnOnce(&dyn Report, &mut dyn Write) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let Some(format) = self.report else {
            return Ok(());
        };
        let before = report.len();
        if before > 0 {
            report.extend_from_slice(format.separator().as_bytes());
        }
        let begun = report.len();
        write(format, report)?;
        if report.len() == begun {
            report.truncate(before);
        }
        Ok(())
    }
}
