//! The line around a finding, and the row of carets below it, for a terminal.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::visible::{visible, visible_grapheme};

/// So much of the line is shown on each side of a finding, in columns: with what is
/// found, about half a terminal's width.
const AROUND: usize = 24;
/// Of what is found, and of what replaces it, this many columns are shown.
const FOUND: usize = 48;
/// In which many bytes a line's beginning and end are looked for. Enough for
/// [`AROUND`], unless marks are stacked on one character; lines may be megabytes long.
const WINDOW: usize = 512;
/// A tab is shown as so many columns.
const TAB: &str = "    ";

/// A piece of a line with a place in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) head: String,
    pub(super) found: String,
    pub(super) tail: String,
}

impl Excerpt {
    /// What stands around a range of a text, in its line.
    pub(super) fn new(text: &str, range: &Range<usize>) -> Self {
        let is_boundary = |place: &usize| text.is_char_boundary(*place);
        let from = range.start.saturating_sub(WINDOW);
        let from = (from..range.start).find(is_boundary).unwrap_or(range.start);
        let to = range.end.saturating_add(WINDOW).min(text.len());
        let to = (range.end..to + 1)
            .rev()
            .find(is_boundary)
            .unwrap_or(text.len());
        let (before, behind) = (&text[from..range.start], &text[range.end..to]);
        let line = before.rsplit('\n').next().unwrap_or("");
        let cut = from > 0 && line.len() == before.len();
        let (head, whole) = taken(line.graphemes(true).rev());
        let head: String = head.into_iter().rev().collect();
        let mark = if cut || !whole { "…" } else { "" };
        let head = format!("{mark}{head}");

        let line = behind.split('\n').next().unwrap_or("");
        let cut = to < text.len() && line.len() == behind.len();
        let (tail, whole) = taken(line.trim_end_matches('\r').graphemes(true));
        let mark = if cut || !whole { "…" } else { "" };
        let tail = format!("{}{mark}", tail.concat());
        Excerpt {
            head,
            found: match range.is_empty() {
                true => String::new(),
                false => shortened(&text[range.clone()]),
            },
            tail,
        }
    }

    /// Carets under what is found, for a row below; one, where there is nothing.
    pub(super) fn carets(&self) -> (String, String) {
        let width = self.found.width().max(1);
        (" ".repeat(self.head.width()), "^".repeat(width))
    }
}

/// A text that can be seen, on one line; the middle of a long one is left out.
pub(crate) fn shortened(text: &str) -> String {
    // More of it cannot be shown: a column takes at least a byte.
    if text.len() <= FOUND || text.width() <= FOUND {
        return visible(text).into_owned();
    }
    let half = |graphemes: &mut dyn Iterator<Item = &str>| {
        let mut width = 0;
        let seen = graphemes.map(visible_grapheme);
        let fits = |grapheme: &std::borrow::Cow<'_, str>| {
            width += grapheme.width();
            width <= FOUND / 2
        };
        seen.take_while(fits).map(String::from).collect::<Vec<_>>()
    };
    let head = half(&mut text.graphemes(true));
    let mut tail = half(&mut text.graphemes(true).rev());
    tail.reverse();
    format!("{}…{}", head.concat(), tail.concat())
}

/// As many of a line's characters as are shown, and whether these are all.
fn taken<'t>(graphemes: impl Iterator<Item = &'t str>) -> (Vec<String>, bool) {
    let mut width = 0;
    let mut out = Vec::new();
    for grapheme in graphemes {
        let seen = match grapheme {
            "\t" => TAB.into(),
            _ => visible_grapheme(grapheme),
        };
        width += seen.width();
        if width > AROUND {
            return (out, false);
        }
        out.push(seen.into_owned());
    }
    (out, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt around a word as two rows.
    fn rows(text: &str, word: &str) -> [String; 2] {
        let start = text.find(word).unwrap();
        let excerpt = Excerpt::new(text, &(start..start + word.len()));
        let (space, carets) = excerpt.carets();
        let Excerpt { head, found, tail } = excerpt;
        [format!("{head}{found}{tail}"), format!("{space}{carets}")]
    }

    #[test]
    fn carets_stand_under_wide_and_composed_characters() {
        let cases = [
            ("以漢語為\n二", "漢語", ["以漢語為", "  ^^^^"]),
            ("\t漢", "漢", ["    漢", "    ^^"]),
            (
                "e\u{301}𠀀👩\u{200D}🌾漢",
                "漢",
                ["e\u{301}𠀀👩\u{200D}🌾漢", "     ^^"],
            ),
            ("𠀀𠀁。", "𠀁", ["𠀀𠀁。", "  ^^"]),
            ("你\u{200B}好", "\u{200B}", ["你<U+200B>好", "  ^^^^^^^^"]),
            ("一\r\n二", "一\r\n", ["一␍⏎二", "^^^^"]),
            ("一\u{1B}二\r\n", "二", ["一␛二", "   ^^"]),
        ];
        for (text, word, expected) in cases {
            assert_eq!(rows(text, word), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_of_a_finding() {
        let text = format!("{}漢{}", "一".repeat(20_000), "二".repeat(20_000));
        let [line, carets] = rows(&text, "漢");
        assert_eq!(line, format!("…{}漢{}…", "一".repeat(12), "二".repeat(12)));
        assert_eq!(carets, format!("{}^^", " ".repeat(25)));
        let found = shortened(&text);
        assert!(found.width() <= FOUND + 1 && found.contains('…'), "{found}");
    }

    #[test]
    fn an_insertion_has_a_caret() {
        let excerpt = Excerpt::new("一二", &(3..3));
        assert_eq!(excerpt.carets(), ("  ".to_owned(), "^".to_owned()));
        assert_eq!(excerpt.head + &excerpt.found + &excerpt.tail, "一二");
    }
}
