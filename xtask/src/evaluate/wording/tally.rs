//! What came of the edits of many documents.

use std::collections::BTreeMap;

use zhengben::Safety;

use super::calibration::Calibration;
use super::percent;

/// Edits of one kind of safety.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) right: usize,
    pub(super) wrong: usize,
}

impl Count {
    pub(super) fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.wrong += usize::from(!is_right);
    }

    pub(super) fn all(self) -> usize {
        self.right + self.wrong
    }
}

/// What became of a spun word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OfWord {
    /// Its edits that are safe.
    pub(super) safe: Count,
    /// Its edits that are not, and that would be applied on request.
    pub(super) more: Count,
    /// Decisions that were safe if its row did not hold the word back.
    pub(super) held: Count,
    /// Where it was the spinner's and no safe edit gives it back.
    pub(super) missed: usize,
}

/// What came of documents that were spun in one way.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) documents: usize,
    pub(super) characters: usize,
    pub(super) replaced: usize,
    /// Documents that cleaning changes again.
    pub(super) unstable: usize,
    pub(super) by_safety: BTreeMap<Safety, Count>,
    pub(super) by_word: BTreeMap<String, OfWord>,
    pub(super) calibration: Calibration,
    /// Safe edits that are wrong.
    pub(super) examples: Vec<String>,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.characters += other.characters;
        self.replaced += other.replaced;
        self.unstable += other.unstable;
        self.calibration.add(&other.calibration);
        for (safety, count) in &other.by_safety {
            let sum = self.by_safety.entry(*safety).or_default();
            sum.right += count.right;
            sum.wrong += count.wrong;
        }
        for (word, counts) in &other.by_word {
            let sums = self.by_word.entry(word.clone()).or_default();
            sums.safe.right += counts.safe.right;
            sums.safe.wrong += counts.safe.wrong;
            sums.more.right += counts.more.right;
            sums.more.wrong += counts.more.wrong;
            sums.held.right += counts.held.right;
            sums.held.wrong += counts.held.wrong;
            sums.missed += counts.missed;
        }
        self.examples.extend(other.examples.iter().cloned());
    }

    fn of(&self, safety: Safety) -> Count {
        self.by_safety.get(&safety).copied().unwrap_or_default()
    }

    /// The cells of a table: what is safe, and what is applied on request.
    pub(super) fn cells(&self) -> String {
        let (safe, more) = (self.of(Safety::Safe), self.of(Safety::Unsafe));
        let right = |count: Count| match count.all() {
            0 => "–".to_owned(),
            all => format!("{:.2} % of {all}", percent(count.right, all)),
        };
        let back = |right| match self.replaced {
            0 => "–".to_owned(),
            replaced => format!("{:.1} %", percent(right, replaced)),
        };
        format!(
            "{} | {} | {} | {} | {} | {} | {}",
            self.documents,
            self.replaced,
            right(safe),
            back(safe.right),
            right(more),
            back(safe.right + more.right),
            self.unstable
        )
    }

    /// Spun words, those first of which a number is greatest.
    pub(super) fn words(&self, number: impl Fn(&OfWord) -> usize) -> Vec<(&str, OfWord)> {
        let words = self.by_word.iter();
        let mut words: Vec<(&str, OfWord)> = words
            .filter(|(_, counts)| number(counts) > 0)
            .map(|(word, counts)| (word.as_str(), *counts))
            .collect();
        words.sort_by_key(|(_, counts)| std::cmp::Reverse(number(counts)));
        words
    }
}
