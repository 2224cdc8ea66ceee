//! Findings for a reader at a terminal.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;

use super::joined::joined;
use super::paint::{DIM, NEW, OLD, PATH, Paint, RULE};
use super::{Report, ReportError, Totals};
use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::position::Locator;
use crate::rules::Rule;

/// How much of the line is shown on each side of a finding, in user-perceived
/// characters: together with the finding, about half a terminal's width of
/// Han characters.
const EXCERPT: usize = 12;

/// Each finding with its place, its rule, the line around it and the reason.
/// Touching edits of the same rules are one finding.
#[derive(Clone, Copy, Debug, Default)]
pub struct Human {
    /// Whether it is coloured.
    pub paint: Paint,
}

impl Report for Human {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        Ok(write_findings(out, name, cleaned, self.paint)?)
    }
}

fn write_findings(
    out: &mut dyn Write,
    path: &str,
    cleaned: &Cleaned<'_>,
    paint: Paint,
) -> io::Result<()> {
    let text = cleaned.source().text();
    let mut locator = Locator::new(text);
    for joined in joined(cleaned) {
        let edit = &joined.edit;
        let position = locator.locate(edit.range.start);
        let rules: Vec<&str> = joined.rules().into_iter().map(Rule::id).collect();
        let place = format!("{path}:{}:{}:", position.line, position.column);
        let note = match (edit.applied, edit.safety()) {
            (true, _) => "",
            (false, Safety::Display) => " (not decided)",
            (false, _) => " (needs --unsafe)",
        };
        writeln!(
            out,
            "{} {}: {} → {}{note}",
            paint.with(PATH, place),
            paint.with(RULE, rules.join(", ")),
            paint.with(OLD, shown(edit.original)),
            paint.with(NEW, shown(&joined.replacement)),
        )?;
        let (head, tail) = around(text, edit.range.start, edit.range.end);
        let marked = paint.with(OLD, format!("[{}]", shown(edit.original)));
        writeln!(out, "    {head}{marked}{tail}")?;
        writeln!(out, "    {}", paint.with(DIM, joined.reason()))?;
    }
    Ok(())
}

/// Writes how many edits were made and how many suggested, in one line;
/// nothing if there are none.
///
/// # Errors
/// Those of the writer.
pub fn write_summary(out: &mut dyn Write, path: &str, totals: &Totals) -> io::Result<()> {
    let edits = totals.edits;
    let parts: Vec<String> = [
        (edits.applied(), "edits"),
        (edits.undecided(), "undecided"),
        (edits.refused(), "unsafe"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| {
        let what = if count == 1 {
            what.trim_end_matches('s')
        } else {
            what
        };
        format!("{count} {what}")
    })
    .collect();
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{path}: {}", parts.join(", "))
}

/// A piece of text on one line, and visible if it is empty.
fn shown(text: &str) -> String {
    match text {
        "" => "∅".to_owned(),
        _ => text
            .replace('\r', "␍")
            .replace('\n', "⏎")
            .replace('\u{A0}', "␣"),
    }
}

/// What stands before and behind a place in its line, cut to [`EXCERPT`].
fn around(text: &str, start: usize, end: usize) -> (String, String) {
    let head = text[..start].rsplit('\n').next().unwrap_or("");
    let tail = text[end..].split('\n').next().unwrap_or("");
    let tail = tail.trim_end_matches('\r');
    let mut near: Vec<&str> = head.graphemes(true).rev().take(EXCERPT).collect();
    near.reverse();
    let near = near.concat();
    let ahead: String = tail.graphemes(true).take(EXCERPT).collect();
    let before = if near.len() < head.len() { "…" } else { "" };
    let behind = if ahead.len() < tail.len() { "…" } else { "" };
    (format!("{before}{near}"), format!("{ahead}{behind}"))
}
