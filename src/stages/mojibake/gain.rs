//! How much likelier a chain makes parts of a text, by single characters.

use std::mem;
use std::ops::Range;

use super::costs::{BAD_PARTS, Costs, Pair, Utf8};
use super::gate::PARTS;
use super::pairs::Code;
use super::writer::Writer;

/// A character: the bytes that it stands for, and what it costs as it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) bytes: [u8; 2],
    pub(super) length: u8,
    pub(super) literal: u8,
}

impl Mark {
    /// A decoder may have written it for something.
    pub(super) const LOST: Mark = Mark {
        bytes: [0; 2],
        length: 0,
        literal: 0,
    };
    /// It cannot have been garbled.
    pub(super) const OTHER: Mark = Mark {
        length: u8::MAX,
        ..Mark::LOST
    };

    pub(super) fn bytes(&self) -> &[u8] {
        match self.length {
            length @ 1..=2 => &self.bytes[..usize::from(length)],
            _ => &[],
        }
    }

    pub(super) fn new(Code { bytes, length }: Code, literal: u8) -> Mark {
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
    pub(super) most: i32,
    pub(super) range: Range<usize>,
    /// Whether it begins within a character.
    pub(super) is_within: bool,
    /// Where the last character of it ends of which a part is lost.
    pub(super) lost: usize,
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
        // A character of which a part is lost gains nothing, but is worth a search where
        // another part is.
        let range = part.range.start..part.range.end.max(part.lost);
        if part.most >= least || part.lost > 0 {
            self.parts.push(Part { range, ..part });
        }
    }
}

/// What parts have to gain, in nats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Least {
    /// One of them, so that the text is worth a search; those that are listed then; and one
    /// in all.
    pub(super) needed: f32,
    pub(super) listed: f32,
    pub(super) whole: f32,
}

/// What it gains if it was written so.
pub(super) fn gain_between(marks: &[Mark], writer: Writer, least: &Least) -> Gain {
    let mut gain = Gain::default();
    if most(marks, writer, [u8::MAX; 2])[0] >= parts(least.needed) {
        look(marks, writer, 0, u8::MAX, parts(least.listed), &mut gain);
    }
    gain
}

/// Nats as eighths.
pub(super) fn parts(nats: f32) -> i32 {
    (nats * PARTS) as i32
}

/// What some part gains at most, in eighths of a nat, if characters that stand there
/// count so much at most; for two such limits.
pub(super) fn most(marks: &[Mark], writer: Writer, caps: [u8; 2]) -> [i32; 2] {
    match writer {
        Writer::Utf8 => most_as(marks, Utf8::default(), caps),
        Writer::Gbk | Writer::Big5 => most_as(marks, Pair::new(writer), caps),
    }
}

fn most_as(marks: &[Mark], mut text: impl Costs, caps: [u8; 2]) -> [i32; 2] {
    let (mut sums, mut most) = ([0; 2], [0; 2]);
    let can_be_vain = caps.iter().all(|&cap| i32::from(cap) <= BAD_PARTS);
    for mark in marks {
        let cost = match mark.length {
            2 => {
                // Nothing that it loses can be lost.
                let is_vain = can_be_vain && sums == [0; 2] && !text.is_pending();
                if is_vain && text.is_vain(mark.bytes) {
                    continue;
                }
                text.of_pair(mark.bytes)
            }
            1 => text.of(mark.bytes[0]),
            0 => {
                text.forget();
                continue;
            }
            _ => {
                text.forget();
                sums = [0; 2];
                continue;
            }
        };
        for ((sum, cap), most) in sums.iter_mut().zip(caps).zip(&mut most) {
            *sum = (*sum + i32::from(mark.literal.min(cap)) - cost).max(0);
            *most = (*most).max(*sum);
        }
    }
    most
}

/// Looks at characters of which the first one is that one of the text: what parts gain,
/// of which those are listed that gain so much.
pub(super) fn look(
    marks: &[Mark],
    writer: Writer,
    first: usize,
    cap: u8,
    least: i32,
    gain: &mut Gain,
) {
    match writer {
        Writer::Utf8 => look_as(marks, Utf8::default(), first, cap, least, gain),
        Writer::Gbk | Writer::Big5 => {
            look_as(marks, Pair::new(writer), first, cap, least, gain);
        }
    }
}

fn look_as(
    marks: &[Mark],
    mut text: impl Costs,
    first: usize,
    cap: u8,
    least: i32,
    gain: &mut Gain,
) {
    let mut sum = 0;
    let mut part = Part::default();
    for (place, mark) in (first..).zip(marks) {
        if sum == 0 {
            if part.most > 0 || part.lost > 0 {
                gain.add(mem::take(&mut part), least);
            }
            part.range = place..place;
            part.is_within = text.is_pending();
        }
        match mark.length {
            0 => {
                if text.is_pending() && sum >= least {
                    part.lost = place + 1;
                }
                text.forget();
                continue;
            }
            1 => sum += i32::from(mark.literal.min(cap)) - text.of(mark.bytes[0]),
            2 => sum += i32::from(mark.literal.min(cap)) - text.of_pair(mark.bytes),
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
    if part.most > 0 || part.lost > 0 {
        gain.add(part, least);
    }
}
