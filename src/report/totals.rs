//! Counts of what was found in documents.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::rules::Rule;

/// Counts of edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    applied: usize,
    by_safety: [usize; 3],
}

impl Tally {
    fn count(&mut self, safety: Safety, applied: bool) {
        self.by_safety[safety as usize] += 1;
        self.applied += usize::from(applied);
    }

    /// All, whether they were made or only suggested.
    pub fn total(&self) -> usize {
        self.by_safety.iter().sum()
    }

    /// Those that were made.
    pub fn applied(&self) -> usize {
        self.applied
    }

    /// Those that are made if that is asked for, and were not.
    pub fn refused(&self) -> usize {
        self.total() - self.applied - self.undecided()
    }

    /// Those that are never made.
    pub fn undecided(&self) -> usize {
        self.of(Safety::Display)
    }

    /// Those of one safety.
    pub fn of(&self, safety: Safety) -> usize {
        self.by_safety[safety as usize]
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.applied += other.applied;
        for (sum, number) in self.by_safety.iter_mut().zip(other.by_safety) {
            *sum += number;
        }
    }
}

/// Counts of documents and of what was found in them; those of several parts of
/// the work can be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// Documents that were read and cleaned.
    pub documents: usize,
    /// Those of them in which something was changed.
    pub changed: usize,
    /// Those of them in which something was found, changed or not.
    pub found: usize,
    /// Documents that were left alone because they are not Chinese text.
    pub skipped: usize,
    /// Documents that could not be read, or not be written.
    pub failures: usize,
    /// The bytes of the documents that were cleaned.
    pub bytes: u64,
    /// Their edits.
    pub edits: Tally,
    /// For each rule, the edits that it had a part in. An edit can have several
    /// rules.
    pub rules: BTreeMap<Rule, Tally>,
}

impl Totals {
    /// What was found in one document.
    pub fn of(cleaned: &Cleaned<'_>) -> Self {
        let mut totals = Totals {
            documents: 1,
            bytes: cleaned.source().bytes().len() as u64,
            ..Totals::default()
        };
        for edit in cleaned.edits() {
            totals.edits.count(edit.safety(), edit.applied);
            let mut rules: Vec<Rule> = edit.causes.iter().map(|cause| cause.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            for rule in rules {
                let tally = totals.rules.entry(rule).or_default();
                tally.count(edit.safety(), edit.applied);
            }
        }
        totals.changed = usize::from(totals.edits.applied() > 0);
        totals.found = usize::from(totals.edits.total() > 0);
        totals
    }

    /// The rules that were met, the most frequent first.
    pub fn rules_by_frequency(&self) -> Vec<(Rule, Tally)> {
        let mut rules: Vec<_> = self
            .rules
            .iter()
            .map(|(&rule, &tally)| (rule, tally))
            .collect();
        // A stable sort: rules that are met equally often stay in their order.
        rules.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.total()));
        rules
    }

    pub(super) fn failure() -> Self {
        Totals {
            failures: 1,
            ..Totals::default()
        }
    }

    pub(super) fn skipped() -> Self {
        Totals {
            skipped: 1,
            ..Totals::default()
        }
    }
}

impl AddAssign<&Totals> for Totals {
    fn add_assign(&mut self, other: &Totals) {
        self.documents += other.documents;
        self.changed += other.changed;
        self.found += other.found;
        self.skipped += other.skipped;
        self.failures += other.failures;
        self.bytes += other.bytes;
        self.edits += other.edits;
        for (&rule, &tally) in &other.rules {
            *self.rules.entry(rule).or_default() += tally;
        }
    }
}
