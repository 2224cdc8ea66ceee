//! From bytes to text, strictly: what does not decode is an error.

use std::borrow::Cow;

use super::glosses::{self, Mended};
use super::{Encoding, detect};

/// A file's text and how it was stored.
#[derive(Clone, Debug)]
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) encoding: Encoding,
    /// The length of the byte order mark, in bytes.
    pub(crate) mark: usize,
    /// How the bytes had to be mended, if they had.
    pub(crate) mended: Option<Mended>,
}

/// The bytes are not text in the encoding, or in any that was tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The encoding is known, and some bytes are not in it.
    #[error(
        "byte {offset} (0x{byte:02X}) is not valid {encoding}; \
         name another encoding, or repair the file"
    )]
    Malformed {
        /// The encoding named by the caller, a byte order mark or the file,
        /// or shown by what a filter inserted into it.
        encoding: Encoding,
        /// The first byte that does not decode, counted from 0.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// None of the encodings tried can be what the file is in.
    #[error(
        "the encoding is unknown: {}; name it if you know it",
        .tried.iter().map(|(encoding, offset)| format!("not {encoding} (byte {offset})"))
            .collect::<Vec<_>>().join(", ")
    )]
    Unknown {
        /// The encodings tried, each with the first byte that it cannot be.
        tried: Vec<(Encoding, usize)>,
    },
}

/// Decodes bytes whose encoding is to be found out: by a byte order mark, as
/// UTF-8, as the file declares, then by trial.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, DecodeError> {
    decode_declared(bytes, None)
}

/// Like [`decode`], with an encoding declared outside the file, such as by an
/// HTTP header.
pub(crate) fn decode_declared(
    bytes: &[u8],
    outside: Option<Encoding>,
) -> Result<Decoded<'_>, DecodeError> {
    if let Some((encoding, _)) = detect::byte_order_mark(bytes) {
        return decode_as(bytes, encoding);
    }
    let mut tried = Vec::new();
    let declared = outside.into_iter().chain(detect::declared(bytes));
    let candidates = [Encoding::Utf8]
        .into_iter()
        .chain(declared)
        .chain(detect::likely(bytes));
    for encoding in candidates {
        if tried.iter().any(|&(other, _)| other == encoding) {
            continue;
        }
        match strict(bytes, encoding) {
            Ok(text) => {
                if let Some(Ok(decoded)) = mended(bytes, encoding, true) {
                    return Ok(decoded);
                }
                return Ok(Decoded {
                    text,
                    encoding: narrowest(bytes, encoding),
                    mark: 0,
                    mended: None,
                });
            }
            Err(offset) => tried.push((encoding, offset)),
        }
    }
    mended(bytes, Encoding::Gb18030, false).unwrap_or(Err(DecodeError::Unknown { tried }))
}

/// Decodes bytes in a known encoding, with or without a byte order mark.
pub(crate) fn decode_as(bytes: &[u8], encoding: Encoding) -> Result<Decoded<'_>, DecodeError> {
    let mark = match detect::byte_order_mark(bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let text = strict(&bytes[mark..], encoding);
    let mended = mended(bytes, encoding, text.is_ok());
    match (text, mended) {
        (_, Some(Ok(decoded))) => Ok(decoded),
        (Ok(text), _) => Ok(Decoded {
            text,
            encoding,
            mark,
            mended: None,
        }),
        (Err(_), Some(Err(error))) => Err(error),
        (Err(offset), None) => Err(malformed(bytes, encoding, mark + offset)),
    }
}

fn malformed(bytes: &[u8], encoding: Encoding, offset: usize) -> DecodeError {
    DecodeError::Malformed {
        encoding,
        offset,
        byte: bytes.get(offset).copied().unwrap_or(0),
    }
}

/// Decodes GBK bytes into which a filter has inserted glosses; `None` if they
/// do not show it. `is_readable` says whether they can be decoded as they are.
fn mended(
    bytes: &[u8],
    encoding: Encoding,
    is_readable: bool,
) -> Option<Result<Decoded<'_>, DecodeError>> {
    if !matches!(encoding, Encoding::Gbk | Encoding::Gb18030) {
        return None;
    }
    let mended = glosses::mend(bytes, is_readable)?;
    let encoding = narrowest(mended.bytes(), encoding);
    Some(match mended.decode() {
        Ok((text, mended)) => Ok(Decoded {
            text: text.into(),
            encoding,
            mark: 0,
            mended: Some(mended),
        }),
        Err(offset) => Err(malformed(bytes, encoding, offset)),
    })
}

/// The text, or the place of the first byte that does not decode.
pub(super) fn strict(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, usize> {
    if encoding == Encoding::Utf8 {
        return std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|error| error.valid_up_to());
    }
    let whatwg = encoding.whatwg();
    match whatwg.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text),
        None => Err(first_malformed(bytes, whatwg)),
    }
}

fn first_malformed(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0; 4096];
    let mut read = 0;
    loop {
        let (result, consumed, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut buffer, true);
        read += consumed;
        match result {
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                return read - usize::from(length) - usize::from(after);
            }
            encoding_rs::DecoderResult::InputEmpty => return read,
        }
    }
}

/// GBK for GB 18030 without a four-byte character: what the file's readers
/// call it, and all that some of them can read.
fn narrowest(bytes: &[u8], encoding: Encoding) -> Encoding {
    if encoding == Encoding::Gb18030 && !has_four_bytes(bytes) {
        Encoding::Gbk
    } else {
        encoding
    }
}

fn has_four_bytes(mut bytes: &[u8]) -> bool {
    while let [lead, rest @ ..] = bytes {
        bytes = match (lead, rest) {
            (0x81..=0xFE, [b'0'..=b'9', ..]) => return true,
            (0x81..=0xFE, [_, rest @ ..]) => rest,
            _ => rest,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_malformed_byte_is_named() {
        let bytes = b"\xD6\xD0\xCE\xC4\xFF\xFF";
        let error = decode_as(bytes, Encoding::Gbk).unwrap_err();
        assert_eq!(
            error,
            DecodeError::Malformed {
                encoding: Encoding::Gbk,
                offset: 4,
                byte: 0xFF
            }
        );
        let long = [b"\xD6\xD0".repeat(5000), b"\xD6".to_vec()].concat();
        let error = decode_as(&long, Encoding::Gbk).unwrap_err();
        assert_eq!(
            error,
            DecodeError::Malformed {
                encoding: Encoding::Gbk,
                offset: 10_000,
                byte: 0xD6
            }
        );
    }

    #[test]
    fn a_page_that_declares_a_wrong_encoding_is_still_read() {
        let page = "<meta charset=big5><p>中文网页的文字</p>";
        let (bytes, _, _) = encoding_rs::GBK.encode(page);
        assert_eq!(decode("中文".as_bytes()).unwrap().encoding, Encoding::Utf8);
        let decoded = decode(page.as_bytes()).unwrap();
        assert_eq!((decoded.encoding, &*decoded.text), (Encoding::Utf8, page));
        assert!(decode(&bytes).is_ok());
    }

    #[test]
    fn bytes_of_no_encoding_are_an_error_that_says_so() {
        let error = decode(b"\xFF\xFF\xFF").unwrap_err();
        assert!(error.to_string().contains("not UTF-8 (byte 0)"), "{error}");
    }
}
