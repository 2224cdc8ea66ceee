//! How likely a full stop is by how much has come since the last punctuation
//! mark, which lies beyond the two characters that the model sees: hardly any
//! clause of a sentence's end is two or three characters long, and a name in a
//! row of names is.

use super::token::gloss_before;
use crate::stages::gloss::scan::CLOSING;

/// From this many characters on, a clause's length says no more.
const LONGEST: usize = 14;

/// A length that says as much as none.
const UNKNOWN: u8 = 9;

/// How much likelier a full stop is after so many characters than on average, in
/// nats. Counted in news, encyclopaedia and diplomatic text of the tuning part
/// (NTREX, XQuAD, the UN's test set) and in training text (Plurality), and taken
/// together by eye. What follows a mark or one character behind it the model sees
/// itself.
const STOPS: [f32; LONGEST + 1] = [
    0.0, -1.0, -2.0, -1.6, -1.1, -0.9, -0.6, -0.3, -0.1, 0.1, 0.3, 0.4, 0.5, 0.65, 1.0,
];

/// The characters since the last mark at the end of a text, without glosses.
pub(super) fn at_end(text: &str) -> u8 {
    let (mut end, mut length) = (text.len(), 0);
    while usize::from(length) < LONGEST {
        let mut before = text[..end].chars().next_back();
        while before.is_some_and(|c| CLOSING.contains(&c))
            && let Some(start) = gloss_before(text, end)
        {
            end = start;
            before = text[..end].chars().next_back();
        }
        let Some(character) = before else {
            // The text may begin in the midst of a clause.
            return length.max(UNKNOWN);
        };
        if is_mark(character) {
            break;
        }
        end -= character.len_utf8();
        length += 1;
    }
    length
}

/// The same with a character more.
pub(super) fn behind(length: u8, character: char) -> u8 {
    if is_mark(character) {
        0
    } else {
        length.saturating_add(1)
    }
}

/// How much likelier than on average a full stop is then, in nats.
pub(super) fn stop(length: u8) -> f32 {
    STOPS[usize::from(length).min(LONGEST)]
}

fn is_mark(character: char) -> bool {
    match character {
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '“' | '”' | '‘' | '’' | '（' | '）'
        | '《' | '》' | '—' | '…' | '·' | '\u{3000}' => true,
        _ => character.is_ascii() && !character.is_ascii_alphanumeric(),
    }
}
