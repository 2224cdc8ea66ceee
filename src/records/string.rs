//! A string of JSON: what it says, and how that is written.

use std::borrow::Cow;
use std::ops::Range;

use crate::regions::json::escape;

/// What stands between the quotes of a string, and the text that it is.
pub(super) struct Decoded<'r> {
    text: Cow<'r, str>,
    /// In the order of their places.
    escapes: Vec<Escape>,
    /// Whether all but ASCII is written as escapes.
    is_ascii: bool,
}

/// A character that is written as an escape.
struct Escape {
    text: Range<usize>,
    written: Range<usize>,
    /// Whether it is half of a pair that is not there, which no text can hold.
    is_unpaired: bool,
}

impl<'r> Decoded<'r> {
    /// Reads a string that is known to be one.
    pub(super) fn new(written: &'r str) -> Self {
        let Some(first) = memchr::memchr(b'\\', written.as_bytes()) else {
            return Decoded {
                text: Cow::Borrowed(written),
                escapes: Vec::new(),
                is_ascii: false,
            };
        };
        let mut text = String::with_capacity(written.len());
        let mut escapes = Vec::new();
        let mut next = Some(first);
        let mut done = 0;
        while let Some(at) = next {
            text.push_str(&written[done..at]);
            let (character, length) = character(written, at);
            let start = text.len();
            text.push(character.unwrap_or('\u{FFFD}'));
            escapes.push(Escape {
                text: start..text.len(),
                written: at..at + length,
                is_unpaired: character.is_none(),
            });
            done = at + length;
            next = memchr::memchr(b'\\', &written.as_bytes()[done..]).map(|place| done + place);
        }
        text.push_str(&written[done..]);
        Decoded {
            is_ascii: written.is_ascii() && !text.is_ascii(),
            text: Cow::Owned(text),
            escapes,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where in the text are halves of surrogate pairs.
    pub(super) fn unpaired(&self) -> impl Iterator<Item = Range<usize>> {
        let unpaired = self.escapes.iter().filter(|escape| escape.is_unpaired);
        unpaired.map(|escape| escape.text.clone())
    }

    /// How a range of the text is written.
    pub(super) fn written(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    fn place(&self, place: usize) -> usize {
        let before = self
            .escapes
            .partition_point(|escape| escape.text.end <= place);
        match before.checked_sub(1).map(|last| &self.escapes[last]) {
            Some(last) => last.written.end + (place - last.text.end),
            None => place,
        }
    }

    /// Writes a text as this string is written.
    pub(super) fn write(&self, text: &str, out: &mut Vec<u8>) {
        for character in text.chars() {
            match character {
                '"' => out.extend_from_slice(br#"\""#),
                '\\' => out.extend_from_slice(br"\\"),
                '\n' => out.extend_from_slice(br"\n"),
                '\r' => out.extend_from_slice(br"\r"),
                '\t' => out.extend_from_slice(br"\t"),
                _ if character < ' ' || (self.is_ascii && !character.is_ascii()) => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                    }
                }
                _ => {
                    let bytes = &mut [0; 4];
                    out.extend_from_slice(character.encode_utf8(bytes).as_bytes());
                }
            }
        }
    }
}

/// The character that is written as an escape at a place, and the escape's length; no
/// character for a surrogate that is not one of a pair.
fn character(written: &str, at: usize) -> (Option<char>, usize) {
    let length = escape(written, at).unwrap_or(1);
    let Some(unit) = unit(written, at) else {
        let character = match written.as_bytes().get(at + 1) {
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(&byte) => char::from(byte),
            None => '\\',
        };
        return (Some(character), length);
    };
    if let Some(low) = unit_behind(written, at + length) {
        let mut pair = char::decode_utf16([unit, low]);
        if let (Some(Ok(character)), None) = (pair.next(), pair.next()) {
            return (Some(character), length * 2);
        }
    }
    (char::from_u32(u32::from(unit)), length)
}

fn unit_behind(written: &str, at: usize) -> Option<u16> {
    written[at..].starts_with('\\').then(|| unit(written, at))?
}

/// The unit of UTF-16 that an escape stands for, if it is one of those.
fn unit(written: &str, at: usize) -> Option<u16> {
    let digits = written[at..].strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}
