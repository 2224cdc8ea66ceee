//! A stream of records in pieces of a bounded size.

use std::io::{self, BufRead};

use super::framing::{Framing, LONGEST, PIECE, Part, Step};

/// A batch ends behind the part with which it has so many bytes, or so many parts.
const BYTES: usize = PIECE;
const PARTS: usize = 1000;

/// So much is read at once, at least, however long the reader's buffer is.
const AT_ONCE: usize = 128 << 10;

/// Where in a file something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The number of the record, from 1.
    pub record: u64,
    /// The bytes before it.
    pub offset: u64,
}

/// Some parts of a stream. A part that is only the beginning of something, or goes on
/// with it, has a batch of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Batch {
    /// Where the first part is.
    pub place: Place,
    /// The bytes of the stream.
    pub bytes: Vec<u8>,
    /// Lengths of the parts, and what they are.
    pub parts: Vec<(usize, Part)>,
    /// Whether the last part goes on behind the batch.
    pub is_inside: bool,
}

impl Batch {
    /// Each part and where it is.
    pub fn parts(&self) -> impl Iterator<Item = (Place, Part, &[u8])> {
        let mut done = 0;
        let mut records = 0;
        self.parts.iter().map(move |&(length, part)| {
            let place = Place {
                record: self.place.record + records,
                offset: self.place.offset + done as u64,
            };
            let bytes = &self.bytes[done..done + length];
            done += length;
            records += 1;
            (place, part, bytes)
        })
    }
}

/// Cuts a stream into batches. Where it is cut depends on nothing but its bytes from the
/// place where the reading begins, if a record begins there.
#[derive(Debug)]
pub struct Batches<R> {
    input: R,
    framing: Framing,
    /// What is read and not yet handed on begins at `at`.
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    /// Of what comes next.
    place: Place,
}

impl Place {
    /// Where a file begins.
    pub const START: Place = Place {
        record: 1,
        offset: 0,
    };

    /// The place of a record.
    pub fn new(record: u64, offset: u64) -> Self {
        Place { record, offset }
    }
}

impl<R: BufRead> Batches<R> {
    /// The batches of a stream from its beginning on.
    pub fn new(input: R) -> Self {
        Self::from_place(input, Place::START)
    }

    /// The batches of a stream that begins there.
    pub fn from_place(input: R, place: Place) -> Self {
        Batches {
            input,
            framing: Framing::new(LONGEST),
            buffer: Vec::new(),
            at: 0,
            ended: false,
            place,
        }
    }

    /// Takes records of so many bytes for too long.
    pub fn with_longest(mut self, longest: usize) -> Self {
        self.framing = Framing::new(longest.max(PIECE));
        self
    }

    /// The next batch; `None` at the end.
    ///
    /// # Errors
    /// Those of the reader. What was read of the batch before is lost.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        let mut batch = Batch {
            place: self.place,
            bytes: Vec::with_capacity(BYTES + BYTES / 4),
            parts: Vec::new(),
            is_inside: false,
        };
        while batch.bytes.len() < BYTES && batch.parts.len() < PARTS {
            let before = self.framing;
            match self.framing.step(&self.buffer[self.at..], self.ended) {
                Step::More(bytes) => self.fill(bytes)?,
                Step::End => break,
                Step::Part(length, part) => {
                    let is_piece = before.is_inside() || self.framing.is_inside();
                    if is_piece && !batch.parts.is_empty() {
                        // It comes with the next batch.
                        self.framing = before;
                        break;
                    }
                    let bytes = &self.buffer[self.at..self.at + length];
                    batch.bytes.extend_from_slice(bytes);
                    batch.parts.push((length, part));
                    self.at += length;
                    self.place.offset += length as u64;
                    if !self.framing.is_inside() {
                        self.place.record += 1;
                    }
                    if is_piece {
                        batch.is_inside = self.framing.is_inside();
                        break;
                    }
                }
            }
        }
        Ok((!batch.parts.is_empty()).then_some(batch))
    }

    /// Reads on until so many bytes are there, or the stream ends.
    fn fill(&mut self, bytes: usize) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        while self.buffer.len() < bytes {
            let read = match self.input.fill_buf() {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if read.is_empty() {
                self.ended = true;
                return Ok(());
            }
            let length = read.len().min(bytes.max(AT_ONCE) - self.buffer.len());
            self.buffer.extend_from_slice(&read[..length]);
            self.input.consume(length);
        }
        Ok(())
    }
}

/// The parts of bytes that are whole, such as what a compressed record is made from.
pub fn parts(bytes: &[u8]) -> Vec<(usize, Part)> {
    let mut framing = Framing::new(usize::MAX);
    let (mut done, mut parts) = (0, Vec::new());
    while let Step::Part(length, part) = framing.step(&bytes[done..], true) {
        parts.push((length, part));
        done += length;
    }
    parts
}
