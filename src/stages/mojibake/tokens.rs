//! A garbled text as bytes: what each of its characters may stand for.

use std::collections::HashMap;
use std::ops::Range;

use super::gate;
use super::pairs::Code;
use super::reader::{Alternative, Reader};
use super::writer::{Pending, Step, Writer};

/// One character of the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Where it begins in the source; if it does not begin with a character
    /// there, where the one begins that it begins in.
    pub(super) at: usize,
    pub(super) is_aligned: bool,
    /// The character, if it can be meant.
    pub(super) literal: Option<char>,
    /// The character that the alternatives stand for.
    character: char,
    /// What it may stand for, by number; none if it cannot have been garbled.
    pub(super) alternatives: Range<u32>,
}

/// A text's characters, and where it ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    pub(super) end: usize,
    alternatives: Vec<Alternative>,
    /// What may have vanished before any of them.
    pub(super) dropped: Range<u32>,
    memo: HashMap<char, Range<u32>>,
}

impl Tokens {
    /// Of a text that stands at `at` in the source.
    pub(super) fn of(text: &str, at: usize, reader: Reader) -> Tokens {
        let mut tokens = Tokens::default();
        for (place, character) in text.char_indices() {
            tokens.push(at + place, true, Some(character), character, reader);
        }
        tokens.end = at + text.len();
        tokens
    }

    /// Of a text that was garbled twice, the second time as UTF-8 that was read
    /// as `through`; `None` if it can hardly have been.
    pub(super) fn through(
        text: &str,
        at: usize,
        through: Reader,
        reader: Reader,
    ) -> Option<Tokens> {
        let mut tokens = Tokens::default();
        let mut undone = Undone::default();
        for (place, character) in text.char_indices() {
            let known = match character {
                char::REPLACEMENT_CHARACTER => None,
                _ => through.bytes(character),
            };
            let Some(code) = known else {
                undone.give_up(&mut tokens);
                tokens.leave(at + place, character);
                if character == char::REPLACEMENT_CHARACTER {
                    tokens.lose(&undone.cut, reader);
                }
                undone.cut.clear();
                continue;
            };
            undone.feed(&mut tokens, reader, at + place, character, code);
        }
        undone.give_up(&mut tokens);
        tokens.mean_literally();
        tokens.end = at + text.len();
        // What comes of one step must be garbled still.
        let between: String = tokens.list.iter().map(|token| token.character).collect();
        let is_garbled = || !gate::suspects(&between).is_empty();
        (undone.count >= LEAST_UNDONE && is_garbled()).then_some(tokens)
    }

    /// Bytes as they are.
    pub(super) fn of_bytes(bytes: &[u8]) -> Tokens {
        let mut tokens = Tokens::default();
        for (at, &byte) in bytes.iter().enumerate() {
            let number = tokens.alternatives.len() as u32;
            tokens.alternatives.push(Alternative::sure(Code::one(byte)));
            tokens.list.push(Token {
                at,
                is_aligned: true,
                literal: None,
                character: char::from(byte),
                alternatives: number..number + 1,
            });
        }
        tokens.end = bytes.len();
        tokens
    }

    /// Lets what the reader cannot show vanish.
    pub(super) fn drop(&mut self, reader: Reader) {
        let start = self.alternatives.len() as u32;
        reader.dropped(&mut self.alternatives);
        self.dropped = start..self.alternatives.len() as u32;
    }

    pub(super) fn alternative(&self, number: u32) -> Alternative {
        self.alternatives[number as usize]
    }

    /// Those of some alternatives that are not only supposed; they come first.
    pub(super) fn sure(&self, all: &Range<u32>) -> Range<u32> {
        let all_of = &self.alternatives[all.start as usize..all.end as usize];
        let sure = all_of
            .iter()
            .take_while(|alternative| !alternative.is_guess);
        all.start..all.start + sure.count() as u32
    }

    /// Where a part begins and ends in the source.
    pub(super) fn source(&self, part: &Range<usize>) -> (usize, usize) {
        let at = |place: usize| self.list.get(place).map_or(self.end, |token| token.at);
        (at(part.start), at(part.end))
    }

    /// The bytes that a character stands for, if it is certain which.
    pub(super) fn known(&self, token: &Token) -> Option<Code> {
        let first = self.alternatives.get(token.alternatives.start as usize)?;
        (!token.alternatives.is_empty() && !first.is_guess).then_some(first.code)
    }

    /// What the token costs as it stands, or as it stood between two steps, in eighths of
    /// a nat.
    pub(super) fn cost(&self, token: &Token) -> u8 {
        match token.character.is_ascii() {
            true => 0,
            false => gate::parts(token.character),
        }
    }

