//! A document: read, decoded, and recognised for what it is.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::compression::{self, Compression, kind};
use super::jobs::Job;
use super::messages;
use super::said::Say;
use super::tasks::Setup;
use crate::config::{Settings, read_at_most};
use crate::encoding::{Confidence, DecodeError, Detection, Encoding, detect};
use crate::lang::Lang;
use crate::regions::{Closed, Syntax};
use crate::source::Source;

/// What stdin is called in reports.
const STDIN: &str = "<stdin>";

/// A document that could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    Read(#[from] io::Error),
    Decode(#[from] DecodeError),
    /// It does not begin with a record of WARC.
    NotWarc,
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
    /// Stdin, which is not read yet; `filename` is what it is the content of.
    pub(super) fn stdin(filename: Option<&Path>) -> Self {
        Input {
            path: None,
            name: filename.map_or(STDIN.to_owned(), |name| name.display().to_string()),
            is_named: true,
            alias: filename.map(Path::to_owned),
            size: 0,
            content: None,
        }
    }

    /// Reads stdin to its end, if this is it.
    pub(super) fn fetch(&mut self, stdin: &mut dyn Read) -> io::Result<()> {
        if self.path.is_none() && self.content.is_none() {
            let mut content = Vec::new();
            stdin.read_to_end(&mut content)?;
            self.size = content.len() as u64;
            self.content = Some(content);
        }
        Ok(())
    }

    /// How the file is compressed.
    pub(super) fn compression(&self) -> Option<Compression> {
        self.location().and_then(Compression::of_path)
    }

    /// The kind of file that it is, as settings or its name say.
    pub(super) fn syntax(&self, settings: &Settings) -> Option<Syntax> {
        settings.syntax.or_else(|| self.location().and_then(kind))
    }

    /// Whether the document is read record by record, of which known findings do not
    /// have to be found in all of it: WARC, and JSON Lines in UTF-8 that is not damaged.
    pub(super) fn is_of_records(&self, setup: &Setup) -> bool {
        let settings = &setup.settings;
        let syntax = self.syntax(settings);
        if syntax == Some(Syntax::Warc) {
            return setup.baseline.is_none();
        }
        if syntax == Some(Syntax::Plain) {
            return self.is_of_blocks(setup);
        }
        let has_fields = settings.fields.iter().flatten().next().is_some();
        syntax == Some(Syntax::JsonLines)
            && (has_fields || self.compression().is_some())
            && setup.baseline.is_none()
            && settings.damaged != Some(true)
            && match settings.encoding {
                Some(encoding) => encoding == Encoding::Utf8,
                None => self.begins_in_utf8(),
            }
    }

    /// Whether the document is a text that is too long to be read whole: in UTF-8 from
    /// beginning to end, which is not too much to ask of who would have to wait for the
    /// cleaning anyway.
    fn is_of_blocks(&self, setup: &Setup) -> bool {
        /// A text that is not longer is one document.
        const WHOLE: u64 = 16 << 20;
        let settings = &setup.settings;
        self.size > WHOLE
            && self.compression().is_none()
            && setup.baseline.is_none()
            && settings.damaged != Some(true)
            && settings
                .encoding
                .is_none_or(|known| known == Encoding::Utf8)
            && self.begins_in_utf8()
            && self.path.as_deref().is_some_and(is_utf8)
    }

    /// Whether the file is UTF-8 as far as its beginning shows; that of stdin is not
    /// known.
    fn begins_in_utf8(&self) -> bool {
        /// A file in another encoding has a character of it before.
        const HEAD: u64 = 64 << 10;
        let Some(path) = &self.path else {
            return true;
        };
        let mut head = Vec::new();
        let read = compression::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
        // What cannot be read is told of by who reads all of it.
        if read.is_err() && self.compression().is_none() {
            return false;
        }
        match std::str::from_utf8(&head) {
            Ok(_) => !is_binary(&head),
            Err(error) => error.error_len().is_none(),
        }
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
            (Some(path), _) => Ok(read(path)?),
            (None, Some(content)) => Ok(content.clone()),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The document's text, as its settings say.
    pub(super) fn decode<'b>(
        &self,
        bytes: &'b [u8],
        setup: &Setup,
    ) -> Result<Source<'b>, InputError> {
        let settings = &setup.settings;
        let damaged = settings.damaged.unwrap_or_default();
        let source = match (settings.encoding, damaged) {
            (Some(encoding), false) => Source::decode_as(bytes, encoding)?,
            (Some(encoding), true) => Source::decode_damaged_as(bytes, encoding)?,
            (None, false) => Source::decode(bytes)?,
            (None, true) => Source::decode_damaged(bytes, None)?,
        };
        Ok(self.recognised(source, setup))
    }

    /// The document as the kind of file that it is: as settings say, by its name, or
    /// as it begins.
    pub(super) fn recognised<'b>(&self, source: Source<'b>, setup: &Setup) -> Source<'b> {
        let syntax = self.syntax(&setup.settings);
        let syntax = syntax.unwrap_or_else(|| Syntax::of_text(source.text()));
        let known = match (&setup.baseline, self.location()) {
            (Some(baseline), Some(path)) => baseline.find(path, source.text()),
            _ => Vec::new(),
        };
        source
            .with_kept(known)
            .with_syntax(syntax)
            .with_scope(Arc::clone(&setup.scope))
    }

    /// Why nothing of the document is prose, if its name and the settings tell.
    pub(super) fn closed(&self, settings: &Settings) -> Option<Closed> {
        let is_empty = |names: &Option<Vec<String>>| names.iter().flatten().next().is_none();
        match self.syntax(settings)? {
            Syntax::Json | Syntax::JsonLines if is_empty(&settings.fields) => {
                Some(Closed::NoFields)
            }
            Syntax::Csv | Syntax::Tsv if is_empty(&settings.columns) => Some(Closed::NoColumns),
            Syntax::Code(_) if settings.comments != Some(true) => Some(Closed::CommentsOff),
            _ => None,
        }
    }
}

