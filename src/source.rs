//! A document as it was given: its text, its bytes and its kind.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::encoding::{
    self, Damage, DecodeError, Decoded, EncodeError, Encoding, Irregular, Mended, Places,
    Unmappable,
};
use crate::position::Locator;
use crate::regions::{Closed, Protected, Regions, Scope, Syntax};

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
    irregular: Irregular,
    syntax: Syntax,
    scope: Arc<Scope>,
    /// What no rule may touch.
    kept: Vec<Range<usize>>,
    #[cfg(feature = "cli")]
    begin: Begin,
    regions: OnceLock<Regions>,
    places: OnceLock<Places>,
}

/// Where in its file a document begins that is only a part of it: what is before it.
#[cfg(feature = "cli")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begin {
    pub(crate) lines: u64,
    /// Bytes of the text.
    pub(crate) text: u64,
    /// Bytes of the file.
    pub(crate) bytes: u64,
}

impl<'t> Source<'t> {
    /// Decodes the bytes of a file whose encoding is to be found out, as
    /// [`detect`](crate::detect) does.
    ///
    /// Bytes of GBK that are not valid because a filter has inserted pinyin
    /// into them are read all the same: a gloss between the two bytes of a
    /// character is in the text before that character. Cleaning takes it out.
    /// A file in UTF-8 with lines in GBK is read line by line.
    ///
    /// # Errors
    /// [`DecodeError`] if the bytes are not valid in the encoding, or not Chinese.
    /// Nothing is ever replaced or dropped.
    pub fn decode(bytes: &'t [u8]) -> Result<Self, DecodeError> {
        let decoded = encoding::decode(bytes, None, Damage::Refuse)?;
        Ok(Self::new(bytes, decoded))
    }

    /// Like [`Source::decode`], with the encoding that was declared outside
    /// the file, such as by an HTTP header: it decides between encodings that are
    /// equally likely.
    ///
    /// # Errors
    /// As [`Source::decode`].
    pub fn decode_declared(bytes: &'t [u8], declared: Encoding) -> Result<Self, DecodeError> {
        let decoded = encoding::decode(bytes, Some(declared), Damage::Refuse)?;
        Ok(Self::new(bytes, decoded))
    }

    /// Decodes bytes in a known encoding, with or without a byte order mark.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] at the first byte that is not valid in it.
    pub fn decode_as(bytes: &'t [u8], encoding: Encoding) -> Result<Self, DecodeError> {
        let decoded = encoding::decode_as(bytes, encoding, Damage::Refuse)?;
        Ok(Self::new(bytes, decoded))
    }

    /// Like [`Source::decode_declared`], for a file of which some bytes are
    /// damaged. Each of these places is U+FFFD in the text and is reported; when the
    /// document is written back in its encoding, its bytes are as they were.
    ///
    /// ```
    /// use zhengben::{Cleaner, Source};
    /// let bytes = b"\xBB\xFA\xC6\xF7\xFF\xD1\xA7\xCF\xB0\xD3\xC3\xD3\xDA\xB9\xA4\xB3\xCC";
    /// let source = Source::decode_damaged(bytes, None)?;
    /// assert_eq!(source.text(), "机器\u{FFFD}学习用于工程");
    /// let cleaned = Cleaner::new().clean(source);
    /// assert_eq!(&*cleaned.to_bytes()?, bytes);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`DecodeError`] if the encoding cannot be told, or the text is not Chinese.
    pub fn decode_damaged(
        bytes: &'t [u8],
        declared: Option<Encoding>,
    ) -> Result<Self, DecodeError> {
        let decoded = encoding::decode(bytes, declared, Damage::Keep)?;
        Ok(Self::new(bytes, decoded))
    }

    /// Decodes bytes in a known encoding, of which some are damaged, as
    /// [`Source::decode_damaged`] does.
    ///
    /// # Errors
    /// [`DecodeError::Malformed`] if a filter's glosses show that more is wrong.
    pub fn decode_damaged_as(bytes: &'t [u8], encoding: Encoding) -> Result<Self, DecodeError> {
        let decoded = encoding::decode_as(bytes, encoding, Damage::Keep)?;
        Ok(Self::new(bytes, decoded))
    }

