//! The kinds of files, and how one is told from another.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use super::language::Language;
use super::{head, json};

/// The kind of file that a text comes from, which says what of it is prose.
///
/// ```
/// use zhengben::Syntax;
/// let syntax: Syntax = "vtt".parse()?;
/// assert_eq!(syntax, Syntax::WebVtt);
/// assert_eq!("python".parse::<Syntax>()?.to_string(), "python");
/// # Ok::<(), zhengben::UnknownSyntax>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Syntax {
    /// Plain text, or anything that is not known to be another kind. URLs
    /// are protected.
    #[default]
    Plain,
    /// Markdown (CommonMark with tables and front matter). Only its text is
    /// cleaned; code, link targets, HTML tags and front matter are protected,
    /// the values of the last unless [`Scope::front_matter`](crate::Scope::front_matter)
    /// opens them.
    Markdown,
    /// HTML or XHTML. Only the text between tags is cleaned, with `alt`, `title` and
    /// the like and the descriptions in `<meta>`; none of that in scripts, styles
    /// and code.
    Html,
    /// Subtitles in SubRip's format (`.srt`): only what is said.
    SubRip,
    /// Subtitles in WebVTT: only what is said.
    WebVtt,
    /// Subtitles in (Advanced) SubStation Alpha: only what is said.
    Ass,
    /// JSON: the strings of the fields that a [`Scope`](crate::Scope) names.
    Json,
    /// JSON Lines, a value in each line: the strings of the fields that a
    /// [`Scope`](crate::Scope) names.
    JsonLines,
    /// WARC, and WET: records of web pages or of their text, which are read
    /// [record by record](crate::records). As one text nothing of it is prose.
    Warc,
    /// CSV: the columns that a [`Scope`](crate::Scope) names.
    Csv,
    /// Values separated by tabs, without quotes: the columns that a
    /// [`Scope`](crate::Scope) names.
    Tsv,
    /// Source code: its comments, if a [`Scope`](crate::Scope) opens them.
    Code(Language),
}

/// A name for `--syntax`, and the extensions of files.
struct Format {
    syntax: Syntax,
    name: &'static str,
    extensions: &'static [&'static str],
}

/// The kinds of files that are not source code.
static FORMATS: [Format; 11] = [
    Format {
        syntax: Syntax::Plain,
        name: "plain",
        extensions: &["txt", "text"],
    },
    Format {
        syntax: Syntax::Markdown,
        name: "markdown",
        extensions: &["md", "markdown", "mkd", "mdown"],
    },
    Format {
        syntax: Syntax::Html,
        name: "html",
        extensions: &["html", "htm", "xhtml", "shtml"],
    },
    Format {
        syntax: Syntax::SubRip,
        name: "srt",
        extensions: &["srt"],
    },
    Format {
        syntax: Syntax::WebVtt,
        name: "vtt",
        extensions: &["vtt"],
    },
    Format {
        syntax: Syntax::Ass,
        name: "ass",
        extensions: &["ass", "ssa"],
    },
    Format {
        syntax: Syntax::Json,
        name: "json",
        extensions: &["json"],
    },
    Format {
        syntax: Syntax::JsonLines,
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
    },
    Format {
        syntax: Syntax::Warc,
        name: "warc",
        extensions: &["warc", "wet"],
    },
    Format {
        syntax: Syntax::Csv,
        name: "csv",
        extensions: &["csv"],
    },
    Format {
        syntax: Syntax::Tsv,
        name: "tsv",
        extensions: &["tsv", "tab"],
    },
];

impl Syntax {
    /// Every kind of file, the languages of source code last.
    pub fn all() -> impl Iterator<Item = Syntax> {
        let formats = FORMATS.iter().map(|format| format.syntax);
        formats.chain(Language::all().map(Syntax::Code))
    }

