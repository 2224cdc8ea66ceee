//! What is left of UTF-8 that was read as GBK: too little to be restored, and not to be
//! touched by others, or it could not be restored any more.

use std::ops::Range;

use super::pairs::{self, Code};
use crate::language::{is_han, is_private};

/// Fewer characters than this show nothing.
const LEAST: usize = 2;
/// More of them are a matter of the search.
const MOST: usize = 8;

/// A character of GBK that is not ASCII.
#[derive(Clone, Copy, Debug)]
struct Pair {
    at: usize,
    character: char,
    bytes: [u8; 2],
}

/// The remnants in a line that is suspect: where characters of GBK begin, or end, at what
/// could not be read, and their bytes are UTF-8 with a Han character as far as they go.
/// Other characters show no end: a stage may take them out, or make them others, and what
/// somebody wrote is like that now and then (`為搶`).
pub(super) fn remnants(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most lines have none, and need no table of GBK.
    if !text[line.clone()].contains(is_edge) {
        return found;
    }
    let mut run = Vec::new();
    let mut before = '\n';
    let places = text[line.clone()].char_indices();
    for (at, character) in places.chain([(line.len(), '\n')]) {
        match pair(line.start + at, character) {
            Some(pair) => run.push(pair),
            None => {
                let first = is_edge(before).then(|| longest(&run, true)).flatten();
                let last = is_edge(character).then(|| longest(&run, false));
                match (first, last.flatten()) {
                    (Some(first), Some(last)) if last.start < first.end => {
                        found.push(first.start..last.end);
                    }
                    (first, last) => found.extend(first.into_iter().chain(last)),
                }
                run.clear();
                before = character;
            }
        }
    }
    found
}

fn pair(at: usize, character: char) -> Option<Pair> {
    if character.is_ascii() {
        return None;
    }
    match pairs::gbk().code(character) {
        Some(Code { bytes, length: 2 }) => Some(Pair {
            at,
            character,
            bytes,
        }),
        _ => None,
    }
}

/// Whether a remnant can begin or end at a character.
fn is_edge(character: char) -> bool {
    character == char::REPLACEMENT_CHARACTER || is_private(character)
}

/// The longest remnant at the beginning, or the end, of characters that stand side by side.
fn longest(run: &[Pair], at_start: bool) -> Option<Range<usize>> {
    let lengths = (LEAST..=run.len().min(MOST)).rev();
    let mut parts = lengths.map(|length| match at_start {
        true => &run[..length],
        false => &run[run.len() - length..],
    });
    let part = parts.find(|part| is_fragment(part))?;
    let (first, last) = (part.first()?, part.last()?);
    Some(first.at..last.at + last.character.len_utf8())
}

/// Whether the bytes of characters are UTF-8 of which both ends may be cut off, with a Han
/// character.
fn is_fragment(part: &[Pair]) -> bool {
    let bytes: Vec<u8> = part.iter().flat_map(|pair| pair.bytes).collect();
    // Of a character of three bytes two may be left.
    let cut = bytes
        .iter()
        .take_while(|byte| byte.wrapping_sub(0x80) < 0x40);
    let cut = cut.count();
    if cut > 2 {
        return false;
    }
    let whole = match std::str::from_utf8(&bytes[cut..]) {
        Ok(whole) => whole,
        Err(error) if error.error_len().is_none() => {
            let end = cut + error.valid_up_to();
            std::str::from_utf8(&bytes[cut..end]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    whole.contains(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        let found = remnants(line, 0..line.len());
        found.into_iter().map(|part| &line[part]).collect()
    }

    #[test]
    fn pieces_of_utf_8_read_as_gbk_are_found() {
        assert_eq!(found("展潜力[3]鐨勮\u{FFFD}\u{FFFD}"), ["鐨勮"]);
        assert_eq!(found("展潜力鐨勮\u{FFFD}"), ["鐨勮"]);
        assert_eq!(found("a\u{FFFD}存槑 b"), ["存槑"]);
    }

    #[test]
    fn what_people_write_is_not() {
        for line in [
            "今年以来，全市经济稳中有进。",
            "國家\u{FFFD}發展，臺灣",
            "重庆",
            "(鐨勮)",
            "為搶抓新能源",
            "",
        ] {
            assert!(found(line).is_empty(), "{line}");
        }
    }
}
