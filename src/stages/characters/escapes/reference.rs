//! Character references in plain text that have lost their semicolons: `&#20013`. The
//! complete ones are the markup stage's.

use memchr::memmem;

use super::is_text;
use crate::edit::{Proposal, Safety};
use crate::language::is_han;
use crate::reason::Both;
use crate::regions::Syntax;
use crate::rules::Rule;
use crate::stages::View;
use crate::stages::characters::proposal;
use crate::stages::characters::surroundings::{before, behind, is_chinese, is_punctuation};
use crate::stages::residue::speaks_of_markup;

/// The least and the most digits of the number of a Chinese character.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=6;

/// Proposes to write the characters. In HTML the reference is right as it stands, or
/// for a browser to mend.
pub(super) fn propose(view: View<'_>, found: &mut Vec<Proposal>) {
    let View { text, syntax, .. } = view;
    if matches!(syntax, Syntax::Html | Syntax::WebVtt) || speaks_of_markup(text) {
        return;
    }
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), b"&") {
        if at < done {
            continue;
        }
        let mut characters = String::new();
        let mut is_complete = true;
        let mut end = at;
        while let Some(reference) = reference(&text[end..]) {
            end += reference.length;
            is_complete &= reference.is_complete;
            characters.push(reference.character);
        }
        done = end;
        let stands = |c: Option<char>| c.is_none_or(|c| is_chinese(c) || c == ' ');
        let is_chinese = characters.chars().all(|c| is_han(c) || is_punctuation(c));
        if !is_complete && is_chinese && stands(before(text, at)) && stands(behind(text, end)) {
            found.push(proposal(
                at..end,
                characters,
                Rule::CharEscape,
                Safety::Safe,
                &Both {
 en: "a character reference without its semicolon, in plain text, is its character",
 zh: "纯文本里缺了分号的字符引用，应还原成所引用的字符",
 },
            ));
        }
    }
}

struct Reference {
    character: char,
    length: usize,
    is_complete: bool,
}

/// The reference that a text begins with, through all its escapes.
fn reference(text: &str) -> Option<Reference> {
    let mut name = text.strip_prefix('&')?;
    while let Some(inner) = name.strip_prefix("amp;") {
        name = inner;
    }
    let name = name.strip_prefix('#')?;
    let (digits, base) = match name.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (name, 10),
    };
    let count = digits
        .bytes()
        .take_while(|&b| char::from(b).is_digit(base))
        .count();
    let code = u32::from_str_radix(&digits[..count], base).ok();
    let character = code
        .filter(|_| DIGITS.contains(&count))
        .and_then(char::from_u32)?;
    let rest = &digits[count..];
    let is_complete = rest.starts_with(';');
    // A letter behind it could be a part of the number.
    let is_cut = !is_complete && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_text(character) && !is_cut).then(|| Reference {
        character,
        length: text.len() - rest.len() + usize::from(is_complete),
        is_complete,
    })
}
