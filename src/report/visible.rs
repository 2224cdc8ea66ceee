//! Characters that nobody sees, made visible; and characters that a terminal would
//! obey, made harmless.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// A text on one line, in which everything can be seen; `∅` if there is nothing.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.is_empty() {
        return Cow::Borrowed("∅");
    }
    if !text.chars().any(is_strange) {
        return Cow::Borrowed(text);
    }
    let seen = text.graphemes(true).map(visible_grapheme);
    seen.fold(String::new(), |out, grapheme| out + &grapheme)
        .into()
}

/// A user-perceived character that can be seen.
pub(super) fn visible_grapheme(grapheme: &str) -> Cow<'_, str> {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let first = grapheme.chars().next().unwrap_or_default();
    // In emoji and in scripts that join their letters, invisible characters make what
    // is seen.
    let joins = !is_strange(first) && !is_han(first) && !grapheme.is_ascii();
    if joins || !grapheme.chars().any(is_strange) {
        return Cow::Borrowed(grapheme);
    }
    let seen = grapheme.chars().map(|c| match is_strange(c) {
        true => label(c),
        false => c.to_string(),
    });
    seen.collect::<String>().into()
}

/// What is shown for a character that cannot be seen.
pub(super) fn label(c: char) -> String {
    match c {
        '\n' => "⏎".to_owned(),
        '\u{A0}' => "␣".to_owned(),
        '\0'..='\u{1F}' => {
            char::from_u32(0x2400 + u32::from(c)).map_or(String::new(), String::from)
        }
        '\u{7F}' => "␡".to_owned(),
        _ => format!("<U+{:04X}>", u32::from(c)),
    }
}

/// Whether a character cannot be seen, or changes how others are.
pub(super) fn is_strange(c: char) -> bool {
    // Controls; no-break and other odd spaces, but not the ideographic one; what
    // Unicode calls default ignorable; the line and paragraph separators; private use.
    c.is_control()
        || matches!(
            c,
            '\u{A0}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
                | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{10FFFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_shown_and_the_rest_stays() {
        let cases = [
            ("", "∅"),
            ("中文 a\u{301}", "中文 a\u{301}"),
            ("你\u{200B}好\u{A0}", "你<U+200B>好␣"),
            ("葛\u{E0100}先生", "葛<U+E0100>先生"),
            ("\u{1B}[31m红\r\n", "␛[31m红␍⏎"),
            ("👩\u{200D}🌾❤\u{FE0F}", "👩\u{200D}🌾❤\u{FE0F}"),
            ("a\u{202E}b", "a<U+202E>b"),
        ];
        for (text, expected) in cases {
            assert_eq!(visible(text), expected, "{text:?}");
        }
    }
}
