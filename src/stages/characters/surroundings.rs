//! What stands around a place, and in what language.

use std::ops::Range;

use crate::language::is_han;
use crate::stages::script::language;

/// The lines of a text, as to their language.
#[derive(Clone, Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The line asked for last, and the answer.
    last: Option<(Range<usize>, bool)>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Lines { text, last: None }
    }

    /// Whether the text is Japanese or Korean, where compatibility ideographs and
    /// variation selectors are spelling.
    pub(super) fn is_foreign(&self) -> bool {
        language::is_foreign_text(self.text)
    }

    /// The same of the line that a place is in.
    pub(super) fn is_foreign_at(&mut self, place: usize) -> bool {
        if let Some((line, answer)) = &self.last
            && line.contains(&place)
        {
            return *answer;
        }
        let line = line_of(self.text, place);
        let answer = language::is_foreign_text(&self.text[line.clone()]);
        self.last = Some((line, answer));
        answer
    }
}

/// The line that a place is in.
pub(super) fn line_of(text: &str, place: usize) -> Range<usize> {
    let start = text[..place].rfind('\n').map_or(0, |feed| feed + 1);
    let end = text[place..]
        .find('\n')
        .map_or(text.len(), |feed| place + feed);
    start..end
}

/// The character before a place, on the same line.
pub(super) fn before(text: &str, place: usize) -> Option<char> {
    let character = text[..place].chars().next_back();
    character.filter(|&c| !is_line_end(c))
}

/// The character behind a place, on the same line.
pub(super) fn behind(text: &str, place: usize) -> Option<char> {
    let character = text[place..].chars().next();
    character.filter(|&c| !is_line_end(c))
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r')
}

/// Whether the character is a radical of the two blocks that ideographs look like.
pub(super) fn is_radical(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FDF}')
}

/// Whether it is a Han character, or looks like one.
pub(super) fn is_hanlike(character: char) -> bool {
    is_han(character) || is_radical(character)
}

/// Whether it is of Chinese text: Han, its punctuation and full-width forms.
pub(super) fn is_chinese(character: char) -> bool {
    is_hanlike(character) || is_wide(character) || is_quotation(character)
}

/// Whether it is of Chinese text and hardly of any other.
pub(super) fn is_only_chinese(character: char) -> bool {
    is_hanlike(character) || is_wide(character)
}

/// Chinese punctuation and full-width forms.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}')
}

/// Punctuation that Chinese shares with others.
fn is_quotation(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Chinese punctuation, also what is shared.
pub(super) fn is_punctuation(character: char) -> bool {
    let is_letter = character.is_alphanumeric();
    (is_wide(character) && !is_letter) || is_quotation(character)
}

/// Whether one opens and the other closes: what is between is shown, not used.
pub(super) fn encloses(before: Option<char>, behind: Option<char>) -> bool {
    let opens = |c| {
        matches!(
            c,
            '(' | '['
                | '{'
                | '<'
                | '"'
                | '\''
                | '`'
                | '“'
                | '‘'
                | '（'
                | '「'
                | '『'
                | '《'
                | '〈'
                | '【'
                | '［'
                | '〔'
        )
    };
    let closes = |c| {
        matches!(
            c,
            ')' | ']'
                | '}'
                | '>'
                | '"'
                | '\''
                | '`'
                | '”'
                | '’'
                | '）'
                | '」'
                | '』'
                | '》'
                | '〉'
                | '】'
                | '］'
                | '〕'
        )
    };
    before.is_some_and(opens) && behind.is_some_and(closes)
}

/// Whether a text has any of the words.
pub(super) fn names_any(text: &str, words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Whether characters are listed rather than used: three of them, one after the
/// other, in the order of their code points.
pub(super) fn are_listed(characters: impl Iterator<Item = char>) -> bool {
    let mut last = None;
    let mut row = 1;
    for character in characters {
        let code = u32::from(character);
        row = if last == Some(code - 1) { row + 1 } else { 1 };
        if row == LISTED {
            return true;
        }
        last = Some(code);
    }
    false
}

/// Two can be a word, such as 大女 in 大女儿.
const LISTED: usize = 3;