/// Why nothing of a document is prose, and what opens it.
pub(super) fn closed_why(closed: Closed, lang: Lang) -> String {
    let why = closed.say(lang);
    match closed {
        Closed::NoFields | Closed::FieldsNotFound => messages::field_remedy(lang, why),
        Closed::NoColumns | Closed::ColumnsNotFound => messages::column_remedy(lang, why),
        Closed::CommentsOff => messages::comments_remedy(lang, why),
        _ => why,
    }
}

/// Reads a file whole, and of a device, which may never end, no more than a long text.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    /// The longest text that a device is read for, in bytes.
    const LONGEST: u64 = 64 << 20;
    match is_device(path) {
        true => read_at_most(path, LONGEST),
        false => std::fs::read(path),
    }
}

#[cfg(unix)]
fn is_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = path.metadata().map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_char_device() || kind.is_block_device())
}

#[cfg(not(unix))]
fn is_device(_path: &Path) -> bool {
    false
}

/// Whether a file is UTF-8, and has more than ASCII in it, which other encodings have too.
fn is_utf8(path: &Path) -> bool {
    /// So much is read at once.
    const BUFFER: usize = 256 << 10;
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let mut bytes = vec![0; BUFFER];
    let (mut begun, mut is_ascii) = (0, true);
    loop {
        let length = match file.read(&mut bytes[begun..]) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return false,
        };
        let read = &bytes[..begun + length];
        let valid = match std::str::from_utf8(read) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() && length > 0 => error.valid_up_to(),
            Err(_) => return false,
        };
        is_ascii = is_ascii && read[..valid].is_ascii();
        if length == 0 {
            return !is_ascii;
        }
        let rest = valid..begun + length;
        begun = rest.len();
        bytes.copy_within(rest, 0);
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
