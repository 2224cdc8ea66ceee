//! Which chains can have garbled a text: a quick look at each, so that only the
//! few that are likely are searched.

use std::mem;
use std::ops::Range;

use super::chain::{Chain, DROPPING, ONCE, THROUGH, twice};
use super::gate::cost;
use super::pairs::{self, Code};
use super::reader::Reader;
use super::tokens::Tokens;
use super::writer::{Pending, Step, Writer};

/// In nats: what it costs that a byte does not fit, and what a chain has to gain
/// somewhere in the text to be searched.
const BAD: f32 = 12.0;
const LEAST: f32 = 8.0;

/// What a chain has to gain for the part to be suspected even if it is not
/// restored, in nats. With 25 it is a matter of chance in a few rare characters,
/// and of what stands next to them.
const SUSPECTED: f32 = 60.0;

/// Where one part of a line has gained so much by being read shifted, what another one
/// has to gain to be searched too, in nats.
const LEAST_BESIDE: f32 = 4.0;

/// A quick look may miss so many characters of what was read shifted, at its beginning:
/// some are as likely as what they were.
const EARLIER: usize = 8;

/// How many are searched, at most.
const MOST: usize = 3;
const MOST_TWICE: usize = 2;

/// A chain that may have garbled a text, and what it may have been then.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) chain: Chain,
    pub(super) tokens: Tokens,
    /// By how much it makes a part of the text likelier, in nats.
    pub(super) gain: f32,
}

/// A character, for a quick look.
#[derive(Clone, Copy, Debug)]
enum Sketch {
    /// These bytes, and what it costs as it stands.
    Bytes(Code, f32),
    /// A decoder may have written it for something.
    Lost,
    /// It cannot have been garbled.
    Other,
}

/// The likeliest chains, the best first.
pub(super) fn candidates(text: &str, at: usize) -> Vec<Candidate> {
    let mut found: Vec<(f32, Chain)> = Vec::new();
    let mut sketch: (Option<Reader>, Vec<Sketch>) = (None, Vec::new());
    for chain in ONCE {
        if sketch.0 != Some(chain.reader) {
            sketch = (Some(chain.reader), of_text(text, chain.reader));
        }
        found.push((gain(&sketch.1, chain.writer).0, chain));
    }
    let mut twofold = Vec::new();
    for through in THROUGH {
        for chain in twice(through) {
            let tokens = Tokens::through(text, at, through, chain.reader);
            let Some(tokens) = tokens else {
                break;
            };
            let (gain, _) = gain(&of_tokens(&tokens), chain.writer);
            twofold.push(Candidate {
                chain,
                tokens,
                gain,
            });
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let found = found.into_iter().filter(|&(gain, _)| gain >= LEAST);
    let mut found: Vec<Candidate> = found
        .take(MOST)
        .map(|(gain, chain)| Candidate {
            chain,
            tokens: Tokens::of(text, at, chain.reader),
            gain,
        })
        .collect();
    twofold.retain(|candidate| candidate.gain >= LEAST);
    twofold.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    twofold.truncate(MOST_TWICE);
    // Undoing a step makes fewer characters, so what has two steps and what has
    // one cannot be compared at a quick look.
    found.append(&mut twofold);
    found
}

/// Before which characters of a text GBK may begin that was read shifted by a byte:
/// from a little before what is likelier if it was, to where that is the likeliest.
/// Sorted and disjoint, counted in characters.
pub(super) fn shifts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut shift = Shift::default();
    let mut half = None;
    for (place, sketch) in of_text(text, Reader::Gbk).into_iter().enumerate() {
        let Sketch::Bytes(Code { bytes, length: 2 }, literal) = sketch else {
            half = None;
            mem::replace(&mut shift, Shift::from(place + 1)).end(&mut found);
            continue;
        };
        if let Some(half) = half {
            let whole = pairs::gbk().character(half, bytes[0]);
            shift.sum += literal - whole.map_or(BAD, cost);
        }
        half = Some(bytes[1]);
        if shift.sum <= 0.0 {
            mem::replace(&mut shift, Shift::from(place)).end(&mut found);
        } else if shift.sum > shift.most {
            (shift.most, shift.best) = (shift.sum, place);
        }
    }
    shift.end(&mut found);
    if found.iter().all(|(most, _)| *most < LEAST) {
        return Vec::new();
    }
    let mut begins: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for (_, range) in found {
        match begins.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = range.end,
            None => begins.push(range),
        }
    }
    begins
}

/// A part of a text that is likelier if it was read shifted.
#[derive(Debug, Default)]
struct Shift {
    /// By how much it is, in nats, up to now and at most.
    sum: f32,
    most: f32,
    /// In characters: where it begins, and where it is the likeliest.
    start: usize,
    best: usize,
}

impl Shift {
    fn from(start: usize) -> Self {
        Shift {
            start,
            ..Shift::default()
        }
    }

