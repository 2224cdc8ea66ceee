//! How likely quotation marks are: what that depends on most, whether a
//! quotation is open, lies beyond the two characters that the model sees.
//!
//! The probabilities were counted on news and encyclopaedia text of the tuning
//! part (NTREX, XQuAD) and on training text (Plurality, Tatoeba). These agree
//! within a nat, except for closing marks without an opening one, which hardly
//! occur there but do in text whose opening marks are damaged.

use memchr::{memrchr, memrchr_iter};

use super::repair::Repair;

/// A quotation that has been open for so many bytes is not looked for.
const LONGEST: usize = 1500;

/// Whether a quotation is open at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotation {
    Open,
    Closed,
    /// The text begins in the midst of a line, for all that is known.
    Unknown,
}

impl Quotation {
    /// At the end of a text of which so much has been repaired.
    pub(super) fn at_end(text: &str, repairs: &[Repair]) -> Self {
        let mut from = text.len().saturating_sub(LONGEST);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let newline = memrchr(b'\n', &text.as_bytes()[from..]);
        let start = newline.map_or(from, |newline| from + newline + 1);
        let mut end = text.len();
        for repair in repairs.iter().rev() {
            if repair.range.end <= start || repair.range.end > end {
                break;
            }
            let behind = &text[repair.range.end..end];
            if let Some(mark) = last_mark(behind).or_else(|| last_mark(&repair.replacement)) {
                return Quotation::Closed.behind(mark);
            }
            end = repair.range.start.max(start);
        }
        match last_mark(&text[start..end]) {
            Some(mark) => Quotation::Closed.behind(mark),
            None if start == 0 => Quotation::Unknown,
            None => Quotation::Closed,
        }
    }

    /// Behind a character.
    pub(super) fn behind(self, character: char) -> Self {
        match character {
            '“' => Quotation::Open,
            '”' | '\n' => Quotation::Closed,
            _ => self,
        }
    }

    /// The natural logarithm of the probability that a quotation mark follows a
    /// character; `None` for other characters.
    #[inline]
    pub(super) fn log_prob(self, before: char, character: char) -> Option<f32> {
        if !matches!(character, '“' | '”') {
            return None;
        }
        let after = match before {
            '。' | '！' | '？' | '…' | '!' | '?' => After::Sentence,
            '，' | '、' | '；' | ',' | ';' => After::Clause,
            '：' | ':' => After::Colon,
            '\n' | '\0' => After::Nothing,
            _ => After::Word,
        };
        let nats = match (character, self, after) {
            ('”', Quotation::Open, After::Sentence) => -0.7,
            ('”', Quotation::Open, After::Clause) => -3.0,
            ('”', Quotation::Open, _) => -2.5,
            ('”', Quotation::Unknown, After::Sentence) => -2.5,
            ('”', Quotation::Unknown, _) => -4.5,
            ('”', Quotation::Closed, _) => -6.0,
            ('“', Quotation::Open, _) => -7.0,
            ('“', _, After::Colon) => -1.5,
            ('“', _, After::Nothing) => -4.0,
            ('“', _, After::Sentence | After::Clause) => -5.0,
            ('“', _, After::Word) => -5.8,
            _ => return None,
        };
        Some(nats)
    }
}

/// The last quotation mark of a text.
fn last_mark(text: &str) -> Option<char> {
    // They are E2 80 9C and E2 80 9D; little else in Chinese text begins with E2.
    let bytes = text.as_bytes();
    memrchr_iter(0xE2, bytes).find_map(|place| match bytes[place..] {
        [_, 0x80, 0x9C, ..] => Some('“'),
        [_, 0x80, 0x9D, ..] => Some('”'),
        _ => None,
    })
}

/// What a quotation mark stands behind.
enum After {
    Sentence,
    Clause,
    Colon,
    Nothing,
    Word,
}
