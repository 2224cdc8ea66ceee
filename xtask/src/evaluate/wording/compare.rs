//! Whether an edit gives what an expected text has at its place.

use zhengben::Cleaned;

/// What became of a line that should read as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It reads so.
    Whole,
    /// Nothing was changed wrongly, but not all was changed.
    Missing,
    /// Something was changed into what the expected text doesn't have there.
    Wrong,
}

/// One applied change of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change<'a> {
    /// In bytes of the line.
    pub(super) start: usize,
    pub(super) original: &'a str,
    pub(super) replacement: &'a str,
}

/// The applied changes of the line of a document that begins at a byte of it.
pub(super) fn changes<'a>(cleaned: &'a Cleaned<'_>, start: usize, line: &str) -> Vec<Change<'a>> {
    let end = start + line.len();
    let edits = cleaned.edits().filter(|edit| edit.applied);
    let edits = edits.filter(|edit| start <= edit.range.start && edit.range.end <= end);
    edits
        .map(|edit| Change {
            start: edit.range.start - start,
            original: edit.original,
            replacement: edit.replacement,
        })
        .collect()
}

/// The line with its changes.
pub(super) fn apply(line: &str, changes: &[Change<'_>]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for change in changes {
        out.push_str(&line[done..change.start]);
        out.push_str(change.replacement);
        done = change.start + change.original.len();
    }
    out + &line[done..]
}

/// What the changes make of a line.
pub(super) fn outcome(observed: &str, expected: &str, changes: &[Change<'_>]) -> Outcome {
    if apply(observed, changes) == expected {
        Outcome::Whole
    } else if changes.iter().all(|c| is_right(observed, expected, c)) {
        Outcome::Missing
    } else {
        Outcome::Wrong
    }
}

/// Whether a shortest way from the observed to the expected text has the
/// replacement there.
pub(super) fn is_right(observed: &str, expected: &str, change: &Change<'_>) -> bool {
    let (original, replacement) = (change.original, change.replacement);
    let (before, behind) = (
        &observed[..change.start],
        &observed[change.start + original.len()..],
    );
    let shortest = distance(observed, expected);
    let own = distance(original, replacement);
    let places = expected.match_indices(replacement);
    let mut ways = places.map(|(at, _)| {
        own + distance(before, &expected[..at])
            + distance(behind, &expected[at + replacement.len()..])
    });
    ways.any(|way| way == shortest)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change<'a>(line: &str, original: &'a str, replacement: &'a str) -> Change<'a> {
        Change {
            start: line.find(original).expect(original),
            original,
            replacement,
        }
    }

    #[test]
    fn a_change_is_right_where_the_expected_text_has_it() {
        let (observed, expected) = ("首要是商场，发展商场", "首先是市场，发展市场");
        let right = change(observed, "商场", "市场");
        let other = change(observed, "首要", "主要");
        let native = change(observed, "发展", "开展");
        assert!(is_right(observed, expected, &right));
        assert!(!is_right(observed, expected, &other));
        assert!(!is_right(observed, expected, &native));
        assert_eq!(
            outcome(observed, expected, std::slice::from_ref(&right)),
            Outcome::Missing
        );
        assert_eq!(outcome(observed, expected, &[]), Outcome::Missing);
        assert_eq!(
            outcome(observed, expected, &[right, native]),
            Outcome::Wrong
        );
        let observed = "不克不及用，开展发展";
        let (expected, changed) = ("不能用，开展发展", change(observed, "不克不及", "不能"));
        assert_eq!(outcome(observed, expected, &[changed]), Outcome::Whole);
        let elsewhere = change(observed, "开展", "发展");
        assert!(!is_right(observed, expected, &elsewhere));
    }
}
