//! The text of a file of data as its readers have it: each field, subtitle or comment
//! on lines of its own.
//!
//! What the stages look at is what stands around a place. But a name in JSON, the next
//! column or the tags of a paragraph say nothing of a sentence, and a file of one line is
//! no line. So the structure of a file is shown to the stages as so many line breaks.
//! All places stay where they are.
//!
//! Markdown is shown as it is: what is around its prose is prose too, and whether code
//! has something in it says what it means elsewhere.

use std::ops::Range;

use super::{Syntax, json};

/// The text with its structure masked; `None` if nothing is to be.
pub(super) fn masked<'o>(
    text: &str,
    syntax: Syntax,
    open: impl Iterator<Item = &'o Range<usize>>,
) -> Option<String> {
    if matches!(syntax, Syntax::Plain | Syntax::Markdown) {
        return None;
    }
    let mut masked = String::with_capacity(text.len());
    let push_gap = |masked: &mut String, gap: &str| {
        if is_inline(gap, syntax) {
            masked.push_str(gap);
        } else {
            masked.extend(std::iter::repeat_n('\n', gap.len()));
        }
    };
    let mut done = 0;
    for part in open {
        push_gap(&mut masked, &text[done..part.start]);
        masked.push_str(&text[part.clone()]);
        done = part.end;
    }
    push_gap(&mut masked, &text[done..]);
    Some(masked)
}

/// Whether what is between two open parts stands in a line of text, such as an escape
/// or a tag.
fn is_inline(gap: &str, syntax: Syntax) -> bool {
    match syntax {
        Syntax::Plain | Syntax::Markdown => true,
        Syntax::Html => is_of_inline_tags(gap),
        Syntax::SubRip | Syntax::WebVtt => !gap.contains(['\n', '\r']),
        Syntax::Ass => !gap.contains(['\n', '\r']) && !gap.contains("\\N") && !gap.contains("\\n"),
        Syntax::Json | Syntax::JsonLines => json::is_of_characters(gap),
        Syntax::Csv | Syntax::Tsv => {
            gap.len().is_multiple_of(2) && gap.bytes().all(|byte| byte == b'"')
        }
        Syntax::Code(_) | Syntax::Warc => false,
    }
}

/// Elements that stand in a line of text, and have no text of their own that is not
/// prose.
const INLINE: [&str; 27] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i",
    "ins", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "wbr",
];

/// Whether a text is tags and comments that stand in a line of text.
fn is_of_inline_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix('<') {
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let end = match inner.strip_prefix("!--") {
            Some(comment) => comment
                .find("-->")
                .map(|end| "!--".len() + end + "-->".len()),
            None if name.is_some_and(|name| {
                INLINE
                    .iter()
                    .any(|inline| inline.eq_ignore_ascii_case(name))
            }) =>
            {
                inner.find('>').map(|end| end + 1)
            }
            None => None,
        };
        let Some(end) = end else {
            return false;
        };
        rest = &inner[end..];
    }
    rest.is_empty()
}
