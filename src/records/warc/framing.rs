//! Where records begin and end.

use super::Misframed;
use super::head::{self, Head};

/// A head is not longer; where none ends within so many bytes, there is none.
pub(super) const HEAD: usize = 64 << 10;

/// A record that is longer, with its head, is passed through: see the limit of JSON
/// Lines.
pub(super) const LONGEST: usize = 4 << 20;

/// What is too long comes in pieces of so many bytes.
pub(super) const PIECE: usize = 1 << 20;

/// So much is looked at behind a record: two line ends, or more, and what comes next.
const BEHIND: usize = 64;

/// So many bytes of what no record begins in are looked at once more with those behind
/// them.
const OVERLAP: usize = 16;

/// What a piece of the stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// A whole record, with the line ends behind it.
    Record,
    /// The beginning of a record that is too long to be cleaned.
    Long,
    /// More of such a record, and what is wrong with it, as its end shows.
    Rest(Option<Misframed>),
    /// What is no record, or the beginning of it.
    Broken(Misframed),
    /// More of what is no record.
    Lost,
}

impl Part {
    /// Whether a record begins with it, or what stands in the place of one.
    pub fn is_beginning(self) -> bool {
        matches!(self, Part::Record | Part::Long | Part::Broken(_))
    }
}

/// What can be said of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing, unless so many are there, or the stream ends.
    More(usize),
    Part(usize, Part),
    End,
}

/// Where in the stream the bytes begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Between,
    /// In a record that is too long, so many bytes before the end of its block.
    Inside(u64),
    /// In what is no record.
    Lost,
}

/// Tells the parts of a stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Framing {
    state: State,
    longest: usize,
}

impl Framing {
    pub(super) fn new(longest: usize) -> Self {
        Framing {
            state: State::Between,
            longest,
        }
    }

    /// Whether a record, or what is none, goes on.
    pub(super) fn is_inside(self) -> bool {
        self.state != State::Between
    }

    /// The next part of a stream that goes on with these bytes, and ends with them if
    /// `ended`.
    pub(super) fn step(&mut self, bytes: &[u8], ended: bool) -> Step {
        match self.state {
            State::Between => self.record(bytes, ended),
            State::Inside(left) => self.rest(bytes, left, ended),
            State::Lost => self.search(bytes, 0, ended, Part::Lost),
        }
    }

    fn record(&mut self, bytes: &[u8], ended: bool) -> Step {
        const BEGINNING: &[u8] = b"WARC/";
        if bytes.len() < BEGINNING.len() && !ended {
            return Step::More(BEGINNING.len());
        }
        if bytes.is_empty() {
            return Step::End;
        }
        let broken = |fault| Part::Broken(fault);
        if !bytes.starts_with(BEGINNING) {
            return self.search(bytes, 0, ended, broken(Misframed::Beginning));
        }
        let limit = bytes.len().min(HEAD);
        let Some(end) = head::end(&bytes[..limit]) else {
            if limit < HEAD && !ended {
                return Step::More((bytes.len() * 2).max(BEHIND * BEHIND));
            }
            return self.search(bytes, 1, ended, broken(Misframed::Head));
        };
        let length = Head::read(&bytes[..end]).and_then(|head| head.length("Content-Length"));
        let Some(length) = length else {
            return self.search(bytes, 1, ended, broken(Misframed::Head));
        };
        let total = length.saturating_add(end as u64);
        let Some(total) = usize::try_from(total).ok().filter(|&t| t <= self.longest) else {
            let piece = bytes.len().min(PIECE);
            if piece < PIECE && !ended {
                return Step::More(PIECE);
            }
            self.state = State::Inside(total - piece as u64);
            return Step::Part(piece, Part::Long);
        };
        match behind(bytes, total, ended) {
            Behind::More(bytes) => Step::More(bytes),
            Behind::Record(end) => Step::Part(end, Part::Record),
            Behind::Else if bytes.len() < total => {
                self.search(bytes, 1, ended, broken(Misframed::BreaksOff))
            }
            Behind::Else => self.search(bytes, 1, ended, broken(Misframed::Length)),
        }
    }

