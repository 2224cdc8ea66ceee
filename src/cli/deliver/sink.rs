//! Where cleaned records are written.

use std::io::{self, Write};

use super::super::compression::{self, Compression};
use super::super::replace::Replacement;
use super::super::tasks::Task;
use super::resume::{Mark, Resumed};
use super::stream::Target;
use crate::records::RecordTotals;

/// Where the cleaned records go.
pub(super) enum Sink {
    Nowhere,
    Stdout,
    Plain(Replacement),
    /// Members or frames, which are packed already.
    Packed {
        file: Replacement,
        compression: Compression,
        is_empty: bool,
    },
    /// One frame: not every reader goes on behind the first.
    Zstd(zstd::stream::write::Encoder<'static, Replacement>),
    /// Every batch compressed for itself, so that the work can be taken up behind it.
    Resumed(Resumed),
}

impl Sink {
    pub(super) fn open(target: &Target, task: &Task) -> io::Result<Self> {
        if let Target::Resumed(path) = target {
            return Resumed::open(path, task).map(Sink::Resumed);
        }
        let Some(path) = target.path() else {
            return Ok(match target {
                Target::Stdout => Sink::Stdout,
                _ => Sink::Nowhere,
            });
        };
        let file = Replacement::begin(path)?;
        Ok(match Compression::of_path(path) {
            None => Sink::Plain(file),
            // Readers of archives look for each record by where its frame begins.
            Some(Compression::Zstd) if !task.is_warc() => {
                let mut encoder = zstd::stream::write::Encoder::new(file, compression::ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                Sink::Zstd(encoder)
            }
            Some(compression) => Sink::Packed {
                file,
                compression,
                is_empty: true,
            },
        })
    }

    /// How what is written has to be packed, if it has to be.
    pub(super) fn packs(&self) -> Option<Compression> {
        match self {
            Sink::Packed { compression, .. } => Some(*compression),
            Sink::Resumed(resumed) => resumed.compression(),
            Sink::Nowhere | Sink::Stdout | Sink::Plain(_) | Sink::Zstd(_) => None,
        }
    }

    /// What is done already, if the work is taken up.
    pub(super) fn resumed(&self) -> Option<&Mark> {
        match self {
            Sink::Resumed(resumed) => resumed.begun(),
            _ => None,
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Sink::Nowhere | Sink::Stdout => Ok(()),
            Sink::Plain(file) => file.write_all(bytes),
            Sink::Packed { file, is_empty, .. } => {
                *is_empty = false;
                file.write_all(bytes)
            }
            Sink::Zstd(encoder) => encoder.write_all(bytes),
            Sink::Resumed(resumed) => resumed.write(bytes),
        }
    }

    /// The work can be taken up here: how far it has read and found so far.
    pub(super) fn mark(&mut self, read: u64, records: RecordTotals, found: bool) -> io::Result<()> {
        match self {
            Sink::Resumed(resumed) => resumed.mark(read, records, found),
            _ => Ok(()),
        }
    }

    /// Ends the file; whether it had other names.
    pub(super) fn finish(self) -> io::Result<bool> {
        let replaced = match self {
            Sink::Nowhere | Sink::Stdout => return Ok(false),
            Sink::Plain(file) => file.finish()?,
            Sink::Packed {
                mut file,
                compression,
                is_empty,
            } => {
                if is_empty {
                    // A file of no members is none.
                    file.write_all(&compression.packed(b"")?)?;
                }
                file.finish()?
            }
            Sink::Zstd(encoder) => encoder.finish()?.finish()?,
            Sink::Resumed(resumed) => {
                resumed.finish()?;
                return Ok(false);
            }
        };
        Ok(replaced.had_other_names)
    }
}
