//! What is supposed of a page, and what it costs: characters that have lost a
//! byte, the filter's table, the filter itself.
//!
//! Costs are nats, like the model's. Those that no text is counted for say how
//! rare the thing is, by the factor: −3 is one in twenty, −9 one in ten thousand.

use crate::language::pinyin::Syllable;

use super::beam::Node;
use super::codec::{Candidate, Fit};
use super::neighbours::Neighbours;
use super::page::Shown;
use super::repair::UNKNOWN;
use super::search::Search;

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
/// underestimates them. Chosen on the tuning part of the held-out text.
const STOP: f32 = 1.0;
/// A space that has lost a byte: one hardly stands where a page breaks.
const BLANK: f32 = -5.0;
/// A corner bracket: pages of the mainland have quotation marks.
const CORNERED: f32 = -8.0;

impl Search<'_> {
    /// The likeliest of characters of which one byte is lost, the best first, with
    /// their cost apart from the model's.
    pub(super) fn guess(
        &mut self,
        node: &Node,
        candidates: impl Iterator<Item = &'static Candidate>,
    ) -> Vec<(f32, Candidate)> {
        let mut guesses = std::mem::take(&mut self.guesses);
        guesses.clear();
        let state = node.state;
        let after = self.model.after(state);
        let behind = self.page.behind(state.last());
        guesses.extend(candidates.map(|c| {
            let pair = Neighbours::new(state.last(), c.symbol);
            let nats = node.quotation.log_prob(node.last, c.character);
            let nats = nats.unwrap_or_else(|| {
                let own = c.share + self.memo.symbol_log_prob(state, &after, c.symbol);
                behind.adapt(pair, own)
            });
            (nats, *c)
        }));
        if guesses.len() > GUESSES {
            guesses.select_nth_unstable_by(GUESSES, |a, b| b.0.total_cmp(&a.0));
            guesses.truncate(GUESSES);
        }
        guesses.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let best = guesses.first().map_or(0.0, |guess| guess.0);
        guesses.retain(|guess| guess.0 > best - GUESS_GAP);
        for (cost, candidate) in &mut guesses {
            *cost = match candidate.character {
                // The model has no such character, so its cost is not the model's.
                UNKNOWN => candidate.log_prob(&after) - self.model.log_prob(state, UNKNOWN),
                '。' => STOP,
                '\u{3000}' => BLANK,
                '「' | '」' | '『' | '』' => CORNERED,
                character if self.page.glosses(character) => UNGLOSSED,
                _ => 0.0,
            };
        }
        guesses
    }

    /// Takes the list of guesses back.
    pub(super) fn guessed(&mut self, guesses: Vec<(f32, Candidate)>) {
        self.guesses = guesses;
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
