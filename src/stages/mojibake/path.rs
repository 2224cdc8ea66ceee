//! What a reading makes of a text: the parts that were garbled, each in pieces
//! that are characters both of what was read and of what was written.

use std::ops::Range;

use super::lattice::{Found, Left, Node, Out};
use super::tokens::Tokens;
use super::writer::{Pending, Step, Writer};

/// What is known of the bytes of a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Bytes {
    pub(super) bytes: [Option<u8>; 4],
    pub(super) length: usize,
}

impl Bytes {
    fn push(&mut self, byte: Option<u8>) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    fn is_known(&self) -> bool {
        self.bytes[..self.length].iter().all(Option::is_some)
    }
}

/// A restored character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Restored {
    /// The likeliest one.
    pub(super) character: char,
    pub(super) left: Left,
    /// What is known of it, if that is not all.
    pub(super) partly: Option<Bytes>,
    /// How likely it is this one, given what is known and what stands around it.
    pub(super) probability: f32,
}

/// Some characters of the source and what they were.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Unit {
    pub(super) source: Range<usize>,
    pub(super) restored: Vec<Restored>,
}

impl Unit {
    pub(super) fn text(&self) -> String {
        self.restored.iter().map(|r| r.character).collect()
    }
}

/// A part of the text that was garbled.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) units: Vec<Unit>,
    /// What the reading costs from here to the segment's end, in nats.
    pub(super) score: f32,
}

impl Segment {
    pub(super) fn text(&self) -> String {
        self.units.iter().map(Unit::text).collect()
    }

    pub(super) fn source(&self) -> Range<usize> {
        match (self.units.first(), self.units.last()) {
            (Some(first), Some(last)) => first.source.start..last.source.end,
            _ => 0..0,
        }
    }

    pub(super) fn restored(&self) -> impl Iterator<Item = &Restored> {
        self.units.iter().flat_map(|unit| &unit.restored)
    }
}

/// The garbled parts of a reading.
pub(super) fn segments(tokens: &Tokens, found: &Found, writer: Writer) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut before = 0.0;
    let mut steps = &found.steps[..];
    while let Some(start) = steps.iter().position(|step| step.is_garbled) {
        if let Some(last) = start.checked_sub(1) {
            before = steps[last].score;
        }
        let rest = &steps[start..];
        let length = rest
            .iter()
            .position(|step| !step.is_garbled)
            .unwrap_or(rest.len());
        let (garbled, behind) = rest.split_at(length);
        let mut segment = Segment {
            units: units(tokens, garbled, writer),
            score: garbled[length - 1].score - before,
        };
        trim(&mut segment);
        if !segment.units.is_empty() {
            segments.push(segment);
        }
        before = garbled[length - 1].score;
        steps = behind;
    }
    segments
}

/// Takes off what is the same on both sides at the ends: ASCII.
fn trim(segment: &mut Segment) {
    let is_plain = |unit: &Unit| {
        unit.restored
            .iter()
            .all(|r| r.character.is_ascii() && r.partly.is_none())
    };
    let tail = segment
        .units
        .iter()
        .rev()
        .take_while(|unit| is_plain(unit))
        .count();
    segment.units.truncate(segment.units.len() - tail);
    let head = segment
        .units
        .iter()
        .take_while(|unit| is_plain(unit))
        .count();
    segment.units.drain(..head);
}

fn units(tokens: &Tokens, steps: &[Node], writer: Writer) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut unit = Unit::default();
    let mut so_far = Bytes::default();
    let mut is_open = false;
    for step in steps {
        let number = step.token as usize;
        let token = &tokens.list[number];
        if !is_open {
            unit.source.start = token.at;
            is_open = true;
        }
        take(tokens, step, writer, &mut so_far, &mut unit);
        if step.vanished {
            continue;
        }
        let next = tokens.list.get(number + 1);
        if step.pending.is_none() && next.is_none_or(|next| next.is_aligned) {
            unit.source.end = next.map_or(tokens.end, |next| next.at);
            units.push(std::mem::take(&mut unit));
            is_open = false;
        }
    }
    if is_open && let Some(last) = steps.last() {
        let mut next = last.token as usize + usize::from(!last.vanished);
        while tokens.list.get(next).is_some_and(|token| !token.is_aligned) {
            next += 1;
        }
        unit.source.end = tokens.list.get(next).map_or(tokens.end, |token| token.at);
        if !last.pending.is_none() {
            let lost = Out {
                character: char::REPLACEMENT_CHARACTER,
                left: Left::Head,
            };
            finish(&mut unit, &mut so_far, lost);
        }
        units.push(unit);
    }
    units
}

/// Goes through the bytes of a step again, to see which are of which character.
fn take(tokens: &Tokens, step: &Node, writer: Writer, so_far: &mut Bytes, unit: &mut Unit) {
    let Some(number) = step.alternative else {
        return;
    };
    let alternative = tokens.alternative(number);
    let mut out = step
        .out
        .into_iter()
        .filter(|out| out.character != '\0')
        .peekable();
    let code = alternative.code;
    for &byte in &code.bytes[..usize::from(code.length)] {
        let known = (!alternative.is_guess).then_some(byte);
        let tail = out.next_if(|out| out.left == Left::Tail && so_far.length == 0);
        if let Some(tail) = tail {
            so_far.push(known);
            finish(unit, so_far, tail);
            continue;
        }
        let head = out.next_if(|out| out.left == Left::Head && so_far.length > 0);
        if let Some(head) = head {
            finish(unit, so_far, head);
        }
        so_far.push(known);
        // What a byte ends does not depend on those that are only supposed.
        let ends = match out.peek() {
            Some(&next) => ends(writer, so_far.length, next),
            None => false,
        };
        if ends && let Some(next) = out.next() {
            finish(unit, so_far, next);
        }
    }
}

/// Whether a character has so many bytes.
fn ends(writer: Writer, length: usize, Out { character, left }: Out) -> bool {
    let whole = match writer {
        Writer::Utf8 => character.len_utf8(),
        Writer::Gbk | Writer::Big5 => 2 - usize::from(character.is_ascii()),
    };
    left == Left::All && length == whole
}

fn finish(unit: &mut Unit, so_far: &mut Bytes, Out { character, left }: Out) {
    let bytes = std::mem::take(so_far);
    let is_partial = left != Left::All || !bytes.is_known();
    unit.restored.push(Restored {
        character,
        left,
        partly: is_partial.then_some(bytes),
        probability: if is_partial { 0.0 } else { 1.0 },
    });
}

/// The characters that have these bytes, where known.
pub(super) fn matching(writer: Writer, bytes: &Bytes, allowed: impl Fn(u8) -> bool) -> Vec<char> {
    let mut found = Vec::new();
    complete(
        writer,
        Pending::NONE,
        &bytes.bytes[..bytes.length],
        &allowed,
        &mut found,
    );
    found
}

fn complete(
    writer: Writer,
    pending: Pending,
    bytes: &[Option<u8>],
    allowed: &impl Fn(u8) -> bool,
    found: &mut Vec<char>,
) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let all = match first {
        Some(byte) => *byte..=*byte,
        None => 0x40..=0xFE,
    };
    for byte in all.filter(|&byte| first.is_some() || allowed(byte)) {
        match writer.step(pending, byte) {
            Step::More(pending) => complete(writer, pending, rest, allowed, found),
            Step::Done(character) if rest.is_empty() && !character.is_ascii() => {
                found.push(character)
            }
            _ => {}
        }
    }
}
