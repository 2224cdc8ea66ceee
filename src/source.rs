//! A document as it was given: its text, its bytes and its kind.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use crate::encoding::{self, DecodeError, Decoded, EncodeError, Encoding, Mended, Places};
use crate::regions::Syntax;

/// A document to clean: text, or bytes with the text that they decode to.
///
/// ```
/// use zhengben::{Encoding, Source};
/// let source = Source::decode(b"\xD6\xD0\xCE\xC4")?;
/// assert_eq!(source.text(), "中文");
/// assert_eq!(source.encoding(), Encoding::Gbk);
/// # Ok::<(), zhengben::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Source<'t> {
    text: Cow<'t, str>,
    bytes: &'t [u8],
    encoding: Encoding,
    mark: usize,
    /// The bytes in the order of the text, if the file's are not.
    mended: Option<Mended>,
    syntax: Syntax,
    places: OnceLock<Places>,
}

impl<'t> Source<'t> {
    /// Decodes the bytes of a file whose encoding is to be found out.
    ///
    /// A byte order mark decides; else valid UTF-8 is UTF-8; else what the
    /// head of an HTML or XML file declares is tried, then GB 18030 and Big5,
    /// likeliest first.
    ///
    /// Bytes of GBK that are not valid because a filter has inserted pinyin
    /// into them are read all the same: a gloss between the two bytes of a
    /// character is in the text before that character. Cleaning takes it out.
    ///
    /// # Errors
    /// [`DecodeError`] if the bytes are not valid in any of these. Nothing is
    /// ever replaced or dropped.
    pub fn decode(bytes: &'t [u8]) -> Result<Self, DecodeError> {
        encoding::decode(bytes).map(|decoded| Self::new(bytes, decoded))
    }

    /// Like [`Source::decode`], with the encoding that was declared outside
    /// the file, such as by an HTTP header, tried behind UTF-8.
    ///
    /// # Errors
    /// As [`Source::decode`].
    pub fn decode_declared(bytes: &'t [u8], declared: Encoding) -> Result<Self, DecodeError> {
        encoding::decode_declared(bytes, Some(declared)).map(|decoded| Self::new(bytes, decoded))
    }

    /// Decodes bytes in a known encoding, with or without a byte order mark.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] at the first byte that is not valid in it.
    pub fn decode_as(bytes: &'t [u8], encoding: Encoding) -> Result<Self, DecodeError> {
        encoding::decode_as(bytes, encoding).map(|decoded| Self::new(bytes, decoded))
    }

    fn new(bytes: &'t [u8], decoded: Decoded<'t>) -> Self {
        let Decoded {
            text,
            encoding,
            mark,
            mended,
        } = decoded;
        Source {
            text,
            bytes,
            encoding,
            mark,
            mended,
            syntax: Syntax::Plain,
            places: OnceLock::new(),
        }
    }

