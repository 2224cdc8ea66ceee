//! The readings in which the text is shifted by a byte, and what ends that.

use crate::language::pinyin::Syllable;

use super::aligned::{DROP, PUNCTUATION};
use super::beam::{Phase, mark};
use super::codec::{WIDE_ASCII, WIDENED};
use super::eaten::eaten;
use super::guess::Guess;
use super::search::{Search, Step};
use super::steps::Next;
use super::token::Token;

/// A full-width letter, digit or less frequent sign in a run, in nats.
const WIDE_LETTER: f32 = -3.0;

/// The second byte of the full-width question mark.
pub(super) const QUESTION: u8 = 0xBF;

impl Search<'_> {
    /// Goes on from a reading with a first byte to which the second one comes.
    pub(super) fn extend_pending(&mut self, step: Step, lead: u8, token: Token, behind: usize) {
        if self.may_hide(step, lead, token) {
            self.hide(step, lead);
        }
        match token {
            Token::Pair([first, second], _) => {
                if let Some((character, cost)) = self.read(lead, first) {
                    let next = self.priced(&step, character, 0);
                    self.go_on(step, behind, (next, second), cost, 0);
                }
                if self.page.drops && self.delimiter(step.from).is_some() {
                    self.close_by_drop(step, lead);
                }
            }
            Token::Euro => {
                if let Some((character, cost)) = self.read(lead, 0x80) {
                    self.give(step, behind, character, Phase::Aligned, cost, 0);
                }
            }
            Token::Ascii(byte) => {
                if let Some((character, cost)) = self.read(lead, byte) {
                    self.give(step, behind, character, Phase::Aligned, cost, 0);
                }
                self.read_narrowed(step, lead, byte, behind);
                if self.page.drops && byte < b'@' {
                    self.close_by_drop(step, lead);
                }
            }
            Token::Question => {
                self.read_narrowed(step, lead, b'?', behind);
                self.close_by_guess(step, lead, behind);
            }
            Token::Tail(syllable) => self.close_by_gloss(step, lead, syllable, behind, 0),
            Token::Gloss(syllable) => {
                let before = self.text[..step.from].chars().next_back();
                if let Some(before) = before
                    && let Some(fit) = self.codec.fit(before, &syllable)
                {
                    let cost = self.tabled(before, &syllable, fit);
                    self.silence(step, behind, Phase::Pending(lead), cost, 0);
                }
                if self.page.drops {
                    self.close_by_gloss(step, lead, syllable, behind, mark::DROPPED);
                }
            }
            Token::Other(_) => {}
        }
    }

    /// A character of the run, and what its successor's byte does.
    pub(super) fn go_on(
        &mut self,
        step: Step,
        behind: usize,
        (next, byte): (Next, u8),
        cost: f32,
        marks: u8,
    ) {
        match byte {
            0x81.. => self.give_priced(step, behind, next, Phase::Pending(byte), cost, marks),
            b'@'..=b'~' => {
                self.give_two(step, behind, (next, char::from(byte)), cost, marks);
            }
            _ => {}
        }
    }

    /// The text extractor has made ASCII of a full-width character.
    fn read_narrowed(&mut self, step: Step, lead: u8, byte: u8, behind: usize) {
        if !self.page.narrow {
            return;
        }
        let (first, second, cost) = match byte {
            b' ' => (PUNCTUATION, PUNCTUATION, 0.0),
            b',' | b'!' | b';' | b':' | b'(' | b')' => (WIDE_ASCII, byte + WIDENED, 0.0),
            b'?' => (WIDE_ASCII, QUESTION, 0.0),
            0x21..=0x7E => (WIDE_ASCII, byte + WIDENED, WIDE_LETTER),
            _ => return,
        };
        if let Some((character, own)) = self.read(lead, first) {
            let phase = Phase::Pending(second);
            self.give(step, behind, character, phase, cost + own, 0);
        }
    }

    /// The run ends with a character whose own gloss has lost its bracket.
    pub(super) fn close_by_gloss(
        &mut self,
        step: Step,
        lead: u8,
        syllable: Syllable,
        behind: usize,
        marks: u8,
    ) {
        for (needle, fit) in self.codec.needles(lead, syllable) {
            let cost = self.tabled(needle.character, &syllable, fit);
            self.give(step, behind, needle.character, Phase::Aligned, cost, marks);
        }
    }

    /// The run ends with half a character that was dropped, before a cut or
    /// what is no second byte.
    fn close_by_drop(&mut self, step: Step, lead: u8) {
        let candidates = self.codec.with_lead(lead).iter();
        let guesses = self.guess(&step, candidates);
        for guess in &guesses {
            let (cost, marks) = (DROP + guess.cost, mark::GUESS | mark::DROPPED);
            self.give_priced(step, step.from, guess.next, Phase::Aligned, cost, marks);
        }
        self.guessed(guesses);
    }

    /// The run ends with half a character, of which `?` is left; perhaps it
    /// stands for the ASCII character behind it too.
    fn close_by_guess(&mut self, step: Step, lead: u8, behind: usize) {
        let candidates = self.codec.with_lead(lead).iter();
        let guesses = self.guess(&step, candidates);
        let eaten = eaten(&self.text[behind..], self.delimiter(behind).map(|d| d.0));
        for &Guess {
            next, cost: own, ..
        } in &guesses
        {
            for &(sign, cost, marks) in &eaten {
                let (cost, marks) = (cost + own, marks | mark::GUESS);
                match sign {
                    '\0' => self.give_priced(step, behind, next, Phase::Aligned, cost, marks),
                    _ => self.give_two(step, behind, (next, sign), cost, marks),
                }
            }
        }
        self.guessed(guesses);
    }
}
