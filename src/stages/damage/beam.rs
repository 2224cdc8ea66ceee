//! The beam: readings of a text side by side, each with its likelihood.

use std::collections::VecDeque;

use super::memo::Memo;
use super::quotation::Quotation;
use crate::language::ngram::{State, Symbol};

/// Readings that are kept at one place of the text.
const WIDTH: usize = 64;

/// Readings that are less likely than the best by so many nats are dropped.
const GAP: f32 = 12.0;
const HIDDEN_GAP: f32 = 8.0;

/// How the text's bytes lie against those of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// A character of the text is one of the page.
    Aligned,
    /// This byte, which came before, is the first one of the next character.
    Pending(u8),
    /// A private-use character with this first byte has vanished; its second
    /// byte is the first one of the next character.
    Hidden(u8),
}

/// What a step of a reading supposes, as bits; a run has those of its steps.
pub(super) mod mark {
    pub(in super::super) const GLOSS: u8 = 1;
    pub(in super::super) const CUT: u8 = 1 << 1;
    pub(in super::super) const HIDDEN: u8 = 1 << 2;
    pub(in super::super) const DROPPED: u8 = 1 << 3;
    /// A byte was lost, and the language model has chosen it.
    pub(in super::super) const GUESS: u8 = 1 << 4;
    /// Something cannot be known.
    pub(in super::super) const LOST: u8 = 1 << 5;
    /// Both bytes of a character were lost, but for what stands behind it.
    pub(in super::super) const WHOLE: u8 = 1 << 6;
    /// An ASCII sign was lost, and the language model has chosen it.
    pub(in super::super) const SIGN: u8 = 1 << 7;
}

/// What a step gives instead of what it has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// The same.
    Same,
    /// These characters; `\0` is none.
    Characters([char; 2]),
}

/// The last step of a reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Log-likelihood of the reading, in nats.
    pub(super) score: f32,
    /// The same of all readings together that had another output and would
    /// go on from here alike.
    pub(super) rivals: f32,
    /// Of the model; before the symbol that is `ahead`, if there is one.
    pub(super) state: State,
    /// A symbol with which the state has yet to advance: most readings are given
    /// up before anyone asks for it.
    pub(super) ahead: Option<Symbol>,
    pub(super) phase: Phase,
    /// The page's last character.
    pub(super) last: char,
    pub(super) quotation: Quotation,
    /// How many characters have come since the last punctuation mark.
    pub(super) clause: u8,
    pub(super) marks: u8,
    /// Whether nothing has been changed so far.
    pub(super) is_literal: bool,
    pub(super) output: Output,
    /// Stands for the output so far.
    pub(super) hash: u32,
    pub(super) parent: u32,
    /// Where what the step has read begins.
    pub(super) from: usize,
}

impl Node {
    /// Lets the state catch up.
    pub(super) fn settle(&mut self, memo: &Memo) {
        if let Some(symbol) = self.ahead.take() {
            self.state = memo.advance(self.state, symbol);
        }
    }

    /// A number that says the phase and the last character, which readings that go
    /// on alike have in common.
    fn key(&self) -> u32 {
        let phase = match self.phase {
            Phase::Aligned => 0,
            Phase::Pending(lead) => 1 << 8 | u32::from(lead),
            Phase::Hidden(lead) => 2 << 8 | u32::from(lead),
        };
        phase << CHAR_BITS | u32::from(self.last)
    }
}

/// How many keys are compared at a time.
const KEYS: usize = 16;

/// How many bits a character takes.
const CHAR_BITS: u32 = 21;

/// The parent of a reading's first node.
pub(super) const NONE: u32 = u32::MAX;

/// The readings at one place.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) at: usize,
    pub(super) nodes: Vec<u32>,
    /// The nodes' keys: to find one among them takes no look at the nodes.
    keys: Vec<u32>,
}

/// All nodes, and the layers that are to be extended.
#[derive(Debug, Default)]
pub(super) struct Beam {
    nodes: Vec<Node>,
    layers: VecDeque<Layer>,
    spare: Vec<[Vec<u32>; 2]>,
}

