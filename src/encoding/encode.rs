//! From text to bytes, strictly: what an encoding cannot hold is an error.

use std::borrow::Cow;

use super::{Encoding, euc_tw, hz, iso_2022_cn};
use crate::position::Position;

/// A text cannot be written in an encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The encoding has no place for a character.
    #[error(
        "{encoding} cannot hold {character:?} (U+{:04X}), at {position} of the new text; \
         choose another encoding",
        u32::from(*.character)
    )]
    Unmappable {
        /// The encoding.
        encoding: Encoding,
        /// The first character that it cannot hold.
        character: char,
        /// Where it stands in the text that was to be written.
        position: Position,
    },
    /// In an encoding whose bytes depend on those before them, the file is not
    /// written as we would: what was not edited would change too.
    #[error(
        "this file in {encoding} would change where nothing was edited; choose another encoding"
    )]
    Irreversible {
        /// The encoding.
        encoding: Encoding,
    },
    /// Damaged bytes, which are kept as they are in the file's own encoding, are
    /// nothing in another.
    #[error("its damaged bytes cannot be brought from {from} to {to}")]
    Damaged {
        /// The file's encoding.
        from: Encoding,
        /// The other one.
        to: Encoding,
    },
}

/// The encoding has no place for a character of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unmappable {
    pub(crate) character: char,
    /// In bytes of the text.
    pub(crate) place: usize,
}

/// Encodes a piece of text, without a byte order mark.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Result<Cow<'_, [u8]>, Unmappable> {
    let own = |encoded: Result<Vec<u8>, char>| {
        encoded
            .map(Cow::Owned)
            .map_err(|character| unmappable(text, character))
    };
    match encoding {
        Encoding::Utf8 => Ok(Cow::Borrowed(text.as_bytes())),
        // encoding_rs encodes to UTF-8 when asked for UTF-16.
        Encoding::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Hz => own(hz::encode(text)),
        Encoding::Iso2022Cn => own(iso_2022_cn::encode(text)),
        Encoding::EucTw => {
            let mut bytes = Vec::with_capacity(text.len());
            own(text
                .chars()
                .try_for_each(|c| euc_tw::encode(c, &mut bytes).ok_or(c))
                .map(|()| bytes))
        }
        Encoding::Gbk => legacy(text, encoding_rs::GBK),
        Encoding::Gb18030 => legacy(text, encoding_rs::GB18030),
        Encoding::Big5 => legacy(text, encoding_rs::BIG5),
    }
}

/// The byte order mark of an encoding, if it has one.
pub(crate) fn mark(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 => b"\xEF\xBB\xBF",
        Encoding::Utf16Le => b"\xFF\xFE",
        Encoding::Utf16Be => b"\xFE\xFF",
        _ => b"",
    }
}

fn legacy<'t>(
    text: &'t str,
    encoding: &'static encoding_rs::Encoding,
) -> Result<Cow<'t, [u8]>, Unmappable> {
    let (bytes, _, has_unmappable) = encoding.encode(text);
    if !has_unmappable {
        return Ok(bytes);
    }
    let is_unmappable = |character: &char| encoding.encode(character.encode_utf8(&mut [0; 4])).2;
    let character = text
        .chars()
        .find(is_unmappable)
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    Err(unmappable(text, character))
}

/// The first occurrence of a character that an encoding lacks.
fn unmappable(text: &str, character: char) -> Unmappable {
    Unmappable {
        character,
        place: text.find(character).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_utf_16() {
        assert_eq!(
            &*encode("中𠀀", Encoding::Utf16Le).unwrap(),
            b"\x2D\x4E\x40\xD8\x00\xDC"
        );
        assert_eq!(&*encode("中", Encoding::Utf16Be).unwrap(), b"\x4E\x2D");
    }

    #[test]
    fn what_cannot_be_held_is_named() {
        for encoding in [Encoding::Gbk, Encoding::Big5, Encoding::Hz, Encoding::EucTw] {
            let error = encode("中文😀", encoding).unwrap_err();
            assert_eq!((error.character, error.place), ('😀', 6), "{encoding}");
        }
    }
}