    fn end(self, found: &mut Vec<(f32, Range<usize>)>) {
        if self.most >= LEAST_BESIDE {
            let start = self.start.saturating_sub(EARLIER);
            found.push((self.most, start..self.best + 1));
        }
    }
}

/// The chains in which something has vanished.
pub(super) fn dropping(text: &str, at: usize) -> Vec<Candidate> {
    let chains = DROPPING.into_iter().map(|chain| {
        let (gain, _) = gain(&of_text(text, chain.reader), chain.writer);
        (gain, chain)
    });
    let likely = chains.filter(|&(gain, _)| gain >= LEAST);
    likely
        .map(|(gain, chain)| {
            let mut tokens = Tokens::of(text, at, chain.reader);
            tokens.drop(chain.reader);
            Candidate {
                chain,
                tokens,
                gain,
            }
        })
        .collect()
}

fn of_text(text: &str, reader: Reader) -> Vec<Sketch> {
    let sketch = |character: char| match reader.bytes(character) {
        _ if character == char::REPLACEMENT_CHARACTER => Sketch::Lost,
        Some(code) if character.is_ascii() => Sketch::Bytes(code, 0.0),
        Some(code) => Sketch::Bytes(code, cost(character)),
        None => Sketch::Other,
    };
    text.chars().map(sketch).collect()
}

fn of_tokens(tokens: &Tokens) -> Vec<Sketch> {
    let sketch = |token| match tokens.known(token) {
        Some(code) => Sketch::Bytes(code, tokens.cost(token)),
        None if token.alternatives.is_empty() => Sketch::Other,
        None => Sketch::Lost,
    };
    tokens.list.iter().map(sketch).collect()
}

/// Fewer characters are not suspected: a byte order mark is not this stage's, and
/// what a few can be read as depends on where reading begins.
const SUSPECTED_LEAST: usize = 12;

/// The part of a line that looks garbled by a single step.
pub(super) fn suspected(line: &str) -> Option<Range<usize>> {
    let mut sketch: (Option<Reader>, Vec<Sketch>) = (None, Vec::new());
    let mut best = (SUSPECTED, 0..0);
    for chain in ONCE {
        if sketch.0 != Some(chain.reader) {
            sketch = (Some(chain.reader), of_text(line, chain.reader));
        }
        let found = gain(&sketch.1, chain.writer);
        if found.0 >= best.0 {
            best = found;
        }
    }
    let (_, part) = best;
    let at = |place: usize| {
        line.char_indices()
            .nth(place)
            .map_or(line.len(), |(at, _)| at)
    };
    (part.len() >= SUSPECTED_LEAST).then(|| at(part.start)..at(part.end))
}

/// By how much the bytes make the best part of the text likelier, by the single
/// characters, and which characters that part has.
fn gain(text: &[Sketch], writer: Writer) -> (f32, Range<usize>) {
    let mut sum = 0.0_f32;
    let mut start = 0;
    let mut most = (0.0_f32, 0..0);
    let mut pending = Pending::NONE;
    for (place, sketch) in text.iter().enumerate() {
        if sum == 0.0 {
            start = place;
        }
        let (code, literal) = match *sketch {
            Sketch::Bytes(code, literal) => (code, literal),
            Sketch::Lost => {
                pending = Pending::NONE;
                continue;
            }
            Sketch::Other => {
                (pending, sum) = (Pending::NONE, 0.0);
                continue;
            }
        };
        sum += literal;
        for &byte in &code.bytes[..usize::from(code.length)] {
            let step = match writer.step(pending, byte) {
                Step::Bad if !pending.is_none() => {
                    sum -= BAD;
                    writer.step(Pending::NONE, byte)
                }
                step => step,
            };
            pending = Pending::NONE;
            match step {
                Step::More(more) => pending = more,
                Step::Done(character) if character.is_ascii() => {}
                Step::Done(character) => sum -= cost(character),
                Step::Bad => sum -= BAD,
            }
        }
        sum = sum.max(0.0);
        if pending.is_none() && sum > most.0 {
            most = (sum, start..place + 1);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_begins_a_little_before_what_looks_shifted() {
        // 第二个端口号大于第一个, of which half a character is lost.
        let shifted = "龆丝诤糯笥诘谝桓觯";
        assert!(shifts("这里的文字没有问题，也不会被搜索。").is_empty());
        let clean = "这里的文字没有问题，也不会被搜索。";
        let text = format!("{clean}A第二?{shifted}B{clean}");
        let begins = shifts(&text);
        let start = text.chars().position(|c| c == '龆').expect("it is there");
        assert_eq!(begins.len(), 1, "{begins:?}");
        assert!(begins[0].contains(&start), "{begins:?}");
        assert!(
            begins[0].end <= start + shifted.chars().count(),
            "{begins:?}"
        );
        assert!(begins[0].start + EARLIER >= start - 1, "{begins:?}");
    }
}
