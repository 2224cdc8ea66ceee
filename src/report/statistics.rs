//! How often each rule was met, and nothing of single documents.

use std::io::{self, Write};

use super::json::{FailureJson, ReportJson, TotalsJson, VERSION};
use super::{Index, Report, ReportError, Tally};
use crate::cleaned::Cleaned;
use crate::edit::Safety;

/// A table of the rules that were met, the most frequent first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    /// As a JSON object.
    pub json: bool,
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
        table(out, index)
    }
}

fn table(out: &mut dyn Write, index: &Index) -> io::Result<()> {
    let totals = &index.totals;
    let rules = totals.rules_by_frequency();
    let names = rules.iter().map(|(rule, _)| rule.id());
    // An edit with several rules is in several rows.
    let rows = names.zip(rules.iter().map(|(_, tally)| *tally));
    let rows: Vec<(&str, Tally)> = rows.chain([("edits", totals.edits)]).collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    writeln!(
        out,
        "{:width$}  {:>9} {:>9} {:>9} {:>9}",
        "rule", "safe", "unsafe", "undecided", "all"
    )?;
    for (name, tally) in rows {
        writeln!(
            out,
            "{name:width$}  {:>9} {:>9} {:>9} {:>9}",
            tally.of(Safety::Safe),
            tally.of(Safety::Unsafe),
            tally.undecided(),
            tally.total()
        )?;
    }
    writeln!(
        out,
        "documents: {}, {} with findings; left alone: {}; failed: {}",
        totals.documents, totals.found, totals.skipped, totals.failures
    )
}