    /// Says what kind of file the document is; plain text unless said.
    pub fn with_syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = syntax;
        self
    }

    /// The decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document's bytes, with the byte order mark if it has one.
    pub fn bytes(&self) -> &'t [u8] {
        self.bytes
    }

    /// The encoding of the bytes.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The kind of file.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Where in [`Source::bytes`] a range of [`Source::text`] is; both in
    /// bytes, the range on character boundaries.
    ///
    /// The bytes of a character that a filter has inserted pinyin into have it
    /// inside.
    pub fn bytes_of(&self, range: &Range<usize>) -> Range<usize> {
        let range = self.ordered_bytes_of(range);
        match &self.mended {
            Some(mended) => mended.in_page(range),
            None => range,
        }
    }

    /// The bytes in the order of the text.
    fn ordered_bytes(&self) -> &[u8] {
        self.mended.as_ref().map_or(self.bytes, Mended::bytes)
    }

    /// Where in [`Source::ordered_bytes`] a range of the text is.
    fn ordered_bytes_of(&self, range: &Range<usize>) -> Range<usize> {
        let bytes = self.ordered_bytes();
        let new = || Places::new(&self.text, bytes, self.mark, self.encoding);
        let places = self.places.get_or_init(new);
        let byte = |place| places.byte(&self.text, bytes, place);
        byte(range.start)..byte(range.end)
    }

    /// How the bytes had to be mended to be read, if they had.
    pub(crate) fn mended(&self) -> Option<&Mended> {
        self.mended.as_ref()
    }

    /// The document's bytes with sorted, disjoint changes of its text; what
    /// is not changed is copied, not encoded anew.
    pub(crate) fn patched<'e>(
        &self,
        edits: impl Iterator<Item = (Range<usize>, &'e str)>,
    ) -> Result<Cow<'t, [u8]>, EncodeError> {
        let mut out = Vec::new();
        let mut done = 0;
        for (range, replacement) in edits {
            let range = self.ordered_bytes_of(&range);
            self.copy(done..range.start, &mut out);
            out.extend_from_slice(&encoding::encode(replacement, self.encoding)?);
            done = range.end;
        }
        if done == 0 && out.is_empty() {
            return Ok(Cow::Borrowed(self.bytes));
        }
        self.copy(done..self.bytes.len(), &mut out);
        Ok(Cow::Owned(out))
    }

    /// Copies a range of the ordered bytes, as it is in the file.
    fn copy(&self, range: Range<usize>, out: &mut Vec<u8>) {
        match &self.mended {
            Some(mended) => mended.copy(self.bytes, range, out),
            None => out.extend_from_slice(&self.bytes[range]),
        }
    }
}

impl<'t> From<&'t str> for Source<'t> {
    fn from(text: &'t str) -> Self {
        let text_in_utf8 = Decoded {
            text: text.into(),
            encoding: Encoding::Utf8,
            mark: 0,
            mended: None,
        };
        Source::new(text.as_bytes(), text_in_utf8)
    }
}

/// A line and a column, both counted from 1; columns are in user-perceived
/// characters (extended grapheme clusters).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Position {
    /// The line; lines end with a line feed.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Finds the positions of ascending places of a text in one pass over it.
#[derive(Clone, Debug)]
pub struct Locator<'t> {
    text: &'t str,
    place: usize,
    position: Position,
}

impl<'t> Locator<'t> {
    /// A locator for the text, at its start.
    pub fn new(text: &'t str) -> Self {
        Locator {
            text,
            place: 0,
            position: Position { line: 1, column: 1 },
        }
    }

    /// The position of a place, in bytes, which must be a character boundary
    /// and not before the last one asked for.
    pub fn locate(&mut self, place: usize) -> Position {
        let passed = self.text.get(self.place..place).unwrap_or("");
        let line = match memchr::memrchr(b'\n', passed.as_bytes()) {
            Some(end) => {
                self.position.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                self.position.column = 1;
                &passed[end + 1..]
            }
            None => passed,
        };
        self.position.column += line.graphemes(true).count();
        self.place = self.place.max(place);
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_graphemes() {
        let text = "中e\u{301}文\r\n二";
        let mut locator = Locator::new(text);
        let position = |line, column| Position { line, column };
        assert_eq!(locator.locate(0), position(1, 1));
        assert_eq!(locator.locate(text.find('文').unwrap()), position(1, 3));
        assert_eq!(locator.locate(text.find('二').unwrap()), position(2, 1));
        assert_eq!(locator.locate(text.len()), position(2, 2));
    }

    #[test]
    fn a_patch_leaves_other_bytes_as_they_are() {
        // A2E3 and 80 both decode to €; neither is encoded anew.
        let bytes = b"\xA2\xE3\x84\xD3\x80";
        let source = Source::decode_as(bytes, Encoding::Gbk).unwrap();
        let place = source.text().find('動').unwrap();
        let patched = source
            .patched([(place..place + 3, "动")].into_iter())
            .unwrap();
        assert_eq!(&*patched, b"\xA2\xE3\xB6\xAF\x80");
        assert!(matches!(
            source.patched([].into_iter()).unwrap(),
            Cow::Borrowed(_)
        ));
    }
}
