//! Findings for a reader at a terminal.

use std::fmt::{self, Display};
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::merged;
use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::position::Locator;

/// How much of the line is shown on each side of a finding, in user-perceived
/// characters: together with the finding, about half a terminal's width of
/// Han characters.
const EXCERPT: usize = 12;

const PATH: Style = Style::new().bold();
const RULE: Style = AnsiColor::Yellow.on_default();
const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();
const DIM: Style = Style::new().dimmed();

/// Whether reports are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Colours on.
    pub colour: bool,
}

impl Paint {
    fn with<D: Display>(self, style: Style, text: D) -> Painted<D> {
        Painted {
            style: if self.colour { style } else { Style::new() },
            text,
        }
    }
}

struct Painted<D> {
    style: Style,
    text: D,
}

impl<D: Display> Display for Painted<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}{}",
            self.style.render(),
            self.text,
            self.style.render_reset()
        )
    }
}

/// Writes each finding with its place, its rule, the line around it and the
/// reason. Touching edits of the same rules are one finding.
///
/// # Errors
/// Those of the writer.
pub fn write_findings(
    out: &mut dyn Write,
    path: &str,
    cleaned: &Cleaned<'_>,
    paint: Paint,
) -> io::Result<()> {
    let text = cleaned.source().text();
    let mut locator = Locator::new(text);
    for joined in merged(cleaned) {
        let edit = &joined.edit;
        let position = locator.locate(edit.range.start);
        let rules: Vec<&str> = edit.causes.iter().map(|cause| cause.rule.id()).collect();
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
            paint.with(RULE, distinct(&rules).join(", ")),
            paint.with(OLD, shown(edit.original)),
            paint.with(NEW, shown(&joined.replacement)),
        )?;
        let (head, tail) = around(text, edit.range.start, edit.range.end);
        let marked = paint.with(OLD, format!("[{}]", shown(edit.original)));
        writeln!(out, "    {head}{marked}{tail}")?;
        let reason = edit.causes.last().map_or("", |cause| &cause.reason);
        writeln!(out, "    {}", paint.with(DIM, reason))?;
    }
    Ok(())
}

/// Writes how many edits were made and how many suggested, in one line;
/// nothing for a clean document.
///
/// # Errors
/// Those of the writer.
pub fn write_summary(out: &mut dyn Write, path: &str, cleaned: &Cleaned<'_>) -> io::Result<()> {
    let (mut applied, mut undecided, mut refused) = (0, 0, 0);
    for edit in cleaned.edits() {
        match (edit.applied, edit.safety()) {
            (true, _) => applied += 1,
            (false, Safety::Display) => undecided += 1,
            (false, _) => refused += 1,
        }
    }
    let parts: Vec<String> = [
        (applied, "edits"),
        (undecided, "undecided"),
        (refused, "unsafe"),
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

fn distinct<'a>(rules: &[&'a str]) -> Vec<&'a str> {
    let mut out = Vec::new();
    for &rule in rules {
        if !out.contains(&rule) {
            out.push(rule);
        }
    }
    out
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
