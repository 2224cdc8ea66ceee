//! A quick look at a text: how much likelier a chain makes parts of it, if only single
//! characters count. It costs a look into a table for each of them, and decides what is
//! searched.

use std::ops::Range;
use std::sync::LazyLock;

use super::chain::Chain;
use super::costs::{BAD, BAD_PARTS, Costs, Pair, Utf8};
use super::gate::{self, PARTS};
use super::pairs::{Code, Pairs};
use super::reader::Reader;
use super::tokens::Tokens;
use super::writer::{Pending, Step, Writer};
use crate::language::ngram::{Model, State};

/// Where both encodings have two bytes a character, or one is read shifted, any text can
/// be read: that a character is rarer than by so much, in nats, does not count for what
/// comes out.
pub(super) const LOOSE: f32 = 10.5;

/// What comes out must be likelier than so many nats a character in the mean, and by how
/// much in all. A part is restored only if it is likelier by more than that: its mean is
/// above -7.5, or -9, of ten characters and more -10.5.
pub(super) const LOOSE_MEAN: f32 = 9.0;
pub(super) const MEAN: f32 = 11.0;
const SENSIBLE: f32 = 4.0;

/// Of the characters that UTF-8 has, a byte that does not fit takes so many.
const UNDONE_BY_BAD: usize = 3;

/// So many characters outside ASCII must stand side by side where each is a byte: one
/// is not even one character.
const LEAST_BYTES: usize = 2;

/// A character: the bytes that it stands for, and what it costs as it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) bytes: [u8; 2],
    pub(super) length: u8,
    pub(super) literal: u8,
}

impl Mark {
    /// A decoder may have written it for something.
    const LOST: Mark = Mark {
        bytes: [0; 2],
        length: 0,
        literal: 0,
    };
    /// It cannot have been garbled.
    const OTHER: Mark = Mark {
        length: u8::MAX,
        ..Mark::LOST
    };

    fn bytes(&self) -> &[u8] {
        match self.length {
            length @ 1..=2 => &self.bytes[..usize::from(length)],
            _ => &[],
        }
    }

    fn new(Code { bytes, length }: Code, literal: u8) -> Mark {
        Mark {
            bytes,
            length,
            literal,
        }
    }
}

/// What a chain makes likelier.
#[derive(Clone, Debug, Default)]
pub(super) struct Gain {
    /// By how much, in eighths of a nat, where it is the most, and where that is.
    most: i32,
    pub(super) best: Range<usize>,
    /// The parts that gain at least so much, with what they gain.
    pub(super) parts: Vec<Part>,
}

/// A part of a text that gains something, in characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    most: i32,
    pub(super) range: Range<usize>,
    /// Whether it begins within a character.
    is_within: bool,
}

impl Part {
    /// One that begins with the second byte of the character before.
    pub(super) fn shifted(range: Range<usize>) -> Part {
        Part {
            range,
            is_within: true,
            ..Part::default()
        }
    }
}

impl Gain {
    /// In nats.
    pub(super) fn nats(&self) -> f32 {
        self.most as f32 / PARTS
    }

    fn add(&mut self, part: Part, least: i32) {
        if part.most > self.most {
            self.most = part.most;
            self.best = part.range.clone();
        }
        if part.most >= least {
            self.parts.push(part);
        }
    }
}

/// A text's characters, and what they cost.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    characters: Vec<char>,
    costs: Vec<u8>,
    /// All of it, and where all characters are single bytes of some reader.
    whole: [Range<usize>; 1],
    bytes: Vec<Range<usize>>,
    /// The characters of one or the other as bytes of the reader.
    marks: Vec<Mark>,
    reader: Option<Reader>,
}

