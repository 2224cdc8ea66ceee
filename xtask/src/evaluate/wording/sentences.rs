//! Single sentences, alone and with three others of their family around them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use zhengben::{Cleaner, dictionary};

use super::compare::{Outcome, apply, changes, outcome};
use super::{Bench, percent};
use crate::Failure;
use crate::choice::Spinner;
use crate::simulate::Random;

/// How many sentences stand around one.
const AROUND: usize = 3;

/// How short and how long a sentence from a document may be, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 15..=60;

/// A line of the file.
struct Sentence<'t> {
    observed: &'t str,
    expected: &'t str,
    /// The family whose words it has most of, if it is spun.
    family: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    positive: usize,
    whole: usize,
    wrong: usize,
    negative: usize,
    kept: usize,
}

/// A table: alone and in company, for what is safe and with what is unsafe.
pub(super) fn run(
    path: &Path,
    domains: &[(String, Vec<String>)],
    bench: &Bench,
    show: usize,
) -> Result<String, Failure> {
    let text = fs::read_to_string(path)?;
    let sentences = text.lines().skip(1).filter(|line| !line.starts_with('#'));
    let sentences = sentences.map(|line| {
        let mut cells = line.split('\t');
        let cells = cells.next().zip(cells.next());
        let (observed, expected) = cells.ok_or_else(|| format!("{}: {line:?}", path.display()))?;
        Ok(Sentence {
            observed,
            expected,
            family: (observed != expected)
                .then(|| family(observed, expected))
                .flatten(),
        })
    });
    let sentences: Vec<Sentence<'_>> = sentences.collect::<Result<_, Failure>>()?;
    let company: Vec<Vec<String>> = (0..sentences.len())
        .map(|number| neighbours(number, &sentences, domains, bench))
        .collect();
    let mut out = String::from(
        "## Sentences\n\n| given | edits | positive | whole | words missing | changed wrongly | negative | kept |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut details = Vec::new();
    for (given, in_company) in [("alone", false), ("with three of their family", true)] {
        for (name, cleaner) in [("safe", &bench.cleaner), ("with unsafe", &bench.bold)] {
            let mut score = Score::default();
            for (sentence, company) in sentences.iter().zip(&company) {
                let company = if in_company { &company[..] } else { &[] };
                let line = one(sentence, company, cleaner, &mut score);
                details.extend(line.map(|line| format!("{given}, {name}: {line}")));
            }
            let _ = writeln!(
                out,
                "| {given} | {name} | {} | {} ({:.1} %) | {} | {} | {} | {} |",
                score.positive,
                score.whole,
                percent(score.whole, score.positive),
                score.positive - score.whole - score.wrong,
                score.wrong,
                score.negative,
                score.kept,
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

fn one(
    sentence: &Sentence<'_>,
    company: &[String],
    cleaner: &Cleaner,
    score: &mut Score,
) -> Option<String> {
    let (observed, expected) = (sentence.observed, sentence.expected);
    // Two of them before it, the others behind it.
    let (before, behind) = company.split_at(company.len().min(2));
    let start: usize = before.iter().map(|line| line.len() + 1).sum();
    let lines = before.iter().map(String::as_str);
    let lines = lines
        .chain([observed])
        .chain(behind.iter().map(String::as_str));
    let document = lines.collect::<Vec<_>>().join("\n");
    let cleaned = cleaner.clean(document.as_str());
    let changes = changes(&cleaned, start, observed);
    let outcome = outcome(observed, expected, &changes);
    if observed == expected {
        score.negative += 1;
        score.kept += usize::from(outcome == Outcome::Whole);
    } else {
        score.positive += 1;
        score.whole += usize::from(outcome == Outcome::Whole);
        score.wrong += usize::from(outcome == Outcome::Wrong);
    }
    (outcome != Outcome::Whole).then(|| {
        let given = apply(observed, &changes);
        format!("{outcome:?}: {observed} → {given}, not {expected}")
    })
}

/// The family of which most substitutions can be seen in a sentence.
fn family(observed: &str, expected: &str) -> Option<&'static str> {
    let mut words: BTreeMap<&'static str, usize> = BTreeMap::new();
    for entry in dictionary::built_in() {
        let is_seen = |original: &&str| {
            observed.matches(entry.spun).count() > expected.matches(entry.spun).count()
                && expected.matches(*original).count() > observed.matches(*original).count()
        };
        if entry.originals.iter().any(is_seen) {
            for &family in &entry.families {
                *words.entry(family).or_default() += 1;
            }
        }
    }
    // The first by name of those with most.
    let most = words.into_iter().rev().max_by_key(|&(_, count)| count);
    most.map(|(family, _)| family)
}

/// What stands around a sentence: others of its family from the file, and if
/// they are too few, sentences of documents that the family spins. Around one
/// that is not spun there are sentences of any family: it must be kept there,
/// too.
fn neighbours(
    number: usize,
    sentences: &[Sentence<'_>],
    domains: &[(String, Vec<String>)],
    bench: &Bench,
) -> Vec<String> {
    let mut random = Random::of_document(bench.seed, number);
    let families: Vec<&'static str> = sentences.iter().filter_map(|s| s.family).collect();
    let own = sentences[number].family;
    let family = own.or_else(|| {
        let any = random.below(families.len().max(1) as u64) as usize;
        families.get(any).copied()
    });
    let others = sentences.iter().enumerate();
    let others =
        others.filter(|(other, s)| *other != number && s.family.is_some() && s.family == family);
    let mut others: Vec<String> = others.map(|(_, s)| s.observed.to_owned()).collect();
    random.shuffle(&mut others);
    others.truncate(AROUND);
    if let Some(family) = family {
        let missing = AROUND - others.len();
        others.extend(spun(family, missing, domains, &bench.spinner, &mut random));
    }
    others
}

/// Sentences of documents, spun by a family that replaces something in them.
fn spun(
    family: &str,
    count: usize,
    domains: &[(String, Vec<String>)],
    spinner: &Spinner,
    random: &mut Random,
) -> Vec<String> {
    let family = spinner.families.iter().find(|other| other.name == family);
    let documents: Vec<&String> = domains
        .iter()
        .flat_map(|(_, documents)| documents)
        .collect();
    let mut found = Vec::new();
    let (Some(family), false) = (family, documents.is_empty()) else {
        return found;
    };
    /// So many documents are tried.
    const TRIES: usize = 1000;
    for _ in 0..TRIES {
        if found.len() == count {
            break;
        }
        let document = documents[random.below(documents.len() as u64) as usize];
        let sentences = document.split_inclusive(['。', '\n']);
        let sentences = sentences.map(str::trim);
        let sentences: Vec<&str> = sentences
            .filter(|sentence| LENGTH.contains(&sentence.chars().count()))
            .collect();
        if sentences.is_empty() {
            continue;
        }
        let sentence = sentences[random.below(sentences.len() as u64) as usize];
        let (text, replaced) = family.spin(sentence, 1.0, random);
        if !replaced.is_empty() {
            found.push(text);
        }
    }
    found
}
