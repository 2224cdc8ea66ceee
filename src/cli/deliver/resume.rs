//! Going on where an earlier run was ended.
//!
//! The records are written into `NAME.part`; `NAME.progress` says every few seconds how
//! far it is sure to be on the disk. What `NAME.part` has behind that is cut off again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};

use super::super::compression::Compression;
use super::super::replace::replace;
use super::super::tasks::Task;
use crate::records::RecordTotals;

/// So often it is written down how far the work is: often enough that little is done
/// twice, and seldom enough that waiting for the disk costs nothing.
const EVERY: Duration = Duration::from_secs(1);

/// How far the work is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    /// What is being done; of something else there is nothing to go on with.
    work: Work,
    /// How far the file is read, as its reader counts: bytes of records, or of what they
    /// are packed in. And bytes that are written.
    pub(super) read: u64,
    written: u64,
    records: u64,
    changed: u64,
    failed: u64,
    fields: u64,
    closed: u64,
    coded: u64,
    foreign: u64,
    /// Whether something was found.
    pub(super) found: bool,
}

/// What makes the output what it is, as far as can be told without reading all of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
struct Work {
    version: String,
    settings: String,
    length: u64,
    /// In nanoseconds since 1970.
    modified: Option<u64>,
}

impl Mark {
    pub(super) fn records(&self) -> RecordTotals {
        RecordTotals {
            records: self.records,
            changed: self.changed,
            failed: self.failed,
            fields: self.fields,
            closed: self.closed,
            coded: self.coded,
            foreign: self.foreign,
        }
    }
}

impl Work {
    fn of(task: &Task) -> io::Result<Self> {
        let path = task.input.path.as_deref();
        let metadata = path.map(fs::metadata).transpose()?;
        let since_1970 = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
        let modified = metadata.as_ref().and_then(|of| of.modified().ok());
        let modified = modified.and_then(since_1970);
        Ok(Work {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: format!("{:?}", task.setup.settings),
            length: metadata.map_or(0, |metadata| metadata.len()),
            modified: modified.and_then(|time| u64::try_from(time.as_nanos()).ok()),
        })
    }
}

/// Whether an earlier run has finished the file: it gets its name only when it is whole.
pub(super) fn is_done(target: &Path, task: &Task) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    let input = task.input.path.as_deref().and_then(modified);
    match (modified(target), input) {
        (Some(target_time), Some(input)) => {
            target_time >= input && !beside(target, "part").exists()
        }
        _ => false,
    }
}

/// A file that is written so that the work can be taken up.
pub(super) struct Resumed {
    part: File,
    target: PathBuf,
    written: u64,
    work: Work,
    begun: Option<Mark>,
    marked: Instant,
}

impl Resumed {
    /// Opens what an earlier run has left, or begins.
    pub(super) fn open(target: &Path, task: &Task) -> io::Result<Self> {
        let work = Work::of(task)?;
        let mut part = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(target, "part"))?;
        let length = part.metadata()?.len();
        // One that cannot be read is no better than none.
        let mark = fs::read(beside(target, "progress")).ok();
        let mark = mark.and_then(|mark| serde_json::from_slice::<Mark>(&mark).ok());
        let begun = mark.filter(|mark| mark.work == work && mark.written <= length);
        let written = begun.as_ref().map_or(0, |mark| mark.written);
        part.set_len(written)?;
        part.seek(SeekFrom::Start(written))?;
        Ok(Resumed {
            part,
            target: target.to_owned(),
            written,
            work,
            begun,
            marked: Instant::now(),
        })
    }

    pub(super) fn compression(&self) -> Option<Compression> {
        Compression::of_path(&self.target)
    }

    pub(super) fn begun(&self) -> Option<&Mark> {
        self.begun.as_ref()
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.part.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Writes down how far the work is, if it is time for that.
    pub(super) fn mark(&mut self, read: u64, records: RecordTotals, found: bool) -> io::Result<()> {
        if self.marked.elapsed() < EVERY {
            return Ok(());
        }
        let mark = Mark {
            work: self.work.clone(),
            read,
            written: self.written,
            records: records.records,
            changed: records.changed,
            failed: records.failed,
            fields: records.fields,
            closed: records.closed,
            coded: records.coded,
            foreign: records.foreign,
            found,
        };
        // What it says is on the disk must be there before it says so.
        self.part.sync_data()?;
        let mark = serde_json::to_vec(&mark)?;
        replace(&beside(&self.target, "progress"), &mark).map_err(|error| error.error)?;
        self.marked = Instant::now();
        Ok(())
    }

    /// Gives the file its name.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if let (0, Some(compression)) = (self.written, self.compression()) {
            // A compressed file of nothing is not nothing.
            self.write(&compression.packed(b"")?)?;
        }
        self.part.sync_all()?;
        fs::rename(beside(&self.target, "part"), &self.target)?;
        match fs::remove_file(beside(&self.target, "progress")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// The path of a file that belongs to the target.
fn beside(target: &Path, extension: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
