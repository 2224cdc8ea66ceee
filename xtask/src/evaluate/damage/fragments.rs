//! Repairs of fragments of real pages, each a document of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use zhengben::workshop::{Repair, repairs};

use super::judge::{check, narrowed};
use super::tally::{Count, is_safe};
use crate::Failure;

/// The longest syllable, zhuang, has six letters.
const LETTERS: usize = 6;

/// A name, and whether it takes a kind.
type Group = (&'static str, fn(&str) -> bool);

/// Fragments with whole glosses only need no repair, nor do controls.
const GROUPS: [Group; 3] = [
    ("damage", |kind| !is_control(kind) && !is_whole_gloss(kind)),
    ("whole glosses", is_whole_gloss),
    ("controls", is_control),
];

fn is_control(kind: &str) -> bool {
    kind == "plain"
}

fn is_whole_gloss(kind: &str) -> bool {
    kind.starts_with("plain gloss") || kind.contains("any-char")
}

/// Prints how many are restored by safe repairs.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(path: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(path)?;
    let mut kinds: BTreeMap<(&str, &str), Count> = BTreeMap::new();
    let (mut left, mut wrong) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1).filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [observed, original, kind, certain, ..] = cells[..] else {
            return Err(format!("{}: {line:?}", path.display()).into());
        };
        let all = repairs(observed);
        check(observed, &all)?;
        let safe: Vec<&Repair> = all.iter().filter(|r| is_safe(r.certainty)).collect();
        let given = apply(observed, &safe);
        let restored = comparable(&given) == comparable(original);
        kinds.entry((kind, certain)).or_default().add(restored);
        let others: Vec<&Repair> = all.iter().filter(|r| !is_safe(r.certainty)).collect();
        let report = || {
            let suggested: Vec<String> = others
                .iter()
                .map(|r| format!("{:?} {:.1} {}", r.certainty, r.margin, r.replacement))
                .collect();
            format!(
                "  {kind}: {observed} → {given} instead of {original}; suggested: [{}]",
                suggested.join(", ")
            )
        };
        if !restored && certain == "1" {
            left.push(report());
        } else if !restored && !safe.is_empty() {
            wrong.push(report());
        }
    }
    println!("== fragments: certain (1 or 0), restored, kind");
    for ((kind, certain), count) in &kinds {
        println!("  {certain} {:3} of {:3} {kind}", count.right, count.all);
    }
    println!("{} certain ones are not restored", left.len());
    left.iter().for_each(|line| println!("{line}"));
    println!(
        "{} uncertain ones got a safe repair that is wrong",
        wrong.len()
    );
    wrong.iter().for_each(|line| println!("{line}"));
    for (name, takes) in GROUPS {
        for certain in ["1", "0"] {
            let rows = kinds
                .iter()
                .filter(|((kind, of), _)| *of == certain && takes(kind));
            let (right, all) = rows.fold((0, 0), |(right, all), (_, count)| {
                (right + count.right, all + count.all)
            });
            if all > 0 {
                println!("{name}, certain = {certain}: {right} of {all} restored");
            }
        }
    }
    Ok(())
}

fn apply(text: &str, repairs: &[&Repair]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for repair in repairs {
        out.push_str(&text[done..repair.range.start]);
        out.push_str(&repair.replacement);
        done = repair.range.end;
    }
    out + &text[done..]
}

/// Without glosses, which are the gloss stage's, and with ASCII punctuation:
/// the originals are given with either.
fn comparable(text: &str) -> String {
    let text = narrowed(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find('(') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let inner = rest[1..].split(')').next().unwrap_or_default();
        let is_gloss = (1..=LETTERS).contains(&inner.chars().count())
            && inner.chars().all(is_pinyin)
            && rest[1..].len() > inner.len();
        let kept = if is_gloss { 0 } else { 1 };
        out.push_str(&rest[..kept]);
        rest = &rest[if is_gloss { inner.len() + 2 } else { 1 }..];
    }
    out + rest
}

fn is_pinyin(letter: char) -> bool {
    letter.is_ascii_lowercase() || "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glosses_and_widths_are_left_out() {
        assert_eq!(
            comparable("發(fā)展，F(xiàn)有(3)項(xiàng)"),
            "發展,F有(3)項"
        );
        assert_eq!(comparable("當(dāng"), "當(dāng");
        assert_eq!(comparable("　(□)()"), " (□)()");
    }
}