    fn rest(&mut self, bytes: &[u8], left: u64, ended: bool) -> Step {
        let piece = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        if bytes.len() < piece {
            if !ended {
                return Step::More(piece);
            }
            self.state = State::Between;
            return Step::Part(bytes.len(), Part::Rest(Some(Misframed::BreaksOff)));
        }
        if (piece as u64) < left {
            self.state = State::Inside(left - piece as u64);
            return Step::Part(piece, Part::Rest(None));
        }
        let end = match behind(bytes, piece, ended) {
            Behind::More(bytes) => return Step::More(bytes),
            Behind::Record(end) => end,
            // What comes then is no record, which is told of.
            Behind::Else => piece,
        };
        self.state = State::Between;
        Step::Part(end, Part::Rest(None))
    }

    /// What is no record goes on to the next beginning of one that is sure to be one. As
    /// many bytes are looked at as there have to be, so that it does not matter how many
    /// there are.
    fn search(&mut self, bytes: &[u8], from: usize, ended: bool, part: Part) -> Step {
        const WINDOW: usize = PIECE + OVERLAP;
        if bytes.len() < WINDOW && !ended {
            return Step::More(WINDOW);
        }
        let window = bytes.len().min(WINDOW);
        for place in head::beginnings(&bytes[..window], from) {
            let rest = &bytes[place..];
            let limit = rest.len().min(HEAD);
            match head::end(&rest[..limit]) {
                Some(end) if is_sure(&rest[..end]) => {
                    self.state = State::Between;
                    return Step::Part(place, part);
                }
                None if limit < HEAD && !ended => return Step::More(place + HEAD),
                _ => {}
            }
        }
        if bytes.len() < WINDOW {
            self.state = State::Between;
            return match (bytes.is_empty(), part) {
                (true, Part::Lost) => Step::End,
                _ => Step::Part(bytes.len(), part),
            };
        }
        self.state = State::Lost;
        Step::Part(PIECE, part)
    }
}

/// What bytes begin with that go on further than is read at once, and, if that is a
/// record, how long it is.
#[cfg(feature = "cli")]
pub(crate) fn beginning(bytes: &[u8]) -> (Part, Option<u64>) {
    let head = &bytes[..bytes.len().min(HEAD)];
    if !head.starts_with(b"WARC/") {
        return (Part::Broken(Misframed::Beginning), None);
    }
    let length = head::end(head).and_then(|end| {
        let length = Head::read(&head[..end])?.length("Content-Length")?;
        Some(length.saturating_add(end as u64))
    });
    match length {
        Some(_) => (Part::Long, length),
        None => (Part::Broken(Misframed::Head), None),
    }
}

/// Whether a head is that of a record, and not a text about records: with all fields
/// that each has to have.
fn is_sure(head: &[u8]) -> bool {
    let mandatory = ["WARC-Type", "WARC-Record-ID", "WARC-Date"];
    Head::read(head).is_some_and(|head| {
        head.length("Content-Length").is_some()
            && mandatory.iter().all(|name| head.only(name).is_some())
    })
}

/// What comes behind the block of a record.
enum Behind {
    More(usize),
    /// Two line ends or more, or the end: the record ends behind them.
    Record(usize),
    Else,
}

fn behind(bytes: &[u8], total: usize, ended: bool) -> Behind {
    // A head can say any length.
    let all = total.saturating_add(BEHIND);
    if bytes.len() < all && !ended {
        return Behind::More(all);
    }
    let Some(rest) = bytes.get(total..) else {
        return Behind::Else;
    };
    let rest = &rest[..rest.len().min(BEHIND)];
    let ends = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    let (ends, next) = rest.split_at(ends.count());
    let are_two = ends.starts_with(b"\r\n\r\n") || ends.starts_with(b"\n\n");
    // At the end of a file nobody misses them.
    let is_end = next.is_empty() && ends.len() < BEHIND;
    match are_two || is_end {
        true => Behind::Record(total + ends.len()),
        false => Behind::Else,
    }
}
