//! The steps of a reading: what each gives, and what it costs.

use crate::language::ngram::State;

use super::beam::{Node, Output, Phase, mark};
use super::neighbours::Neighbours;
use super::repair::UNKNOWN;
use super::search::{Search, Step};

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
        let mut after_guess = step.node.marks & mark::GUESS != 0;
        for character in self.text[step.from..behind].chars() {
            let (mut nats, state) = self.memo.step(now.0, character);
            nats = now.2.log_prob(now.1, character).unwrap_or(nats);
            if std::mem::take(&mut after_guess) {
                nats = self.adapted(now.0, state, nats);
            }
            sum += nats;
            now = (
                state,
                character,
                now.2.behind(character),
                mix(now.3, character),
            );
        }
        (node.state, node.last, node.quotation, node.hash) = now;
        node.score = score + sum;
        node.rivals = rivals + sum;
        self.beam.push(behind, node);
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
        self.beam.push(behind, node);
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
        self.beam.push(behind, node);
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
        let node = self.given(step, character, phase, cost, marks);
        self.beam.push(behind, node);
    }

    /// The same with a second character.
    pub(super) fn give_two(
        &mut self,
        step: Step,
        behind: usize,
        characters: [char; 2],
        cost: f32,
        marks: u8,
    ) {
        let [first, second] = characters;
        let mut node = self.given(step, first, Phase::Aligned, cost, marks);
        let counted = match second {
            // A digit or a sign: what follows hardly depends on which.
            UNKNOWN => '0',
            // A tag stands where a line breaks.
            '<' => '\n',
            _ => second,
        };
        let (nats, state) = self.memo.step(node.state, counted);
        node.score += nats;
        node.rivals += nats;
        node.state = state;
        node.last = second;
        node.hash = mix(node.hash, second);
        node.output = Output::Characters([self.narrowed(first), second]);
        self.beam.push(behind, node);
    }

    fn given(&self, step: Step, character: char, phase: Phase, cost: f32, marks: u8) -> Node {
        let (mut nats, state) = self.memo.step(step.node.state, character);
        let marks = match character {
            UNKNOWN => marks | mark::LOST,
            _ => marks,
        };
        if (step.node.marks | marks) & mark::GUESS != 0 {
            nats = self.adapted(step.node.state, state, nats);
        }
        nats = step
            .node
            .quotation
            .log_prob(step.node.last, character)
            .unwrap_or(nats);
        let cost = cost + nats;
        let shown = self.narrowed(character);
        Node {
            score: step.node.score + cost,
            rivals: step.node.rivals + cost,
            state,
            phase,
            last: character,
            quotation: step.node.quotation.behind(character),
            marks,
            is_literal: false,
            output: Output::Characters([shown, '\0']),
            hash: mix(step.node.hash, shown),
            parent: step.id,
            from: step.from,
        }
    }

    /// The cost of a step, with what the page itself says of it.
    fn adapted(&self, before: State, after: State, nats: f32) -> f32 {
        let pair = Neighbours::new(before.last(), after.last());
        self.page.behind(before.last()).adapt(pair, nats)
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
