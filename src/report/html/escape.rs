//! Text in HTML, where it means nothing but itself.

use std::fmt::{self, Display};

use unicode_segmentation::UnicodeSegmentation;

use crate::report::visible::{is_strange, label};

/// A text between tags or in a quoted attribute.
pub(super) struct Escaped<'t>(pub(super) &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| write_char(f, c))
    }
}

/// A piece of a document between tags: what nobody sees is shown.
pub(super) struct Shown<'t>(pub(super) &'t str);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown(text) = self;
        if !text.contains(|c: char| is_strange(c) || is_marker(c)) {
            return Escaped(text).fmt(f);
        }
        for grapheme in text.graphemes(true) {
            let first = grapheme.chars().next().unwrap_or_default();
            let is_han = matches!(first, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
            // In emoji and in scripts that join their letters, invisible characters
            // make what is seen.
            if !is_strange(first) && !is_han && !grapheme.is_ascii() {
                Escaped(grapheme).fmt(f)?;
                continue;
            }
            grapheme.chars().try_for_each(|c| write_shown(f, c))?;
        }
        Ok(())
    }
}

fn write_shown(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        // The mark is not the line end itself: that is what breaks the line.
        '\n' => writeln!(f, "<span class=ctl>⏎</span>"),
        '\t' => write!(f, "<span class=ctl>⇥</span>\t"),
        '\r' => write!(f, "<span class=\"ctl box\">CR</span>"),
        '\u{A0}' => write!(f, "<span class=\"ctl box\">NBSP</span>\u{A0}"),
        _ if is_strange(c) => {
            // Not the pictures of control characters: few fonts have them.
            write!(f, "<span class=\"ctl box\">U+{:04X}</span>", u32::from(c))
        }
        _ => write_char(f, c),
    }
}

fn is_marker(c: char) -> bool {
    matches!(c, '\n' | '\t')
}

fn write_char(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '"' => f.write_str("&quot;"),
        '\'' => f.write_str("&#39;"),
        // No text of HTML may have them.
        '\0'..='\u{8}'
        | '\u{B}'
        | '\u{C}'
        | '\u{E}'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{FFFE}'
        | '\u{FFFF}' => f.write_str(&label(c).replace('<', "&lt;").replace('>', "&gt;")),
        _ => fmt::Write::write_char(f, c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let text = "<b onclick=\"x\" id='y'>&amp;\0";
        assert_eq!(
            Escaped(text).to_string(),
            "&lt;b onclick=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;␀"
        );
        assert_eq!(
            Shown("你\u{200B}<好\n").to_string(),
            "你<span class=\"ctl box\">U+200B</span>&lt;好<span class=ctl>⏎</span>\n"
        );
        assert_eq!(Shown("👩\u{200D}🌾").to_string(), "👩\u{200D}🌾");
    }
}
