//! How likely quotation marks are: what that depends on most, whether a
//! quotation is open, lies beyond the two characters that the model sees.
//!
//! The probabilities were counted on news and encyclopaedia text of the tuning
//! part (NTREX, XQuAD) and on training text (Plurality, Tatoeba). These agree
//! within a nat, except for closing marks without an opening one, which hardly
//! occur there but do in text whose opening marks are damaged.

use memchr::memrchr;

/// Whether a quotation is open at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotation {
    Open,
    Closed,
    /// The text begins in the midst of a line, for all that is known.
    Unknown,
}

impl Quotation {
    /// At the end of a text.
    pub(super) fn at_end(text: &str) -> Self {
        let start = memrchr(b'\n', text.as_bytes()).map_or(0, |newline| newline + 1);
        let line = &text[start..];
        match line.chars().rev().find(|c| matches!(c, '“' | '”')) {
            Some('“') => Quotation::Open,
            None if line.len() == text.len() => Quotation::Unknown,
            _ => Quotation::Closed,
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

/// What a quotation mark stands behind.
enum After {
    Sentence,
    Clause,
    Colon,
    Nothing,
    Word,
}
