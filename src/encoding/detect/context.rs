//! How likely characters follow each other: bytes of another encoding or language
//! give Chinese characters as well, but not in an order in which they are written.

use std::ops::Range;

use super::costs::{CUT, MALFORMED, nats};
use super::score::{whole_utf8, whole_utf16};
use super::walk::{self, Paired};
use crate::encoding::{Encoding, read};
use crate::language::is_han;
use crate::language::ngram::{Model, State};

/// So many characters are read: more of them say no more.
const ENOUGH: u32 = 64;

/// What the model of Chinese says of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Context {
    /// What its characters cost that are not ASCII, in nats, each behind those before
    /// it, and its bytes that belong to none.
    inside: f32,
    /// How many they are.
    foreign: u32,
    /// Parts of characters at the ends: the bytes may be cut anywhere.
    cuts: u32,
    /// Han characters, and letters and digits of their width, which are the model's
    /// Latin ones.
    han: u32,
    wide: u32,
}

impl Context {
    /// Of the likeliest reading of bytes in an encoding.
    pub(super) fn of(bytes: &[u8], encoding: Encoding) -> Context {
        let mut context = Context::default();
        let mut state = State::START;
        for piece in pieces(bytes, encoding) {
            if piece.start > 0 {
                let is_end = piece.start <= 3 || piece.start == bytes.len();
                context.malformed(is_end);
            }
            state = context.add(&read::read(&bytes[piece], encoding).text, state);
            if context.foreign >= ENOUGH {
                break;
            }
        }
        context
    }

    /// What the reading costs.
    pub(super) fn cost(self) -> f32 {
        self.inside + self.cuts as f32 * nats(CUT)
    }

    /// How many characters there are.
    pub(super) fn characters(self) -> u32 {
        self.foreign
    }

    /// What each of them costs.
    pub(super) fn mean(self) -> f32 {
        self.inside / self.foreign.max(1) as f32
    }

    /// Whether it is mostly wide letters and digits.
    pub(super) fn is_latin(self) -> bool {
        self.wide > self.han
    }

    fn add(&mut self, text: &str, mut state: State) -> State {
        let model = Model::embedded();
        for character in text.chars() {
            let (nats, next) = model.step(state, character);
            state = next;
            match character {
                '\0'..='\x7F' => {}
                char::REPLACEMENT_CHARACTER => self.malformed(false),
                _ => {
                    self.inside -= nats;
                    self.foreign += 1;
                    self.han += u32::from(is_han(character));
                    self.wide += u32::from(is_wide(character));
                }
            }
            if self.foreign >= ENOUGH {
                break;
            }
        }
        state
    }

    fn malformed(&mut self, is_end: bool) {
        match is_end {
            true => self.cuts += 1,
            false => {
                self.inside += nats(MALFORMED);
                self.foreign += 1;
            }
        }
    }
}

fn is_wide(character: char) -> bool {
    matches!(character, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// What lies between the bytes that belong to no character in the likeliest reading;
/// nothing behind one at the end.
fn pieces(bytes: &[u8], encoding: Encoding) -> Vec<Range<usize>> {
    if let Some(pairs) = Paired::of(encoding) {
        let malformed = walk::malformed(bytes, pairs);
        let starts = std::iter::once(0).chain(malformed.iter().map(|at| at + 1));
        let ends = malformed.iter().copied().chain([bytes.len()]);
        return starts.zip(ends).map(|(start, end)| start..end).collect();
    }
    let whole = match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => whole_utf16(bytes, encoding),
        _ => whole_utf8(bytes),
    };
    let end = bytes.len()..bytes.len();
    let is_cut = whole.end < end.end;
    std::iter::once(whole)
        .chain(is_cut.then_some(end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn an_order_in_which_nobody_writes_costs_more() {
        let text = "图书馆每天早上八点开门";
        let shuffled = "点图早门每八书馆上天开";
        let mean = |text| Context::of(&gbk(text), Encoding::Gb18030).mean();
        assert!(mean(text) + 2.0 < mean(shuffled));
        let utf8 = Context::of(text.as_bytes(), Encoding::Utf8);
        assert_eq!(utf8, Context::of(&gbk(text), Encoding::Gb18030));
    }

    #[test]
    fn a_cut_is_no_character() {
        let text = "图书馆每天早上八点开门";
        for (bytes, encoding) in [
            (&gbk(text)[1..], Encoding::Gb18030),
            (&text.as_bytes()[2..], Encoding::Utf8),
            (&text.as_bytes()[..text.len() - 1], Encoding::Utf8),
        ] {
            let context = Context::of(bytes, encoding);
            assert_eq!((context.characters(), context.cuts), (10, 1), "{encoding}");
        }
    }
}
