//! The readings in which each character stands for itself, and what opens a run
//! of damage in them.

use crate::language::is_han;
use crate::language::ngram::State;
use crate::language::pinyin::Syllable;
use crate::language::readings::Entry;

use super::beam::{Phase, mark};
use super::codec::{WIDE_ASCII, WIDENED};
use super::search::{Search, Step};
use super::token::{Token, is_glossed_letter};

/// What a cut at ，！？； costs, in nats: on most pages nearly all of their bytes
/// are cut. And one at 。 or “, which is seldom.
const CUT: f32 = -1.0;
const RARE_CUT: f32 = -4.0;

/// What it costs, in nats, that a gloss stands behind a character that is not
/// read so.
const MISFIT: f32 = -8.0;

/// What it costs, in nats, that half a character was dropped without a trace.
pub(super) const DROP: f32 = -3.0;

/// Below this cost of so many characters behind a delimiter, in nats on average,
/// they may be shifted, where nothing else shows that half a character was
/// dropped.
const STRANGE: f32 = -7.5;
const LOOK_AHEAD: usize = 3;

/// The first byte of 。 and “.
pub(super) const PUNCTUATION: u8 = 0xA1;

/// A punctuation mark before which the bytes were cut.
#[derive(Clone, Copy)]
pub(super) struct Delimiter {
    pair: [u8; 2],
    /// What a cut costs, in nats.
    pub(super) cost: f32,
}

