//! The text of a file of data as its readers have it: each field, subtitle or comment
//! on lines of its own.
//!
//! What the stages look at is what stands around a place. In running text with markup
//! that is the text; but a name in JSON or the next column says nothing of a sentence,
//! and a file of one line is no line. So the structure of these files is shown to the
//! stages as so many line breaks. All places stay where they are.

use std::ops::Range;

use super::{Syntax, json};

/// The text with its structure masked; `None` if it is running text with markup, where
/// nothing is.
pub(super) fn masked<'o>(
    text: &str,
    syntax: Syntax,
    open: impl Iterator<Item = &'o Range<usize>>,
) -> Option<String> {
    if matches!(syntax, Syntax::Plain | Syntax::Markdown | Syntax::Html) {
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
        Syntax::Plain | Syntax::Markdown | Syntax::Html => true,
        Syntax::SubRip | Syntax::WebVtt => !gap.contains(['\n', '\r']),
        Syntax::Ass => !gap.contains(['\n', '\r']) && !gap.contains("\\N") && !gap.contains("\\n"),
        Syntax::Json | Syntax::JsonLines => json::is_of_characters(gap),
        Syntax::Csv | Syntax::Tsv => {
            gap.len().is_multiple_of(2) && gap.bytes().all(|byte| byte == b'"')
        }
        Syntax::Code(_) => false,
    }
}
