//! The steps of a reading: what each gives, and what it costs.

use crate::language::ngram::Symbol;

use super::beam::{Node, Output, Phase, mark};
use super::clause;
use super::repair::UNKNOWN;
use super::search::{Search, Step};

/// A character of the page that comes next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    pub(super) character: char,
    pub(super) symbol: Symbol,
    /// What it costs by the model, the page and the quotation that is open, in nats.
    pub(super) nats: f32,
}

impl Search<'_> {
    /// Goes on with what the text has.
    pub(super) fn keep(&mut self, step: Step, behind: usize) {
        let Node {
            score,
            rivals,
            state,
            last,
            quotation,
            hash,
            ..
        } = step.node;
        let mut node = Node {
            phase: Phase::Aligned,
            marks: 0,
            output: Output::Same,
            parent: step.id,
            from: step.from,
            ..step.node
        };
        let (mut sum, mut now) = (0.0, (state, last, quotation, hash));
        let mut length = step.node.clause;
        let mut after_guess = step.node.marks & mark::GUESS != 0;
        for character in self.text[step.from..behind].chars() {
            let (mut nats, state) = self.memo.step(now.0, character);
            nats = now.2.log_prob(now.1, character).unwrap_or(nats);
            if std::mem::take(&mut after_guess) {
                nats = self.adapted(now.0.last(), state.last(), nats);
            }
            sum += nats;
            length = clause::behind(length, character);
            now = (
                state,
                character,
                now.2.behind(character),
                mix(now.3, character),
            );
        }
        (node.state, node.last, node.quotation, node.hash) = now;
        node.clause = length;
        node.score = score + sum;
        node.rivals = rivals + sum;
        self.beam.push(&self.memo, behind, node);
    }

    /// Passes over a gloss that stays where it is, at that cost.
    pub(super) fn pass(&mut self, step: Step, behind: usize, cost: f32) {
        let node = Node {
            score: step.node.score + cost,
            rivals: step.node.rivals + cost,
            marks: 0,
            output: Output::Same,
            parent: step.id,
            from: step.from,
            ..step.node
        };
        self.beam.push(&self.memo, behind, node);
    }

    /// Goes on with no character of the page, at that cost.
    pub(super) fn silence(
        &mut self,
        step: Step,
        behind: usize,
        phase: Phase,
        cost: f32,
        marks: u8,
    ) {
        let node = Node {
            score: step.node.score + cost,
            rivals: step.node.rivals + cost,
            phase,
            marks,
            is_literal: false,
            output: Output::Characters(['\0'; 2]),
            parent: step.id,
            from: step.from,
            ..step.node
        };
        self.beam.push(&self.memo, behind, node);
    }

    /// Goes on with a character of the page instead of what the text has.
    pub(super) fn give(
        &mut self,
        step: Step,
        behind: usize,
        character: char,
        phase: Phase,
        cost: f32,
        marks: u8,
    ) {
        let next = self.priced(&step, character, marks);
        self.give_priced(step, behind, next, phase, cost, marks);
    }

    /// The same with a character whose cost is known.
    pub(super) fn give_priced(
        &mut self,
        step: Step,
        behind: usize,
        next: Next,
        phase: Phase,
        cost: f32,
        marks: u8,
    ) {
        let node = self.given(step, next, phase, cost, marks);
        self.beam.push(&self.memo, behind, node);
    }

    /// The same with a second character.
    pub(super) fn give_two(
        &mut self,
        step: Step,
        behind: usize,
        (first, second): (Next, char),
        cost: f32,
        marks: u8,
    ) {
        let mut node = self.given(step, first, Phase::Aligned, cost, marks);
        let counted = match second {
            // A digit or a sign: what follows hardly depends on which.
            UNKNOWN => '0',
            // A tag stands where a line breaks.
            '<' => '\n',
            _ => second,
        };
        node.settle(&self.memo);
        let (symbol, nats) = self.memo.log_prob(node.state, counted);
        node.score += nats;
        node.rivals += nats;
        node.ahead = Some(symbol);
        node.last = second;
        node.clause = clause::behind(node.clause, second);
        node.hash = mix(node.hash, second);
        node.output = Output::Characters([self.narrowed(first.character), second]);
        self.beam.push(&self.memo, behind, node);
    }

    /// What it costs that a character comes next.
    pub(super) fn priced(&self, step: &Step, character: char, marks: u8) -> Next {
        let node = &step.node;
        let (symbol, mut nats) = self.memo.log_prob(node.state, character);
        if (node.marks | marks) & mark::GUESS != 0 {
            nats = self.adapted(node.state.last(), symbol, nats);
        }
        let quoted = node.quotation.log_prob(node.last, character);
        Next {
            character,
            symbol,
            nats: quoted.unwrap_or(nats),
        }
    }

    fn given(&self, step: Step, next: Next, phase: Phase, cost: f32, marks: u8) -> Node {
        let Next {
            character,
            symbol,
            nats,
        } = next;
        let marks = match character {
            UNKNOWN => marks | mark::LOST,
            _ => marks,
        };
        let cost = cost + nats;
        let shown = self.narrowed(character);
        Node {
            score: step.node.score + cost,
            rivals: step.node.rivals + cost,
            state: step.node.state,
            ahead: Some(symbol),
            phase,
            last: character,
            quotation: step.node.quotation.behind(character),
            clause: clause::behind(step.node.clause, character),
            marks,
            is_literal: false,
            output: Output::Characters([shown, '\0']),
            hash: mix(step.node.hash, shown),
            parent: step.id,
            from: step.from,
        }
    }

    /// The cost of a step, with what the page itself says of it.
    fn adapted(&self, first: Symbol, second: Symbol, nats: f32) -> f32 {
        self.page.behind(self.text, first).adapt(second, nats)
    }

    /// The form in which the page shows a character.
    fn narrowed(&self, character: char) -> char {
        match character {
            '\u{FF01}'..='\u{FF5E}' if self.page.narrow => {
                char::from((u32::from(character) - 0xFF00 + 0x20) as u8)
            }
            '\u{3000}' if self.page.narrow => ' ',
            _ => character,
        }
    }
}

/// FNV-1a over code points: readings with equal outputs have equal hashes.
fn mix(hash: u32, character: char) -> u32 {
    (hash ^ u32::from(character)).wrapping_mul(0x0100_0193) ^ (hash >> 15)
}
