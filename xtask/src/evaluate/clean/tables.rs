//! The tables of `docs/clean-text.md`.

use std::collections::BTreeMap;
use std::fmt::Write;

use zhengben::Rule;

use super::judged::{Judged, Verdict};
use super::tally::{Tally, Total};
use crate::{Failure, generated};

/// The tables stand between these lines; around them is prose.
const BEGIN: &str = "<!-- begin: cargo xtask evaluate clean -->";
const END: &str = "<!-- end: cargo xtask evaluate clean -->";

/// Both tables.
pub(super) fn all(total: &Total, judged: &Judged) -> String {
    format!("{}\n{}", by_kind(total, judged), by_rule(total))
}

/// Puts the tables into a page.
///
/// # Errors
/// If it has no place for them.
pub(super) fn put_into(page: &str, tables: &str) -> Result<String, Failure> {
    generated::put_into(page, [BEGIN, END], tables)
}

/// How much text, and how much is done to it.
fn by_kind(total: &Total, judged: &Judged) -> String {
    let mut out = String::from(
        "| kind | documents | MB | million characters | made: script | made: other | right | wrong \
         | wrong per million | suggested | per million |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut verdicts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for found in total.found.iter().filter(|found| found.applied) {
        let counts = verdicts.entry(&found.kind).or_default();
        match judged.of(found) {
            Some(Verdict::Right) => counts[0] += 1,
            Some(Verdict::Wrong) => counts[1] += 1,
            None => {}
        }
    }
    let mut sum = [0, 0];
    for (kind, tally) in &total.kinds {
        let verdicts = verdicts.get(kind.as_str()).copied().unwrap_or_default();
        sum = [sum[0] + verdicts[0], sum[1] + verdicts[1]];
        row(&mut out, kind, tally, verdicts);
    }
    row(&mut out, "**all**", &total.sum(), sum);
    out
}

fn row(out: &mut String, kind: &str, tally: &Tally, [right, wrong]: [usize; 2]) {
    let other = tally.count(false);
    let _ = writeln!(
        out,
        "| {kind} | {} | {:.1} | {:.2} | {} | {} | {right} | {wrong} | {} | {} | {} |",
        tally.documents,
        tally.bytes as f64 / 1e6,
        tally.characters as f64 / 1e6,
        tally.count(true).made,
        other.made,
        per_million(wrong, tally),
        other.suggested,
        per_million(other.suggested, tally),
    );
}

/// What each rule outside the script stage did.
fn by_rule(total: &Total) -> String {
    let mut out = String::from(
        "| rule | kind | made | per million | suggested | per million |\n|---|---|---|---|---|---|\n",
    );
    for rule in Rule::all().filter(|rule| rule.info().stage != "script") {
        for (kind, tally) in &total.kinds {
            let Some(count) = tally.rules.get(&rule) else {
                continue;
            };
            let _ = writeln!(
                out,
                "| `{rule}` | {kind} | {} | {} | {} | {} |",
                count.made,
                per_million(count.made, tally),
                count.suggested,
                per_million(count.suggested, tally),
            );
        }
    }
    out
}

fn per_million(count: usize, tally: &Tally) -> String {
    match count {
        0 => "0".to_owned(),
        _ => format!("{:.2}", count as f64 * 1e6 / tally.characters.max(1) as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_stand_between_the_lines() {
        let page = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let page = put_into(&page, "| new |\n").unwrap();
        assert_eq!(page, format!("a\n{BEGIN}\n\n| new |\n\n{END}\nb\n"));
        assert!(put_into("a", "b").is_err());
    }

    #[test]
    fn rates_are_of_characters() {
        let tally = Tally {
            characters: 4_000_000,
            ..Tally::default()
        };
        assert_eq!(per_million(0, &tally), "0");
        assert_eq!(per_million(3, &tally), "0.75");
    }
}
