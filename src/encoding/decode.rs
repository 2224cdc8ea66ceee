//! From bytes to text, strictly: what does not decode is an error.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::detect::{Ground, Paired};
use super::glosses::{self, Mended};
use super::places::Irregular;
use super::read::{self, Reading};
use super::{Encoding, detect, mixed};

/// A file's text and how it was stored.
#[derive(Clone, Debug)]
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) encoding: Encoding,
    /// The length of the byte order mark, in bytes.
    pub(crate) mark: usize,
    /// How the bytes had to be mended, if they had.
    pub(crate) mended: Option<Mended>,
    /// Bytes that are not in that encoding.
    pub(crate) irregular: Irregular,
}

impl<'b> Decoded<'b> {
    /// A text that all of a file's bytes decoded to, without a byte order mark.
    pub(crate) fn whole(text: Cow<'b, str>, encoding: Encoding) -> Self {
        Decoded {
            text,
            encoding,
            mark: 0,
            mended: None,
            irregular: Irregular::default(),
        }
    }
}

/// The bytes are not text in the encoding, or in any that was tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The encoding is known, and some bytes are not in it.
    #[error(
        "byte {offset} (0x{byte:02X}) is not valid {encoding}; \
         name another encoding, repair the file, or have damaged bytes kept"
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
        "the encoding is unknown{}; name it if you know it",
        .tried.iter().enumerate().map(|(n, (encoding, offset))| {
            format!("{} not {encoding} (byte {offset})", if n == 0 { ":" } else { "," })
        }).collect::<String>()
    )]
    Unknown {
        /// The encodings tried, each with the first byte that it cannot be.
        tried: Vec<(Encoding, usize)>,
    },
    /// It is a text, but not in Chinese.
    #[error("it is not Chinese, but likely {encoding}")]
    Foreign {
        /// The WHATWG name of the encoding that it is likely in.
        encoding: &'static str,
    },
}

/// What to do about bytes that are no text in the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// They are an error.
    Refuse,
    /// Each gives one U+FFFD, and has its place.
    Keep,
}

/// Within so many nats of the likeliest encoding another one is tried, if the bytes
/// do not decode in it.
const PLAUSIBLE: f32 = 30.0;

/// Decodes bytes whose encoding is to be found out; `declared` is one that was
/// declared outside the file, such as by an HTTP header.
pub(crate) fn decode(
    bytes: &[u8],
    declared: Option<Encoding>,
    damage: Damage,
) -> Result<Decoded<'_>, DecodeError> {
    let found = detect::detect(bytes, declared);
    if found.ground == Ground::Mark
        && let Some(encoding) = found.encoding
    {
        return decode_as(bytes, encoding, damage);
    }
    // Lines of UTF-8 are characters of GBK as well.
    let is_gbk = found.encoding.map(Encoding::widest) == Some(Encoding::Gb18030);
    if is_gbk && let Some(decoded) = mixed::decode(bytes) {
        return Ok(decoded);
    }
    let others = found.runners_up.iter();
    let others = others.filter(|other| other.behind <= PLAUSIBLE && found.encoding.is_some());
    let likely = found.encoding.into_iter();
    let mut tried: Vec<(Encoding, usize)> = Vec::new();
    for encoding in likely.chain(others.map(|other| other.encoding)) {
        let encoding = encoding.widest();
        match read::strict(bytes, encoding) {
            Ok(text) => {
                if let Some(Ok(decoded)) = mended(bytes, encoding, true) {
                    return Ok(decoded);
                }
                return match Paired::of(encoding) {
                    Some(pairs) if detect::is_shifted(bytes, pairs) => {
                        shifted(bytes, encoding, pairs, damage)
                    }
                    _ => Ok(Decoded::whole(text, encoding.narrowest(bytes))),
                };
            }
            Err(offset) => tried.push((encoding, offset)),
        }
    }
    if let Some(mended) = mended(bytes, Encoding::Gb18030, false) {
        return mended;
    }
    if let Some(decoded) = mixed::decode(bytes) {
        return Ok(decoded);
    }
    match (tried.first(), found.other) {
        (Some(&(encoding, _)), _) if damage == Damage::Keep => match Paired::of(encoding) {
            Some(pairs) => shifted(bytes, encoding, pairs, damage),
            None => decode_as(bytes, encoding, damage),
        },
        (Some(&(encoding, offset)), _) => Err(malformed(bytes, encoding.narrowest(bytes), offset)),
        (None, Some(name)) if is_text(bytes, name) => Err(DecodeError::Foreign { encoding: name }),
        (None, _) => Err(DecodeError::Unknown {
            tried: Encoding::TRIED
                .into_iter()
                .filter_map(|encoding| Some((encoding, read::strict(bytes, encoding).err()?)))
                .collect(),
        }),
    }
}