    fn new(bytes: &'t [u8], decoded: Decoded<'t>) -> Self {
        let Decoded {
            text,
            encoding,
            mark,
            mended,
            irregular,
        } = decoded;
        Source {
            text,
            bytes,
            encoding,
            mark,
            mended,
            irregular,
            syntax: Syntax::Plain,
            scope: Arc::default(),
            kept: Vec::new(),
            #[cfg(feature = "cli")]
            begin: Begin::default(),
            regions: OnceLock::new(),
            places: OnceLock::new(),
        }
    }

    /// Says what kind of file the document is; plain text unless said.
    pub fn with_syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = syntax;
        self.regions = OnceLock::new();
        self
    }

    /// Says what of it is prose, where its kind alone does not; nothing more unless
    /// said.
    pub fn with_scope(mut self, scope: impl Into<Arc<Scope>>) -> Self {
        self.scope = scope.into();
        self.regions = OnceLock::new();
        self
    }

    /// Leaves these ranges of [`Source::text`], in bytes, as they are, whatever the
    /// rules: nothing that touches them is changed or reported.
    ///
    /// ```
    /// use zhengben::{Cleaner, Source};
    /// let source = Source::from("漢語，漢語").with_kept([0..6]);
    /// assert_eq!(Cleaner::new().clean(source).text(), "漢語，汉语");
    /// ```
    pub fn with_kept(mut self, ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        self.kept.extend(ranges);
        self.regions = OnceLock::new();
        self
    }

    /// Says what stands before it in its file, for reports.
    #[cfg(feature = "cli")]
    pub(crate) fn with_begin(mut self, begin: Begin) -> Self {
        self.begin = begin;
        self
    }

    /// What stands before it in its file.
    #[cfg(feature = "cli")]
    pub(crate) fn begin(&self) -> Begin {
        self.begin
    }

    /// Finds lines and columns in the text, as its file counts them.
    #[cfg(feature = "cli")]
    pub(crate) fn locator(&self) -> Locator<'_> {
        let lines = usize::try_from(self.begin.lines).unwrap_or(usize::MAX - 1);
        Locator::behind(&self.text, lines)
    }

    /// Why nothing of the document would be cleaned, such as that it is CSV and no
    /// column is named; `None` if something would.
    ///
    /// ```
    /// use zhengben::{Closed, Source, Syntax};
    /// let source = Source::from("標題,價格\n").with_syntax(Syntax::Csv);
    /// assert_eq!(source.closed(), Some(Closed::NoColumns));
    /// ```
    pub fn closed(&self) -> Option<Closed> {
        self.regions().reason()
    }

    /// The decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The decoded text, without a byte order mark; borrowed if it was not decoded.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
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
        let new = || Places::new(&self.text, bytes, self.mark, self.encoding, &self.irregular);
        let places = self.places.get_or_init(new);
        let byte = |place| places.byte(&self.text, bytes, &self.irregular, place);
        byte(range.start)..byte(range.end)
    }

    /// What is prose, where the kind of file does not say.
    pub(crate) fn scope(&self) -> &Arc<Scope> {
        &self.scope
    }

    /// The parts of the text.
    pub(crate) fn regions(&self) -> &Regions {
        self.regions.get_or_init(|| {
            let mut regions = Regions::find(&self.text, self.syntax, &self.scope);
            regions.close(Protected::of(self.kept.clone()));
            regions
        })
    }

    /// How the bytes had to be mended to be read, if they had.
    pub(crate) fn mended(&self) -> Option<&Mended> {
        self.mended.as_ref()
    }

    /// How many stretches of bytes are damaged, each of which is U+FFFD in the text.
    pub fn damaged_places(&self) -> usize {
        self.irregular.malformed.len()
    }

    /// Whether some lines are in GBK though the others are in UTF-8.
    pub fn is_mixed(&self) -> bool {
        !self.irregular.legacy.is_empty()
    }

    /// Bytes of the document that are not in its encoding.
    pub(crate) fn irregular(&self) -> &Irregular {
        &self.irregular
    }

    /// The document's bytes with sorted, disjoint changes of its text, which make it
    /// `new`; what is not changed is copied, not encoded anew.
    pub(crate) fn patched<'e>(
        &self,
        new: &str,
        edits: impl Iterator<Item = (Range<usize>, &'e str)>,
    ) -> Result<Cow<'t, [u8]>, EncodeError> {
        let mut edits = edits.peekable();
        if edits.peek().is_none() {
            return Ok(Cow::Borrowed(self.bytes));
        }
        if self.encoding.is_stateful() {
            return self.written_anew(new).map(Cow::Owned);
        }
        let mut out = Vec::with_capacity(self.bytes.len());
        // Up to here the bytes and the text are done, and so long is the new text.
        let (mut done, mut done_text, mut length) = (0, 0, 0);
        for (range, replacement) in edits {
            length += range.start - done_text;
            let bytes = self.ordered_bytes_of(&range);
            self.copy(done..bytes.start, &mut out);
            let encoding = self.irregular.encoding_at(bytes.start, self.encoding);
            let encoded = encoding::encode(replacement, encoding)
                .map_err(|error| unmappable(error, encoding, new, length))?;
            out.extend_from_slice(&encoded);
            (done, done_text) = (bytes.end, range.end);
            length += replacement.len();
        }
        self.copy(done..self.ordered_bytes().len(), &mut out);
        Ok(Cow::Owned(out))
    }

    /// A new text in the document's encoding, if its own is written as we would.
    fn written_anew(&self, new: &str) -> Result<Vec<u8>, EncodeError> {
        let encoding = self.encoding;
        let is_ours = encoding::encode(&self.text, encoding).is_ok_and(|own| *own == *self.bytes);
        if !is_ours {
            return Err(EncodeError::Irreversible { encoding });
        }
        let encoded = encoding::encode(new, encoding);
        let encoded = encoded.map_err(|error| unmappable(error, encoding, new, 0))?;
        Ok(encoded.into_owned())
    }

    /// A new text in another encoding; with a byte order mark if the document has
    /// one, and always in UTF-16.
    pub(crate) fn converted(&self, new: &str, to: Encoding) -> Result<Vec<u8>, EncodeError> {
        if !self.irregular.malformed.is_empty() {
            let from = self.encoding;
            return Err(EncodeError::Damaged { from, to });
        }
        let is_utf16 = matches!(to, Encoding::Utf16Le | Encoding::Utf16Be);
        let mark = match self.mark > 0 || is_utf16 {
            true => encoding::mark(to),
            false => b"",
        };
        let encoded = encoding::encode(new, to);
        let encoded = encoded.map_err(|error| unmappable(error, to, new, 0))?;
        Ok([mark, &encoded].concat())
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
        Source::new(text.as_bytes(), Decoded::whole(text.into(), Encoding::Utf8))
    }
}

/// An error that says where in the new text the character stands; `start` is where
/// the piece of it begins that was encoded.
fn unmappable(error: Unmappable, encoding: Encoding, new: &str, start: usize) -> EncodeError {
    EncodeError::Unmappable {
        encoding,
        character: error.character,
        position: Locator::new(new).locate(start + error.place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_leaves_other_bytes_as_they_are() {
        // A2E3 and 80 both decode to €; neither is encoded anew.
        let bytes = b"\xA2\xE3\x84\xD3\x80";
        let source = Source::decode_as(bytes, Encoding::Gbk).unwrap();
        let place = source.text().find('動').unwrap();
        let patched = source
            .patched("€动€", [(place..place + 3, "动")].into_iter())
            .unwrap();
        assert_eq!(&*patched, b"\xA2\xE3\xB6\xAF\x80");
        assert!(matches!(
            source.patched(source.text(), [].into_iter()).unwrap(),
            Cow::Borrowed(_)
        ));
    }
}
