//! HZ (RFC 1843): GB 2312 in seven bits, in mail and news of the nineties.
//!
//! `~{` begins Chinese and `~}` ends it; `~~` is a tilde, and a tilde at the end
//! of a line joins it with the next.

use super::unit::{Reader, Unit, gb2312, gb2312_bytes};

/// Reads HZ.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hz {
    is_chinese: bool,
}

impl Reader for Hz {
    fn next(&mut self, bytes: &[u8]) -> (Unit, usize) {
        match (self.is_chinese, bytes) {
            (true, [b'~', b'}', ..]) => {
                self.is_chinese = false;
                (Unit::Shift, 2)
            }
            (true, [b'\n' | b'\r', ..]) => {
                self.is_chinese = false;
                (Unit::Character(char::from(bytes[0])), 1)
            }
            (true, &[first @ 0x21..=0x77, second @ 0x21..=0x7E, ..]) => {
                match gb2312(first, second) {
                    Some(character) => (Unit::Character(character), 2),
                    None => (Unit::Malformed, 2),
                }
            }
            (false, [b'~', b'{', ..]) => {
                self.is_chinese = true;
                (Unit::Shift, 2)
            }
            (false, [b'~', b'\n', ..]) => (Unit::Shift, 2),
            (false, [b'~', b'~', ..]) => (Unit::Character('~'), 2),
            (false, &[byte, ..]) if byte != b'~' && byte.is_ascii() => {
                (Unit::Character(char::from(byte)), 1)
            }
            _ => (Unit::Malformed, 1),
        }
    }
}

/// Encodes a text, or names the first character that HZ does not have.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, char> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut is_chinese = false;
    for character in text.chars() {
        let pair = gb2312_bytes(character);
        if pair.is_some() != is_chinese {
            is_chinese = !is_chinese;
            bytes.extend(if is_chinese { b"~{" } else { b"~}" });
        }
        match (pair, character) {
            (Some([first, second]), _) => bytes.extend([first & 0x7F, second & 0x7F]),
            (None, '~') => bytes.extend(b"~~"),
            (None, '\0'..='\x7F') => bytes.push(character as u8),
            (None, _) => return Err(character),
        }
    }
    if is_chinese {
        bytes.extend(b"~}");
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::unit::read;
    use super::*;

    #[test]
    fn the_standards_example() {
        let bytes =
            b"This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.";
        let (text, malformed) = read::<Hz>(bytes);
        assert_eq!(
            text,
            "This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。Bye."
        );
        assert!(malformed.is_empty());
        assert_eq!(encode(&text), Ok(bytes.to_vec()));
    }

    #[test]
    fn tildes_lines_and_what_is_malformed() {
        assert_eq!(read::<Hz>(b"a~~b~\nc").0, "a~bc");
        assert_eq!(
            read::<Hz>(b"~{VP\nab").0,
            "中\nab",
            "a line's end ends Chinese"
        );
        let (text, malformed) = read::<Hz>(b"~x\x80~{\x7F");
        assert_eq!(text, "\u{FFFD}x\u{FFFD}\u{FFFD}");
        assert_eq!(malformed, [0..1, 2..3, 5..6]);
        assert_eq!(encode("中文~ok馬"), Err('馬'));
        assert_eq!(encode("~中"), Ok(b"~~~{VP~}".to_vec()));
    }
}