    /// The name that it is parsed from: that of the format or of the language.
    pub fn name(self) -> &'static str {
        if let Syntax::Code(language) = self {
            return language.name();
        }
        let format = FORMATS.iter().find(|format| format.syntax == self);
        format.map_or("plain", |format| format.name)
    }

    /// Whether it is source code, of which only comments can be cleaned.
    pub fn is_code(self) -> bool {
        matches!(self, Syntax::Code(_))
    }

    /// The kind of file that a path's extension names; plain text for any
    /// other.
    ///
    /// ```
    /// use zhengben::Syntax;
    /// assert_eq!(Syntax::of_path("a/README.MD".as_ref()), Syntax::Markdown);
    /// assert_eq!(Syntax::of_path("reprint.log".as_ref()), Syntax::Plain);
    /// ```
    pub fn of_path(path: &Path) -> Self {
        Self::recognise(path).unwrap_or_default()
    }

    /// The kind of file that a path's extension names; `None` if the extension is not
    /// known, or there is none.
    ///
    /// ```
    /// use zhengben::Syntax;
    /// assert_eq!(Syntax::recognise("a/reprint.TXT".as_ref()), Some(Syntax::Plain));
    /// assert_eq!(Syntax::recognise("a/photo.jpg".as_ref()), None);
    /// ```
    pub fn recognise(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::of_extension(&extension)
    }

    fn of_extension(extension: &str) -> Option<Self> {
        let mut formats = FORMATS.iter();
        let format = formats.find(|format| format.extensions.contains(&extension));
        let language = || Language::of_extension(extension).map(Syntax::Code);
        format.map(|format| format.syntax).or_else(language)
    }

    /// The kind of file that a text without a name is, if its beginning says so
    /// beyond doubt; plain text otherwise. JSON must be whole.
    ///
    /// ```
    /// use zhengben::Syntax;
    /// assert_eq!(Syntax::of_text("<!DOCTYPE html>\n<p>國"), Syntax::Html);
    /// assert_eq!(Syntax::of_text("第一段。<br />&nbsp;第二段。"), Syntax::Plain);
    /// ```
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let head = head(text, 1024).to_ascii_lowercase();
        let line = head.lines().next().unwrap_or_default();
        if head.starts_with("<!doctype html") || begins_with_tag(&head, "<html") {
            return Syntax::Html;
        }
        if head.starts_with("<?xml ") {
            // XHTML, or any other XML.
            return match head.contains("<html") || head.contains("<!doctype html") {
                true => Syntax::Html,
                false => Self::of_extension("xml").unwrap_or_default(),
            };
        }
        if text.starts_with("WEBVTT") && (line.len() == 6 || line[6..].starts_with([' ', '\t'])) {
            return Syntax::WebVtt;
        }
        if line.trim_end() == "[script info]" {
            return Syntax::Ass;
        }
        let interpreter = line
            .strip_prefix("#!")
            .filter(|line| !line.starts_with('['));
        if let Some(interpreter) = interpreter {
            let language = Language::of_interpreter(interpreter);
            return Syntax::Code(language);
        }
        let mut lines = head.lines();
        let is_number = |line: &str| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
        if lines.next().is_some_and(|line| is_number(line.trim_end()))
            && lines.next().is_some_and(super::subtitles::is_times)
        {
            return Syntax::SubRip;
        }
        match json::values(text) {
            Some(1) => Syntax::Json,
            Some(_) => Syntax::JsonLines,
            None => Syntax::Plain,
        }
    }
}

fn begins_with_tag(text: &str, tag: &str) -> bool {
    let rest = text.strip_prefix(tag);
    rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n']))
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The name is not that of a kind of file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no syntax {name:?}: it is `plain`, `markdown`, `html`, `srt`, `vtt`, `ass`, `json`, `jsonl`, `warc`, `csv`, `tsv`, or a language such as `python`"
)]
pub struct UnknownSyntax {
    /// The name that was asked for.
    pub name: String,
}

impl FromStr for Syntax {
    type Err = UnknownSyntax;

    /// Reads a name, or an extension without its dot.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let lower = name.to_ascii_lowercase();
        Syntax::all()
            .find(|syntax| syntax.name() == lower)
            .or_else(|| Self::of_extension(&lower))
            .ok_or_else(|| UnknownSyntax {
                name: name.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_extension_is_of_one_syntax() {
        let mut seen = std::collections::HashSet::new();
        for format in &FORMATS {
            assert!(format.extensions.iter().all(|name| seen.insert(*name)));
        }
        for language in Language::all() {
            for name in language.extensions() {
                assert!(seen.insert(name), "{name} is taken");
            }
        }
        for syntax in Syntax::all() {
            assert_eq!(syntax.name().parse(), Ok(syntax));
            assert_eq!(
                Syntax::all().filter(|s| s.name() == syntax.name()).count(),
                1
            );
        }
        assert!("klingon".parse::<Syntax>().is_err());
    }

    #[test]
    fn only_what_is_certain_is_told_by_the_text() {
        let python = Syntax::of_path("a.py".as_ref());
        let cases = [
            ("\n<html lang=zh>", Syntax::Html),
            ("<?xml version='1.0'?>\n<!DOCTYPE html>", Syntax::Html),
            (
                "<?xml version='1.0'?>\n<svg/>",
                Syntax::of_path("a.svg".as_ref()),
            ),
            ("<htmlfoo>", Syntax::Plain),
            ("用<html>標籤", Syntax::Plain),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n國", Syntax::WebVtt),
            ("WEBVTT是一種格式", Syntax::Plain),
            ("[Script Info]\r\nTitle: 國", Syntax::Ass),
            ("1\n00:00:01,000 --> 00:00:02,000\n國", Syntax::SubRip),
            ("1\n2\n國", Syntax::Plain),
            ("{\"a\": [1, \"國\"]}\n", Syntax::Json),
            ("{\"a\": 1}\n{\"a\": 2}\n", Syntax::JsonLines),
            ("{\"a\": 1", Syntax::Plain),
            ("[1] 引文", Syntax::Plain),
            ("「引文」", Syntax::Plain),
            ("\"引文\"", Syntax::Plain),
            ("12", Syntax::Plain),
            ("#!/usr/bin/env python3\n", python),
            ("# 標題", Syntax::Plain),
            ("", Syntax::Plain),
        ];
        for (text, expected) in cases {
            assert_eq!(Syntax::of_text(text), expected, "{text}");
        }
    }
}