impl Search<'_> {
    /// Whether the piece at that byte can open a run.
    pub(super) fn is_seed(&self, at: usize) -> bool {
        match Token::at(self.text, at) {
            Some((Token::Tail(_), _)) => true,
            Some((Token::Question, behind)) => {
                self.delimiter(behind).is_some() || self.cut_out_before(behind).is_some()
            }
            Some((Token::Ascii(_), behind)) if is_glossed_letter(self.text, behind) => true,
            Some((Token::Gloss(syllable), _)) if self.page.drops => {
                let before = self.text[..at].chars().next_back();
                before.is_some_and(|c| !is_reading(c, &syllable))
            }
            Some(_) if self.page.drops => {
                let delimiter = self.delimiter(at);
                delimiter.is_some_and(|(_, behind)| {
                    self.goes_on_strangely(at, behind)
                        || (self.page.has_letters && self.goes_on_to_letter(behind))
                })
            }
            _ => false,
        }
    }

    /// Whether what follows a delimiter hardly can, so that it may be shifted.
    fn goes_on_strangely(&self, at: usize, behind: usize) -> bool {
        let mut state = State::START;
        let (mut sum, mut seen) = (0.0, 0);
        let line = self.text[behind..].chars().take_while(|&c| c != '\n');
        let mut delimiter = self.text[at..behind].chars();
        let mut before = delimiter.next().map(|c| self.model.alphabet().symbol(c));
        for character in line.take(LOOK_AHEAD) {
            state = before.map_or(state, |symbol| self.memo.advance(state, symbol));
            let (symbol, nats) = self.memo.log_prob(state, character);
            (sum, seen, before) = (sum + nats, seen + 1, Some(symbol));
        }
        seen > 0 && sum < STRANGE * seen as f32
    }

    /// Whether a run that a delimiter opens may end at a letter with a gloss.
    fn goes_on_to_letter(&self, behind: usize) -> bool {
        /// About the length of a run, in characters.
        const LENGTH: usize = 30;
        let mut near = self.text[behind..].char_indices().take(LENGTH);
        near.find_map(|(offset, character)| match character {
            '\n' | '，' | '！' | '？' | '；' | ',' | '!' | ';' => Some(false),
            '(' if is_glossed_letter(self.text, behind + offset) => Some(true),
            _ => None,
        })
        .unwrap_or(false)
    }

    /// The delimiter at that byte and the byte behind it.
    pub(super) fn delimiter(&self, at: usize) -> Option<(Delimiter, usize)> {
        let (token, behind) = Token::at(self.text, at)?;
        let wide = |byte: u8| [WIDE_ASCII, byte + WIDENED];
        let (pair, cost) = match token {
            Token::Pair(pair, '，' | '！' | '？' | '；') => (pair, CUT),
            Token::Pair(pair, '。' | '“') => (pair, RARE_CUT),
            Token::Ascii(byte @ (b',' | b'!' | b';')) if self.page.narrow => (wide(byte), CUT),
            Token::Question if self.page.narrow => (wide(b'?'), CUT),
            _ => return None,
        };
        Some((Delimiter { pair, cost }, behind))
    }

    /// The delimiter behind a second `?` at that byte, and where it begins: both
    /// can be halves of one character.
    fn cut_out_before(&self, at: usize) -> Option<(Delimiter, usize)> {
        let Some((Token::Question, between)) = Token::at(self.text, at) else {
            return None;
        };
        let (delimiter, _) = self.delimiter(between)?;
        Some((delimiter, between))
    }

    /// Goes on from an aligned reading.
    pub(super) fn extend_aligned(&mut self, step: Step, token: Token, behind: usize) {
        match token {
            Token::Gloss(syllable) => {
                let fits = is_reading(step.node.last, &syllable);
                self.pass(step, behind, if fits { 0.0 } else { MISFIT });
                if self.page.drops && !fits {
                    self.open_by_gloss(step, syllable, behind, mark::DROPPED);
                }
                let seen = self.text[..step.from].chars().next_back();
                if let Some(seen) = seen.filter(|&seen| seen != step.node.last)
                    && self.codec.fit(seen, &syllable).is_some()
                {
                    // The filter took two bytes of the run for the character that
                    // they seem to be.
                    self.silence(step, behind, Phase::Aligned, 0.0, mark::GLOSS);
                }
                if !fits && !self.page.drops {
                    self.take_out(step, syllable, behind);
                }
            }
            Token::Tail(syllable) => {
                self.keep(step, behind);
                self.open_by_gloss(step, syllable, behind, mark::GLOSS);
            }
            Token::Question => {
                self.keep(step, behind);
                if let Some((delimiter, behind)) = self.delimiter(behind) {
                    self.open_by_cut(step, delimiter, behind, mark::CUT);
                }
                if let Some((delimiter, between)) = self.cut_out_before(behind) {
                    self.cut_out(step, delimiter, between);
                }
            }
            Token::Ascii(letter) => {
                self.keep(step, behind);
                if let Some((Token::Gloss(syllable), _)) = Token::at(self.text, behind) {
                    self.read_second_byte(step, letter, syllable, behind);
                }
            }
            _ => self.keep(step, behind),
        }
        if self.page.drops
            && let Some((delimiter, behind)) = self.delimiter(step.from)
        {
            self.open_by_cut(step, delimiter, behind, mark::CUT | mark::DROPPED);
        }
    }

    /// The filter took the last character's second byte and the next one's
    /// first for one with that reading.
    fn open_by_gloss(&mut self, step: Step, syllable: Syllable, behind: usize, marks: u8) {
        let Some([_, trail]) = self.page.pair(self.codec, step.node.last) else {
            return;
        };
        for (needle, fit) in self.codec.needles(trail, syllable) {
            let cost = self.tabled(needle.character, &syllable, fit) + self.filtered();
            self.silence(step, behind, Phase::Pending(needle.trail), cost, marks);
        }
    }

    /// The filter took the second byte of the character before a letter, and the
    /// letter, for a character with that reading.
    fn take_out(&mut self, step: Step, syllable: Syllable, behind: usize) {
        let mut before = self.text[..step.from].chars().rev();
        let (Some(letter), Some(character)) = (before.next(), before.next()) else {
            return;
        };
        let pair = self.codec.pair(character).filter(|_| is_han(character));
        let Some([_, trail]) = pair else {
            return;
        };
        for (needle, fit) in self.codec.needles(trail, syllable) {
            if char::from(needle.trail) == letter {
                let cost = self.tabled(needle.character, &syllable, fit) + self.filtered();
                self.silence(step, behind, Phase::Aligned, cost, mark::GLOSS);
            }
        }
    }

    /// The letter is the second byte of the glossed character, of which a decoder
    /// that does not know it has dropped the first.
    fn read_second_byte(&mut self, step: Step, letter: u8, syllable: Syllable, behind: usize) {
        if !syllable.is_toned() || !is_han(step.node.last) {
            return;
        }
        for (needle, fit) in self.codec.needles_with_trail(letter, syllable) {
            let character = needle.character;
            let cost = self.tabled(character, &syllable, fit) + self.filtered();
            self.give(step, behind, character, Phase::Aligned, cost, mark::DROPPED);
        }
    }

    /// The bytes were cut before a character's second byte, with which those of
    /// the delimiter begin.
    fn open_by_cut(&mut self, step: Step, delimiter: Delimiter, behind: usize, marks: u8) {
        let [first, second] = delimiter.pair;
        let mut cost = delimiter.cost + self.filtered();
        if marks & mark::DROPPED != 0 {
            cost += DROP;
        }
        let candidates = self.codec.with_trail(first).iter();
        let guesses = self.guess(&step, candidates);
        for guess in &guesses {
            let (cost, marks) = (cost + guess.cost, marks | mark::GUESS);
            self.give_priced(
                step,
                behind,
                guess.next,
                Phase::Pending(second),
                cost,
                marks,
            );
        }
        self.guessed(guesses);
    }

    /// The bytes were cut before a character's second byte and behind it, so
    /// that both were read alone.
    fn cut_out(&mut self, step: Step, delimiter: Delimiter, behind: usize) {
        let trail = match delimiter.pair[0] {
            PUNCTUATION => WIDE_ASCII,
            _ => PUNCTUATION,
        };
        let cost = CUT + RARE_CUT + self.filtered();
        let candidates = self.codec.with_trail(trail).iter();
        let guesses = self.guess(&step, candidates);
        for guess in &guesses {
            let cost = cost + guess.cost;
            let marks = mark::CUT | mark::GUESS | mark::WHOLE;
            self.give_priced(step, behind, guess.next, Phase::Aligned, cost, marks);
        }
        self.guessed(guesses);
    }
}

/// Whether a character is read so, as a gloss has it.
fn is_reading(character: char, syllable: &Syllable) -> bool {
    Entry::of(character).is_some_and(|entry| entry.lists(syllable))
}
