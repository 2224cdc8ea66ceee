//! Text of a document on a terminal, which obeys some characters.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// How much of the line is shown on each side of a place, in user-perceived
/// characters: with the place, about a terminal's width of Han characters.
const EXCERPT: usize = 16;

/// Text on one line, in which everything is seen.
pub(super) fn visible(text: &str) -> String {
    if text.is_empty() {
        return "∅".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            '\r' => out.push('␍'),
            '\t' => out.push(' '),
            '\u{A0}' => out.push('␣'),
            _ if c.is_control() || is_invisible(c) => {
                out.push_str(&format!("<U+{:04X}>", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

/// Marks of direction, spaces without width and the like.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// What stands before and behind a place in its line.
pub(super) fn around(text: &str, place: &Range<usize>) -> (String, String) {
    let head = text[..place.start].rsplit('\n').next().unwrap_or("");
    let tail = text[place.end..].split('\n').next().unwrap_or("");
    let tail = tail.trim_end_matches('\r');
    let near = head.grapheme_indices(true).rev().take(EXCERPT).last();
    let near = near.map_or(0, |(at, _)| at);
    let ahead = tail.grapheme_indices(true).nth(EXCERPT);
    let ahead = ahead.map_or(tail.len(), |(at, _)| at);
    let before = if near > 0 { "…" } else { "" };
    let behind = if ahead < tail.len() { "…" } else { "" };
    let shown = |text: &str| match text {
        "" => String::new(),
        _ => visible(text),
    };
    (
        format!("{before}{}", shown(&head[near..])),
        format!("{}{behind}", shown(&tail[..ahead])),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_gives_the_terminal_no_orders() {
        assert_eq!(
            visible("中\u{1B}[2J\u{202E}文\r\n"),
            "中<U+001B>[2J<U+202E>文␍⏎"
        );
        assert_eq!(visible(""), "∅");
    }

    #[test]
    fn an_excerpt_is_of_one_line() {
        let long = "一".repeat(EXCERPT + 1);
        let text = format!("前\n{long}[中]后\r\n{long}");
        let start = text.find('中').expect("it is there");
        let (head, tail) = around(&text, &(start..start + 3));
        assert_eq!(head, format!("…{}[", "一".repeat(EXCERPT - 1)));
        assert_eq!(tail, "]后");
        assert_eq!(around(&long, &(0..3)).0, "");
    }
}