/// Decodes bytes of pairs of which some are lost.
fn shifted(
    bytes: &[u8],
    encoding: Encoding,
    pairs: Paired,
    damage: Damage,
) -> Result<Decoded<'_>, DecodeError> {
    let encoding = encoding.narrowest(bytes);
    let lost = detect::malformed(bytes, pairs);
    match lost.first() {
        Some(first) if damage == Damage::Refuse => Err(malformed(bytes, encoding, first.start)),
        _ => Ok(without(bytes, lost, encoding)),
    }
}

/// Decodes bytes of pairs, each pair from where it begins: these ones belong to none.
fn without(bytes: &[u8], lost: Vec<Range<usize>>, encoding: Encoding) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut all = Vec::with_capacity(lost.len());
    let mut done = 0;
    let end = bytes.len()..bytes.len();
    for lost in lost.into_iter().chain([end]) {
        let piece = read::read(&bytes[done..lost.start], encoding.widest());
        text.push_str(&piece.text);
        // What looks like four bytes of GB 18030 can be none.
        let in_file = |range: Range<usize>| range.start + done..range.end + done;
        all.extend(piece.malformed.into_iter().map(in_file));
        done = lost.end;
        if !lost.is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            all.push(lost);
        }
    }
    Decoded {
        irregular: Irregular {
            malformed: all,
            ..Irregular::default()
        },
        ..Decoded::whole(text.into(), encoding)
    }
}

/// A text has so many different letters.
const LETTERS: usize = 4;

/// Whether bytes are text in an encoding: with letters, and without control
/// characters that no text has.
fn is_text(bytes: &[u8], name: &str) -> bool {
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes());
    let text =
        encoding.and_then(|found| found.decode_without_bom_handling_and_without_replacement(bytes));
    let is_control = |c: char| matches!(c, '\0'..='\x08' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}');
    text.is_some_and(|text| {
        let letters: BTreeSet<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() >= LETTERS && !text.contains(is_control)
    })
}

/// Decodes bytes in a known encoding, with or without a byte order mark.
pub(crate) fn decode_as(
    bytes: &[u8],
    encoding: Encoding,
    damage: Damage,
) -> Result<Decoded<'_>, DecodeError> {
    let mark = match detect::byte_order_mark(bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let text = read::strict(&bytes[mark..], encoding);
    match (mended(bytes, encoding, text.is_ok()), text) {
        (Some(Ok(decoded)), _) => Ok(decoded),
        (_, Ok(text)) => Ok(Decoded {
            mark,
            ..Decoded::whole(text, encoding)
        }),
        (_, Err(_)) if damage == Damage::Keep => {
            if let Some(pairs) = Paired::of(encoding) {
                return Ok(without(bytes, detect::malformed(bytes, pairs), encoding));
            }
            let Reading { text, malformed } = read::read(&bytes[mark..], encoding);
            let in_file = |range: Range<usize>| range.start + mark..range.end + mark;
            Ok(Decoded {
                mark,
                irregular: Irregular {
                    malformed: malformed.into_iter().map(in_file).collect(),
                    ..Irregular::default()
                },
                ..Decoded::whole(text, encoding)
            })
        }
        (Some(Err(error)), Err(_)) => Err(error),
        (None, Err(offset)) => Err(malformed(bytes, encoding, mark + offset)),
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
    let encoding = encoding.narrowest(mended.bytes());
    Some(match mended.decode() {
        Ok((text, mended)) => Ok(Decoded {
            mended: Some(mended),
            ..Decoded::whole(text.into(), encoding)
        }),
        Err(offset) => Err(malformed(bytes, encoding, offset)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_malformed_byte_is_named() {
        let bytes = b"\xD6\xD0\xCE\xC4\xFF\xFF";
        let error = decode_as(bytes, Encoding::Gbk, Damage::Refuse).unwrap_err();
        assert_eq!(
            error,
            DecodeError::Malformed {
                encoding: Encoding::Gbk,
                offset: 4,
                byte: 0xFF
            }
        );
        let long = [b"\xD6\xD0".repeat(5000), b"\xD6".to_vec()].concat();
        let error = decode_as(&long, Encoding::Gbk, Damage::Refuse).unwrap_err();
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
        for (bytes, encoding) in [(page.as_bytes(), Encoding::Utf8), (&bytes, Encoding::Gbk)] {
            let decoded = decode(bytes, None, Damage::Refuse).unwrap();
            assert_eq!((decoded.encoding, &*decoded.text), (encoding, page));
        }
    }

    #[test]
    fn bytes_of_no_encoding_are_an_error_that_says_so() {
        let error = decode(b"\xFF\x00\xFF", None, Damage::Refuse).unwrap_err();
        assert!(error.to_string().contains("not UTF-8 (byte 0)"), "{error}");
    }
}
