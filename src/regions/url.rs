//! URLs in running text.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The URLs of a text: `scheme://…`, sorted and disjoint.
pub(super) fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SIGN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
    find_behind(text, &SIGN)
}

/// The URLs of a text in which slashes are escaped, as some programs write JSON:
/// `scheme:\/\/…`.
pub(super) fn find_escaped(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SIGN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(r":\/\/"));
    find_behind(text, &SIGN)
}

fn find_behind<'t>(
    text: &'t str,
    sign: &'static Finder<'static>,
) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let (length_of_sign, has_escapes) = (sign.needle().len(), sign.needle().contains(&b'\\'));
    let mut done = 0;
    sign.find_iter(text.as_bytes()).filter_map(move |colon| {
        let scheme = text[done.min(colon)..colon]
            .bytes()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
            .count();
        let behind = colon + length_of_sign;
        if scheme == 0 || colon < done {
            return None;
        }
        let end = behind + length(&text[behind..], has_escapes);
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
