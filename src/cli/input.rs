//! What a command reads: files and stdin, one document after the other.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::args::Inputs;
use super::{Exit, Streams, complain};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::encoding::{DecodeError, Detection, detect};
use crate::regions::Syntax;
use crate::source::Source;

/// A document that could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error("cannot read it: {0}")]
    Read(#[from] io::Error),
    #[error("is a folder; name the files in it")]
    Folder,
    #[error("{0} (--encoding LABEL, --damaged)")]
    Decode(#[from] DecodeError),
}

/// What came of a document.
// It is handed on once, and nothing keeps many of them.
#[allow(clippy::large_enum_variant)]
#[derive(Debug)]
pub(super) enum Outcome<'b> {
    Cleaned(Cleaned<'b>),
    /// It is not Chinese.
    Foreign {
        encoding: &'static str,
        bytes: &'b [u8],
    },
    Failed(InputError),
}

/// A path of the command line, and what reports call it.
#[derive(Debug)]
pub(super) struct Input {
    /// `None` for stdin.
    pub(super) path: Option<PathBuf>,
    pub(super) name: String,
}

impl Inputs {
    fn inputs(&self) -> Vec<Input> {
        let stdin = || Input {
            path: None,
            name: "<stdin>".to_owned(),
        };
        if self.paths.is_empty() {
            return vec![stdin()];
        }
        let input = |path: &PathBuf| match path.as_os_str() == "-" {
            true => stdin(),
            false => Input {
                path: Some(path.clone()),
                name: path.display().to_string(),
            },
        };
        self.paths.iter().map(input).collect()
    }

    /// Cleans each document and hands on what came of it.
    pub(super) fn clean_each(
        &self,
        cleaner: &Cleaner,
        streams: &mut Streams<'_>,
        mut done: impl FnMut(&Input, Outcome<'_>, &mut Streams<'_>) -> io::Result<Exit>,
    ) -> io::Result<Exit> {
        let mut worst = Exit::Clean;
        for input in self.inputs() {
            let exit = match input.read(streams.stdin) {
                Ok(bytes) => {
                    let outcome = match self.decode(&bytes) {
                        Ok(source) => {
                            let source = source.with_syntax(input.syntax());
                            Outcome::Cleaned(cleaner.clean(source))
                        }
                        Err(InputError::Decode(DecodeError::Foreign { encoding })) => {
                            let bytes = &bytes;
                            Outcome::Foreign { encoding, bytes }
                        }
                        Err(error) => Outcome::Failed(error),
                    };
                    done(&input, outcome, streams)?
                }
                Err(error) => done(&input, Outcome::Failed(error), streams)?,
            };
            worst = worst.max(exit);
        }
        Ok(worst)
    }

    /// Finds out what each document is, and hands on what it shows, cleaned if it
    /// could be read.
    pub(super) fn detect_each(
        &self,
        cleaner: &Cleaner,
        streams: &mut Streams<'_>,
        mut done: impl FnMut(
            &str,
            &Detection,
            Option<&Cleaned<'_>>,
            &mut Streams<'_>,
        ) -> io::Result<Exit>,
    ) -> io::Result<Exit> {
        let mut worst = Exit::Clean;
        for input in self.inputs() {
            let exit = match input.read(streams.stdin) {
                Ok(bytes) => {
                    let found = detect(&bytes, self.encoding);
                    let source = Source::decode_damaged(&bytes, self.encoding).ok();
                    let source = source.map(|source| source.with_syntax(input.syntax()));
                    let cleaned = source.map(|source| cleaner.clean(source));
                    done(&input.name, &found, cleaned.as_ref(), streams)?
                }
                Err(error) => complain(streams, &input.name, &error)?,
            };
            worst = worst.max(exit);
        }
        Ok(worst)
    }

    fn decode<'b>(&self, bytes: &'b [u8]) -> Result<Source<'b>, InputError> {
        Ok(match (self.encoding, self.damaged) {
            (Some(encoding), false) => Source::decode_as(bytes, encoding)?,
            (Some(encoding), true) => Source::decode_damaged_as(bytes, encoding)?,
            (None, false) => Source::decode(bytes)?,
            (None, true) => Source::decode_damaged(bytes, None)?,
        })
    }
}

impl Input {
    fn read(&self, stdin: &mut dyn Read) -> Result<Vec<u8>, InputError> {
        let Some(path) = &self.path else {
            let mut bytes = Vec::new();
            stdin.read_to_end(&mut bytes)?;
            return Ok(bytes);
        };
        if path.is_dir() {
            return Err(InputError::Folder);
        }
        Ok(std::fs::read(path)?)
    }

    fn syntax(&self) -> Syntax {
        self.path
            .as_deref()
            .map_or(Syntax::Plain, |path: &Path| Syntax::of_path(path))
    }
}

/// The exit code that a document asks for.
pub(super) fn exit_for(cleaned: &Cleaned<'_>) -> Exit {
    if cleaned.is_clean() {
        Exit::Clean
    } else {
        Exit::Findings
    }
}
