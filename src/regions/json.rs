//! The strings of named fields in JSON.
//!
//! No parser of values says where in the file a string stands and goes on after an
//! error, so this is a scanner of the grammar. It has no recursion: a file of nothing
//! but brackets is as good as any other.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::{Found, Holds};

/// Opens the strings of the named fields in a text of JSON values. What comes behind
/// an error is left closed.
pub(super) fn find(text: &str, fields: &[Vec<String>], found: &mut Found) {
    let mut scanner = Scanner::new(text, 0, fields);
    scanner.values(&mut opener(text, found));
}

/// The same where each line is a value: an error ends only its line.
pub(super) fn find_in_lines(text: &str, fields: &[Vec<String>], found: &mut Found) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut scanner = Scanner::new(&text[..start + line.len()], start, fields);
        scanner.values(&mut opener(text, found));
        start += line.len();
    }
}

/// How many values a text of JSON is made of, none but objects and arrays; `None` if
/// it is not JSON all through.
pub(super) fn values(text: &str) -> Option<usize> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let mut scanner = Scanner::new(text, 0, &[]);
    scanner.values(&mut |_, _| {}).filter(|_| scanner.is_nested)
}

/// Shows what is between the quotes of each string of the named fields, with the keys
/// that lead to it.
///
/// # Errors
/// Where the text is no longer JSON of one value, or of none.
pub(crate) fn strings(
    text: &str,
    fields: &[Vec<String>],
    found: &mut Strings<'_>,
) -> Result<(), usize> {
    let mut scanner = Scanner::new(text, 0, fields);
    scanner.skip_space();
    if scanner.byte().is_none() {
        return Ok(());
    }
    scanner.value(found).ok_or(scanner.at)?;
    scanner.skip_space();
    match scanner.byte() {
        None => Ok(()),
        Some(_) => Err(scanner.at),
    }
}

type Open = Vec<(Range<usize>, Holds)>;

/// What is told of a string of a named field: the keys that lead to it, and where it
/// stands.
type Strings<'s> = dyn FnMut(&[Cow<'_, str>], Range<usize>) + 's;

