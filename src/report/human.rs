//! Findings for a reader at a terminal.

use std::io::{self, Write};
use std::ops::Range;

use super::excerpt::{Excerpt, shortened};
use super::joined::joined;
use super::messages;
use super::paint::{DIM, NEW, OLD, PATH, Paint, RULE};
use super::visible::visible;
use super::{Report, ReportError, Totals};
use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::lang::Lang;
use crate::rules::Rule;

/// Each finding with its place, its rule, the line around it and the reason.
/// Touching edits of the same rules are one finding.
#[derive(Clone, Copy, Debug, Default)]
pub struct Human {
    /// Whether it is coloured.
    pub paint: Paint,
    /// The language that it is in.
    pub lang: Lang,
}

impl Report for Human {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        Ok(write_findings(out, name, cleaned, *self)?)
    }

    fn lang(&self) -> Lang {
        self.lang
    }
}

fn write_findings(
    out: &mut dyn Write,
    path: &str,
    cleaned: &Cleaned<'_>,
    Human { paint, lang }: Human,
) -> io::Result<()> {
    let text = cleaned.source().text();
    let path = visible(path);
    let mut locator = cleaned.source().locator();
    for joined in joined(cleaned) {
        let edit = &joined.edit;
        let position = locator.locate(edit.range.start);
        let rules: Vec<&str> = joined.rules().into_iter().map(Rule::id).collect();
        let place = format!("{path}:{}:{}:", position.line, position.column);
        let note = match (edit.applied, edit.safety()) {
            (true, _) => String::new(),
            (false, Safety::Display) => messages::not_decided(lang),
            (false, _) => messages::needs_unsafe(lang),
        };
        writeln!(
            out,
            "{} {}: {} → {}{note}",
            paint.with(PATH, place),
            paint.with(RULE, rules.join(", ")),
            paint.with(OLD, shortened(edit.original)),
            paint.with(NEW, shortened(&joined.replacement)),
        )?;
        write_excerpt(out, text, &edit.range, paint)?;
        writeln!(out, "    {}", paint.with(DIM, joined.reason(lang)))?;
    }
    Ok(())
}

/// Writes the line that a range of a text stands in, and carets under it.
pub(crate) fn write_excerpt(
    out: &mut dyn Write,
    text: &str,
    range: &Range<usize>,
    paint: Paint,
) -> io::Result<()> {
    let excerpt = Excerpt::new(text, range);
    let (space, carets) = excerpt.carets();
    let Excerpt { head, found, tail } = excerpt;
    writeln!(out, "    {head}{}{tail}", paint.with(OLD, found))?;
    writeln!(out, "    {space}{}", paint.with(OLD, carets))
}

/// Writes how many edits were made and how many suggested, in one line;
/// nothing if there are none.
///
/// # Errors
/// Those of the writer.
pub fn write_summary(
    out: &mut dyn Write,
    path: &str,
    totals: &Totals,
    lang: Lang,
) -> io::Result<()> {
    let edits = totals.edits;
    let (applied, undecided, refused) = (edits.applied(), edits.undecided(), edits.refused());
    let mut parts = Vec::new();
    if applied > 0 {
        parts.push(messages::edit(lang, applied));
    }
    if undecided > 0 {
        parts.push(messages::undecided(lang, undecided));
    }
    if refused > 0 {
        parts.push(messages::refused(lang, refused));
    }
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}: {}", visible(path), parts.join(lang.comma()))
}
