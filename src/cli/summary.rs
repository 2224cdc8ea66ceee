//! What there was in all, in a few lines.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::report::Totals;

/// So many rules are named, the most frequent first.
const RULES: usize = 4;

/// Of so many bytes the speed says something.
const WORTH_A_SPEED: u64 = 1_000_000;

/// What came of many documents.
pub(super) struct Summary<'t> {
    pub(super) totals: &'t Totals,
    pub(super) binary: usize,
    pub(super) unknown: usize,
    pub(super) excluded: usize,
    /// Files of which nothing is prose, by the reasons.
    pub(super) closed: &'t BTreeMap<String, usize>,
    pub(super) time: Duration,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = self.totals;
        let files = totals.documents + totals.failures;
        write!(f, "{}", counted(files, "file"))?;
        match totals.found {
            0 => write!(f, ", nothing found")?,
            found => write!(f, ", {found} with findings")?,
        }
        if totals.failures > 0 {
            write!(f, ", {} failed", totals.failures)?;
        }
        let seconds = self.time.as_secs_f64();
        write!(f, "; {seconds:.2} s")?;
        if totals.bytes >= WORTH_A_SPEED {
            let speed = totals.bytes as f64 / 1e6 / seconds.max(1e-9);
            write!(f, ", {speed:.1} MB/s")?;
        }
        self.edits(f)?;
        self.rest(f)
    }
}

impl Summary<'_> {
    fn edits(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edits = &self.totals.edits;
        if edits.total() == 0 {
            return Ok(());
        }
        let counts = [
            (edits.applied(), "edit"),
            (edits.refused(), "unsafe edit"),
            (edits.undecided(), "undecided place"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
        let rules = self.totals.rules_by_frequency();
        let mut named: Vec<String> = rules
            .iter()
            .take(RULES)
            .map(|(rule, tally)| format!("{} {}", rule.id(), tally.total()))
            .collect();
        if rules.len() > RULES {
            named.push("…".to_owned());
        }
        write!(f, "\n{}: {}", counts.join(", "), named.join(", "))
    }

    fn rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.binary, "binary"),
            (self.totals.skipped, "not Chinese"),
            (self.unknown, "of no known kind"),
            (self.excluded, "excluded"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, what)| format!("{count} {what}"));
        let closed = self.closed.iter();
        let closed = closed.map(|(why, count)| format!("{count} ({why})"));
        let counts: Vec<String> = counts.chain(closed).collect();
        match counts.is_empty() {
            true => Ok(()),
            false => write!(f, "\nleft out: {}", counts.join(", ")),
        }
    }
}

/// A number of things in words.
pub(super) fn counted(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}
