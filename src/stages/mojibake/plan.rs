//! Which chains can have garbled a text, and where: a quick look at each, so that only
//! the few that are likely are searched, and nothing that gains nothing.

use std::mem;
use std::ops::Range;
use std::rc::Rc;

use super::chain::{Chain, DROPPING, ONCE, THROUGH, twice};
use super::costs::{self, BAD, BAD_PARTS};
use super::gain::{self, Gain, Least, Mark, Part};
use super::gate::PARTS;
use super::reader::Reader;
use super::sketch::{self, MEAN, SHIFTED_MEAN, Sketch};
use super::tokens::{LEAST_UNDONE, Tokens};
use super::writer::Writer;

/// In nats: what a chain has to gain somewhere in the text to be searched.
const LEAST: f32 = 8.0;

/// Where one part of a line has gained so much, what another one has to gain to be
/// searched too, in nats.
const LEAST_BESIDE: f32 = 4.0;

/// So many characters around what gains something are searched too: some are as likely
/// as what they were.
const AROUND: usize = 12;
/// The same where each character was a byte, so that they can be read from the wrong one
/// on.
const AROUND_BYTES: usize = 64;

/// The same of what was read shifted, which what is behind it makes surer.
const AROUND_SHIFTED: usize = 64;

/// What a chain has to gain for the part to be suspected even if it is not
/// restored, in nats. With 25 it is a matter of chance in a few rare characters,
/// and of what stands next to them.
const SUSPECTED: f32 = 60.0;

/// Fewer characters are not suspected: a byte order mark is not this stage's, and
/// what a few can be read as depends on where reading begins.
const SUSPECTED_LEAST: usize = 12;

/// A quick look may miss so many characters of what was read shifted, at its beginning:
/// some are as likely as what they were.
const EARLIER: usize = 8;

/// How many are searched, at most.
const MOST: usize = 3;
const MOST_TWICE: usize = 2;

/// A chain that may have garbled a text.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) chain: Chain,
    /// By how much it makes a part of the text likelier, in nats.
    pub(super) gain: f32,
    /// Where it is to be searched: bytes of the source, or, if there is a text between two
    /// steps, tokens of that.
    pub(super) parts: Vec<Range<usize>>,
    pub(super) between: Option<Rc<Tokens>>,
}

const NEEDED: Least = Least {
    needed: LEAST,
    listed: LEAST_BESIDE,
    whole: SUSPECTED,
};

/// What a quick look at a text shows.
#[derive(Debug)]
pub(super) struct Plan<'t> {
    text: &'t str,
    /// Where it stands in the source.
    at: usize,
    sketch: Sketch,
    once: Vec<(Chain, Gain)>,
    /// The part that looks garbled by a single step, in characters.
    suspected: Range<usize>,
}

