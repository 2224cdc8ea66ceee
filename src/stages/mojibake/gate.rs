//! Which lines are worth a closer look: those with characters that hardly
//! anyone writes, one close to the other.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;

use crate::language::ngram::{Model, Symbol};

/// A cost is kept in eighths of a nat.
pub(super) const PARTS: f32 = 8.0;

/// Above this cost, in nats, a character is rarer than garbling makes; what is
/// above is summed up, what is below is taken off the sum. The mean of held-out
/// Chinese lines is at most 9.5, but for one in a thousand.
const LIMIT: f32 = 9.5;
/// What a character costs at most: one alone shows nothing.
const MOST: f32 = 14.0;
/// What an ASCII character takes off the sum, in nats: accents among them are
/// those of a foreign word.
const ASCII: f32 = 2.5;
/// The sum from which on a line is looked at, in nats: about two rare characters.
const ENOUGH: f32 = 7.0;

/// One past the last code point of the basic plane.
const PLANE: usize = 0x1_0000;
/// A character outside it: emoji are common there.
const BEYOND: f32 = 10.5;

const LIMIT_PARTS: i32 = (LIMIT * PARTS) as i32;
const ASCII_PARTS: i32 = (ASCII * PARTS) as i32;
const ENOUGH_PARTS: i32 = (ENOUGH * PARTS) as i32;
const BEYOND_PARTS: i32 = (BEYOND * PARTS) as i32;

/// What each character of the basic plane costs.
fn costs() -> &'static [u8] {
    static COSTS: LazyLock<Box<[u8]>> = LazyLock::new(|| {
        let model = Model::embedded();
        let all = 0..model.symbols() as Symbol;
        let by_symbol = all.map(|symbol| {
            let cost = -model.unigram_log_prob_of(symbol);
            (cost.min(MOST) * PARTS) as u8
        });
        let by_symbol: Vec<u8> = by_symbol.collect();
        let cost = |code| {
            let character = char::from_u32(code as u32)?;
            let symbol = model.alphabet().symbol(character);
            by_symbol.get(usize::from(symbol)).copied()
        };
        (0..PLANE).map(|code| cost(code).unwrap_or(0)).collect()
    });
    &COSTS
}

/// What a character costs wherever it stands, in eighths of a nat.
pub(super) fn parts(character: char) -> u8 {
    match costs().get(character as usize) {
        Some(&cost) => cost,
        None => BEYOND_PARTS as u8,
    }
}

/// The lines of a text that are worth a closer look, without their line feeds.
pub fn suspects(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    scan(text.as_bytes(), |start, at| {
        let rest = &text.as_bytes()[at..];
        let end = memchr(b'\n', rest).map_or(text.len(), |length| at + length);
        found.push(start..end);
        end
    });
    found
}

/// In bytes: a longer line is looked at only so far around its rare characters.
const LONG: usize = 4000;
const NEAR: usize = 1500;

/// What of a line that is worth a closer look is to be looked at.
pub(super) fn around(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    if line.len() <= LONG {
        return vec![line];
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    scan(text[line.clone()].as_bytes(), |_, at| {
        let middle = line.start + at;
        let start = floor(text, middle.saturating_sub(NEAR).max(line.start));
        let end = floor(text, (middle + NEAR).min(line.end));
        match found.last_mut().filter(|last| start <= last.end) {
            Some(last) => last.end = end,
            None => found.push(start..end),
        }
        at
    });
    found
}

/// The last place up to that one where a character begins.
pub(super) fn floor(text: &str, mut place: usize) -> usize {
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

/// Tells of each place behind rare characters, with where its line begins; is told where
/// to go on.
fn scan(bytes: &[u8], mut found: impl FnMut(usize, usize) -> usize) {
    let costs = costs();
    let (mut at, mut start, mut sum) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        let cost = match byte {
            b'\n' => {
                at += 1;
                start = at;
                sum = 0;
                continue;
            }
            0..0x80 => {
                at += 1;
                LIMIT_PARTS - ASCII_PARTS
            }
            0x80..0xF0 => {
                let next =
                    |place: usize| bytes.get(at + place).map_or(0, |&b| usize::from(b & 0x3F));
                let (code, length) = match byte < 0xE0 {
                    true => (usize::from(byte & 0x1F) << 6 | next(1), 2),
                    false => (usize::from(byte & 0xF) << 12 | next(1) << 6 | next(2), 3),
                };
                at += length;
                costs.get(code).map_or(0, |&cost| i32::from(cost))
            }
            _ => {
                at += 4;
                BEYOND_PARTS
            }
        };
        sum = (sum + cost - LIMIT_PARTS).max(0);
        if sum >= ENOUGH_PARTS {
            at = found(start, at);
            sum = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rare_characters_are_suspect() {
        let text = "今年以来，全市经济稳中有进。\n浣犲ソ\nCrème brûlée à la carte\nä½ å¥½\n😀😀";
        let lines: Vec<&str> = suspects(text).into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, ["浣犲ソ", "ä½ å¥½"]);
    }

    #[test]
    fn of_a_long_line_only_what_is_near_is_looked_at() {
        let clean = "今年以来，全市经济稳中有进。".repeat(200);
        let text = format!("{clean}\n{clean}浣犲ソ{clean}");
        let line = suspects(&text).swap_remove(0);
        let found = around(&text, line.clone());
        let [near] = &found[..] else {
            panic!("{found:?}");
        };
        assert!(near.len() <= 2 * NEAR && near.start > line.start && near.end < line.end);
        assert!(text[near.clone()].contains("浣犲ソ"));
        let short = suspects("浣犲ソ").swap_remove(0);
        assert_eq!(around("浣犲ソ", short.clone()), [short]);
    }

    #[test]
    fn costs_are_those_of_the_model() {
        let cost = |character| f32::from(parts(character)) / PARTS;
        assert!(cost('的') < 6.0);
        assert!(cost('犲') > 12.0);
        assert!(cost('ä') > 12.0);
    }
}
