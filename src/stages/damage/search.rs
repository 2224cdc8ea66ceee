//! The search for what a damaged place was: readings of the text are extended
//! piece by piece until only one is left.

use std::cell::Cell;

use crate::language::ngram::{Model, State};

use super::beam::{Beam, Layer, NONE, Node, Output, Phase, log_sum};
use super::clause;
use super::codec::Codec;
use super::guess::Guesses;
use super::memo::Memo;
use super::page::{self, Page};
use super::quotation::Quotation;
use super::repair::Repair;
use super::run::Reading;
use super::token::{Token, gloss_before};

/// A search that has not ended after so many bytes is cut off, so that no text
/// takes more than linear time.
pub(super) const LONGEST: usize = 2000;

/// What a reading costs that ends in the midst of a run, in nats.
const UNFINISHED: f32 = -12.0;

/// A search through one text.
pub(super) struct Search<'t> {
    pub(super) text: &'t str,
    pub(super) page: Page,
    pub(super) codec: &'static Codec,
    pub(super) model: &'static Model<'static>,
    pub(super) memo: Memo,
    pub(super) beam: Beam,
    pub(super) guesses: Guesses,
}

/// A node that is being extended by the piece at `from`.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) node: Node,
    pub(super) id: u32,
    /// How many readings of the place are better.
    pub(super) rank: usize,
    pub(super) from: usize,
}

thread_local! {
    /// What the model has said in the thread's last search, and memory: what was
    /// likely on one page is on the next one.
    static SPARE: Cell<Option<(Memo, Guesses)>> = const { Cell::new(None) };
}

impl<'t> Search<'t> {
    pub(super) fn new(text: &'t str, page: Page) -> Self {
        let spare = SPARE.take();
        let (memo, guesses) = spare.unwrap_or_else(|| {
            let memo = Memo::new(Model::embedded());
            (memo, Guesses::default())
        });
        Search {
            text,
            page,
            codec: Codec::get(),
            model: Model::embedded(),
            memo,
            beam: Beam::default(),
            guesses,
        }
    }

    /// Leaves what it has learned to the thread's next search.
    pub(super) fn end(self) {
        SPARE.set(Some((self.memo, self.guesses)));
    }

    /// Finds out what the text was from that byte on; returns the byte up to
    /// which it has looked.
    pub(super) fn resolve(&mut self, at: usize, found: &mut Vec<Repair>) -> usize {
        let root = self.root(at, found);
        self.beam.start(&self.memo, at, root);
        let mut end = at;
        while let Some(layer) = self.beam.next() {
            end = layer.at;
            let token = Token::at(self.text, end);
            let only = match layer.nodes[..] {
                [id] => self.beam.is_empty() && self.beam.node(id).phase == Phase::Aligned,
                _ => false,
            };
            // A gloss belongs to what stands before it.
            let is_gloss = matches!(token, Some((Token::Gloss(_), _)));
            let is_over = only && end > at && !is_gloss && !self.is_seed(end);
            let is_cut = end - at > LONGEST || (end > at && page::is_hopeless(self.text, end));
            let (Some((token, behind)), false) = (token, is_over || is_cut) else {
                self.finish(&layer, found);
                self.beam.give_back(layer);
                break;
            };
            self.extend(&layer, token, behind);
            self.beam.give_back(layer);
        }
        end.max(at + 1)
    }

    /// The reading before anything is damaged.
    fn root(&self, at: usize, found: &[Repair]) -> Node {
        let mut end = at;
        let mut before = ['\0'; 2];
        for place in before.iter_mut().rev() {
            while let Some(start) = gloss_before(self.text, end) {
                end = start;
            }
            if let Some(character) = self.text[..end].chars().next_back() {
                *place = character;
                end -= character.len_utf8();
            }
        }
        let known = before.iter().filter(|&&c| c != '\0');
        let state = known.fold(State::START, |state, &c| self.model.advance(state, c));
        Node {
            score: 0.0,
            rivals: f32::NEG_INFINITY,
            state,
            ahead: None,
            phase: Phase::Aligned,
            last: before[1],
            quotation: Quotation::at_end(&self.text[..at], found),
            clause: clause::at_end(&self.text[..at]),
            marks: 0,
            is_literal: true,
            output: Output::Same,
            hash: 0,
            parent: NONE,
            from: at,
        }
    }

    /// Takes the best reading.
    fn finish(&self, layer: &Layer, found: &mut Vec<Repair>) {
        let score = |id: u32| {
            let node = self.beam.node(id);
            match node.phase {
                Phase::Aligned => node.score,
                _ => node.score + UNFINISHED,
            }
        };
        let ids = layer.nodes.iter().copied();
        let Some(best) = ids.max_by(|&a, &b| score(a).total_cmp(&score(b))) else {
            return;
        };
        let node = self.beam.node(best);
        let mut rivals = node.rivals - node.score + score(best);
        for &id in &layer.nodes {
            let other = self.beam.node(id);
            rivals = log_sum(rivals, other.rivals);
            if other.hash != node.hash {
                rivals = log_sum(rivals, score(id));
            }
        }
        let margin = score(best) - rivals;
        let reading = Reading {
            text: self.text,
            path: &self.beam.path(best),
            end: layer.at,
            margin,
            page: &self.page,
        };
        reading.repairs(found);
    }

    fn extend(&mut self, layer: &Layer, token: Token, behind: usize) {
        for (rank, &id) in layer.nodes.iter().enumerate() {
            let mut node = *self.beam.node(id);
            node.settle(&self.memo);
            let step = Step {
                rank,
                node,
                id,
                from: layer.at,
            };
            match step.node.phase {
                Phase::Aligned => self.extend_aligned(step, token, behind),
                Phase::Pending(lead) => self.extend_pending(step, lead, token, behind),
                Phase::Hidden(lead) => self.extend_hidden(step, lead, token, behind),
            }
        }
    }
}
