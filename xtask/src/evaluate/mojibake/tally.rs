//! What came of the lines of a mechanism.

use std::ops::AddAssign;

/// The sums.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) lines: usize,
    /// Restored exactly by the edits that are applied by default, and with
    /// those that are not safe.
    pub(super) exact: usize,
    pub(super) exact_unsafe: usize,
    pub(super) untouched: usize,
    pub(super) characters: usize,
    /// Characters that differ from the original, by default and with edits that
    /// are not safe.
    pub(super) errors: usize,
    pub(super) errors_unsafe: usize,
    pub(super) edits: usize,
    /// Edits that give what the original does not have.
    pub(super) wrong: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.lines += other.lines;
        self.exact += other.exact;
        self.exact_unsafe += other.exact_unsafe;
        self.untouched += other.untouched;
        self.characters += other.characters;
        self.errors += other.errors;
        self.errors_unsafe += other.errors_unsafe;
        self.edits += other.edits;
        self.wrong += other.wrong;
    }
}

impl Tally {
    /// The heading of [`Self::row`].
    pub(super) const HEADING: &'static str =
        "   lines  exact %  unsafe %  untouched %  errors %  unsafe %    edits  wrong";

    pub(super) fn row(&self) -> String {
        let of = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        format!(
            "{:8} {:8.2} {:9.2} {:12.2} {:9.3} {:9.3} {:8} {:6}",
            self.lines,
            of(self.exact, self.lines),
            of(self.exact_unsafe, self.lines),
            of(self.untouched, self.lines),
            of(self.errors, self.characters),
            of(self.errors_unsafe, self.characters),
            self.edits,
            self.wrong
        )
    }
}

/// Levenshtein's distance, in characters.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[column + 1];
            row[column + 1] = cost.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("村口的桥", "村口的桥"), 0);
        assert_eq!(distance("村口的桥", "村的小桥"), 2);
        assert_eq!(distance("", "桥"), 1);
    }
}
