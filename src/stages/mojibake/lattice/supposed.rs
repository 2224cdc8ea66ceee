//! Bytes of a reading that are lost: which there may have been, and of which
//! characters.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

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

/// What alternatives that are only supposed come to behind bytes that are pending.
/// Many readings of a place have the same ones pending, and many places the same
/// alternatives.
#[derive(Debug, Default)]
struct Ways {
    /// Those after which bytes are still to come: number, cost, what is pending.
    open: Vec<(u32, f32, Pending)>,
    ended: Vec<Ended>,
    /// The symbols of the characters that are ended.
    symbols: Vec<Symbol>,
}

/// What is used again and again.
#[derive(Debug, Default)]
pub(super) struct Memory {
    ways: HashMap<(Pending, Range<u32>), Rc<Ways>>,
    nats: Vec<f32>,
    sorted: Vec<f32>,
    row: Row,
}

/// How many ways are remembered: about as many as one text comes to.
const REMEMBERED: usize = 256;

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
        if alternatives.is_empty() || (self.settings.shifted.is_some() && !node.is_garbled) {
            return;
        }
        let enter = if node.is_garbled { 0.0 } else { super::ENTER };
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
        let ways = self.ways(node.pending, alternatives);
        for &(number, cost, pending) in &ways.open {
            let score = node.score + enter + cost;
            self.next
                .push(supposed(score, node.state, pending, '\0', number));
        }
        if ways.ended.is_empty() {
            return;
        }
        let Memory {
            nats, sorted, row, ..
        } = &mut self.supposed;
        self.model.log_probs(node.state, &ways.symbols, row, nats);
        let alphabet = self.model.alphabet();
        for (nats, &symbol) in nats.iter_mut().zip(&ways.symbols) {
            *nats += alphabet.share(symbol);
        }
        let least = least(nats, sorted);
        for ended in &ways.ended {
            let nats = nats[ended.symbol];
            if nats >= least {
                let state = self.model.advance(node.state, ended.character);
                let score = node.score + enter + ended.cost + nats;
                let (character, number) = (ended.character, ended.alternative);
                self.next
                    .push(supposed(score, state, ended.pending, character, number));
            }
        }
    }

    fn ways(&mut self, pending: Pending, alternatives: Range<u32>) -> Rc<Ways> {
        let key = (pending, alternatives.clone());
        if let Some(known) = self.supposed.ways.get(&key) {
            return Rc::clone(known);
        }
        let mut ways = Ways::default();
        let (writer, alphabet) = (self.settings.writer, self.model.alphabet());
        // Those that begin with the same byte stand together.
        let mut first = None;
        for number in alternatives {
            let alternative = self.tokens.alternative(number);
            let Code { bytes, length } = alternative.code;
            let begun = match first {
                Some((byte, step)) if byte == bytes[0] => step,
                _ => writer.step(pending, bytes[0]),
            };
            first = Some((bytes[0], begun));
            let is_one = length == 1;
            let step = match begun {
                Step::More(pending) if !is_one => writer.step(pending, bytes[1]),
                step => step,
            };
            let cost = alternative.cost;
            match (step, begun) {
                (Step::More(pending), _) => ways.open.push((number, cost, pending)),
                (Step::Done(character), Step::Done(_)) if !is_one => {
                    if let Step::More(pending) = writer.step(Pending::NONE, bytes[1]) {
                        ways.end(character, number, cost, pending, alphabet);
                    }
                }
                (Step::Done(character), _) => {
                    ways.end(character, number, cost, Pending::NONE, alphabet);
                }
                (Step::Bad, _) => {}
            }
        }
        let ways = Rc::new(ways);
        let remembered = &mut self.supposed.ways;
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(key, Rc::clone(&ways));
        ways
    }

    /// Supposes that of a character only that byte is left; in GBK, where that
    /// says enough, with each character that is likely here.
    pub(super) fn lose(&self, part: Part, left: Left, byte: u8) -> Vec<Part> {
        let supposes_slips = self.settings.slip.is_some() || self.settings.shifted.is_some();
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
fn least(nats: &[f32], sorted: &mut Vec<f32>) -> f32 {
    sorted.clear();
    sorted.extend_from_slice(nats);
    let best = nats.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let last = match sorted.len() {
        ..TRIED => f32::NEG_INFINITY,
        _ => {
            *sorted
                .select_nth_unstable_by(TRIED - 1, |a, b| b.total_cmp(a))
                .1
        }
    };
    last.max(best - TRIED_GAP)
}

impl Ways {
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
