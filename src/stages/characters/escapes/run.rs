//! Escapes in a row, and what they stand for together.

use std::ops::Range;

use memchr::memchr3;

use super::is_text;
use super::notation::{Notation, Token, Value, token};
use crate::language::is_han;
use crate::language::ngram::Model;
use crate::stages::characters::surroundings::{is_chinese, is_punctuation};

/// Escapes of one notation with nothing between them.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) notation: Notation,
    /// What of it is Chinese; nothing if it is not.
    pub(super) pieces: Vec<Piece>,
}

/// A part of a run, and the text that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Run {
    /// How many Han characters it stands for.
    pub(super) fn han(&self) -> usize {
        let characters = self.pieces.iter().flat_map(|piece| piece.text.chars());
        characters.filter(|&c| is_han(c)).count()
    }

    /// How many characters.
    pub(super) fn characters(&self) -> usize {
        self.pieces.iter().map(|p| p.text.chars().count()).sum()
    }
}

/// All runs of a text.
pub(super) fn find(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(place) = memchr3(b'\\', b'%', b'=', &bytes[at..]) {
        let start = at + place;
        let mut tokens = Vec::new();
        let mut end = start;
        while let Some(token) = token(&bytes[end..])
            && tokens
                .first()
                .is_none_or(|&(_, first): &(usize, Token)| first.notation == token.notation)
        {
            tokens.push((end, token));
            end += token.length;
        }
        let Some(&(_, first)) = tokens.first() else {
            at = start + 1;
            continue;
        };
        at = end;
        runs.push(Run {
            range: start..end,
            notation: first.notation,
            pieces: pieces(&tokens),
        });
    }
    runs
}

/// What tokens stand for, where it is Chinese.
fn pieces(tokens: &[(usize, Token)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        let (count, text) = decoded(&tokens[place..]);
        let range = start(tokens, place)..start(tokens, place + count.max(1));
        place += count.max(1);
        let Some(text) = text else { continue };
        match pieces.last_mut() {
            Some(last) if last.range.end == range.start => {
                last.range.end = range.end;
                last.text += &text;
            }
            _ => pieces.push(Piece { range, text }),
        }
    }
    let all: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    match is_mostly_chinese(&all) {
        true => pieces,
        false => Vec::new(),
    }
}

/// Where a token begins, or the last one ends.
fn start(tokens: &[(usize, Token)], place: usize) -> usize {
    match (tokens.get(place), tokens.last()) {
        (Some(&(at, _)), _) => at,
        (None, Some(&(at, token))) => at + token.length,
        (None, None) => 0,
    }
}

/// How many tokens belong together, and what they stand for, if it is text.
fn decoded(tokens: &[(usize, Token)]) -> (usize, Option<String>) {
    let text = |c: Option<char>| c.filter(|&c| is_text(c)).map(String::from);
    match tokens {
        [
            (
                _,
                Token {
                    value: Value::Unit(first),
                    ..
                },
            ),
            rest @ ..,
        ] => {
            let second = match rest.first() {
                Some(&(
                    _,
                    Token {
                        value: Value::Unit(second),
                        ..
                    },
                )) => second,
                _ => 0,
            };
            match char::decode_utf16([*first, second]).next() {
                Some(Ok(c)) => (c.len_utf16(), text(Some(c))),
                _ => (1, None),
            }
        }
        [
            (
                _,
                Token {
                    value: Value::Character(c),
                    ..
                },
            ),
            ..,
        ] => (1, text(Some(*c))),
        _ => bytes(tokens),
    }
}

/// The same of tokens that are bytes: as many as are text together.
fn bytes(tokens: &[(usize, Token)]) -> (usize, Option<String>) {
    let byte = |&(_, token): &(usize, Token)| match token.value {
        Value::Byte(byte) if !byte.is_ascii() || is_text(char::from(byte)) => Some(Some(byte)),
        Value::Nothing => Some(None),
        _ => None,
    };
    let values: Vec<Option<u8>> = tokens.iter().map_while(byte).collect();
    let bytes: Vec<u8> = values.iter().copied().flatten().collect();
    let (text, length) = match std::str::from_utf8(&bytes) {
        Ok(text) => (text.to_owned(), bytes.len()),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            // The end is missing.
            let whole = &bytes[..error.valid_up_to()];
            (String::from_utf8_lossy(whole).into_owned(), whole.len())
        }
        Err(_) => match gbk(&bytes) {
            Some(text) => (text, bytes.len()),
            None => return (values.len(), None),
        },
    };
    let used = match length == bytes.len() {
        true => values.len(),
        false => tokens_of(&values, length),
    };
    let is_text = text.chars().all(is_text);
    (used, (is_text && !text.is_empty()).then_some(text))
}

