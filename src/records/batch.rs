//! A stream of lines in pieces of a bounded size.

use std::io::{self, BufRead};

use memchr::memchr;

/// A batch ends behind the line with which it has so many bytes.
const BYTES: usize = 1 << 20;

/// A batch has so many lines, at most.
const LINES: u64 = 1000;

/// A record that is longer is passed through. Cleaning takes a multiple of a document's
/// size in memory, and several can be under way at once; real documents are thousands
/// of times shorter.
const LONGEST: usize = 4 << 20;

/// Some lines of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Batch {
    /// The number of its first line, from 1.
    pub line: u64,
    /// What its bytes are.
    pub kind: Kind,
    /// The bytes of the stream.
    pub bytes: Vec<u8>,
}

/// What a batch holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Whole lines; the last of a stream may have no end.
    Lines,
    /// The beginning of a line that is too long to be cleaned.
    LongLine,
    /// More of such a line.
    LongLineRest,
}

/// Cuts a stream into batches. Where it is cut depends on nothing but its bytes from the
/// place where the reading begins, which is always the beginning of a batch if it was
/// the end of one.
#[derive(Debug)]
pub struct Batches<R> {
    input: R,
    line: u64,
    longest: usize,
    /// The beginning of a line that is too long.
    held: Vec<u8>,
    in_long_line: bool,
}

impl<R: BufRead> Batches<R> {
    /// The batches of a stream from its first line on.
    pub fn new(input: R) -> Self {
        Self::from_line(input, 1)
    }

    /// The batches of a stream that was read up to that line.
    pub fn from_line(input: R, line: u64) -> Self {
        Batches {
            input,
            line,
            longest: LONGEST,
            held: Vec::new(),
            in_long_line: false,
        }
    }

    /// Takes lines of so many bytes for too long.
    pub fn with_longest(mut self, longest: usize) -> Self {
        self.longest = longest;
        self
    }

    /// How long a line may be.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Whether a line goes on behind the last batch.
    pub fn is_inside_line(&self) -> bool {
        self.in_long_line || !self.held.is_empty()
    }

    /// The next batch; `None` at the end.
    ///
    /// # Errors
    /// Those of the reader. What was read of the batch before is lost.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        if !self.held.is_empty() {
            let bytes = std::mem::take(&mut self.held);
            self.in_long_line = true;
            self.line += 1;
            return Ok(Some(self.batch(1, Kind::LongLine, bytes)));
        }
        if self.in_long_line {
            let mut bytes = Vec::new();
            self.in_long_line = !self.read_line(&mut bytes, BYTES)?;
            // Otherwise the stream ends in the line.
            if !bytes.is_empty() {
                return Ok(Some(self.batch(1, Kind::LongLineRest, bytes)));
            }
            self.in_long_line = false;
        }
        let mut bytes = Vec::with_capacity(BYTES + BYTES / 4);
        let mut lines = 0;
        while bytes.len() < BYTES && lines < LINES {
            let start = bytes.len();
            let is_whole = self.read_line(&mut bytes, self.longest)?;
            if bytes.len() == start {
                break;
            }
            if !is_whole && bytes.len() - start >= self.longest {
                self.held = bytes.split_off(start);
                break;
            }
            lines += 1;
        }
        if bytes.is_empty() {
            return match self.held.is_empty() {
                true => Ok(None),
                false => self.next_batch(),
            };
        }
        self.line += lines;
        Ok(Some(self.batch(lines, Kind::Lines, bytes)))
    }

    /// The last so many lines.
    fn batch(&self, lines: u64, kind: Kind, bytes: Vec<u8>) -> Batch {
        Batch {
            line: self.line - lines,
            kind,
            bytes,
        }
    }

    /// Reads on to the end of the line, or so many bytes; whether it came to the end of
    /// the line.
    fn read_line(&mut self, bytes: &mut Vec<u8>, most: usize) -> io::Result<bool> {
        let mut room = most;
        while room > 0 {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok(false);
            }
            let end = memchr(b'\n', buffer).map(|place| place + 1);
            let is_end = end.is_some_and(|end| end <= room);
            let length = end.unwrap_or(buffer.len()).min(room);
            bytes.extend_from_slice(&buffer[..length]);
            self.input.consume(length);
            room -= length;
            if is_end {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
