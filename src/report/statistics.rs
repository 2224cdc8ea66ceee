//! How often each rule was met, and nothing of single documents.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::json::{FailureJson, ReportJson, TotalsJson, VERSION};
use super::messages;
use super::{Index, Report, ReportError, Tally};
use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::lang::Lang;

/// A table of the rules that were met, the most frequent first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    /// As a JSON object.
    pub json: bool,
    /// The language of the table.
    pub lang: Lang,
}

impl Report for Statistics {
    fn document(
        &self,
        _out: &mut dyn Write,
        _name: &str,
        _cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        Ok(())
    }

    fn tail(&self, out: &mut dyn Write, index: &Index) -> io::Result<()> {
        if self.json {
            let statistics = ReportJson {
                version: VERSION,
                documents: None,
                failures: index.failures.iter().map(FailureJson::new).collect(),
                totals: TotalsJson::new(&index.totals),
            };
            serde_json::to_writer(&mut *out, &statistics)?;
            return writeln!(out);
        }
        table(out, index, self.lang)
    }

    fn lang(&self) -> Lang {
        match self.json {
            true => Lang::En,
            false => self.lang,
        }
    }
}

/// The columns of numbers are so wide.
const COLUMN: usize = 9;

fn table(out: &mut dyn Write, index: &Index, lang: Lang) -> io::Result<()> {
    let totals = &index.totals;
    let rules = totals.rules_by_frequency();
    let names = rules.iter().map(|(rule, _)| rule.id().to_owned());
    // An edit with several rules is in several rows.
    let rows = names.zip(rules.iter().map(|(_, tally)| *tally));
    let rows: Vec<(String, Tally)> = rows
        .chain([(messages::row_edits(lang), totals.edits)])
        .collect();
    let heads = [
        messages::column_safe(lang),
        messages::column_unsafe(lang),
        messages::column_undecided(lang),
        messages::column_all(lang),
    ];
    let width = rows.iter().map(|(name, _)| name.width()).max();
    let width = width.unwrap_or(0);
    row(out, &messages::column_rule(lang), width, &heads)?;
    for (name, tally) in rows {
        let numbers = [
            tally.of(Safety::Safe),
            tally.of(Safety::Unsafe),
            tally.undecided(),
            tally.total(),
        ];
        row(out, &name, width, &numbers.map(|number| number.to_string()))?;
    }
    let (read, found) = (totals.documents, totals.found);
    let (skipped, failed) = (totals.skipped, totals.failures);
    writeln!(
        out,
        "{}",
        messages::documents(lang, read, found, skipped, failed)
    )
}

/// A row, by the widths of what a terminal shows.
fn row(out: &mut dyn Write, name: &str, width: usize, cells: &[String]) -> io::Result<()> {
    let space = |wanted: usize, text: &str| " ".repeat(wanted.saturating_sub(text.width()));
    write!(out, "{name}{} ", space(width, name))?;
    for cell in cells {
        write!(out, " {}{cell}", space(COLUMN, cell))?;
    }
    writeln!(out)
}
