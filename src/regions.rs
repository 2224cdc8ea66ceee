//! Protected spans: what of a file no rule may touch.

/// The kind of file that a text comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// Plain text, or anything that is not known to be another kind.
    #[default]
    Plain,
    /// Markdown (CommonMark), with or without front matter.
    Markdown,
    /// HTML or XHTML.
    Html,
}
