//! A document that is read, cleaned and written record by record.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::super::compression::{Compression, OpenMember};
use super::super::input::closed_why;
use super::super::messages;
use super::super::replace::ReplaceError;
use super::super::tasks::Task;
use super::super::{Exit, Streams};
use super::outcome::{Outcome, Reading, TOLD, Teller, Told, Trouble};
use super::sink::Sink;
use super::{Delivery, Done, Voice, archives, lines, resume, texts};
use crate::lang::Lang;
use crate::records::RecordTotals;
use crate::regions::Closed;
use crate::report::visible::visible;
use crate::report::{Part, Totals, write_summary};

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
        read: 0,
        found_before: false,
    };
    let ended = course.run(target, threads, delivery, *stdin, *stdout, *stderr);
    let done = match ended {
        Ok(note) => course.done(note)?,
        Err(Trouble::Read(error)) => Done::failed(voice, name, &error)?,
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
    /// How far the file is read.
    read: u64,
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
        let input = &self.task.input;
        let mut sink = Sink::open(target, self.task).map_err(Trouble::Write)?;
        let mut begin = 0;
        if let Some(mark) = sink.resumed() {
            begin = mark.read;
            (self.records, self.found_before) = (mark.records(), mark.found);
            (self.totals.bytes, self.read) = (mark.read, mark.read);
            let remark = match self.task.is_text() {
                true => messages::goes_on_at_byte(self.voice.lang, begin),
                false => messages::goes_on(self.voice.lang, self.records.records + 1),
            };
            let said = writeln!(stderr, "{}: {remark}", visible(&input.name));
            said.map_err(Trouble::Output)?;
        }
        let packs = sink.packs();
        let reading = Reading {
            task: self.task,
            teller: Teller {
                name: &input.name,
                report: self.voice.report,
                is_reported: *target != Target::Stdout,
                lang: self.voice.lang,
            },
            packs,
            threads,
            records: self.records.records,
            offset: begin,
        };
        let read = match self.task {
            task if task.is_warc() => archives::read,
            task if task.is_text() => texts::read,
            _ => lines::read,
        };
        let mut open = None;
        read(&reading, stdin, &mut |outcome| {
            let mut outcome = outcome.map_err(Trouble::Output)?;
            if outcome.is_open
                && let Some(compression) = packs
            {
                let ends = outcome.is_between_records;
                let packed = packed_piece(&mut open, compression, &outcome.bytes, ends);
                outcome.bytes = packed.map_err(Trouble::Write)?;
            }
            match &mut sink {
                Sink::Nowhere => {}
                Sink::Stdout => stdout.write_all(&outcome.bytes).map_err(Trouble::Output)?,
                sink => sink.write(&outcome.bytes).map_err(Trouble::Write)?,
            }
            let is_between_records = outcome.is_between_records;
            let done = self.piece(outcome).map_err(Trouble::Output)?;
            if is_between_records {
                let found = self.found_before || self.totals.edits.total() > 0;
                let marked = sink.mark(self.read, self.records, found);
                marked.map_err(Trouble::Write)?;
            }
            let handed = delivery.hand_on_to(done, &mut *stdout, &mut *stderr);
            handed.map_err(Trouble::Output)
        })?;
        let is_wanted = self.records.changed > 0 || !matches!(target, Target::Back(_));
        let had_other_names = match is_wanted {
            true => sink.finish().map_err(Trouble::Write)?,
            false => false,
        };
        Ok(had_other_names.then(|| messages::hard_links(self.voice.lang)))
    }

    /// Counts what came of a piece, and what there is to say of it.
    fn piece(&mut self, outcome: Outcome) -> io::Result<Done> {
        let name = &self.task.input.name;
        let left = usize::try_from(TOLD.saturating_sub(self.records.failed)).unwrap_or(0);
        let mut talk = Vec::new();
        let mut failures = Vec::new();
        for told in outcome.failed.into_iter().take(left) {
            let Told {
                record,
                said,
                failure,
            } = told;
            writeln!(talk, "zhengben: {}:{record}: {said}", visible(name))?;
            failures.push(failure);
        }
        self.records += outcome.records;
        self.totals += &outcome.totals;
        self.totals.bytes += outcome.length;
        self.read += outcome.read;
        Ok(Done {
            part: Some(Part::records(outcome.report, Totals::default(), failures)),
            talk,
            exit: match outcome.records.failed {
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
            ..
        } = self;
        let (name, lang) = (&task.input.name, voice.lang);
        let mut talk = Vec::new();
        let untold = records.failed.saturating_sub(TOLD);
        if untold > 0 {
            let more = messages::more_records_failed(lang, number(untold));
            writeln!(talk, "zhengben: {}: {more}", visible(name))?;
        }
        for why in left_alone(task, records, lang) {
            let remark = messages::left_alone(lang, why);
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
            if !task.is_text() && (totals.found > 0 || records.failed > 0) {
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

/// What of the records was left alone, and why.
fn left_alone(task: &Task, records: RecordTotals, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    if records.closed > 0 {
        all.push(messages::closed_records(lang, number(records.closed)));
    }
    if records.coded > 0 {
        all.push(messages::coded_records(lang, number(records.coded)));
    }
    if records.foreign > 0 {
        all.push(messages::foreign_records(lang, number(records.foreign)));
    }
    if all.is_empty() && records.fields == 0 && records.records > records.failed {
        let has_names = task.setup.settings.fields.iter().flatten().next().is_some();
        let why = match has_names {
            _ if task.is_warc() => Closed::NoProse,
            true => Closed::FieldsNotFound,
            false => Closed::NoFields,
        };
        all.push(closed_why(why, lang));
    }
    all
}

/// What there is to write of a piece of a member that goes on over several.
fn packed_piece(
    open: &mut Option<OpenMember>,
    compression: Compression,
    bytes: &[u8],
    ends: bool,
) -> io::Result<Vec<u8>> {
    let mut member = match open.take() {
        Some(member) => member,
        None => OpenMember::new(compression)?,
    };
    let mut packed = member.piece(bytes)?;
    match ends {
        true => packed.append(&mut member.finish()?),
        false => *open = Some(member),
    }
    Ok(packed)
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
