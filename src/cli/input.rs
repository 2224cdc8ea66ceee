//! A document: read, decoded, and recognised for what it is.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::jobs::Job;
use crate::config::Settings;
use crate::encoding::{Confidence, DecodeError, Detection, Encoding, detect};
use crate::regions::Syntax;
use crate::source::Source;

/// What stdin is called in reports.
const STDIN: &str = "<stdin>";

/// A document that could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error("cannot read it: {0}")]
    Read(#[from] io::Error),
    #[error("{0} (--encoding LABEL, --damaged)")]
    Decode(#[from] DecodeError),
}

/// A document to read, and what reports call it.
#[derive(Clone, Debug)]
pub(super) struct Input {
    /// `None` for stdin.
    pub(super) path: Option<PathBuf>,
    pub(super) name: String,
    /// Whether the user named it, instead of a folder that it is in.
    pub(super) is_named: bool,
    /// What it is taken for, for want of another path: the name that stdin has.
    alias: Option<PathBuf>,
    /// Of stdin, which only one thread can read.
    content: Option<Vec<u8>>,
    /// Of the file, in bytes.
    size: u64,
}

impl Job for Input {
    fn weight(&self) -> u64 {
        self.size
    }
}

impl Input {
    /// Stdin, read to its end; `filename` is what it is the content of.
    pub(super) fn stdin(stdin: &mut dyn Read, filename: Option<&Path>) -> io::Result<Self> {
        let mut content = Vec::new();
        stdin.read_to_end(&mut content)?;
        Ok(Input {
            path: None,
            name: filename.map_or(STDIN.to_owned(), |name| name.display().to_string()),
            is_named: true,
            alias: filename.map(Path::to_owned),
            size: content.len() as u64,
            content: Some(content),
        })
    }

    pub(super) fn file(path: &Path, is_named: bool) -> Self {
        Input {
            path: Some(path.to_owned()),
            name: path.display().to_string(),
            is_named,
            alias: None,
            content: None,
            size: path.metadata().map_or(0, |metadata| metadata.len()),
        }
    }

    /// The path that says what the document is and which settings it has.
    pub(super) fn location(&self) -> Option<&Path> {
        self.path.as_deref().or(self.alias.as_deref())
    }

    pub(super) fn read(&self) -> Result<Vec<u8>, InputError> {
        match (&self.path, &self.content) {
            (Some(path), _) => Ok(std::fs::read(path)?),
            (None, Some(content)) => Ok(content.clone()),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The document's text, as its settings say.
    pub(super) fn decode<'b>(
        &self,
        bytes: &'b [u8],
        settings: &Settings,
    ) -> Result<Source<'b>, InputError> {
        let damaged = settings.damaged.unwrap_or_default();
        let source = match (settings.encoding, damaged) {
            (Some(encoding), false) => Source::decode_as(bytes, encoding)?,
            (Some(encoding), true) => Source::decode_damaged_as(bytes, encoding)?,
            (None, false) => Source::decode(bytes)?,
            (None, true) => Source::decode_damaged(bytes, None)?,
        };
        Ok(self.with_syntax(source, settings))
    }

    pub(super) fn with_syntax<'b>(&self, source: Source<'b>, settings: &Settings) -> Source<'b> {
        let by_name = || self.location().map_or(Syntax::Plain, Syntax::of_path);
        source.with_syntax(settings.syntax.unwrap_or_else(by_name))
    }
}

/// Whether bytes are those of no text, as far as their beginning shows.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    /// As much as tools usually look at.
    const HEAD: usize = 8 << 10;
    let head = &bytes[..bytes.len().min(HEAD)];
    head.contains(&0) && !is_utf16(&detect(head, None))
}

/// NUL is half of every ASCII character there.
fn is_utf16(found: &Detection) -> bool {
    matches!(found.encoding, Some(Encoding::Utf16Le | Encoding::Utf16Be))
        && found.confidence != Confidence::Low
}
