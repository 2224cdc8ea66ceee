//! A quick look at a text: how much likelier a chain makes parts of it, if only single
//! characters count. It costs a look into a table for each of them, and decides what is
//! searched.

use std::mem;
use std::ops::Range;
use std::slice;
use std::sync::LazyLock;

use super::chain::Chain;
use super::costs::{BAD_PARTS, Costs, Utf8};
use super::gain::{Gain, Least, Mark, Part, look, most, parts};
use super::gate::{self, PARTS};
use super::pairs::{Code, Pairs};
use super::reader::Reader;
use super::tokens::Tokens;
use super::writer::{Pending, Step, Writer};
use crate::language::is_private;
use crate::language::ngram::{Model, State};

/// Where both encodings have two bytes a character any text can be read: that a character
/// is rarer than by so much, in nats, does not count for what comes out.
const LOOSE: f32 = 10.5;

/// What comes out must be likelier than so many nats a character in the mean, and by how
/// much in all. A part is restored only if it is likelier by more than that: its mean is
/// above -7.5, or -9, of ten characters and more -10.5.
const LOOSE_MEAN: f32 = 8.5;
pub(super) const SHIFTED_MEAN: f32 = 9.0;
pub(super) const MEAN: f32 = 11.0;
const SENSIBLE: f32 = 3.0;

/// So many characters of the private-use area in a row are a font's: garbling makes them
/// here and there.
const ROW: usize = 8;
/// Stands for them; no encoding has it.
const NO_CHARACTER: char = '\u{FFFF}';

/// Of the characters that UTF-8 has, a byte that does not fit takes so many.
const UNDONE_BY_BAD: usize = 3;

/// So many characters outside ASCII must stand side by side where each is a byte: one
/// is not even one character.
const LEAST_BYTES: usize = 2;

/// A text's characters, and what they cost.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    characters: Vec<char>,
    costs: Vec<u8>,
    /// All of it, and where all characters are single bytes of some reader.
    whole: Range<usize>,
    bytes: Vec<Range<usize>>,
    /// The characters of one or the other as bytes of the reader.
    marks: Vec<Mark>,
    reader: Option<Reader>,
}

impl Sketch {
    pub(super) fn of(text: &str) -> Sketch {
        let mut sketch = Sketch::default();
        let (mut start, mut wide, mut private) = (0, 0, 0);
        for (place, character) in text.chars().enumerate() {
            match is_private(character) {
                true => private += 1,
                false => sketch.end_row(mem::take(&mut private)),
            }
            let is_ascii = character.is_ascii();
            if !is_ascii && !is_byte(character) {
                sketch.push(start..place, wide);
                (start, wide) = (place + 1, 0);
            } else {
                wide += usize::from(!is_ascii);
            }
            sketch.characters.push(character);
            sketch.costs.push(match is_ascii {
                true => 0,
                false => gate::parts(character),
            });
        }
        sketch.end_row(private);
        sketch.whole = 0..sketch.characters.len();
        sketch.push(start..sketch.characters.len(), wide);
        sketch
    }

    /// The last so many characters are of the private-use area.
    fn end_row(&mut self, private: usize) {
        if private >= ROW {
            let start = self.characters.len() - private;
            self.characters[start..].fill(NO_CHARACTER);
        }
    }

    fn push(&mut self, bytes: Range<usize>, wide: usize) {
        if wide >= LEAST_BYTES {
            self.bytes.push(bytes);
        }
    }

    /// What the text gains if it was written and read so: as far as it is worth a search,
    /// and in all.
    pub(super) fn gains(&mut self, chain: Chain, least: &Least) -> (Gain, Gain) {
        let Chain { reader, writer, .. } = chain;
        let caps = match (reader.is_single(), writer) {
            (true, _) => [u8::MAX; 2],
            (false, Writer::Utf8) => [BAD_PARTS as u8; 2],
            (false, Writer::Gbk | Writer::Big5) => [(LOOSE * PARTS) as u8, u8::MAX],
        };
        self.read(reader);
        let (mut worth, mut whole) = Default::default();
        for (range, marks) in self.parts(reader) {
            let most = most(marks, writer, caps);
            if most[0] >= parts(least.needed) {
                let least = parts(least.listed);
                look(marks, writer, range.start, caps[0], least, &mut worth);
            }
            if most[1] >= parts(least.whole) {
                look(marks, writer, range.start, caps[1], i32::MAX, &mut whole);
            }
        }
        (worth, whole)
    }

    /// How many characters outside ASCII it has somewhere that a step before may have
    /// made, if it is UTF-8 read so. A byte that does not fit takes some from them.
    pub(super) fn undone(&mut self, reader: Reader) -> usize {
        self.read(reader);
        let mut text = Utf8::default();
        let (mut count, mut most) = (0_usize, 0);
        for (_, marks) in self.parts(reader) {
            for mark in marks {
                let bytes = mark.bytes();
                if bytes.is_empty() {
                    text.forget();
                }
                for &byte in bytes {
                    let is_last = text.ends(byte);
                    match text.of(byte) {
                        0 => {}
                        _ if is_last && is_between(text.last()) => count += 1,
                        _ => count = count.saturating_sub(UNDONE_BY_BAD),
                    }
                }
                most = most.max(count);
            }
            text.forget();
            count = 0;
        }
        most
    }

    /// The characters as bytes, where each of them is of a pair.
    pub(super) fn pairs(&mut self, reader: Reader) -> &[Mark] {
        self.read(reader);
        &self.marks
    }

