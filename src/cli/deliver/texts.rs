//! Blocks of plain text.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::super::compression::{self, BUFFER};
use super::super::input::InputError;
use super::super::jobs::in_order_of;
use super::super::tasks::Task;
use super::outcome::{HandOn, Outcome, Reading, Teller, Trouble};
use crate::encoding::{DecodeError, Encoding};
use crate::records::{Block, Blocks, RecordTotals};
use crate::source::{Begin, Source};

/// Reads the blocks of a file, cleans them and hands them on.
pub(super) fn read(
    reading: &Reading<'_>,
    _stdin: &mut dyn Read,
    hand_on: HandOn<'_>,
) -> Result<(), Trouble> {
    // Stdin is never read so: nobody knows beforehand how long it is.
    let path = reading.task.input.path.as_deref();
    let path = path.unwrap_or(Path::new(""));
    let (mark, lines) = before(path, reading.offset)?;
    let file = compression::open_at(path, reading.offset)?;
    let mut blocks = Blocks::from_place(file, lines, reading.offset);
    let texts = Texts {
        task: reading.task,
        teller: reading.teller,
        mark,
    };
    in_order_of(
        reading.threads,
        || Text::next(&mut blocks).map_err(Trouble::Read),
        Text::weight,
        |text| texts.work(&text),
        hand_on,
    )
}

/// A block that is UTF-8.
struct Text {
    lines: u64,
    offset: u64,
    text: String,
}

impl Text {
    /// The next block of a file; `None` at the end.
    fn next(blocks: &mut Blocks<impl BufRead>) -> Result<Option<Self>, InputError> {
        let Some(block) = blocks.next_block()? else {
            return Ok(None);
        };
        let Block {
            lines,
            offset,
            bytes,
        } = block;
        // It was UTF-8 when it was looked at.
        let text = String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            InputError::Decode(DecodeError::Malformed {
                encoding: Encoding::Utf8,
                offset: usize::try_from(offset).map_or(usize::MAX, |offset| offset + place),
                byte: error.as_bytes().get(place).copied().unwrap_or_default(),
            })
        })?;
        Ok(Some(Text {
            lines,
            offset,
            text,
        }))
    }

    /// Cleaning takes a multiple of it.
    fn weight(&self) -> u64 {
        self.text.len() as u64 * 3
    }
}

/// What each thread does.
struct Texts<'w> {
    task: &'w Task,
    teller: Teller<'w>,
    /// The length of the byte order mark that the file begins with, if it does.
    mark: usize,
}

impl Texts<'_> {
    fn work(&self, block: &Text) -> io::Result<Outcome> {
        let text = &*block.text;
        let length = text.len() as u64;
        let mut outcome = Outcome {
            length,
            read: length,
            is_between_records: true,
            bytes: Vec::with_capacity(text.len()),
            ..Outcome::default()
        };
        // Before the first block stands the mark, if there is one.
        let mark = self
            .mark
            .saturating_sub(usize::try_from(block.offset).unwrap_or(usize::MAX));
        let setup = &self.task.setup;
        let source = self
            .task
            .input
            .recognised(Source::from(&text[mark..]), setup);
        let file_offset = block.offset + mark as u64;
        let source = source.with_begin(Begin {
            lines: block.lines,
            text: file_offset - self.mark as u64,
            bytes: file_offset,
        });
        let cleaned = setup.cleaner.clean(source);
        outcome.records = RecordTotals::of_text(cleaned.edits().any(|edit| edit.applied));
        outcome.bytes.extend_from_slice(&text.as_bytes()[..mark]);
        outcome.bytes.extend_from_slice(cleaned.text().as_bytes());
        let path = self.teller.name.to_owned();
        self.teller.cleaned(&mut outcome, path, &cleaned);
        outcome.told()
    }
}

/// The length of the byte order mark that a file begins with, and how many lines there are
/// before a place.
fn before(path: &Path, place: u64) -> io::Result<(usize, u64)> {
    const MARK: &[u8] = "\u{FEFF}".as_bytes();
    let mut file = BufReader::with_capacity(BUFFER, File::open(path)?).take(place);
    let mut head = Vec::new();
    File::open(path)?
        .take(MARK.len() as u64)
        .read_to_end(&mut head)?;
    let mark = if head == MARK { MARK.len() } else { 0 };
    let mut lines = 0;
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok((mark, lines));
        }
        lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
        let length = bytes.len();
        file.consume(length);
    }
}