fn opener<'s>(
    text: &'s str,
    found: &'s mut Found,
) -> impl FnMut(&[Cow<'_, str>], Range<usize>) + 's {
    |_, string| pieces(text, string, &mut found.open)
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Done,
}

struct Scanner<'t, 'f> {
    text: &'t str,
    at: usize,
    fields: &'f [Vec<String>],
    /// Of each open bracket, whether it is an object's.
    brackets: Vec<bool>,
    /// Of each object around the place, the key.
    keys: Vec<Cow<'t, str>>,
    /// Whether all values are objects and arrays.
    is_nested: bool,
}

impl<'t, 'f> Scanner<'t, 'f> {
    fn new(text: &'t str, at: usize, fields: &'f [Vec<String>]) -> Self {
        Scanner {
            text,
            at,
            fields,
            brackets: Vec::new(),
            keys: Vec::new(),
            is_nested: true,
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Reads values up to the end; `None` if there is an error.
    fn values(&mut self, found: &mut Strings<'_>) -> Option<usize> {
        let mut count = 0;
        loop {
            self.skip_space();
            if self.byte().is_none() {
                return Some(count);
            }
            self.is_nested &= matches!(self.byte(), Some(b'{' | b'['));
            self.value(found)?;
            count += 1;
        }
    }

    /// Reads one value.
    fn value(&mut self, found: &mut Strings<'_>) -> Option<()> {
        let mut next = Next::Value;
        while next != Next::Done {
            self.skip_space();
            let byte = self.byte()?;
            next = match (next, byte) {
                (Next::ValueOrEnd, b']') | (Next::KeyOrEnd, b'}') => self.close(byte)?,
                (Next::CommaOrEnd, b']' | b'}') => self.close(byte)?,
                (Next::Value | Next::ValueOrEnd, _) => self.begin(byte, found)?,
                (Next::Key | Next::KeyOrEnd, b'"') => self.key()?,
                (Next::Colon, b':') => {
                    self.at += 1;
                    Next::Value
                }
                (Next::CommaOrEnd, b',') => {
                    self.at += 1;
                    match self.brackets.last()? {
                        true => Next::Key,
                        false => Next::Value,
                    }
                }
                _ => return None,
            };
        }
        Some(())
    }

    /// Reads the first of a value, or all of one that has no parts.
    fn begin(&mut self, byte: u8, found: &mut Strings<'_>) -> Option<Next> {
        match byte {
            b'{' => {
                self.at += 1;
                self.brackets.push(true);
                self.keys.push(Cow::Borrowed(""));
                return Some(Next::KeyOrEnd);
            }
            b'[' => {
                self.at += 1;
                self.brackets.push(false);
                return Some(Next::ValueOrEnd);
            }
            b'"' => {
                let is_named = self.is_named();
                let string = self.string()?;
                if is_named {
                    found(&self.keys, string);
                }
            }
            _ => self.literal()?,
        }
        Some(self.behind_value())
    }

    fn behind_value(&self) -> Next {
        match self.brackets.is_empty() {
            true => Next::Done,
            false => Next::CommaOrEnd,
        }
    }

    fn close(&mut self, byte: u8) -> Option<Next> {
        let is_object = self.brackets.pop()?;
        if is_object {
            self.keys.pop();
        }
        self.at += 1;
        (is_object == (byte == b'}')).then(|| self.behind_value())
    }

    fn key(&mut self) -> Option<Next> {
        let range = self.string()?;
        *self.keys.last_mut()? = unescaped(&self.text[range]);
        Some(Next::Colon)
    }

    /// A string, whose quote is next: what is between its quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        loop {
            at += memchr2(b'"', b'\\', &bytes[at..])?;
            if bytes[at] == b'"' {
                self.at = at + 1;
                return Some(start..at);
            }
            at += escape(self.text, at)?;
        }
    }

    /// A number, `true`, `false` or `null`; what else programs write for numbers.
    fn literal(&mut self) -> Option<()> {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().take_while(|&byte| is_part(byte)).count();
        let literal = &self.text[self.at..self.at + length];
        self.at += length;
        (matches!(literal, "true" | "false" | "null") || literal.parse::<f64>().is_ok())
            .then_some(())
    }

    /// Whether the value that comes is that of a named field.
    fn is_named(&self) -> bool {
        let is_path = |field: &&Vec<String>| match field.as_slice() {
            [name] => self.keys.last().is_some_and(|key| key == name),
            names => {
                names.len() == self.keys.len()
                    && names
                        .iter()
                        .zip(&self.keys)
                        .all(|(name, key)| name == "*" || key == name)
            }
        };
        self.fields.iter().any(|field| is_path(&field))
    }
}

/// The length of the escape at a place; `None` if it is none.
pub(crate) fn escape(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => {
            let digits = bytes.get(at + 2..at + 6)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(6)
        }
        _ => None,
    }
}

/// Whether a text is escapes, and none of them of a line break.
pub(super) fn is_of_characters(text: &str) -> bool {
    let mut rest = text;
    while let Some(escaped) = rest.strip_prefix('\\') {
        let Some(length) = escape(rest, 0).filter(|_| !escaped.starts_with(['n', 'r'])) else {
            return false;
        };
        rest = &rest[length..];
    }
    rest.is_empty()
}

/// Opens what of a string is no escape.
pub(super) fn pieces(text: &str, string: Range<usize>, open: &mut Open) {
    let mut start = string.start;
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[start..string.end]) {
        let at = start + found;
        open.push((start..at, Holds::JsonString));
        // The string has been read, so that each escape is whole.
        start = at + escape(text, at).unwrap_or(1);
    }
    open.push((start..string.end, Holds::JsonString));
}

/// A key as it is meant.
fn unescaped(key: &str) -> Cow<'_, str> {
    if !key.contains('\\') {
        return Cow::Borrowed(key);
    }
    let mut units = Vec::new();
    let mut rest = key;
    while let Some(character) = rest.chars().next() {
        let length = match character {
            '\\' => escape(rest, 0).unwrap_or(1),
            _ => character.len_utf8(),
        };
        let (piece, behind) = rest.split_at(length);
        match piece.strip_prefix('\\') {
            Some("n") => units.push(u16::from(b'\n')),
            Some("r") => units.push(u16::from(b'\r')),
            Some("t") => units.push(u16::from(b'\t')),
            Some("b") => units.push(8),
            Some("f") => units.push(12),
            Some(unit) if unit.starts_with('u') => {
                units.extend(u16::from_str_radix(&unit[1..], 16));
            }
            Some(other) => units.extend(other.encode_utf16()),
            None => units.extend(piece.encode_utf16()),
        }
        rest = behind;
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}
