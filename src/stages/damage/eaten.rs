//! What stood in ASCII behind half a character: a decoder's `?` stands for both,
//! and private-use characters vanish with it.

use super::aligned::Delimiter;
use super::beam::mark;
use super::repair::UNKNOWN;

/// What it costs, in nats, apart from the model's probability of the sign, that
/// `?` stands for nothing else, for the bracket of a tag whose rest follows or
/// the ampersand of a reference, for a digit or another sign of a number, and
/// for anything.
///
/// The model has few tags and counts a digit as one symbol: what is above zero
/// makes up for that.
const NOTHING: f32 = -0.5;
const BRACKET: f32 = 3.0;
const DIGIT: f32 = 2.0;
const ANYTHING: f32 = -1.0;

/// Signs that are often written in ASCII where full-width ones belong: the model
/// weighs them against a digit. Before a cut they would be guesses without end.
const SIGNS: [char; 4] = [',', '.', '(', ')'];

/// The sign above `?` in ASCII that can have vanished with half a character
/// before the rest of a text, and its cost.
pub(super) fn ascii_before(rest: &str) -> Option<(char, f32, u8)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..].chars().next();
    match digits {
        1..=3 if matches!(behind, Some(']' | ',' | '，' | '-' | '–' | '~')) => {
            Some(('[', DIGIT, 0))
        }
        _ if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            Some((UNKNOWN, ANYTHING, mark::LOST))
        }
        _ => None,
    }
}

/// What a `?` can have eaten before the rest of a text, with its cost: `\0` for
/// nothing.
pub(super) fn eaten(rest: &str, delimiter: Option<Delimiter>) -> Vec<(char, f32, u8)> {
    let next = rest.chars().next();
    if is_tag_end(rest) {
        return vec![('<', BRACKET, 0)];
    }
    if is_reference_end(rest) {
        return vec![('&', BRACKET, 0)];
    }
    let mut eaten = Vec::new();
    if let Some(delimiter) = delimiter {
        eaten.push(('\0', delimiter.cost, 0));
    }
    match next {
        None | Some('\n' | '\r' | '\t' | ' ') => eaten.push(('\0', NOTHING, 0)),
        Some('0'..='9' | '.' | '%' | ':' | '：' | '年' | '月' | '日' | '℃') => {
            eaten.push((UNKNOWN, DIGIT, mark::LOST));
        }
        Some(_) => {
            eaten.push((UNKNOWN, ANYTHING, mark::LOST));
            if delimiter.is_none() {
                eaten.extend(SIGNS.map(|sign| (sign, 0.0, mark::SIGN)));
            }
        }
    }
    eaten
}

/// Whether the text begins with a tag that has lost its first bracket.
pub(super) fn is_tag_end(rest: &str) -> bool {
    const LONGEST: usize = 100;
    let inner = rest.strip_prefix('/').unwrap_or(rest);
    let name = inner
        .bytes()
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        .count();
    let begins = inner.starts_with(|c: char| c.is_ascii_lowercase());
    let behind = inner.as_bytes().get(name);
    begins
        && name <= 10
        && matches!(behind, Some(b'>' | b' ' | b'/'))
        && inner
            .bytes()
            .take(LONGEST)
            .take_while(|&byte| byte != b'<' && byte != b'\n')
            .any(|byte| byte == b'>')
}

/// Whether the text begins with a character reference that has lost its
/// ampersand.
fn is_reference_end(rest: &str) -> bool {
    [
        "nbsp;", "ldquo;", "rdquo;", "quot;", "amp;", "lt;", "gt;", "middot;", "mdash;", "hellip;",
    ]
    .iter()
    .any(|name| rest.starts_with(name))
}
