//! A quick look at a text: how much likelier a chain makes parts of it, if only single
//! characters count. It costs a look into a table for each of them, and decides what is
//! searched.

use std::ops::Range;
use std::sync::LazyLock;

use super::gate::{self, PARTS};
use super::pairs::{Code, Pairs, place};
use super::reader::Reader;
use super::tokens::Tokens;
use super::writer::Writer;

/// What it costs that a byte does not fit, in nats.
pub(super) const BAD: f32 = 12.0;
const BAD_PARTS: i32 = (BAD * PARTS) as i32;

/// Where both encodings have two bytes a character, or one is read shifted, any text can
/// be read: that a character is rarer than by so much, in nats, does not count for what
/// comes out.
pub(super) const LOOSE: f32 = 10.5;

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
    pub(super) parts: Vec<Range<usize>>,
}

/// A part of a text that gains something, in characters.
#[derive(Clone, Debug)]
struct Part {
    most: i32,
    range: Range<usize>,
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
            self.parts.push(part.range);
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

    /// What the text gains if it was written and read so, as far as it is worth a search.
    /// Parts are listed that gain at least so much, in nats.
    pub(super) fn gain(&mut self, reader: Reader, writer: Writer, least: f32) -> Gain {
        let most = match (reader.is_single(), writer) {
            (true, _) => None,
            (false, Writer::Utf8) => Some(BAD),
            (false, Writer::Gbk | Writer::Big5) => Some(LOOSE),
        };
        self.look(reader, writer, Settings::new(least, most))
    }

    /// What it gains in all.
    pub(super) fn whole_gain(&mut self, reader: Reader, writer: Writer) -> Gain {
        self.look(reader, writer, Settings::new(f32::MAX, None))
    }

    fn look(&mut self, reader: Reader, writer: Writer, settings: Settings) -> Gain {
        self.read(reader);
        let mut gain = Gain::default();
        for (range, marks) in self.parts(reader) {
            look(marks, writer, range.start, settings, &mut gain);
        }
        gain
    }

