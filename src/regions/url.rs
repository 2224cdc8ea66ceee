//! URLs in running text.

use std::ops::Range;

use memchr::memmem;

/// The URLs of a text: `scheme://…`, sorted and disjoint.
pub(super) fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    memmem::find_iter(text.as_bytes(), "://").filter_map(move |colon| {
        let scheme = text[done.min(colon)..colon]
            .bytes()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
            .count();
        let behind = colon + "://".len();
        if scheme == 0 || colon < done {
            return None;
        }
        let end = behind + length(&text[behind..]);
        done = end;
        Some(colon - scheme..end)
    })
}

/// The length of what belongs to a URL behind its `://`.
///
/// Browsers show paths and queries with their Han characters, so those
/// belong to the URL, but only at the start of a component: behind any other
/// character, a Han character is the sentence going on.
fn length(text: &str) -> usize {
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
            _ => in_component && character.is_alphanumeric(),
        };
        if !belongs {
            return place;
        }
    }
    text.len()
}
