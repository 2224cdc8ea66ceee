//! Protected spans: what of a file no rule may touch.

mod html;
mod markdown;
mod url;

use std::ops::Range;
use std::path::Path;

use crate::edit::Proposal;

/// The kind of file that a text comes from, which says what of it is prose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// Plain text, or anything that is not known to be another kind. URLs
    /// are protected.
    #[default]
    Plain,
    /// Markdown (CommonMark with tables and front matter). Only its text is
    /// cleaned; code, link targets, HTML tags and front matter are protected.
    Markdown,
    /// HTML or XHTML. Only the text between tags is cleaned, and none of
    /// that in scripts, styles and code.
    Html,
}

impl Syntax {
    /// The kind of file that a path's extension names; plain text for any
    /// other.
    ///
    /// ```
    /// use zhengben::Syntax;
    /// assert_eq!(Syntax::of_path("a/README.MD".as_ref()), Syntax::Markdown);
    /// assert_eq!(Syntax::of_path("reprint.txt".as_ref()), Syntax::Plain);
    /// ```
    pub fn of_path(path: &Path) -> Self {
        Self::recognise(path).unwrap_or_default()
    }

    /// The same; `None` for an extension that is not known.
    pub fn recognise(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mkd" | "mdown" => Some(Syntax::Markdown),
            "html" | "htm" | "xhtml" | "shtml" => Some(Syntax::Html),
            "txt" | "text" => Some(Syntax::Plain),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Plain => "plain",
            Syntax::Markdown => "markdown",
            Syntax::Html => "html",
        }
    }
}

impl std::fmt::Display for Syntax {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// Unknown.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0:?} is no kind of file")]
pub struct UnknownSyntax(String);

impl std::str::FromStr for Syntax {
    type Err = UnknownSyntax;
    fn from_str(name: &str) -> Result<Self, UnknownSyntax> {
        [Syntax::Plain, Syntax::Markdown, Syntax::Html]
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| UnknownSyntax(name.to_owned()))
    }
}

/// The parts of a text that no rule may touch, sorted and disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Protected(Vec<Range<usize>>);

impl Protected {
    /// Finds the protected parts of a text of that kind.
    pub(crate) fn find(text: &str, syntax: Syntax) -> Self {
        let mut ranges = match syntax {
            Syntax::Plain => Vec::new(),
            Syntax::Markdown => complement(markdown::prose(text), text.len()),
            Syntax::Html => complement(html::prose(text), text.len()),
        };
        ranges.extend(url::find(text));
        ranges.sort_by_key(|range| range.start);
        Protected(merged(ranges))
    }

    /// Whether a range overlaps a protected part.
    pub(crate) fn touches(&self, range: &Range<usize>) -> bool {
        let index = self.0.partition_point(|part| part.end <= range.start);
        self.0.get(index).is_some_and(|part| {
            part.start < range.end || (range.is_empty() && part.start < range.start)
        })
    }

    /// Of these ranges, which are sorted and disjoint.
    pub(crate) fn of(ranges: Vec<Range<usize>>) -> Self {
        Protected(merged(ranges))
    }

    /// Protects the parts of another one as well.
    pub(crate) fn join(&mut self, other: Protected) {
        if other.0.is_empty() {
            return;
        }
        let mut ranges = std::mem::take(&mut self.0);
        ranges.extend(other.0);
        ranges.sort_by_key(|range| range.start);
        self.0 = merged(ranges);
    }

    /// Moves the parts to where they are once sorted proposals, none of which
    /// touches a part, are applied.
    pub(crate) fn shift(&mut self, proposals: &[Proposal]) {
        let mut proposals = proposals.iter().peekable();
        let mut moved = 0;
        for part in &mut self.0 {
            while let Some(p) = proposals.next_if(|p| p.range.end <= part.start) {
                moved += p.replacement.len() as isize - p.range.len() as isize;
            }
            *part = (part.start as isize + moved) as usize..(part.end as isize + moved) as usize;
        }
    }
}

/// What sorted, disjoint ranges leave of a text.
fn complement(open: Vec<Range<usize>>, len: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(open.len() + 1);
    let mut from = 0;
    for range in open {
        if from < range.start {
            ranges.push(from..range.start);
        }
        from = from.max(range.end);
    }
    if from < len {
        ranges.push(from..len);
    }
    ranges
}

/// Sorted ranges with overlapping and touching ones joined.
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its protected parts in brackets.
    fn marked(text: &str, syntax: Syntax) -> String {
        let mut out = text.to_owned();
        for range in Protected::find(text, syntax).0.into_iter().rev() {
            out.insert(range.end, '⟧');
            out.insert(range.start, '⟦');
        }
        out
    }

    #[test]
    fn urls_are_protected_in_plain_text() {
        let cases = [
            ("見https://a.b/臺灣，謝謝", "見⟦https://a.b/臺灣⟧，謝謝"),
            ("見http://a.b/c這是", "見⟦http://a.b/c⟧這是"),
            ("http://a.b?q=國&r=%E4 國", "⟦http://a.b?q=國&r=%E4⟧ 國"),
            ("<br />國://", "<br />國://"),
        ];
        for (text, expected) in cases {
            assert_eq!(marked(text, Syntax::Plain), expected);
        }
    }

    #[test]
    fn only_the_text_of_markdown_is_open() {
        let cases = [
            ("# 題 `國`\n", "⟦# ⟧題 ⟦`國`\n⟧"),
            ("[連](http://x/國 \"題\")", "⟦[⟧連⟦](http://x/國 \"題\")⟧"),
            ("---\ntitle: 國\n---\n文", "⟦---\ntitle: 國\n---\n⟧文"),
            ("文\n\n    國\n", "文⟦\n\n    國\n⟧"),
            ("```\n國\n```\n", "⟦```\n國\n```\n⟧"),
            ("<div title=國>\n文</div>", "⟦<div title=國>⟧\n文⟦</div>⟧"),
            ("文 <http://c/國>", "文 ⟦<http://c/國>⟧"),
        ];
        for (text, expected) in cases {
            assert_eq!(marked(text, Syntax::Markdown), expected);
        }
    }

    #[test]
    fn only_the_text_of_html_is_open() {
        let cases = [
            ("<p title=國>文</p>", "⟦<p title=國>⟧文⟦</p>⟧"),
            ("<script>'國<p>'</script>文", "⟦<script>'國<p>'</script>⟧文"),
            ("<code>國<b>國</b></code>文", "⟦<code>國<b>國</b></code>⟧文"),
            (
                "<!-- 國 -->文<style>國</style>",
                "⟦<!-- 國 -->⟧文⟦<style>國</style>⟧",
            ),
            ("文 < 國 <p class='國", "文 < 國 ⟦<p class='國⟧"),
        ];
        for (text, expected) in cases {
            assert_eq!(marked(text, Syntax::Html), expected);
        }
    }
}
