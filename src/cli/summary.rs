//! What there was in all, in a few lines.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::messages;
use crate::lang::Lang;
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
    pub(super) lang: Lang,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (totals, lang) = (self.totals, self.lang);
        let mut counts = vec![messages::file(lang, totals.documents + totals.failures)];
        counts.push(match totals.found {
            0 => messages::nothing_found(lang),
            found => messages::with_findings(lang, found),
        });
        if totals.failures > 0 {
            counts.push(messages::failed(lang, totals.failures));
        }
        let seconds = self.time.as_secs_f64();
        let counts = counts.join(lang.comma());
        let seconds = format!("{seconds:.2}");
        f.write_str(&messages::time(lang, counts, seconds))?;
        if totals.bytes >= WORTH_A_SPEED {
            let speed = totals.bytes as f64 / 1e6 / self.time.as_secs_f64().max(1e-9);
            f.write_str(&messages::speed(lang, format!("{speed:.1}")))?;
        }
        self.edits(f)?;
        self.rest(f)
    }
}

/// A message about a number of things.
type Counted = fn(Lang, usize) -> String;

impl Summary<'_> {
    fn edits(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (edits, lang) = (&self.totals.edits, self.lang);
        if edits.total() == 0 {
            return Ok(());
        }
        let counts = [
            (edits.applied(), messages::edit as Counted),
            (edits.refused(), messages::unsafe_edit),
            (edits.undecided(), messages::undecided_place),
        ];
        let rules = self.totals.rules_by_frequency();
        let mut named: Vec<String> = rules
            .iter()
            .take(RULES)
            .map(|(rule, tally)| format!("{} {}", rule.id(), tally.total()))
            .collect();
        if rules.len() > RULES {
            named.push("…".to_owned());
        }
        let (counts, named) = (self.counted(&counts), named.join(lang.list()));
        write!(
            f,
            "\n{}",
            messages::edits_by_rules(lang, counts.join(lang.comma()), named)
        )
    }

    fn rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lang = self.lang;
        let mut counts = self.counted(&[
            (self.binary, messages::binary as Counted),
            (self.totals.skipped, messages::not_chinese),
            (self.unknown, messages::of_no_known_kind),
            (self.excluded, messages::excluded),
        ]);
        let closed = self.closed.iter();
        counts.extend(closed.map(|(why, count)| messages::closed_files(lang, count, why)));
        if counts.is_empty() {
            return Ok(());
        }
        let counts = messages::left_out(lang, counts.join(lang.comma()));
        write!(f, "\n{counts}")
    }

    /// The numbers that are not 0, in words.
    fn counted(&self, counts: &[(usize, Counted)]) -> Vec<String> {
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        counts.map(|(count, say)| say(self.lang, *count)).collect()
    }
}
