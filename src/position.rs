//! Where in a text a place is, for a reader: lines and columns.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

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

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
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

    /// A locator for a text that stands behind so many lines.
    #[cfg(feature = "cli")]
    pub(crate) fn behind(text: &'t str, lines: usize) -> Self {
        let mut locator = Self::new(text);
        locator.position.line = lines.saturating_add(1);
        locator
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

/// A place in UTF-16 code units: lines and columns from 1, the offset from 0.
#[cfg(feature = "cli")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Utf16Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) offset: usize,
}

/// A [`Locator`] for what counts in UTF-16 code units.
#[cfg(feature = "cli")]
#[derive(Clone, Debug)]
pub(crate) struct Utf16Locator<'t> {
    text: &'t str,
    place: usize,
    position: Utf16Position,
}

#[cfg(feature = "cli")]
impl<'t> Utf16Locator<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Utf16Locator {
            text,
            place: 0,
            position: Utf16Position {
                line: 1,
                column: 1,
                offset: 0,
            },
        }
    }

    /// As [`Locator::locate`].
    pub(crate) fn locate(&mut self, place: usize) -> Utf16Position {
        let passed = self.text.get(self.place..place).unwrap_or("");
        for c in passed.chars() {
            self.position.offset += c.len_utf16();
            if c == '\n' {
                self.position.line += 1;
                self.position.column = 1;
            } else {
                self.position.column += c.len_utf16();
            }
        }
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
}
