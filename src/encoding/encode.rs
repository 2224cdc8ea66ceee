//! From text to bytes, strictly: what an encoding cannot hold is an error.

use std::borrow::Cow;

use super::Encoding;

/// The encoding has no place for a character.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{encoding} cannot hold {character:?} (U+{:04X})", u32::from(*.character))]
pub struct EncodeError {
    /// The encoding.
    pub encoding: Encoding,
    /// The first character that it cannot hold.
    pub character: char,
}

/// Encodes a piece of text, without a byte order mark.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Result<Cow<'_, [u8]>, EncodeError> {
    match encoding {
        Encoding::Utf8 => Ok(Cow::Borrowed(text.as_bytes())),
        // encoding_rs encodes to UTF-8 when asked for UTF-16.
        Encoding::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Gbk | Encoding::Gb18030 | Encoding::Big5 => legacy(text, encoding),
    }
}

fn legacy(text: &str, encoding: Encoding) -> Result<Cow<'_, [u8]>, EncodeError> {
    let (bytes, _, has_unmappable) = encoding.whatwg().encode(text);
    if !has_unmappable {
        return Ok(bytes);
    }
    let is_unmappable = |character: &char| {
        encoding
            .whatwg()
            .encode(character.encode_utf8(&mut [0; 4]))
            .2
    };
    let character = text
        .chars()
        .find(is_unmappable)
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    Err(EncodeError {
        encoding,
        character,
    })
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
        let error = encode("汉语😀", Encoding::Gbk).unwrap_err();
        assert_eq!(error.to_string(), "GBK cannot hold '😀' (U+1F600)");
    }
}
