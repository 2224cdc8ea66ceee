//! Findings as a page: the original and the restored text side by side, every edit
//! marked and explained.
//!
//! The page needs nothing but itself, and works without its script. Its template, style
//! and script are files of their own beside this one.

mod escape;
mod header;
mod marks;
mod rows;
mod words;

use std::io::{self, Write};

use super::fingerprint::fingerprint;
use super::{Index, Report, ReportError, Totals};
use crate::cleaned::Cleaned;
use crate::lang::Lang;
use crate::script_of::{Region, ScriptKind, script_of};
use escape::Escaped;
use marks::marks;
use rows::rows;
use words::words;

/// One page for all documents in which something was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html {
    /// The language that it is in.
    pub lang: Lang,
}

static PAGE: &str = include_str!("html/page.html");
static STYLE: &str = include_str!("html/page.css");
static SCRIPT: &str = include_str!("html/page.js");

/// The SHA-256 of style and script, by which the page's policy lets them and nothing
/// else in; a test says what they are to be.
const STYLE_HASH: &str = "sha256-8mI94oDXrVRqzQJ+nEq/W1OGS08IvqRRExbOL/y9Bu4=";
const SCRIPT_HASH: &str = "sha256-f0MwgZPKR4bJf+VVeVDZogtguBKZ0qVO1IrZSIKcOyk=";

/// Where the template has the documents.
const DOCUMENTS: &str = "{documents}";

impl Report for Html {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        let marks = marks(cleaned, self.lang);
        if marks.is_empty() {
            return Ok(());
        }
        let id = anchor(name);
        let source = cleaned.source().text();
        let languages = [language(source), language(cleaned.text())];
        let words = words(self.lang);
        writeln!(
            out,
            "<section class=doc id=\"{id}\" aria-labelledby=\"{id}-h\">\n\
             <div class=bar><h2 id=\"{id}-h\">{}</h2>\
             <p>{} <span class=enc>{}</span></p></div>\n\
             <div class=\"row heads\"><span></span><span>{}</span><span>{}</span></div>",
            Escaped(name),
            header::counted(&Totals::of(cleaned).edits, words),
            cleaned.encoding().name(),
            words.original,
            words.restored,
        )?;
        rows::write(
            out,
            &id,
            &rows(source, &marks),
            &marks,
            languages,
            self.lang,
        )?;
        writeln!(out, "</section>")?;
        Ok(())
    }

    fn lang(&self) -> Lang {
        self.lang
    }

    fn waits(&self) -> bool {
        true
    }

    fn head(&self, out: &mut dyn Write, index: &Index) -> io::Result<()> {
        let (head, _) = PAGE.split_once(DOCUMENTS).unwrap_or((PAGE, ""));
        header::fill(out, head, index, self.lang)
    }

    fn tail(&self, out: &mut dyn Write, index: &Index) -> io::Result<()> {
        let (_, tail) = PAGE.split_once(DOCUMENTS).unwrap_or((PAGE, ""));
        header::fill(out, tail, index, self.lang)
    }
}

/// What a document is called in the page. Forty bits: documents are rendered each by
/// itself, and none of ten thousand is likely to be called like another.
fn anchor(name: &str) -> String {
    format!("d{:010x}", fingerprint(&[name]) >> 24)
}

/// The language of a text, by which a browser chooses the forms of characters.
fn language(text: &str) -> &'static str {
    match script_of(text) {
        (_, Some(Region::Taiwan)) => "zh-TW",
        (_, Some(Region::HongKong)) => "zh-HK",
        (ScriptKind::Traditional, None) => "zh-Hant",
        (ScriptKind::Simplified, None) => "zh-Hans",
        (ScriptKind::Mixed | ScriptKind::Unknown, None) => "zh",
    }
}

#[cfg(test)]
#[path = "html/tests.rs"]
mod tests;