impl Beam {
    /// Begins anew with one reading.
    pub(super) fn start(&mut self, memo: &Memo, at: usize, root: Node) {
        self.nodes.clear();
        while let Some(layer) = self.layers.pop_front() {
            self.give_back(layer);
        }
        self.push(memo, at, root);
    }

    pub(super) fn node(&self, id: u32) -> &Node {
        &self.nodes[id as usize]
    }

    /// Adds a reading that has come to a place. Of those that will go on alike
    /// the best one stays, and remembers how good the others were.
    pub(super) fn push(&mut self, memo: &Memo, at: usize, mut node: Node) {
        let index = match self.layers.iter().position(|layer| layer.at >= at) {
            Some(index) if self.layers[index].at == at => index,
            found => {
                let index = found.unwrap_or(self.layers.len());
                let [nodes, keys] = self.spare.pop().unwrap_or_default();
                self.layers.insert(index, Layer { at, nodes, keys });
                index
            }
        };
        let layer = &mut self.layers[index];
        let key = node.key();
        let nodes = layer.nodes.chunks(KEYS).zip(layer.keys.chunks(KEYS));
        for (nodes, keys) in nodes {
            // Without a branch for each key they are compared side by side.
            if !keys.iter().fold(false, |any, &other| any | (other == key)) {
                continue;
            }
            for (&id, &other) in nodes.iter().zip(keys) {
                if other == key {
                    let old = &mut self.nodes[id as usize];
                    if have_same_state(old, &mut node, memo) {
                        merge(old, node);
                        return;
                    }
                }
            }
        }
        layer.nodes.push(self.nodes.len() as u32);
        layer.keys.push(key);
        self.nodes.push(node);
    }

    /// Takes the first place's readings, the best first, without those that
    /// are hopeless.
    pub(super) fn next(&mut self) -> Option<Layer> {
        let mut layer = self.layers.pop_front()?;
        let score = |id: &u32| self.nodes[*id as usize].score;
        layer
            .nodes
            .sort_unstable_by(|a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
        let mut rest = layer.nodes.iter().copied().skip(WIDTH);
        let literal = rest.find(|&id| self.nodes[id as usize].is_literal);
        layer.nodes.truncate(WIDTH);
        layer.nodes.extend(literal);
        if let Some(best) = layer.nodes.first().map(score) {
            layer.nodes.retain(|id| {
                let node = &self.nodes[*id as usize];
                let gap = match node.phase {
                    Phase::Hidden(_) => HIDDEN_GAP,
                    _ => GAP,
                };
                // That nothing is wrong is never out of the question.
                node.is_literal || node.score > best - gap
            });
        }
        Some(layer)
    }

    /// Whether no other place has readings.
    pub(super) fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// Takes the memory of a layer back.
    pub(super) fn give_back(&mut self, mut layer: Layer) {
        layer.nodes.clear();
        layer.keys.clear();
        self.spare.push([layer.nodes, layer.keys]);
    }

    /// The steps of a reading, in their order, without the root.
    pub(super) fn path(&self, mut id: u32) -> Vec<Node> {
        let mut path = Vec::new();
        while self.node(id).parent != NONE {
            path.push(*self.node(id));
            id = self.node(id).parent;
        }
        path.reverse();
        path
    }
}

/// Whether the model finds the same likely behind two readings.
fn have_same_state(a: &mut Node, b: &mut Node, memo: &Memo) -> bool {
    if (a.state, a.ahead) == (b.state, b.ahead) {
        return true;
    }
    a.settle(memo);
    b.settle(memo);
    a.state == b.state
}

fn merge(old: &mut Node, new: Node) {
    let (better, worse) = if new.score > old.score {
        (new, *old)
    } else {
        (*old, new)
    };
    let mut rivals = log_sum(better.rivals, worse.rivals);
    if better.hash != worse.hash {
        rivals = log_sum(rivals, worse.score);
    }
    *old = Node { rivals, ..better };
}

/// The logarithm of the sum of two numbers given by their logarithms.
pub(super) fn log_sum(a: f32, b: f32) -> f32 {
    let (more, less) = if a > b { (a, b) } else { (b, a) };
    // Below this the sum is the larger one.
    if less < more - 20.0 || less == f32::NEG_INFINITY {
        return more;
    }
    more + (less - more).exp().ln_1p()
}