    /// How many characters outside ASCII it has somewhere if it is UTF-8 read so. A byte
    /// that does not fit takes as many from them as it costs more than they gain.
    pub(super) fn undone(&mut self, reader: Reader) -> usize {
        self.read(reader);
        let mut text = Utf8::default();
        let (mut count, mut most) = (0_usize, 0);
        for (_, marks) in self.parts(reader) {
            for mark in marks {
                let bytes = match mark.length {
                    length @ 1..=2 => &mark.bytes[..usize::from(length)],
                    _ => &[],
                };
                if bytes.is_empty() {
                    text.forget();
                }
                for &byte in bytes {
                    let is_last = text.missing == 1 && byte & 0xC0 == 0x80;
                    match text.feed(byte) {
                        0 => {}
                        cost if is_last && cost < 2 * BAD_PARTS => count += 1,
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

    /// The characters as bytes of pairs.
    pub(super) fn pairs(&mut self, reader: Reader) -> &[Mark] {
        self.read(reader);
        &self.marks
    }

    fn read(&mut self, reader: Reader) {
        if self.reader.replace(reader) == Some(reader) {
            return;
        }
        let mark = |(&character, &cost): (&char, &u8)| match reader.bytes(character) {
            _ if character == char::REPLACEMENT_CHARACTER => Mark::LOST,
            Some(code) => Mark::new(code, cost),
            None => Mark::OTHER,
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

/// The same of a text between two steps.
pub(super) fn of_tokens(tokens: &Tokens, writer: Writer, least: f32) -> Gain {
    let mark = |token| match tokens.known(token) {
        Some(code) => Mark::new(code, tokens.cost(token)),
        None if token.alternatives.is_empty() => Mark::OTHER,
        None => Mark::LOST,
    };
    let marks: Vec<Mark> = tokens.list.iter().map(mark).collect();
    let mut gain = Gain::default();
    look(&marks, writer, 0, Settings::new(least, None), &mut gain);
    gain
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

/// Looks at characters of which the first one is that one of the text.
fn look(marks: &[Mark], writer: Writer, first: usize, settings: Settings, gain: &mut Gain) {
    match writer {
        Writer::Utf8 => look_as(marks, Utf8::default(), first, settings, gain),
        Writer::Gbk | Writer::Big5 => look_as(marks, Pair::new(writer), first, settings, gain),
    }
}

/// In eighths of a nat: what a part has to gain to be listed, and what a character that
/// stands there counts at most.
#[derive(Clone, Copy, Debug)]
struct Settings {
    least: i32,
    most: i32,
}

impl Settings {
    fn new(least: f32, most: Option<f32>) -> Settings {
        Settings {
            least: (least * PARTS) as i32,
            most: most.map_or(i32::MAX, |most| (most * PARTS) as i32),
        }
    }
}

fn look_as(
    marks: &[Mark],
    mut text: impl Decode,
    first: usize,
    Settings { least, most }: Settings,
    gain: &mut Gain,
) {
    let mut sum = 0;
    let mut part = Part {
        most: 0,
        range: 0..0,
    };
    for (place, mark) in (first..).zip(marks) {
        if sum == 0 {
            if part.most > 0 {
                gain.add(part.clone(), least);
                part.most = 0;
            }
            part.range.start = place;
        }
        match mark.length {
            0 => {
                text.forget();
                continue;
            }
            1 => sum += i32::from(mark.literal).min(most) - text.feed(mark.bytes[0]),
            2 => {
                sum += i32::from(mark.literal).min(most);
                sum -= text.feed(mark.bytes[0]) + text.feed(mark.bytes[1]);
            }
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

/// Bytes, read one by one.
trait Decode {
    /// What a byte costs, in eighths of a nat: the character that it ends, or that it
    /// does not fit.
    fn feed(&mut self, byte: u8) -> i32;
    fn forget(&mut self);
    fn is_pending(&self) -> bool;
}

/// A character of UTF-8 so far.
#[derive(Debug, Default)]
struct Utf8 {
    code: u32,
    /// Bytes that are still to come, and all.
    missing: u8,
    length: u8,
}

impl Utf8 {
    fn begin(&mut self, byte: u8) -> i32 {
        let (length, bits) = match byte {
            ..0x80 => return 0,
            0xC2..=0xDF => (2, byte & 0x1F),
            0xE0..=0xEF => (3, byte & 0xF),
            0xF0..=0xF4 => (4, byte & 7),
            _ => return BAD_PARTS,
        };
        self.code = bits.into();
        (self.missing, self.length) = (length - 1, length);
        0
    }
}

impl Decode for Utf8 {
    fn feed(&mut self, byte: u8) -> i32 {
        if self.missing == 0 {
            return self.begin(byte);
        }
        if byte & 0xC0 != 0x80 {
            self.missing = 0;
            return BAD_PARTS + self.begin(byte);
        }
        self.code = self.code << 6 | u32::from(byte & 0x3F);
        self.missing -= 1;
        if self.missing > 0 {
            return 0;
        }
        let least = [0x80, 0x800, 0x1_0000][usize::from(self.length - 2)];
        match char::from_u32(self.code) {
            Some(character) if self.code >= least => gate::parts(character).into(),
            // Neither does the last byte begin anything.
            _ => 2 * BAD_PARTS,
        }
    }

    fn forget(&mut self) {
        self.missing = 0;
    }

    fn is_pending(&self) -> bool {
        self.missing > 0
    }
}

/// A character of two bytes so far.
#[derive(Debug)]
struct Pair {
    costs: &'static [u8],
    lead: u8,
}

impl Pair {
    fn new(writer: Writer) -> Pair {
        static GBK: LazyLock<Box<[u8]>> = LazyLock::new(|| costs(Writer::Gbk.pairs()));
        static BIG5: LazyLock<Box<[u8]>> = LazyLock::new(|| costs(Writer::Big5.pairs()));
        let costs = if writer == Writer::Big5 { &BIG5 } else { &GBK };
        Pair { costs, lead: 0 }
    }

    fn begin(&mut self, byte: u8) -> i32 {
        match byte {
            ..0x80 => 0,
            0x80 | 0xFF => BAD_PARTS,
            _ => {
                self.lead = byte;
                0
            }
        }
    }
}

impl Decode for Pair {
    fn feed(&mut self, byte: u8) -> i32 {
        if self.lead == 0 {
            return self.begin(byte);
        }
        let cost = place(self.lead, byte).map_or(NONE, |place| self.costs[place]);
        self.lead = 0;
        match cost {
            NONE => BAD_PARTS + self.begin(byte),
            cost => cost.into(),
        }
    }

    fn forget(&mut self) {
        self.lead = 0;
    }

    fn is_pending(&self) -> bool {
        self.lead != 0
    }
}

/// The cost of a pair that is no character.
const NONE: u8 = u8::MAX;

/// What the characters of a table cost, by its places.
fn costs(pairs: Option<&'static Pairs>) -> Box<[u8]> {
    let characters = pairs.map_or(&[][..], Pairs::characters);
    let cost = |&character: &char| match character {
        '\0' => NONE,
        _ => gate::parts(character),
    };
    characters.iter().map(cost).collect()
}
