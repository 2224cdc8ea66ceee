//! Fragments of real spun pages, each page's as one document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use zhengben::Cleaner;

use super::compare::{Outcome, apply, changes, outcome};
use super::{Bench, percent};
use crate::Failure;

/// One fragment.
struct Fragment<'t> {
    observed: &'t str,
    expected: &'t str,
    /// The family of its page, if a spinner was at work.
    family: Option<&'t str>,
}

impl<'t> Fragment<'t> {
    fn parse(line: &'t str) -> Option<(&'t str, Fragment<'t>)> {
        let mut cells = line.split('\t');
        let (group, observed, expected) = (cells.next()?, cells.next()?, cells.next()?);
        let mut notes = cells.next()?.split(';');
        let family = notes.find_map(|note| note.strip_prefix("fam="));
        let fragment = Fragment {
            observed,
            expected,
            family,
        };
        Some((group, fragment))
    }

    fn is_spun(&self) -> bool {
        self.observed != self.expected
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    spun: usize,
    whole: usize,
    wrong: usize,
    legitimate: usize,
    kept: usize,
}

/// A table by family, for what is safe and with what is unsafe.
pub(super) fn run(path: &Path, bench: &Bench, show: usize) -> Result<String, Failure> {
    let text = fs::read_to_string(path)?;
    let mut groups: BTreeMap<&str, Vec<Fragment<'_>>> = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| !line.starts_with('#')) {
        let parsed = Fragment::parse(line);
        let (group, fragment) = parsed.ok_or_else(|| format!("{}: {line:?}", path.display()))?;
        groups.entry(group).or_default().push(fragment);
    }
    let mut out = String::from(
        "## Fragments of real pages\n\n| family | edits | spun | whole | words missing | changed wrongly | legitimate or native | kept |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut details = Vec::new();
    for (name, cleaner) in [("safe", &bench.cleaner), ("with unsafe", &bench.bold)] {
        let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
        for (group, fragments) in &groups {
            let lines = one(group, fragments, cleaner, &mut scores);
            details.extend(lines.into_iter().map(|line| format!("{name}: {line}")));
        }
        for (family, score) in &scores {
            let _ = writeln!(
                out,
                "| {family} | {name} | {} | {} ({:.1} %) | {} | {} ({:.1} %) | {} | {} ({:.1} %) |",
                score.spun,
                score.whole,
                percent(score.whole, score.spun),
                score.spun - score.whole - score.wrong,
                score.wrong,
                percent(score.wrong, score.spun),
                score.legitimate,
                score.kept,
                percent(score.kept, score.legitimate),
            );
        }
    }
    if show > 0 {
        out.push('\n');
    }
    for line in details.iter().take(show) {
        let _ = writeln!(out, "- {line}");
    }
    Ok(out)
}

/// Counts one page, and returns what is not as it should be.
fn one<'t>(
    group: &str,
    fragments: &[Fragment<'t>],
    cleaner: &Cleaner,
    scores: &mut BTreeMap<&'t str, Score>,
) -> Vec<String> {
    let lines: Vec<&str> = fragments.iter().map(|f| f.observed).collect();
    let document = lines.join("\n");
    let cleaned = cleaner.clean(document.as_str());
    let mut start = 0;
    let mut details = Vec::new();
    for fragment in fragments {
        let (observed, expected) = (fragment.observed, fragment.expected);
        let changes = changes(&cleaned, start, observed);
        start += observed.len() + 1;
        let outcome = outcome(observed, expected, &changes);
        for family in [fragment.family.unwrap_or("native"), "~ all"] {
            let score = scores.entry(family).or_default();
            if fragment.is_spun() {
                score.spun += 1;
                score.whole += usize::from(outcome == Outcome::Whole);
                score.wrong += usize::from(outcome == Outcome::Wrong);
            } else {
                score.legitimate += 1;
                score.kept += usize::from(outcome == Outcome::Whole);
            }
        }
        if outcome != Outcome::Whole {
            let given = apply(observed, &changes);
            details.push(format!(
                "{group}, {outcome:?}: {observed} → {given}, not {expected}"
            ));
        }
    }
    details
}
