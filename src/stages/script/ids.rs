//! Ideographic description sequences: `⿰門口` draws one character out of
//! parts, and its parts aren't text to convert.
//!
//! The grammar and the limits are OpenCC 1.4.2's, so that both step over the
//! same sequences.

/// The sequences of a text, met one after the other.
#[derive(Debug)]
pub(super) struct Sequences<'a> {
    text: &'a str,
    /// Where the next operator stands.
    next: Option<usize>,
}

impl<'a> Sequences<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let next = text.find(is_operator);
        Sequences { text, next }
    }

    /// Goes on to `at`. Gives `done`, the place up to which the text needs no
    /// more looking at, or the end of the last sequence that begins before
    /// `at`, if that is later. No match goes over an operator.
    #[inline]
    pub(super) fn skip(&mut self, at: usize, mut done: usize) -> usize {
        while let Some(operator) = self.next.filter(|&operator| operator < at) {
            let len = sequence_len(&self.text[operator..]);
            let end = operator + len.unwrap_or('⿰'.len_utf8());
            if len.is_some() {
                done = done.max(end);
            }
            self.next = self.text[end..].find(is_operator).map(|next| end + next);
        }
        done
    }
}

fn is_operator(character: char) -> bool {
    arity(character).is_some()
}

/// How deep sequences may nest.
const MAX_DEPTH: usize = 16;
/// How many characters, operators counted, a sequence may have.
const MAX_CHARACTERS: usize = 64;

/// The bytes of the complete sequence that the text begins with, or `None`
/// if it doesn't begin with an operator, ends before its last operand or
/// exceeds the limits.
pub(super) fn sequence_len(text: &str) -> Option<usize> {
    arity(text.chars().next()?)?;
    let mut rest = text.chars();
    let mut left = MAX_CHARACTERS;
    take_operand(&mut rest, MAX_DEPTH, &mut left)?;
    Some(text.len() - rest.as_str().len())
}

/// Takes a character or a whole sequence.
fn take_operand(rest: &mut std::str::Chars<'_>, depth: usize, left: &mut usize) -> Option<()> {
    let inner = depth.checked_sub(1)?;
    *left = left.checked_sub(1)?;
    for _ in 0..arity(rest.next()?).unwrap_or(0) {
        take_operand(rest, inner, left)?;
    }
    Some(())
}

/// How many operands an operator takes; `None` for any other character.
fn arity(character: char) -> Option<usize> {
    match character {
        '\u{2FF2}' | '\u{2FF3}' => Some(3),
        '\u{2FFE}' | '\u{2FFF}' => Some(1),
        '\u{2FF0}'..='\u{2FFD}' => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_measured_with_its_operands() {
        assert_eq!(sequence_len("⿰門口門"), Some(9));
        assert_eq!(sequence_len("⿰⿱門口門口"), Some(15));
        assert_eq!(sequence_len("⿰a\n"), Some(5));
        assert_eq!(sequence_len("⿲門口"), None);
        assert_eq!(sequence_len("門⿰門口"), None);
    }

    #[test]
    fn the_limits_are_opencc_s() {
        let nested = |n: usize| format!("{}門", "⿾".repeat(n));
        assert!(sequence_len(&nested(15)).is_some());
        assert!(sequence_len(&nested(16)).is_none());
    }
}
