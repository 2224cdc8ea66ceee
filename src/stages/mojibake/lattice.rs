//! The search for what was garbled: readings of a text side by side, of which
//! each says where it was garbled and what its bytes are, and is as likely as
//! the model of Chinese finds what comes out.

mod supposed;

use std::cell::RefCell;
use std::ops::Range;

use super::pairs::Code;
use super::tokens::{Token, Tokens};
use super::writer::{Pending, Step, Writer};
use crate::language::ngram::{Model, State};

/// Readings that are kept at one place.
const WIDTH: usize = 24;
/// Readings that are less likely than the best by so many nats are dropped.
const GAP: f32 = 20.0;

/// In nats: garbling begins; it ends; it ends in the midst of a character.
const ENTER: f32 = -6.0;
const EXIT: f32 = -2.0;
const CUT: f32 = -7.0;
/// Bytes don't fit: some are lost.
const BROKEN: f32 = -12.0;
/// What is left of a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Left {
    #[default]
    All,
    /// Its first bytes.
    Head,
    /// Its last one.
    Tail,
}

/// A character that comes out; `\0` for none, U+FFFD for one that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Out {
    pub(super) character: char,
    pub(super) left: Left,
}

/// No node.
const NONE: u32 = u32::MAX;

/// What a search may suppose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings<'a> {
    pub(super) writer: Writer,
    /// What it costs to suppose that a byte was lost where bytes fit.
    pub(super) slip: Option<f32>,
    /// If garbling begins with the second half of a character: at which tokens it
    /// may, sorted and disjoint.
    pub(super) shifted: Option<&'a [Range<usize>]>,
    /// Before the text.
    pub(super) state: State,
    /// Whether a line ends with the text.
    pub(super) is_end: bool,
}

impl Settings<'_> {
    pub(super) fn new(writer: Writer, state: State, is_end: bool) -> Self {
        Settings {
            writer,
            slip: None,
            shifted: None,
            state,
            is_end,
        }
    }
}

/// One step of a reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Log-likelihood so far, in nats.
    pub(super) score: f32,
    pub(super) state: State,
    pub(super) pending: Pending,
    pub(super) is_garbled: bool,
    pub(super) out: [Out; 2],
    /// The alternative that was taken, and whether it vanished before the token.
    pub(super) alternative: Option<u32>,
    pub(super) vanished: bool,
    pub(super) token: u32,
    parent: u32,
}

/// A reading that takes in the bytes of a token.
#[derive(Clone, Copy)]
struct Part {
    score: f32,
    state: State,
    pending: Pending,
    out: [Out; 2],
}

impl Part {
    fn emit(mut self, character: char, left: Left) -> Option<Part> {
        let free = self.out.iter_mut().find(|out| out.character == '\0')?;
        *free = Out { character, left };
        Some(self)
    }
}

/// The likeliest reading.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) steps: Vec<Node>,
}

struct Search<'a> {
    model: &'static Model<'static>,
    tokens: &'a Tokens,
    settings: Settings<'a>,
    arena: Vec<Node>,
    next: Vec<Node>,
    /// Memory that is used again and again.
    ends: Vec<Part>,
    /// What characters cost after states, at one token: many readings share them.
    steps: RefCell<Vec<(State, char, f32, State)>>,
    supposed: supposed::Memory,
}

/// Finds the likeliest reading of a part; `None` if there is none, which is only where
/// a text cannot be meant as it stands.
pub(super) fn search<'a>(
    tokens: &'a Tokens,
    part: Range<usize>,
    settings: Settings<'a>,
) -> Option<Found> {
    let search = Search {
        model: Model::embedded(),
        tokens,
        settings,
        arena: Vec::new(),
        next: Vec::new(),
        ends: Vec::new(),
        steps: RefCell::default(),
        supposed: supposed::Memory::default(),
    };
    search.run(part)
}

