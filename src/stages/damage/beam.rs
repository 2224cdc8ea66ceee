//! The beam: readings of a text side by side, each with its likelihood.

use std::collections::VecDeque;

use super::quotation::Quotation;
use crate::language::ngram::State;

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
    pub(super) state: State,
    pub(super) phase: Phase,
    /// The page's last character.
    pub(super) last: char,
    pub(super) quotation: Quotation,
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

/// The parent of a reading's first node.
pub(super) const NONE: u32 = u32::MAX;

/// The readings at one place.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) at: usize,
    pub(super) nodes: Vec<u32>,
}

/// All nodes, and the layers that are to be extended.
#[derive(Debug, Default)]
pub(super) struct Beam {
    nodes: Vec<Node>,
    layers: VecDeque<Layer>,
    spare: Vec<Vec<u32>>,
}

impl Beam {
    /// Begins anew with one reading.
    pub(super) fn start(&mut self, at: usize, root: Node) {
        self.nodes.clear();
        while let Some(layer) = self.layers.pop_front() {
            self.give_back(layer);
        }
        self.push(at, root);
    }

    pub(super) fn node(&self, id: u32) -> &Node {
        &self.nodes[id as usize]
    }

    /// Adds a reading that has come to a place. Of those that will go on alike
    /// the best one stays, and remembers how good the others were.
    pub(super) fn push(&mut self, at: usize, node: Node) {
        let index = match self.layers.iter().position(|layer| layer.at >= at) {
            Some(index) if self.layers[index].at == at => index,
            found => {
                let index = found.unwrap_or(self.layers.len());
                let nodes = self.spare.pop().unwrap_or_default();
                self.layers.insert(index, Layer { at, nodes });
                index
            }
        };
        let layer = &mut self.layers[index];
        for &id in &layer.nodes {
            let old = &mut self.nodes[id as usize];
            if goes_on_alike(old, &node) {
                merge(old, node);
                return;
            }
        }
        layer.nodes.push(self.nodes.len() as u32);
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
        self.spare.push(layer.nodes);
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

/// Whether two readings of one place have the same future.
fn goes_on_alike(a: &Node, b: &Node) -> bool {
    a.phase == b.phase && a.state == b.state && a.last == b.last
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