    /// Where what comes out of a gain's parts may be Chinese, sorted.
    pub(super) fn sensible(
        &mut self,
        Chain { reader, writer, .. }: Chain,
        gain: &Gain,
    ) -> Vec<Range<usize>> {
        self.read(reader);
        let mean = match (reader.is_single(), writer) {
            (false, Writer::Gbk | Writer::Big5) => LOOSE_MEAN,
            _ => MEAN,
        };
        let mut found = Vec::new();
        let mut parts = gain.parts.iter().peekable();
        for (range, marks) in self.parts(reader) {
            while let Some(part) = parts.next_if(|part| part.range.end <= range.end) {
                let from = found.len();
                let within = Part {
                    range: part.range.start - range.start..part.range.end - range.start,
                    ..*part
                };
                sensible(marks, &within, writer, mean, &mut found);
                // Behind a byte that is lost nothing tells where characters begin.
                let is_lost = |mark: &Mark| mark.length == Mark::LOST.length;
                if reader == Reader::ShiftJis && marks[within.range.clone()].iter().any(is_lost) {
                    found.truncate(from);
                    found.push(within.range);
                }
                for found in &mut found[from..] {
                    *found = found.start + range.start..found.end + range.start;
                }
            }
        }
        found
    }

    fn read(&mut self, reader: Reader) {
        if self.reader.replace(reader) == Some(reader) {
            return;
        }
        let firsts = reader.pairs().map(Pairs::firsts);
        let mark = |(&character, &cost): (&char, &u8)| {
            let code = match (firsts, character as usize) {
                _ if character == char::REPLACEMENT_CHARACTER => return Mark::LOST,
                (Some(firsts), wide @ 0x80..0x1_0000) => Code::of(firsts[wide]),
                _ => reader.bytes(character),
            };
            code.map_or(Mark::OTHER, |code| Mark::new(code, cost))
        };
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        for range in self.ranges(reader) {
            let characters = self.characters[range.clone()].iter();
            marks.extend(characters.zip(&self.costs[range.clone()]).map(mark));
        }
        self.marks = marks;
    }

    fn ranges(&self, reader: Reader) -> &[Range<usize>] {
        match reader.is_single() {
            true => &self.bytes,
            false => slice::from_ref(&self.whole),
        }
    }

    fn parts(&self, reader: Reader) -> impl Iterator<Item = (&Range<usize>, &[Mark])> {
        let mut rest = &self.marks[..];
        self.ranges(reader).iter().map(move |range| {
            let (marks, behind) = rest.split_at(range.len());
            rest = behind;
            (range, marks)
        })
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }
}

/// A text between two steps as bytes.
pub(super) fn of_tokens(tokens: &Tokens) -> Vec<Mark> {
    let mark = |token| match tokens.known(token) {
        Some(code) => Mark::new(code, tokens.cost(token)),
        None if token.alternatives.is_empty() => Mark::OTHER,
        None => Mark::LOST,
    };
    tokens.list.iter().map(mark).collect()
}

/// Of what a part gains: where what comes out may be Chinese. A character counts so many
/// nats more than it costs the model.
pub(super) fn sensible(
    marks: &[Mark],
    part: &Part,
    writer: Writer,
    mean: f32,
    into: &mut Vec<Range<usize>>,
) {
    let model = Model::embedded();
    let (mut state, mut pending) = (State::START, Pending::NONE);
    let mut is_first = true;
    let before = part.range.start.checked_sub(1).map(|before| marks[before]);
    if part.is_within
        && let Some(mark) = before
        && let Some(&last) = mark.bytes().last()
        && let Step::More(more) = writer.step(Pending::NONE, last)
    {
        pending = more;
    }
    let (mut sum, mut most) = (0.0, 0.0);
    let mut range = part.range.start..part.range.start;
    for (place, mark) in part.range.clone().zip(&marks[part.range.clone()]) {
        if mark.length == Mark::LOST.length && !mem::take(&mut pending).is_none() {
            sum += SENSIBLE;
        }
        for &byte in mark.bytes() {
            let step = match writer.step(pending, byte) {
                Step::Bad => writer.step(Pending::NONE, byte),
                step => step,
            };
            pending = Pending::NONE;
            match step {
                Step::More(more) => pending = more,
                Step::Done(character) => {
                    let (nats, next) = model.step(state, character);
                    let gain = match character.is_ascii() {
                        true => 0.0,
                        false => mean + nats,
                    };
                    // What stands before the first one is not known.
                    sum += if is_first { gain.max(0.0) } else { gain };
                    (state, is_first) = (next, false);
                }
                Step::Bad => {}
            }
        }
        if sum > most {
            most = sum;
            range.end = place + 1;
        }
        if sum <= 0.0 || place + 1 == part.range.end {
            if most >= SENSIBLE {
                into.push(range.clone());
            }
            (sum, most, range.start) = (0.0, 0.0, place + 1);
        }
    }
}

/// Whether it is one byte of some encoding whose characters all are, or stands for what
/// was lost.
fn is_byte(character: char) -> bool {
    static BYTES: LazyLock<Box<[bool]>> = LazyLock::new(|| {
        let mut bytes = vec![false; 0x1_0000].into_boxed_slice();
        for character in Reader::SINGLE.into_iter().flat_map(Reader::characters) {
            bytes[character as usize] = true;
        }
        bytes[char::REPLACEMENT_CHARACTER as usize] = true;
        bytes
    });
    BYTES.get(character as usize) == Some(&true)
}

/// Whether the first of two steps may have made the character.
fn is_between(character: Option<char>) -> bool {
    let is_pair = |character| Reader::Gbk.bytes(character).is_some();
    character.is_some_and(|character| is_byte(character) || is_pair(character))
}