impl<'t> Plan<'t> {
    pub(super) fn of(text: &'t str, at: usize) -> Plan<'t> {
        let mut sketch = Sketch::of(text);
        let mut once = Vec::with_capacity(ONCE.len());
        let (mut most, mut suspected) = (SUSPECTED, 0..0);
        for chain in ONCE {
            let (gain, whole) = sketch.gains(chain, &NEEDED);
            if whole.nats() >= most {
                (most, suspected) = (whole.nats(), whole.best);
            }
            once.push((chain, gain));
        }
        Plan {
            text,
            at,
            sketch,
            once,
            suspected,
        }
    }

    /// The part that looks garbled by a single step.
    pub(super) fn suspected(&self) -> Option<Range<usize>> {
        let is_enough = self.suspected.len() >= SUSPECTED_LEAST;
        is_enough.then(|| {
            self.bytes(std::slice::from_ref(&self.suspected))
                .swap_remove(0)
        })
    }

    /// The likeliest chains, the best first.
    pub(super) fn candidates(&mut self) -> Vec<Candidate> {
        let likely = |(_, gain): &&(Chain, Gain)| gain.nats() >= LEAST;
        let mut likely: Vec<&(Chain, Gain)> = self.once.iter().filter(likely).collect();
        likely.sort_by(|(_, a), (_, b)| b.nats().total_cmp(&a.nats()));
        let likely: Vec<(Chain, Gain)> = likely.into_iter().take(MOST).cloned().collect();
        let mut found: Vec<Candidate> = likely
            .iter()
            .filter_map(|(chain, gain)| self.candidate(*chain, gain))
            .collect();
        // Undoing a step makes fewer characters, so what has two steps and what has
        // one cannot be compared at a quick look.
        found.extend(self.twice());
        found
    }

    /// A chain to be searched, where what comes out may be Chinese.
    fn candidate(&mut self, chain: Chain, gain: &Gain) -> Option<Candidate> {
        let parts = self.sketch.sensible(chain, gain);
        let more = match chain.reader.is_single() {
            true => AROUND_BYTES,
            false => AROUND,
        };
        (!parts.is_empty()).then(|| Candidate {
            chain,
            gain: gain.nats(),
            parts: self.bytes(&around(parts.into_iter(), more, self.sketch.len())),
            between: None,
        })
    }

    /// The likeliest of those with two steps.
    fn twice(&mut self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for through in THROUGH {
            if self.sketch.undone(through) < LEAST_UNDONE {
                continue;
            }
            let mut known: Vec<(Reader, Rc<Tokens>, Vec<Mark>)> = Vec::new();
            for chain in twice(through) {
                if !known.iter().any(|&(reader, ..)| reader == chain.reader) {
                    let tokens = Tokens::through(self.text, self.at, through, chain.reader);
                    let Some(tokens) = tokens else {
                        break;
                    };
                    let marks = sketch::of_tokens(&tokens);
                    known.push((chain.reader, Rc::new(tokens), marks));
                }
                let same = known.iter().find(|&&(reader, ..)| reader == chain.reader);
                let Some((_, tokens, marks)) = same else {
                    continue;
                };
                let gain = gain::gain_between(marks, chain.writer, &NEEDED);
                let mut parts = Vec::new();
                for part in &gain.parts {
                    sketch::sensible(marks, part, chain.writer, MEAN, &mut parts);
                }
                if !parts.is_empty() {
                    let whole = 0..tokens.list.len();
                    found.push(Candidate {
                        chain,
                        gain: gain.nats(),
                        parts: vec![whole],
                        between: Some(Rc::clone(tokens)),
                    });
                }
            }
        }
        found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        found.truncate(MOST_TWICE);
        found
    }

    /// The chains in which something has vanished.
    pub(super) fn dropping(&mut self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for dropping in DROPPING {
            let is_same =
                |chain: Chain| (chain.writer, chain.reader) == (dropping.writer, dropping.reader);
            let same = self.once.iter().find(|&&(chain, _)| is_same(chain));
            if let Some((_, gain)) = same
                && gain.nats() >= LEAST
            {
                let gain = gain.clone();
                found.extend(self.candidate(dropping, &gain));
            }
        }
        found
    }

    /// Sorted and disjoint ranges of characters as ranges of the source's bytes.
    fn bytes(&self, characters: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut places = self.text.char_indices().map(|(at, _)| at).enumerate();
        let mut byte = |wanted: usize| {
            let found = places.find(|&(place, _)| place == wanted);
            self.at + found.map_or(self.text.len(), |(_, at)| at)
        };
        // Ranges do not touch, so no place is asked for twice.
        let range = |range: &Range<usize>| byte(range.start)..byte(range.end);
        characters.iter().map(range).collect()
    }

    /// Where GBK may stand that was read shifted by a byte.
    pub(super) fn shifts(&mut self) -> Vec<Shifted> {
        let mut found = Vec::new();
        let mut shift = Shift::default();
        let mut half = None;
        let costs = costs::gbk();
        let marks = self.sketch.pairs(Reader::Gbk);
        for (place, mark) in marks.iter().enumerate() {
            let &Mark {
                bytes,
                length: 2,
                literal,
            } = mark
            else {
                half = None;
                mem::replace(&mut shift, Shift::from(place + 1)).end(place, &mut found);
                continue;
            };
            if let Some(half) = half {
                let whole = costs::of_pair(costs, [half, bytes[0]]).unwrap_or(BAD_PARTS);
                shift.sum += (f32::from(literal) / PARTS).min(BAD) - whole as f32 / PARTS;
            }
            half = Some(bytes[1]);
            if shift.sum <= 0.0 {
                mem::replace(&mut shift, Shift::from(place)).end(place, &mut found);
            } else if shift.sum > shift.most {
                (shift.most, shift.best) = (shift.sum, place);
            }
        }
        shift.end(marks.len(), &mut found);
        if found.iter().all(|shift| shift.most < LEAST) {
            return Vec::new();
        }
        let found: Vec<Shift> = found.iter().flat_map(|s| s.sensible(marks)).collect();
        let ranges = found.iter().map(|shift| shift.start..shift.end);
        let parts = around(ranges, AROUND_SHIFTED, self.sketch.len());
        let mut rest = &found[..];
        let bytes = self.bytes(&parts);
        let shifted = parts.iter().zip(bytes).map(|(part, bytes)| {
            let count = rest.iter().take_while(|shift| shift.start < part.end);
            let (within, behind) = rest.split_at(count.count());
            rest = behind;
            Shifted {
                part: bytes,
                begins: begins(within, part.start),
            }
        });
        shifted.collect()
    }
}

/// A part of the source's bytes, and before which of its characters GBK may begin that was
/// read shifted: from a little before what is likelier if it was, to where that is the
/// likeliest. Sorted and disjoint, counted in characters.
#[derive(Debug)]
pub(super) struct Shifted {
    pub(super) part: Range<usize>,
    pub(super) begins: Vec<Range<usize>>,
}

fn begins(shifts: &[Shift], first: usize) -> Vec<Range<usize>> {
    let mut begins: Vec<Range<usize>> = Vec::with_capacity(shifts.len());
    for shift in shifts {
        let start = shift.start.saturating_sub(EARLIER).max(first) - first;
        let end = shift.best + 1 - first;
        match begins.last_mut().filter(|last| start <= last.end) {
            Some(last) => last.end = end,
            None => begins.push(start..end),
        }
    }
    begins
}

/// Sorted parts of so many characters, with what is around them, so that they do not
/// touch each other.
fn around(
    parts: impl Iterator<Item = Range<usize>>,
    more: usize,
    length: usize,
) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let start = part.start.saturating_sub(more);
        let end = (part.end + more).min(length);
        match all.last_mut().filter(|last| start <= last.end) {
            Some(last) => last.end = end,
            None => all.push(start..end),
        }
    }
    all
}