impl Search<'_> {
    fn run(mut self, part: Range<usize>) -> Option<Found> {
        let root = Node {
            score: 0.0,
            state: self.settings.state,
            pending: Pending::NONE,
            is_garbled: false,
            out: [Out::default(); 2],
            alternative: None,
            vanished: false,
            token: 0,
            parent: NONE,
        };
        self.arena.push(root);
        let mut layer = vec![0];
        let tokens = self.tokens;
        for (number, token) in part.clone().zip(&tokens.list[part.clone()]) {
            self.steps.get_mut().clear();
            self.vanish(&mut layer, number as u32);
            for &id in &layer {
                self.literally(id, number as u32, token);
                self.garbled(id, number as u32, token);
            }
            layer = self.prune();
            if layer.is_empty() {
                return None;
            }
        }
        let total = |id: &u32| self.arena[*id as usize].score + self.ending(*id);
        let best = layer
            .iter()
            .copied()
            .max_by(|a, b| total(a).total_cmp(&total(b)))?;
        let mut steps = Vec::with_capacity(part.len());
        let mut id = best;
        while self.arena[id as usize].parent != NONE {
            steps.push(self.arena[id as usize]);
            id = self.arena[id as usize].parent;
        }
        steps.reverse();
        Some(Found { steps })
    }

    fn ending(&self, id: u32) -> f32 {
        let node = &self.arena[id as usize];
        let cut = if node.pending.is_none() { 0.0 } else { CUT };
        let end = match self.settings.is_end {
            true => self.model.log_prob(node.state, '\n'),
            false => 0.0,
        };
        cut + end
    }

    /// What a character costs after a state, and the state behind it.
    fn step(&self, state: State, character: char) -> (f32, State) {
        let mut steps = self.steps.borrow_mut();
        let known = steps
            .iter()
            .find(|&&(before, c, ..)| before == state && c == character);
        if let Some(&(_, _, nats, next)) = known {
            return (nats, next);
        }
        let (nats, next) = self.model.step(state, character);
        if steps.len() < WIDTH {
            steps.push((state, character, nats, next));
        }
        (nats, next)
    }

    /// Takes the token for what it is.
    fn literally(&mut self, id: u32, token: u32, Token { literal, .. }: &Token) {
        let (Some(character), node) = (*literal, self.arena[id as usize]) else {
            return;
        };
        let exit = match (node.is_garbled, node.pending.is_none()) {
            (false, _) => 0.0,
            (true, true) => EXIT,
            (true, false) => EXIT + CUT,
        };
        let (nats, state) = self.step(node.state, character);
        self.next.push(Node {
            score: node.score + exit + nats,
            state,
            pending: Pending::NONE,
            is_garbled: false,
            out: [
                Out {
                    character,
                    left: Left::All,
                },
                Out::default(),
            ],
            alternative: None,
            vanished: false,
            token,
            parent: id,
        });
    }

    /// Takes the token for what it may stand for.
    fn garbled(&mut self, id: u32, number: u32, token: &Token) {
        let node = self.arena[id as usize];
        let all = token.alternatives.clone();
        let sure = self.tokens.sure(&all);
        for alternative in sure.clone() {
            self.take(id, node, number, alternative);
        }
        self.suppose(id, node, number, sure.end..all.end, false);
    }

    /// Supposes that something vanished before the token.
    fn vanish(&mut self, layer: &mut Vec<u32>, number: u32) {
        if self.tokens.dropped.is_empty() {
            return;
        }
        for &id in layer.iter() {
            let node = self.arena[id as usize];
            // What vanishes between two characters leaves nothing to tell by.
            if node.is_garbled && (self.settings.writer != Writer::Utf8 || !node.pending.is_none())
            {
                self.suppose(id, node, number, self.tokens.dropped.clone(), true);
            }
        }
        layer.extend(self.prune());
    }

    fn take(&mut self, id: u32, node: Node, token: u32, number: u32) {
        let alternative = self.tokens.alternative(number);
        let enter = if node.is_garbled { 0.0 } else { ENTER };
        let part = Part {
            score: node.score + alternative.cost + enter,
            state: node.state,
            pending: node.pending,
            out: [Out::default(); 2],
        };
        let Code { bytes, length } = alternative.code;
        let begins = self.settings.shifted.filter(|_| !node.is_garbled);
        if begins.is_some_and(|places| !is_in(places, token as usize)) {
            return;
        }
        let mut ends = std::mem::take(&mut self.ends);
        match (begins.is_some(), length) {
            (false, _) => self.feed(part, &bytes[..usize::from(length)], &mut ends),
            (true, 2) => {
                for part in self.lose(part, Left::Tail, bytes[0]) {
                    self.feed(part, &bytes[1..], &mut ends);
                }
            }
            (true, _) => {}
        }
        self.next.extend(ends.drain(..).map(|part| Node {
            score: part.score,
            state: part.state,
            pending: part.pending,
            is_garbled: true,
            out: part.out,
            alternative: Some(number),
            vanished: false,
            token,
            parent: id,
        }));
        self.ends = ends;
    }

    /// Takes in bytes, in all the ways that there are.
    fn feed(&self, part: Part, bytes: &[u8], ends: &mut Vec<Part>) {
        let Some((&byte, rest)) = bytes.split_first() else {
            ends.push(part);
            return;
        };
        let step = self.settings.writer.step(part.pending, byte);
        match step {
            Step::More(pending) => self.feed(Part { pending, ..part }, rest, ends),
            Step::Done(character) => {
                let (nats, state) = self.step(part.state, character);
                let done = Part {
                    score: part.score + nats,
                    state,
                    pending: Pending::NONE,
                    ..part
                };
                if let Some(done) = done.emit(character, Left::All) {
                    self.feed(done, rest, ends);
                }
            }
            Step::Bad => {}
        }
        let slip = match step {
            Step::Bad => Some(self.settings.slip.unwrap_or(BROKEN)),
            _ => self.settings.slip,
        };
        let Some(slip) = slip else {
            return;
        };
        let lost = Part {
            score: part.score + slip,
            pending: Pending::NONE,
            ..part
        };
        if !part.pending.is_none() {
            // What is pending was never ended; the byte begins something.
            for lost in self.lose(lost, Left::Head, part.pending.first()) {
                match self.settings.writer.step(Pending::NONE, byte) {
                    Step::More(pending) => self.feed(Part { pending, ..lost }, rest, ends),
                    Step::Done(_) => self.feed(lost, bytes, ends),
                    Step::Bad => {}
                }
            }
        } else if !byte.is_ascii() {
            // The byte ends something that was never begun.
            for lost in self.lose(lost, Left::Tail, byte) {
                self.feed(lost, rest, ends);
            }
        }
    }

    /// The readings that are worth going on with, each of which goes on
    /// otherwise than the others.
    fn prune(&mut self) -> Vec<u32> {
        let mut next = std::mem::take(&mut self.next);
        let best = next
            .iter()
            .map(|node| node.score)
            .fold(f32::NEG_INFINITY, f32::max);
        // That nothing is wrong is never out of the question.
        next.retain(|node| node.score > best - GAP || !node.is_garbled);
        next.sort_unstable_by(|a, b| {
            let key = |node: &Node| (node.is_garbled, node.pending, node.state);
            key(a).cmp(&key(b)).then(b.score.total_cmp(&a.score))
        });
        next.dedup_by(|a, b| {
            (a.is_garbled, a.pending, a.state) == (b.is_garbled, b.pending, b.state)
        });
        next.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut kept = Vec::with_capacity(WIDTH + 1);
        for (rank, node) in next.drain(..).enumerate() {
            if rank < WIDTH || !node.is_garbled {
                kept.push(self.arena.len() as u32);
                self.arena.push(node);
            }
        }
        self.next = next;
        kept
    }
}

/// Whether one of sorted and disjoint ranges has it.
fn is_in(ranges: &[Range<usize>], place: usize) -> bool {
    let behind = ranges.partition_point(|range| range.end <= place);
    ranges.get(behind).is_some_and(|range| range.start <= place)
}
