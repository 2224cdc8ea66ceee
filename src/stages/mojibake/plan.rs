//! Which chains can have garbled a text: a quick look at each, so that only the
//! few that are likely are searched.

use super::chain::{Chain, DROPPING, ONCE, THROUGH, twice};
use super::gate::cost;
use super::reader::Reader;
use super::tokens::Tokens;
use super::writer::{Pending, Step, Writer};

/// In nats: what it costs that a byte does not fit, and what a chain has to gain
/// somewhere in the text to be searched.
const BAD: f32 = 12.0;
const LEAST: f32 = 8.0;

/// How many are searched, at most.
const MOST: usize = 4;

/// A chain that may have garbled a text, and what it may have been then.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) chain: Chain,
    pub(super) tokens: Tokens,
    /// By how much it makes a part of the text likelier, in nats.
    pub(super) gain: f32,
}

/// The likeliest chains, the best first.
pub(super) fn candidates(text: &str, at: usize) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut readers: Vec<(Reader, Tokens)> = Vec::new();
    for chain in ONCE {
        if !readers.iter().any(|(reader, _)| *reader == chain.reader) {
            readers.push((chain.reader, Tokens::of(text, at, chain.reader)));
        }
        let known = readers.iter().find(|(reader, _)| *reader == chain.reader);
        if let Some((_, tokens)) = known {
            consider(chain, tokens, &mut found);
        }
    }
    for through in THROUGH {
        for chain in twice(through) {
            if let Some(tokens) = Tokens::through(text, at, through, chain.reader) {
                consider(chain, &tokens, &mut found);
            }
        }
    }
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    found.truncate(MOST);
    found
}

/// The chains in which something has vanished.
pub(super) fn dropping(text: &str, at: usize) -> Vec<Candidate> {
    let mut found = Vec::new();
    for chain in DROPPING {
        let mut tokens = Tokens::of(text, at, chain.reader);
        tokens.drop(chain.reader);
        consider(chain, &tokens, &mut found);
    }
    found
}

fn consider(chain: Chain, tokens: &Tokens, found: &mut Vec<Candidate>) {
    let gain = gain(tokens, chain.writer);
    if gain >= LEAST {
        found.push(Candidate {
            chain,
            tokens: tokens.clone(),
            gain,
        });
    }
}

/// By how much the bytes make the best part of the text likelier, by the single
/// characters.
fn gain(tokens: &Tokens, writer: Writer) -> f32 {
    let (mut sum, mut most) = (0.0_f32, 0.0_f32);
    let mut pending = Pending::NONE;
    for token in &tokens.list {
        let literal = token.literal.map_or(0.0, |character| match character.is_ascii() {
            true => 0.0,
            false => cost(character),
        });
        let Some(code) = tokens.known(token) else {
            pending = Pending::NONE;
            // What was replaced may fit.
            sum = if token.alternatives.is_empty() { 0.0 } else { sum };
            continue;
        };
        sum += literal;
        for &byte in &code.bytes[..usize::from(code.length)] {
            let step = match writer.step(pending, byte) {
                Step::Bad if !pending.is_none() => {
                    sum -= BAD;
                    writer.step(Pending::NONE, byte)
                }
                step => step,
            };
            pending = Pending::NONE;
            match step {
                Step::More(more) => pending = more,
                Step::Done(character) if character.is_ascii() => {}
                Step::Done(character) => sum -= cost(character),
                Step::Bad => sum -= BAD,
            }
        }
        sum = sum.max(0.0);
        if pending.is_none() {
            most = most.max(sum);
        }
    }
    most
}
