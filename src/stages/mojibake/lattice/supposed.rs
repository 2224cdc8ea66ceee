//! Bytes of a reading that are lost: which there may have been, and of which
//! characters.

use std::ops::Range;

use super::{Left, Node, Out, Part, Search};
use crate::language::ngram::{Alphabet, Row, Symbol};
use crate::stages::mojibake::pairs::{self, Code};
use crate::stages::mojibake::writer::{Pending, Step, Writer};

/// What a character costs that cannot be known, in nats.
const UNKNOWN: f32 = -8.0;

/// How many characters are tried for one of which a part is left, and by how many
/// nats they may be less likely than the best one. They only say how the text
/// goes on: which one it was is found out later, from both sides.
const TRIED: usize = 8;
const TRIED_GAP: f32 = 6.0;

/// A character that supposed bytes end, and what they begin behind it.
#[derive(Clone, Copy, Debug)]
struct Ended {
    character: char,
    /// Its place among the symbols.
    symbol: usize,
    alternative: u32,
    cost: f32,
    pending: Pending,
}

/// What is used again and again.
#[derive(Debug, Default)]
pub(super) struct Memory {
    ended: Vec<Ended>,
    symbols: Vec<Symbol>,
    nats: Vec<f32>,
    row: Row,
}

impl Search<'_> {
    /// Takes a token for bytes that are only supposed, in each way that fits.
    pub(super) fn suppose(
        &mut self,
        id: u32,
        node: Node,
        token: u32,
        alternatives: Range<u32>,
        vanished: bool,
    ) {
        if alternatives.is_empty() || (self.settings.shifted && !node.is_garbled) {
            return;
        }
        let writer = self.settings.writer;
        let enter = if node.is_garbled { 0.0 } else { super::ENTER };
        let mut memory = std::mem::take(&mut self.supposed);
        let supposed = |score, state, pending, character, alternative| Node {
            score,
            state,
            pending,
            is_garbled: true,
            out: [
                Out {
                    character,
                    left: Left::All,
                },
                Out::default(),
            ],
            alternative: Some(alternative),
            vanished,
            token,
            parent: id,
        };
        // Those that begin with the same byte stand together.
        let mut first = None;
        for number in alternatives {
            let alternative = self.tokens.alternative(number);
            let Code { bytes, length } = alternative.code;
            let begun = match first {
                Some((byte, step)) if byte == bytes[0] => step,
                _ => writer.step(node.pending, bytes[0]),
            };
            first = Some((bytes[0], begun));
            let is_one = length == 1;
            let step = match begun {
                Step::More(pending) if !is_one => writer.step(pending, bytes[1]),
                step => step,
            };
            let cost = alternative.cost + enter;
            match (step, begun) {
                (Step::More(pending), _) => {
                    let score = node.score + cost;
                    let node = supposed(score, node.state, pending, '\0', number);
                    self.next.push(node);
                }
                (Step::Done(character), Step::Done(_)) if !is_one => {
                    if let Step::More(pending) = writer.step(Pending::NONE, bytes[1]) {
                        memory.end(character, number, cost, pending, self.model.alphabet());
                    }
                }
                (Step::Done(character), _) => {
                    let none = Pending::NONE;
                    memory.end(character, number, cost, none, self.model.alphabet());
                }
                (Step::Bad, _) => {}
            }
        }
        let Memory {
            ended,
            symbols,
            nats,
            row,
        } = &mut memory;
        if !ended.is_empty() {
            self.model.log_probs(node.state, symbols, row, nats);
            let alphabet = self.model.alphabet();
            for (nats, &symbol) in nats.iter_mut().zip(&*symbols) {
                *nats += alphabet.share(symbol);
            }
            let least = least(nats);
            for ended in ended.drain(..) {
                let nats = nats[ended.symbol];
                if nats >= least {
                    let state = self.model.advance(node.state, ended.character);
                    let score = node.score + ended.cost + nats;
                    let (character, number) = (ended.character, ended.alternative);
                    self.next
                        .push(supposed(score, state, ended.pending, character, number));
                }
            }
            symbols.clear();
        }
        self.supposed = memory;
    }

    /// Supposes that of a character only that byte is left; in GBK, where that
    /// says enough, with each character that is likely here.
    pub(super) fn lose(&self, part: Part, left: Left, byte: u8) -> Vec<Part> {
        let supposes_slips = self.settings.slip.is_some() || self.settings.shifted;
        if self.settings.writer != Writer::Gbk || !supposes_slips {
            let score = part.score + UNKNOWN;
            let part = Part { score, ..part };
            return part
                .emit(char::REPLACEMENT_CHARACTER, left)
                .into_iter()
                .collect();
        }
        let characters: Vec<char> = match left {
            Left::Tail => pairs::gbk().with_trail(byte).collect(),
            _ => pairs::gbk().with_lead(byte).collect(),
        };
        let (alphabet, after) = (self.model.alphabet(), self.model.after(part.state));
        let mut tried: Vec<(f32, char)> = characters
            .into_iter()
            .map(|character| {
                let symbol = alphabet.symbol(character);
                (after.log_prob(symbol) + alphabet.share(symbol), character)
            })
            .collect();
        tried.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = tried.first().map_or(0.0, |&(nats, _)| nats);
        let likely = tried.into_iter().take(TRIED);
        let likely = likely.take_while(|&(nats, _)| nats > best - TRIED_GAP);
        likely
            .filter_map(|(nats, character)| {
                let state = self.model.advance(part.state, character);
                let score = part.score + nats;
                Part {
                    score,
                    state,
                    ..part
                }
                .emit(character, left)
            })
            .collect()
    }
}

/// How likely a character must be to be tried.
fn least(nats: &[f32]) -> f32 {
    let mut sorted = nats.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let last = sorted.get(TRIED - 1).copied().unwrap_or(f32::NEG_INFINITY);
    let best = sorted.first().copied().unwrap_or(0.0);
    last.max(best - TRIED_GAP)
}

impl Memory {
    fn end(
        &mut self,
        character: char,
        alternative: u32,
        cost: f32,
        pending: Pending,
        alphabet: &Alphabet,
    ) {
        let is_new = self
            .ended
            .last()
            .is_none_or(|last| last.character != character);
        if is_new {
            self.symbols.push(alphabet.symbol(character));
        }
        self.ended.push(Ended {
            character,
            symbol: self.symbols.len() - 1,
            alternative,
            cost,
            pending,
        });
    }
}