/// A part of a text that is likelier if it was read shifted.
#[derive(Debug, Default)]
struct Shift {
    /// By how much it is, in nats, up to now and at most.
    sum: f32,
    most: f32,
    /// In characters: where it begins, where it is the likeliest, and where it ends.
    start: usize,
    best: usize,
    end: usize,
}

impl Shift {
    fn from(start: usize) -> Self {
        Shift {
            start,
            ..Shift::default()
        }
    }

    /// The parts of it in which what comes out may be Chinese.
    fn sensible(&self, marks: &[Mark]) -> Vec<Shift> {
        let mut parts = Vec::new();
        let part = Part::shifted(self.start + 1..self.end);
        sketch::sensible(marks, &part, Writer::Gbk, SHIFTED_MEAN, &mut parts);
        let shift = |part: Range<usize>| Shift {
            start: (part.start - 1).saturating_sub(EARLIER).max(self.start),
            best: part.end - 1,
            end: part.end,
            ..*self
        };
        parts.into_iter().map(shift).collect()
    }

    fn end(mut self, end: usize, found: &mut Vec<Shift>) {
        if self.most >= LEAST_BESIDE {
            self.end = end;
            found.push(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_searched_that_makes_no_sense() {
        let rare: String = ('\u{9D00}'..='\u{9DFF}').collect();
        let mut plan = Plan::of(&rare, 0);
        assert!(plan.candidates().is_empty() && plan.dropping().is_empty());
        assert!(plan.shifts().is_empty());
        let private: String = ('\u{E000}'..='\u{E765}').collect();
        let mut plan = Plan::of(&private, 0);
        assert!(plan.candidates().is_empty() && plan.dropping().is_empty());
        assert!(plan.shifts().is_empty());
    }

    #[test]
    fn a_part_is_searched_with_what_is_around_it() {
        let clean = "这里的文字没有问题，也不会被搜索。".repeat(9);
        let text = format!("{clean}ÄãºÃÊÀ½ç£¡{clean}");
        let found = Plan::of(&text, 5).candidates();
        let [Candidate { parts, .. }, ..] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(parts.len(), 1, "{parts:?}");
        let garbled = 5 + clean.len()..5 + text.len() - clean.len();
        assert!(parts[0].start <= garbled.start && parts[0].end >= garbled.end);
        assert!(parts[0].len() < text.len() - clean.len(), "{parts:?}");
    }

    #[test]
    fn a_shift_begins_a_little_before_what_looks_shifted() {
        // 第二个端口号大于第一个, of which half a character is lost.
        let shifted = "龆丝诤糯笥诘谝桓觯";
        assert!(
            Plan::of("这里的文字没有问题，也不会被搜索。", 0)
                .shifts()
                .is_empty()
        );
        let clean = "这里的文字没有问题，也不会被搜索。";
        let text = format!("{clean}A第二?{shifted}B{clean}");
        let begins = Plan::of(&text, 0).shifts();
        let start = text.chars().position(|c| c == '龆').expect("it is there");
        assert_eq!(begins.len(), 1, "{begins:?}");
        let (part, begins) = (&begins[0].part, &begins[0].begins);
        assert_eq!(begins.len(), 1, "{begins:?}");
        let start = start - text[..part.start].chars().count();
        assert!(begins[0].contains(&start), "{begins:?}");
        assert!(
            begins[0].end <= start + shifted.chars().count(),
            "{begins:?}"
        );
        assert!(begins[0].start + EARLIER >= start - 1, "{begins:?}");
    }
}
