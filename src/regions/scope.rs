//! What of files that are data is prose, as their owner says.

use std::fmt;

/// What of a file is to be cleaned, where its syntax alone does not say: fields of
/// JSON, columns of CSV, front matter, comments. From the outset none of it is.
///
/// ```
/// use zhengben::{Cleaner, Scope, Source, Syntax};
/// let text = r#"{"id":"產(chǎn)品","article":{"title":"開發","body":"產品經理"}}"#;
/// let scope = Scope::new().field("article.body");
/// let source = Source::from(text).with_syntax(Syntax::Json).with_scope(scope);
/// let cleaned = Cleaner::new().clean(source);
/// assert_eq!(
///     cleaned.text(),
///     r#"{"id":"產(chǎn)品","article":{"title":"開發","body":"产品经理"}}"#
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub(super) fields: Vec<Vec<String>>,
    pub(super) columns: Vec<String>,
    pub(super) headless: bool,
    pub(super) front_matter: bool,
    pub(super) comments: bool,
}

impl Scope {
    /// Nothing but what the syntax says.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a field of JSON: a string, or the strings of an array. A name alone is
    /// that of fields at any depth; a path such as `article.body` begins at the
    /// outermost object. Arrays on the way count for nothing, `*` stands for any one
    /// name, and `\.` for a dot in a name.
    pub fn field(mut self, path: impl AsRef<str>) -> Self {
        self.fields.push(segments(path.as_ref()));
        self
    }

    /// The names on the way to each field.
    pub(crate) fn fields(&self) -> &[Vec<String>] {
        &self.fields
    }

    /// Opens a column of CSV or TSV: by its name in the first row, or by its number,
    /// counted from 1.
    pub fn column(mut self, name: impl Into<String>) -> Self {
        self.columns.push(name.into());
        self
    }

    /// Whether the first row of CSV or TSV has no names, so that it is a row like the
    /// others; columns then have numbers only.
    pub fn headless(mut self, headless: bool) -> Self {
        self.headless = headless;
        self
    }

    /// Whether the values of Markdown's front matter are opened.
    pub fn front_matter(mut self, open: bool) -> Self {
        self.front_matter = open;
        self
    }

    /// Whether the comments of source code are opened.
    pub fn comments(mut self, open: bool) -> Self {
        self.comments = open;
        self
    }
}

/// The names of a path.
fn segments(path: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut characters = path.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escape = character == '\\' && matches!(characters.peek(), Some('.' | '\\'));
        match character {
            '.' => segments.push(String::new()),
            _ => {
                let literal = if is_escape { characters.next() } else { None };
                if let Some(last) = segments.last_mut() {
                    last.push(literal.unwrap_or(character));
                }
            }
        }
    }
    segments
}

/// Why nothing of a document is cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Closed {
    /// It is JSON, and no field is named.
    NoFields,
    /// None of the named fields is in it.
    FieldsNotFound,
    /// It is CSV or TSV, and no column is named.
    NoColumns,
    /// None of the named columns is in it.
    ColumnsNotFound,
    /// It is source code, and its comments are not to be cleaned.
    CommentsOff,
    /// It has no prose, such as a page without text or code without comments.
    NoProse,
    /// A comment in it switches every rule off.
    SwitchedOff,
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Closed::NoFields => "no fields named",
            Closed::FieldsNotFound => "it has none of the named fields",
            Closed::NoColumns => "no columns named",
            Closed::ColumnsNotFound => "it has none of the named columns",
            Closed::CommentsOff => "comments are off",
            Closed::NoProse => "it has no prose",
            Closed::SwitchedOff => "switched off by a comment in it",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_its_names() {
        let cases: [(&str, &[&str]); 4] = [
            ("body", &["body"]),
            ("article.body", &["article", "body"]),
            (r"a\.b.c\d", &["a.b", r"c\d"]),
            (r"a\\.b", &[r"a\", "b"]),
        ];
        for (path, expected) in cases {
            assert_eq!(segments(path), expected, "{path}");
        }
    }
}
