//! How a character, or a byte of one, is written in ASCII.

/// A way to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// `\u4e2d`, `\u{4e2d}`, `\U00004e2d`: JavaScript, Java, JSON, Rust, Python.
    Unit,
    /// `%u4E2D`: JavaScript's `escape`.
    PercentUnit,
    /// `\xe4`: C, Python, logs of web servers.
    Hexadecimal,
    /// `\344`: C, names of files in git.
    Octal,
    /// `%E4`: URLs and forms.
    Percent,
    /// `=E4`: quoted-printable, in mail.
    Quoted,
}

/// What an escape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A code unit of UTF-16.
    Unit(u16),
    Character(char),
    Byte(u8),
    /// A line end that is none.
    Nothing,
}

/// One escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) notation: Notation,
    pub(super) value: Value,
    /// In bytes.
    pub(super) length: usize,
}

/// The escape that a text begins with, also one that was escaped again.
pub(super) fn token(text: &[u8]) -> Option<Token> {
    match text.first()? {
        b'\\' => backslash(text),
        b'%' => percent(text),
        b'=' => quoted(text),
        _ => None,
    }
}

fn backslash(text: &[u8]) -> Option<Token> {
    let slashes = text.iter().take_while(|&&byte| byte == b'\\').count();
    let (letter, rest) = text[slashes..].split_first()?;
    let behind = slashes + 1;
    let token = |notation, value, length| Token {
        notation,
        value,
        length: behind + length,
    };
    match letter {
        b'u' | b'x' if rest.first() == Some(&b'{') => {
            let digits = rest[1..]
                .iter()
                .take_while(|b| b.is_ascii_hexdigit())
                .count();
            let code = number(&rest[1..], digits, 16).filter(|_| digits <= MOST_DIGITS)?;
            let is_closed = rest.get(1 + digits) == Some(&b'}');
            let value = Value::Character(char::from_u32(code).filter(|_| is_closed)?);
            let notation = match letter {
                b'u' => Notation::Unit,
                _ => Notation::Hexadecimal,
            };
            Some(token(notation, value, digits + 2))
        }
        b'u' => {
            let unit = number(rest, 4, 16)?;
            Some(token(Notation::Unit, Value::Unit(unit as u16), 4))
        }
        b'U' => {
            let character = char::from_u32(number(rest, 8, 16)?)?;
            Some(token(Notation::Unit, Value::Character(character), 8))
        }
        b'x' => {
            let byte = number(rest, 2, 16)?;
            Some(token(Notation::Hexadecimal, Value::Byte(byte as u8), 2))
        }
        b'0'..=b'3' => {
            let byte = number(&text[slashes..], 3, 8)?;
            Some(token(Notation::Octal, Value::Byte(byte as u8), 2))
        }
        _ => None,
    }
}

/// Of a code point in braces.
const MOST_DIGITS: usize = 6;

fn percent(text: &[u8]) -> Option<Token> {
    if let Some(rest) = text.strip_prefix(b"%u") {
        return Some(Token {
            notation: Notation::PercentUnit,
            value: Value::Unit(number(rest, 4, 16)? as u16),
            length: 6,
        });
    }
    // `%25E4` is `%E4`, escaped again.
    let mut at = 1;
    while text[at..].starts_with(b"25") && number(&text[at + 2..], 2, 16).is_some() {
        at += 2;
    }
    Some(Token {
        notation: Notation::Percent,
        value: Value::Byte(number(&text[at..], 2, 16)? as u8),
        length: at + 2,
    })
}

fn quoted(text: &[u8]) -> Option<Token> {
    let (value, length) = match text {
        [_, b'\n', ..] => (Value::Nothing, 2),
        [_, b'\r', b'\n', ..] => (Value::Nothing, 3),
        _ => (Value::Byte(number(&text[1..], 2, 16)? as u8), 3),
    };
    Some(Token {
        notation: Notation::Quoted,
        value,
        length,
    })
}

/// The number that so many digits are.
fn number(text: &[u8], digits: usize, base: u32) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| !digits.is_empty())?;
    digits.iter().try_fold(0_u32, |number, &byte| {
        let digit = char::from(byte).to_digit(base)?;
        number.checked_mul(base)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let cases = [
            ("\\u4e2d文", Some((Notation::Unit, Value::Unit(0x4E2D), 6))),
            ("\\\\u4E2D", Some((Notation::Unit, Value::Unit(0x4E2D), 7))),
            (
                "\\u{4e2d}",
                Some((Notation::Unit, Value::Character('中'), 8)),
            ),
            ("\\u{CCCCCCCCCCCCCCCCCCCCCCCC}", None),
            (
                "\\U0001f600",
                Some((Notation::Unit, Value::Character('😀'), 10)),
            ),
            (
                "\\xe4\\xb8",
                Some((Notation::Hexadecimal, Value::Byte(0xE4), 4)),
            ),
            ("\\344", Some((Notation::Octal, Value::Byte(0xE4), 4))),
            (
                "%u4F60",
                Some((Notation::PercentUnit, Value::Unit(0x4F60), 6)),
            ),
            ("%E4", Some((Notation::Percent, Value::Byte(0xE4), 3))),
            ("%25e4", Some((Notation::Percent, Value::Byte(0xE4), 5))),
            ("%25的", Some((Notation::Percent, Value::Byte(0x25), 3))),
            ("=E4", Some((Notation::Quoted, Value::Byte(0xE4), 3))),
            ("=\r\n=E4", Some((Notation::Quoted, Value::Nothing, 3))),
            ("\\u4e2", None),
            ("\\u{110000}", None),
            ("\\u{4e2d", None),
            ("\\", None),
            ("\\x6", None),
            ("\\477", None),
            ("%", None),
            ("%中", None),
            ("=", None),
            ("=x", None),
        ];
        for (text, expected) in cases {
            let found = token(text.as_bytes()).map(|t| (t.notation, t.value, t.length));
            assert_eq!(found, expected, "{text}");
        }
    }
}
