//! URLs in running text.

use std::ops::Range;

use memchr::memmem;

/// The URLs of a text: `scheme://…`, sorted and disjoint.
pub(super) fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    find_behind(text, "://")
}

/// The URLs of a text in which slashes are escaped, as some programs write JSON:
/// `scheme:\/\/…`.
pub(super) fn find_escaped(text: &str) -> impl Iterator<Item = Range<usize>> {
    find_behind(text, r":\/\/")
}

fn find_behind(text: &str, sign: &'static str) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    memmem::find_iter(text.as_bytes(), sign).filter_map(move |colon| {
        let scheme = text[done.min(colon)..colon]
            .bytes()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
            .count();
        let behind = colon + sign.len();
        if scheme == 0 || colon < done {
            return None;
        }
        let end = behind + length(&text[behind..], sign.contains('\\'));
        done = end;
        Some(colon - scheme..end)
    })
}

/// The length of what belongs to a URL behind its `://`.
///
/// Browsers show paths and queries with their Han characters, so those
/// belong to the URL, but only at the start of a component: behind any other
/// character, a Han character is the sentence going on.
fn length(text: &str, has_escapes: bool) -> usize {
    let mut in_component = false;
    for (place, character) in text.char_indices() {
        let belongs = match character {
            '/' | '?' | '=' | '&' | '#' | '%' | '+' | '_' | '-' => {
                in_component = true;
                true
            }
            '!' | '$'..='.' | ':' | ';' | '@' | '~' | '0'..='9' | 'A'..='Z' | 'a'..='z' => {
                in_component = false;
                true
            }
            '\\' => has_escapes && text[place..].starts_with(r"\/"),
            _ => in_component && character.is_alphanumeric(),
        };
        if !belongs {
            return place;
        }
    }
    text.len()
}