/// How many tokens the first so many bytes are of.
fn tokens_of(values: &[Option<u8>], length: usize) -> usize {
    let places = values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_some());
    let last = places.take(length).last();
    last.map_or(0, |(place, _)| place + 1)
}

/// Bytes of GBK that are likely Chinese: any pair of high bytes is a character, so that
/// the sense of what comes out decides.
fn gbk(bytes: &[u8]) -> Option<String> {
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(bytes)?;
    let han = text.chars().filter(|&c| is_han(c)).count();
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let model = Model::embedded();
    let mean = model.log_prob_of(&text) / text.chars().count() as f32;
    (han >= LEAST_HAN && 2 * han >= wide && mean >= MEAN).then(|| text.into_owned())
}

/// One character of two bytes can be anything.
const LEAST_HAN: usize = 2;

/// The mean log-probability (nats) of what bytes of GBK must be; that of the mojibake
/// stage.
const MEAN: f32 = -9.0;

/// Whether a text is Chinese, emoji and what may stand between.
fn is_mostly_chinese(text: &str) -> bool {
    let is_emoji = |c| matches!(c, '\u{1F300}'..='\u{1FAFF}');
    let chinese = text
        .chars()
        .filter(|&c| is_chinese(c) || is_emoji(c))
        .count();
    let own = text
        .chars()
        .filter(|&c| is_han(c) || is_punctuation(c) || is_emoji(c))
        .count();
    let others = text
        .chars()
        .filter(|&c| !c.is_ascii() && !is_chinese(c) && !is_emoji(c))
        .count();
    own > 0 && chinese > others && !crate::stages::script::language::is_foreign_text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its runs undone.
    fn undone(text: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for piece in find(text).into_iter().flat_map(|run| run.pieces) {
            out += &text[done..piece.range.start];
            out += &piece.text;
            done = piece.range.end;
        }
        out + &text[done..]
    }

    #[test]
    fn runs_are_undone() {
        let cases = [
            ("\\u4f60\\u597d", "你好"),
            ("\\ud83d\\ude00", "😀"),
            ("\\ud83d", "\\ud83d"),
            ("\\u4f60\\ud83d\\u597d", "你\\ud83d好"),
            ("\\u4f60\\u003c\\u0009\\u597d", "你\\u003c\\u0009好"),
            ("\\u4f60\\u0020\\u597d", "你 好"),
            ("%u4F60%u597D", "你好"),
            ("%E4%BD%A0%E5%A5%BD", "你好"),
            ("%25E4%25BD%25A0", "你"),
            ("%E4%BD%A0%E5%A5", "你%E5%A5"),
            ("%E4%BD%A0%0A%E5%A5%BD", "你%0A好"),
            ("%C4%E3%BA%C3", "你好"),
            ("%CF%F0%E8%E2%E5%F2", "%CF%F0%E8%E2%E5%F2"),
            ("caf%E9", "caf%E9"),
            ("%20%3D", "%20%3D"),
            ("=E4=BD=\n=A0=E5=A5=BD", "你好"),
            ("=E4=BD=A0=\na", "你a"),
            ("=E4=BD=A0=\n=E5", "你=\n=E5"),
            ("\\344\\275\\240", "你"),
            ("\\xe4\\xbd\\xa0", "你"),
            ("\\u3053\\u3093", "\\u3053\\u3093"),
            ("\\u041f\\u0440", "\\u041f\\u0440"),
            ("\\u00e9", "\\u00e9"),
        ];
        for (text, expected) in cases {
            assert_eq!(undone(text), expected, "{text}");
        }
    }
}
