//! What is supposed of a page, and what it costs: characters that have lost a
//! byte, the filter's table, the filter itself.
//!
//! Costs are nats, like the model's. Those that no text is counted for say how
//! rare the thing is, by the factor: −3 is one in twenty, −9 one in ten thousand.

use crate::language::ngram::{Row, Symbol};
use crate::language::pinyin::Syllable;

use super::beam::mark;
use super::clause;
use super::codec::{Candidate, Fit};
use super::page::Shown;
use super::quotation::Quotation;
use super::repair::UNKNOWN;
use super::search::{Search, Step};
use super::steps::Next;

/// How many characters are tried for one with a lost byte.
const GUESSES: usize = 16;
/// Those that are less likely than the best by so many nats are not.
const GUESS_GAP: f32 = 8.0;

/// In nats: a page on which a filter was at work shows the gloss of a character
/// of its table; one seen without, but common; any other.
const KNOWN: f32 = 0.0;
const UNSEEN: f32 = -3.0;
const UNLIKELY: f32 = -6.0;

/// What it costs to suppose a filter on a page that shows none, and on one that
/// has a gloss or two.
const UNFILTERED: f32 = -9.0;
const UNSURE: f32 = -4.0;

/// What it costs that a character of the filter's table has no gloss.
const UNGLOSSED: f32 = -4.0;

/// What it costs that a page has a character that the conversion changes.
const UNCONVERTED: f32 = -6.0;

/// A full stop that has lost a byte: of text from elsewhere the model
/// underestimates them. Chosen on the tuning part of the held-out text, with
/// what a clause's length says added.
const STOP: f32 = 2.5;
/// What is added for one behind another one where no quotation was seen that could
/// end: `。。` is a habit of people who write
/// reviews, not of those that the model was made from. Chosen likewise.
const ROW: f32 = 2.5;
/// A space that has lost a byte: one hardly stands where a page breaks.
const BLANK: f32 = -5.0;
/// A corner bracket: pages of the mainland have quotation marks.
const CORNERED: f32 = -8.0;

/// A character that is tried for one with a lost byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub(super) candidate: &'static Candidate,
    pub(super) next: Next,
    /// What it costs apart from what it costs as a character of the page, in nats.
    pub(super) cost: f32,
}

/// What guessing works in: the memory is used again and again.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    candidates: Vec<&'static Candidate>,
    symbols: Vec<Symbol>,
    row: Row,
    nats: Vec<f32>,
    /// What costs little enough, and its place among the candidates.
    likely: Vec<(f32, usize)>,
    guesses: Vec<Guess>,
}

impl Guesses {
    /// Puts the best of the candidates into an empty list, the best first.
    fn choose(&mut self, guesses: &mut Vec<Guess>) {
        let least = highest(&self.nats) - GUESS_GAP;
        let likely = &mut self.likely;
        likely.clear();
        let places = self.nats.iter().copied().zip(0..);
        likely.extend(places.filter(|&(nats, _)| nats > least));
        let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0);
        if likely.len() > GUESSES {
            likely.select_nth_unstable_by(GUESSES, order);
            likely.truncate(GUESSES);
        }
        likely.sort_unstable_by(order);
        guesses.extend(likely.iter().map(|&(nats, place)| {
            let candidate = self.candidates[place];
            Guess {
                candidate,
                next: Next {
                    character: candidate.character,
                    symbol: candidate.symbol,
                    nats,
                },
                cost: 0.0,
            }
        }));
    }
}

/// The highest of some numbers.
fn highest(numbers: &[f32]) -> f32 {
    // One number waits for the one before; those of eight rows do not.
    let (rows, rest) = numbers.as_chunks::<8>();
    let mut highest = [f32::NEG_INFINITY; 8];
    for row in rows {
        for (highest, &number) in highest.iter_mut().zip(row) {
            *highest = if number > *highest { number } else { *highest };
        }
    }
    let all = highest.iter().chain(rest).copied();
    all.fold(f32::NEG_INFINITY, f32::max)
}

impl Search<'_> {
    /// The likeliest of characters of which one byte is lost, the best first.
    pub(super) fn guess(
        &mut self,
        step: &Step,
        candidates: impl Iterator<Item = &'static Candidate>,
    ) -> Vec<Guess> {
        let mut work = std::mem::take(&mut self.guesses);
        work.candidates.clear();
        work.candidates.extend(candidates);
        self.weigh(step, &mut work);
        let mut guesses = std::mem::take(&mut work.guesses);
        work.choose(&mut guesses);
        self.guesses = work;
        for guess in &mut guesses {
            guess.cost = match guess.next.character {
                UNKNOWN => {
                    // The model has no such character, so its cost is not the model's.
                    guess.next = self.priced(step, UNKNOWN, mark::GUESS);
                    let &Candidate { symbol, share, .. } = guess.candidate;
                    let state = step.node.state;
                    let own = self.model.symbol_log_prob(state, symbol) + share;
                    own - self.model.log_prob(state, UNKNOWN)
                }
                '。' if step.node.last == '。' && step.node.quotation == Quotation::Unknown => {
                    STOP + ROW
                }
                '。' => STOP + clause::stop(step.node.clause),
                '\u{3000}' => BLANK,
                '「' | '」' | '『' | '』' => CORNERED,
                character if self.page.glosses(character) => UNGLOSSED,
                _ => 0.0,
            };
        }
        guesses
    }

    /// Finds out what each candidate costs as the next character of the page.
    fn weigh(&self, step: &Step, work: &mut Guesses) {
        let Guesses {
            candidates,
            symbols,
            row,
            nats,
            ..
        } = work;
        symbols.clear();
        symbols.extend(candidates.iter().map(|candidate| candidate.symbol));
        let node = &step.node;
        self.model.log_probs(node.state, symbols, row, nats);
        let behind = self.page.behind(self.text, node.state.last());
        for (nats, candidate) in nats.iter_mut().zip(candidates) {
            let quoted = node.quotation.log_prob(node.last, candidate.character);
            let adapted = || behind.adapt(candidate.symbol, candidate.share + *nats);
            *nats = quoted.unwrap_or_else(adapted);
        }
    }

    /// Takes the list of guesses back.
    pub(super) fn guessed(&mut self, mut guesses: Vec<Guess>) {
        guesses.clear();
        self.guesses.guesses = guesses;
    }

    /// What it costs to suppose that a filter was at work here.
    pub(super) fn filtered(&self) -> f32 {
        match self.page.evidence {
            Shown::Filter => 0.0,
            Shown::Glosses => UNSURE,
            Shown::Nothing => UNFILTERED,
        }
    }

    /// What it costs that the filter's table has the character with that reading.
    pub(super) fn tabled(&self, character: char, syllable: &Syllable, fit: Fit) -> f32 {
        match (self.page.gloss_of(character), fit) {
            (Some(known), _) if known == syllable => KNOWN,
            (None, Fit::Customary) => UNSEEN,
            _ => UNLIKELY,
        }
    }

    /// The character of two bytes and what it costs that a page has it.
    pub(super) fn read(&self, lead: u8, trail: u8) -> Option<(char, f32)> {
        let character = self.codec.character(lead, trail)?;
        let cost = if self.codec.is_converted(character) {
            UNCONVERTED
        } else {
            0.0
        };
        Some((character, cost))
    }
}
