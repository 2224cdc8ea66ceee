//! Reading bytes in a known encoding, with the places of what is malformed.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::DecoderResult;

use super::Encoding;
use super::euc_tw::EucTw;
use super::hz::Hz;
use super::iso_2022_cn::Iso2022Cn;
use super::unit;

/// A text that was read from bytes.
#[derive(Clone, Debug)]
pub(super) struct Reading<'b> {
    pub(super) text: Cow<'b, str>,
    /// Where bytes are no character: sorted ranges of the bytes, each of which has
    /// given one U+FFFD.
    pub(super) malformed: Vec<Range<usize>>,
}

/// Reads bytes to their end.
pub(super) fn read(bytes: &[u8], encoding: Encoding) -> Reading<'_> {
    if let Ok(text) = strict_by_library(bytes, encoding) {
        return Reading {
            text,
            malformed: Vec::new(),
        };
    }
    let (text, malformed) = match encoding {
        Encoding::EucTw => unit::read::<EucTw>(bytes),
        Encoding::Hz => unit::read::<Hz>(bytes),
        Encoding::Iso2022Cn => unit::read::<Iso2022Cn>(bytes),
        _ => replacing(bytes, encoding.whatwg().unwrap_or(encoding_rs::UTF_8)),
    };
    Reading {
        text: text.into(),
        malformed,
    }
}

/// The text, or the place of the first byte that does not decode.
pub(super) fn strict(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, usize> {
    if let Ok(text) = strict_by_library(bytes, encoding) {
        return Ok(text);
    }
    let Reading { text, malformed } = read(bytes, encoding);
    match malformed.first() {
        Some(first) => Err(first.start),
        None => Ok(text),
    }
}

/// The same where a library has the encoding and the bytes are whole.
fn strict_by_library(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, ()> {
    if encoding == Encoding::Utf8 {
        return std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| ());
    }
    let text = encoding
        .whatwg()
        .and_then(|whatwg| whatwg.decode_without_bom_handling_and_without_replacement(bytes));
    text.ok_or(())
}

fn replacing(
    bytes: &[u8],
    encoding: &'static encoding_rs::Encoding,
) -> (String, Vec<Range<usize>>) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0; 4096];
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut malformed = Vec::new();
    let mut read = 0;
    loop {
        let (result, consumed, written) =
            decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut buffer, true);
        read += consumed;
        // A decoder writes UTF-8 only.
        text.push_str(std::str::from_utf8(&buffer[..written]).unwrap_or_default());
        match result {
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let end = read - usize::from(after);
                malformed.push(end - usize::from(length)..end);
                text.push(char::REPLACEMENT_CHARACTER);
            }
            DecoderResult::InputEmpty => return (text, malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_bytes_have_places_in_every_encoding() {
        // Bytes, their text, and the first malformed byte.
        let cases: [(Encoding, &[u8], &str, usize); 7] = [
            (Encoding::Utf8, b"a\xE4\xB8b\xFF", "a\u{FFFD}b\u{FFFD}", 1),
            (
                Encoding::Gbk,
                b"\xD6\xD0\xFF\xCE\xC4\xD6",
                "中\u{FFFD}文\u{FFFD}",
                2,
            ),
            (Encoding::Gbk, b"\xD6\xD0\xCE\x20a", "中\u{FFFD} a", 2),
            (Encoding::Big5, b"\xA4\xA4\xFF", "中\u{FFFD}", 2),
            (
                Encoding::Utf16Le,
                b"\x2D\x4E\x00\xD8\x41\x00\x41",
                "中\u{FFFD}A\u{FFFD}",
                2,
            ),
            (Encoding::EucTw, b"\xC4\xE3\xFF", "中\u{FFFD}", 2),
            (Encoding::Hz, b"~{VP~}\xFF", "中\u{FFFD}", 6),
        ];
        for (encoding, bytes, text, first) in cases {
            let reading = read(bytes, encoding);
            assert_eq!(&*reading.text, text, "{encoding}");
            assert_eq!(reading.malformed[0].start, first, "{encoding}");
            assert_eq!(
                reading.malformed.len(),
                text.matches('\u{FFFD}').count(),
                "{encoding}"
            );
            assert_eq!(strict(bytes, encoding), Err(first), "{encoding}");
        }
    }

    #[test]
    fn whole_bytes_are_read_alike_by_both() {
        let bytes = "中文a".repeat(3000);
        let (gbk, _, _) = encoding_rs::GBK.encode(&bytes);
        assert_eq!(strict(&gbk, Encoding::Gbk).as_deref(), Ok(bytes.as_str()));
        let broken = [&*gbk, b"\xFF"].concat();
        let reading = read(&broken, Encoding::Gbk);
        let place = |range: &Range<usize>| (range.start, range.end);
        let malformed: Vec<_> = reading.malformed.iter().map(place).collect();
        assert_eq!(malformed, [(gbk.len(), broken.len())]);
        assert_eq!(reading.text.trim_end_matches('\u{FFFD}'), bytes);
    }
}
