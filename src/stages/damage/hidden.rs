//! The readings in which a private-use character has vanished: both characters
//! that it had a byte of have lost one.

use super::beam::{Phase, mark};
use super::codec::{WIDE_ASCII, WIDENED};
use super::eaten::{ascii_before, eaten};
use super::guess::Guess;
use super::pending::QUESTION;
use super::search::{Search, Step};
use super::token::Token;

/// Below this cost of reading on as it stands, in nats, it is supposed that
/// something vanished before.
const STRANGE: f32 = -3.0;

/// What it costs, in nats, that the extractor drops such characters.
const VANISHED: f32 = -2.0;

/// How many of a place's readings may suppose that, how many characters are tried
/// before a vanished one, and how many behind it.
const HIDERS: usize = 2;
const BEFORE: usize = 5;
const BEHIND: usize = 16;

impl Search<'_> {
    /// Whether it is worth while to suppose that something vanished before the
    /// piece.
    pub(super) fn may_hide(&self, step: Step, lead: u8, token: Token) -> bool {
        self.page.hides && step.rank < HIDERS && self.is_strange(step, lead, token)
    }

    /// Whether what stands here hardly goes on from the last character.
    fn is_strange(&self, step: Step, lead: u8, token: Token) -> bool {
        let trail = match token {
            Token::Pair([first, _], _) => first,
            Token::Ascii(byte @ b'@'..) => byte,
            Token::Ascii(_) if self.page.narrow => WIDE_ASCII,
            _ => return true,
        };
        self.read(lead, trail).is_none_or(|(character, cost)| {
            cost + self.model.log_prob(step.node.state, character) < STRANGE
        })
    }

    /// A private-use character has vanished before the piece: its first byte
    /// ends a character, its second begins the next one.
    pub(super) fn hide(&mut self, step: Step, lead: u8) {
        let codec = self.codec;
        let candidates = codec.with_lead(lead).iter();
        let candidates = candidates.filter(|c| !codec.hidden(c.byte).is_empty());
        let mut guesses = self.guess(&step, candidates);
        guesses.truncate(BEFORE);
        for &Guess {
            candidate,
            next,
            cost,
        } in &guesses
        {
            let byte = candidate.byte;
            let marks = mark::HIDDEN | mark::GUESS;
            let phase = Phase::Hidden(byte);
            let cost = cost + VANISHED;
            self.give_priced(step, step.from, next, phase, cost, marks);
            // The private-use character may have ended with an ASCII byte.
            if let Some((sign, own, lost)) = ascii_before(&self.text[step.from..])
                && codec.hidden(byte).first() == Some(&b'@')
            {
                let marks = marks | lost;
                self.give_two(step, step.from, (next, sign), cost + own, marks);
            }
        }
        self.guessed(guesses);
    }

    /// Goes on from a reading in which a character with that first byte has
    /// vanished.
    pub(super) fn extend_hidden(&mut self, step: Step, vanished: u8, token: Token, behind: usize) {
        let (trail, second) = match token {
            Token::Pair([first, second], _) => (first, Some(second)),
            Token::Ascii(byte @ b'@'..=b'~') => (byte, None),
            Token::Euro => (0x80, None),
            Token::Ascii(byte @ (b',' | b'!' | b';' | b':')) if self.page.narrow => {
                (WIDE_ASCII, Some(byte + WIDENED))
            }
            Token::Question => {
                self.close_behind_hidden(step, vanished, behind);
                if !self.page.narrow {
                    return;
                }
                (WIDE_ASCII, Some(QUESTION))
            }
            Token::Tail(syllable) => {
                for &lead in self.codec.hidden(vanished) {
                    self.close_by_gloss(step, lead, syllable, behind, mark::HIDDEN);
                }
                return;
            }
            _ => return,
        };
        let codec = self.codec;
        let candidates = codec.with_trail(trail).iter();
        let candidates = candidates.filter(|c| codec.is_hidden([vanished, c.byte]));
        let mut guesses = self.guess(&step, candidates);
        guesses.truncate(BEHIND);
        for guess in &guesses {
            let (next, cost, marks) = (guess.next, guess.cost, mark::HIDDEN | mark::GUESS);
            match second {
                Some(second) => self.go_on(step, behind, (next, second), cost, marks),
                None => self.give_priced(step, behind, next, Phase::Aligned, cost, marks),
            }
        }
        self.guessed(guesses);
    }

    /// The same behind a vanished character, where of the last one no byte is
    /// left.
    fn close_behind_hidden(&mut self, step: Step, vanished: u8, behind: usize) {
        let codec = self.codec;
        let candidates = codec.hidden(vanished).iter();
        let candidates = candidates.flat_map(|&lead| codec.with_lead(lead));
        let guesses = self.guess(&step, candidates);
        let eaten = eaten(&self.text[behind..], self.delimiter(behind).map(|d| d.0));
        for &Guess {
            next, cost: own, ..
        } in &guesses
        {
            let known = eaten
                .iter()
                .filter(|eaten| eaten.2 & (mark::LOST | mark::SIGN) == 0);
            for &(sign, cost, marks) in known {
                let (cost, marks) = (cost + own, marks | mark::HIDDEN | mark::GUESS);
                match sign {
                    '\0' => self.give_priced(step, behind, next, Phase::Aligned, cost, marks),
                    _ => self.give_two(step, behind, (next, sign), cost, marks),
                }
            }
        }
        self.guessed(guesses);
    }
}
