//! What is left of UTF-8 that was read as GBK: too little to be restored, and not to be
//! touched by others, or it could not be restored any more.

use std::ops::Range;

use super::pairs::{self, Code};
use crate::language::is_han;

/// Fewer characters than this show nothing.
const LEAST: usize = 2;
/// More of them are a matter of the search.
const MOST: usize = 8;

/// The remnants in a line that is suspect: where characters of GBK end, or begin, at ASCII
/// or at what GBK has not, such as U+FFFD, and their bytes are UTF-8 with a Han character
/// as far as they go. Two characters that somebody wrote are that once in a thousand times.
pub(super) fn remnants(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut run: Vec<(usize, char, [u8; 2])> = Vec::new();
    let places = text[line.clone()].char_indices();
    for (at, character) in places.chain([(line.len(), '\n')]) {
        match pair(character) {
            Some(bytes) => run.push((line.start + at, character, bytes)),
            None => {
                in_run(&run, &mut found);
                run.clear();
            }
        }
    }
    found
}

/// The bytes of a character of GBK that is not ASCII.
fn pair(character: char) -> Option<[u8; 2]> {
    if character.is_ascii() {
        return None;
    }
    match pairs::gbk().code(character) {
        Some(Code { bytes, length: 2 }) => Some(bytes),
        _ => None,
    }
}

/// Those at the ends of characters that stand side by side.
fn in_run(run: &[(usize, char, [u8; 2])], found: &mut Vec<Range<usize>>) {
    let range = |part: &[(usize, char, [u8; 2])]| match part {
        [(start, ..), .., (last, character, _)] => *start..last + character.len_utf8(),
        _ => 0..0,
    };
    let most = run.len().min(MOST);
    let is_remnant = |part: &&[(usize, char, [u8; 2])]| is_fragment(part);
    let longest_at = |part: fn(&[(usize, char, [u8; 2])], usize) -> &[(usize, char, [u8; 2])]| {
        let lengths = (LEAST..=most).rev();
        lengths.map(|length| part(run, length)).find(is_remnant)
    };
    let first = longest_at(|run, length| &run[..length]).map(range);
    let last = longest_at(|run, length| &run[run.len() - length..]).map(range);
    match (first, last) {
        (Some(first), Some(last)) if last.start < first.end => found.push(first.start..last.end),
        (first, last) => found.extend(first.into_iter().chain(last)),
    }
}

/// Whether the bytes of characters are UTF-8 of which both ends may be cut off, with a Han
/// character.
fn is_fragment(part: &[(usize, char, [u8; 2])]) -> bool {
    let bytes: Vec<u8> = part.iter().flat_map(|&(.., bytes)| bytes).collect();
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
            "(重庆)",
            "",
        ] {
            assert!(found(line).is_empty(), "{line}");
        }
    }
}