    fn push(
        &mut self,
        at: usize,
        is_aligned: bool,
        literal: Option<char>,
        c: char,
        reader: Reader,
    ) {
        let alternatives = match self.memo.get(&c) {
            Some(known) => known.clone(),
            None => {
                let start = self.alternatives.len() as u32;
                reader.alternatives(c, &mut self.alternatives);
                let range = start..self.alternatives.len() as u32;
                self.memo.insert(c, range.clone());
                range
            }
        };
        self.list.push(Token {
            at,
            is_aligned,
            literal,
            character: c,
            alternatives,
        });
    }

    /// A character that was garbled once at most, and is no part of what was
    /// garbled twice.
    fn leave(&mut self, at: usize, character: char) {
        self.list.push(Token {
            at,
            is_aligned: true,
            literal: Some(character),
            character,
            alternatives: 0..0,
        });
    }

    /// Only tokens that are whole characters of the source can be left as they
    /// are.
    fn mean_literally(&mut self) {
        for place in 0..self.list.len() {
            let next = self.list.get(place + 1);
            let is_whole = self.list[place].is_aligned && next.is_none_or(|next| next.is_aligned);
            if !is_whole {
                self.list[place].literal = None;
            }
        }
    }

    /// The last token is a replacement character behind these characters, which
    /// begin one in UTF-8: it may be any that begins so.
    fn lose(&mut self, cut: &[(usize, char, u8)], reader: Reader) {
        let bytes: Vec<u8> = cut.iter().map(|&(_, _, byte)| byte).collect();
        if !matches!(bytes[..], [0xC2..=0xDF] | [0xE0..=0xEF, _]) {
            return;
        }
        let start = self.alternatives.len() as u32;
        for last in 0x80..=0xBF {
            let text = [&bytes[..], &[last]].concat();
            let text = std::str::from_utf8(&text).ok();
            let code = text
                .and_then(|text| text.chars().next())
                .and_then(|character| reader.bytes(character));
            let guess = code.map(|code| Alternative::guess(code, TWICE));
            self.alternatives.extend(guess);
        }
        let range = start..self.alternatives.len() as u32;
        let [.., before, last] = &mut self.list[..] else {
            return;
        };
        if range.is_empty() || !is_behind(before, cut) {
            return;
        }
        // The two characters are one of the text between.
        last.at = before.at;
        last.literal = None;
        last.alternatives = range;
        let place = self.list.len() - 2;
        self.list.remove(place);
    }
}

/// Whether the token is the character that was cut.
fn is_behind(token: &Token, cut: &[(usize, char, u8)]) -> bool {
    cut.first()
        .is_some_and(|&(at, character, _)| token.at == at && token.literal == Some(character))
}

/// In nats, what it costs that a character between two steps has lost a byte.
const TWICE: f32 = -1.0;

/// A text has been garbled twice if undoing the last step gives so many
/// characters.
pub(super) const LEAST_UNDONE: usize = 4;

/// The last step being undone: the characters whose bytes have yet to be one of
/// UTF-8, each with one of its bytes.
#[derive(Debug, Default)]
struct Undone {
    pending: Pending,
    /// The source's characters that the pending bytes are of.
    open: Vec<(usize, char, u8)>,
    /// Whether the first pending byte is its character's first.
    is_aligned: bool,
    /// What was given up last.
    cut: Vec<(usize, char, u8)>,
    count: usize,
}

impl Undone {
    fn feed(
        &mut self,
        tokens: &mut Tokens,
        reader: Reader,
        at: usize,
        character: char,
        code: Code,
    ) {
        let bytes = &code.bytes[..usize::from(code.length)];
        for (place, &byte) in bytes.iter().enumerate() {
            let mut step = Writer::Utf8.step(self.pending, byte);
            if step == Step::Bad && !self.pending.is_none() {
                self.give_up(tokens);
                step = match place {
                    0 => Writer::Utf8.step(self.pending, byte),
                    // Its first byte has become part of what was given up.
                    _ => return,
                };
            }
            if self.pending.is_none() {
                self.is_aligned = place == 0;
            }
            match step {
                Step::More(pending) => {
                    self.pending = pending;
                    self.open.push((at, character, byte));
                }
                Step::Done(inner) => {
                    let start = self.open.first().map_or(at, |&(at, _, _)| at);
                    tokens.push(start, self.is_aligned, Some(inner), inner, reader);
                    self.count += usize::from(!inner.is_ascii());
                    self.pending = Pending::NONE;
                    self.open.clear();
                }
                Step::Bad => {
                    tokens.leave(at, character);
                    if place == 0 {
                        return;
                    }
                }
            }
        }
    }

    /// Leaves the pending characters as they are.
    fn give_up(&mut self, tokens: &mut Tokens) {
        let mut last = None;
        for &(at, character, _) in &self.open {
            // One of which a part was used already cannot be left.
            let is_used = last == Some(at) || (!self.is_aligned && last.is_none());
            if !is_used {
                tokens.leave(at, character);
            }
            last = Some(at);
        }
        self.cut = std::mem::take(&mut self.open);
        self.pending = Pending::NONE;
    }
}