impl Sketch {
    pub(super) fn of(text: &str) -> Sketch {
        let mut sketch = Sketch::default();
        let (mut start, mut wide) = (0, 0);
        for (place, character) in text.chars().enumerate() {
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
        sketch.whole = [0..sketch.characters.len()];
        sketch.push(start..sketch.characters.len(), wide);
        sketch
    }

    fn push(&mut self, bytes: Range<usize>, wide: usize) {
        if wide >= LEAST_BYTES {
            self.bytes.push(bytes);
        }
    }

    /// What the text gains if it was written and read so, as far as it is worth a search:
    /// nothing if no part gains what is needed. Parts are listed that gain at least so
    /// much. All in nats.
    pub(super) fn gain(&mut self, chain: Chain, needed: f32, least: f32) -> Gain {
        let Chain { reader, writer, .. } = chain;
        let most = match (reader.is_single(), writer) {
            (true, _) => None,
            (false, Writer::Utf8) => Some(BAD),
            (false, Writer::Gbk | Writer::Big5) => Some(LOOSE),
        };
        self.look(reader, writer, Settings::new(needed, least, most))
    }

    /// What it gains in all, if some part gains what is needed.
    pub(super) fn whole_gain(&mut self, chain: Chain, needed: f32) -> Gain {
        let Chain { reader, writer, .. } = chain;
        self.look(reader, writer, Settings::new(needed, f32::MAX, None))
    }

    fn look(&mut self, reader: Reader, writer: Writer, settings: Settings) -> Gain {
        self.read(reader);
        let mut gain = Gain::default();
        for (range, marks) in self.parts(reader) {
            look(marks, writer, range.start, settings, &mut gain);
        }
        gain
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
                if reader == Reader::ShiftJis && found.len() > from {
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
            false => &self.whole,
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

/// What it gains if it was written so.
pub(super) fn gain_between(marks: &[Mark], writer: Writer, needed: f32, least: f32) -> Gain {
    let mut gain = Gain::default();
    look(
        marks,
        writer,
        0,
        Settings::new(needed, least, None),
        &mut gain,
    );
    gain
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
        if mark.length == 0 {
            pending = Pending::NONE;
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
                    sum += if character.is_ascii() {
                        0.0
                    } else {
                        mean + nats
                    };
                    state = next;
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

/// Looks at characters of which the first one is that one of the text.
fn look(marks: &[Mark], writer: Writer, first: usize, settings: Settings, gain: &mut Gain) {
    let most = settings.most;
    match writer {
        Writer::Utf8 => {
            if gains_at_most(marks, Utf8::default(), most) >= settings.needed {
                look_as(marks, Utf8::default(), first, settings, gain);
            }
        }
        Writer::Gbk | Writer::Big5 => {
            if gains_at_most(marks, Pair::new(writer), most) >= settings.needed {
                look_as(marks, Pair::new(writer), first, settings, gain);
            }
        }
    }
}

/// What some part gains, in eighths of a nat, or a little more.
fn gains_at_most(marks: &[Mark], mut text: impl Costs, most: i32) -> i32 {
    let (mut sum, mut best) = (0, 0);
    for mark in marks {
        let literal = i32::from(mark.literal).min(most);
        match mark.length {
            2 => {
                // Nothing that it loses can be lost.
                let is_vain = sum == 0 && most <= BAD_PARTS && !text.is_pending();
                if is_vain && text.is_vain(mark.bytes) {
                    continue;
                }
                sum = (sum + literal - text.of_pair(mark.bytes)).max(0);
            }
            1 => sum = (sum + literal - text.of(mark.bytes[0])).max(0),
            0 => text.forget(),
            _ => {
                text.forget();
                sum = 0;
            }
        }
        best = best.max(sum);
    }
    best
}

/// In eighths of a nat: what a part has to gain to be listed, and what a character that
/// stands there counts at most.
#[derive(Clone, Copy, Debug)]
struct Settings {
    /// What some part has to gain for any to count.
    needed: i32,
    least: i32,
    most: i32,
}

impl Settings {
    fn new(needed: f32, least: f32, most: Option<f32>) -> Settings {
        let parts = |nats: f32| (nats * PARTS) as i32;
        Settings {
            needed: parts(needed),
            least: parts(least),
            most: most.map_or(i32::MAX, parts),
        }
    }
}

fn look_as(
    marks: &[Mark],
    mut text: impl Costs,
    first: usize,
    Settings { least, most, .. }: Settings,
    gain: &mut Gain,
) {
    let mut sum = 0;
    let mut part = Part::default();
    for (place, mark) in (first..).zip(marks) {
        if sum == 0 {
            if part.most > 0 {
                gain.add(part.clone(), least);
                part.most = 0;
            }
            part.range.start = place;
            // Nothing that it loses can be lost.
            let is_vain = || !text.is_pending() && text.is_vain(mark.bytes);
            if mark.length == 2 && most <= BAD_PARTS && is_vain() {
                continue;
            }
            part.is_within = text.is_pending();
        }
        match mark.length {
            0 => {
                text.forget();
                continue;
            }
            1 => sum += i32::from(mark.literal).min(most) - text.of(mark.bytes[0]),
            2 => sum += i32::from(mark.literal).min(most) - text.of_pair(mark.bytes),
            _ => {
                text.forget();
                sum = 0;
                continue;
            }
        }
        sum = sum.max(0);
        if sum > part.most && !text.is_pending() {
            part.most = sum;
            part.range.end = place + 1;
        }
    }
    if part.most > 0 {
        gain.add(part, least);
    }
}
