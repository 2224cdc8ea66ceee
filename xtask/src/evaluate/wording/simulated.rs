//! Documents that a spinner of the dictionary's has rewritten.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use zhengben::Safety;

use super::tally::{OfWord, Tally};
use super::{Bench, percent};
use crate::choice::Replaced;
use crate::parallel;
use crate::simulate::Random;

/// How a document is spun.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// Not at all.
    Clean,
    /// Every word that the spinner has.
    Whole,
    /// Each word with a probability of one half.
    Half,
    /// Half of the words, and these wherever they stand.
    HalfOfWords,
}

const MODES: [(Mode, &str); 4] = [
    (Mode::Whole, "all"),
    (Mode::Half, "half"),
    (Mode::HalfOfWords, "half of the words"),
    (Mode::Clean, "not spun"),
];

/// Words that a table names.
const NAMED: usize = 40;

/// What was measured, by domain and mode.
#[derive(Default)]
pub(super) struct Measured {
    domains: Vec<(String, Vec<Tally>)>,
}

impl Measured {
    /// Spins and restores the documents of a domain in all ways.
    pub(super) fn measure(&mut self, domain: &str, documents: &[String], bench: &Bench) {
        let modes = MODES.iter().map(|&(mode, _)| {
            let mut total = Tally::default();
            for tally in parallel::map(documents, |number, text| one(text, mode, number, bench)) {
                total.add(&tally);
            }
            total
        });
        self.domains.push((domain.to_owned(), modes.collect()));
    }

    /// All tables, and so many examples of each domain.
    pub(super) fn sections(&self, show: usize) -> Vec<String> {
        let mut sections = vec![
            self.by_domain("Simulated spinning"),
            self.calibration(),
            self.words(),
            self.held(),
            self.native(),
        ];
        if show > 0 {
            sections.extend(self.examples(show));
        }
        sections
    }

    /// A row for each domain and mode.
    pub(super) fn by_domain(&self, title: &str) -> String {
        let mut out = format!(
            "## {title}\n\n| domain | spun | documents | words replaced | safe: right | back | unsafe: right | back with unsafe | changed when cleaned again |\n|---|---|---|---|---|---|---|---|---|\n"
        );
        for (domain, modes) in &self.domains {
            for ((_, name), total) in MODES.iter().zip(modes) {
                let _ = writeln!(out, "| {domain} | {name} | {} |", total.cells());
            }
        }
        out
    }

    /// All domains together, by mode.
    fn total(&self, mode: usize) -> Tally {
        let mut sum = Tally::default();
        for (_, modes) in &self.domains {
            sum.add(&modes[mode]);
        }
        sum
    }

    /// All domains, however they are spun.
    fn total_of_spun(&self) -> Tally {
        let mut sum = Tally::default();
        for (mode, (kind, _)) in MODES.iter().enumerate() {
            if *kind != Mode::Clean {
                sum.add(&self.total(mode));
            }
        }
        sum
    }

    fn calibration(&self) -> String {
        let mut out = String::from("## Calibration\n");
        for (mode, (kind, name)) in MODES.iter().enumerate() {
            if *kind != Mode::Clean {
                let table = self.total(mode).calibration.table();
                let _ = write!(out, "\nSpun: {name}.\n\n{table}");
            }
        }
        out
    }

    /// The words that are wrong and missed most, however they are spun.
    fn words(&self) -> String {
        let sum = self.total_of_spun();
        let mut out = String::new();
        for (title, number) in [
            (
                "Words given back wrongly",
                (|w| w.safe.wrong) as fn(&OfWord) -> usize,
            ),
            ("Words missed", |w| w.missed),
        ] {
            let _ = write!(
                out,
                "## {title}\n\nThe {NAMED} with most; safe edits, of which are wrong, and how often the word was missed.\n\n| word | edits | wrong | missed |\n|---|---|---|---|\n"
            );
            for (word, counts) in sum.words(number).into_iter().take(NAMED) {
                let (all, wrong) = (counts.safe.right + counts.safe.wrong, counts.safe.wrong);
                let _ = writeln!(out, "| {word} | {all} | {wrong} | {} |", counts.missed);
            }
            out.push('\n');
        }
        out
    }

    /// The words that would be given back most often if their rows did not hold them
    /// back.
    fn held(&self) -> String {
        let sum = self.total_of_spun();
        let mut out = format!(
            "## Words that their rows hold back\n\nThe {NAMED} with most decisions that were safe by their probability.\n\n| word | decisions | right |\n|---|---|---|\n"
        );
        for (word, counts) in sum.words(|w| w.held.all()).into_iter().take(NAMED) {
            let (all, right) = (counts.held.all(), counts.held.right);
            let _ = writeln!(out, "| {word} | {all} | {:.1} % |", percent(right, all));
        }
        out
    }

    /// What is done to text that nobody has spun.
    fn native(&self) -> String {
        let mode = MODES.iter().position(|(mode, _)| *mode == Mode::Clean);
        let sum = self.total(mode.unwrap_or_default());
        let each = |count: usize| 1e5 * count as f64 / sum.characters.max(1) as f64;
        let count = |safety| sum.by_safety.get(&safety).map_or(0, |count| count.wrong);
        let mut out = format!(
            "## Text that is not spun\n\nIn {} characters {} words are changed ({:.3} in 100,000), {} more with unsafe edits ({:.3}).\n",
            sum.characters,
            count(Safety::Safe),
            each(count(Safety::Safe)),
            count(Safety::Unsafe),
            each(count(Safety::Unsafe)),
        );
        let words = sum.words(|w| w.safe.wrong + w.more.wrong);
        if !words.is_empty() {
            out.push_str("\n| word | safe in 100,000 characters | unsafe |\n|---|---|---|\n");
        }
        for (word, counts) in words.into_iter().take(NAMED) {
            let (safe, more) = (each(counts.safe.wrong), each(counts.more.wrong));
            let _ = writeln!(out, "| {word} | {safe:.3} | {more:.3} |");
        }
        out
    }

    fn examples(&self, show: usize) -> Vec<String> {
        let mut sections = Vec::new();
        for (domain, modes) in &self.domains {
            for ((_, name), total) in MODES.iter().zip(modes) {
                let mut out = format!("### {domain}, spun: {name}\n\n");
                let missed = total.words(|w| w.missed).into_iter().take(2 * show);
                let missed: Vec<String> = missed
                    .map(|(word, counts)| {
                        let safe = counts.safe.right;
                        let share = percent(safe, safe + counts.missed);
                        format!("{word} {} ({share:.0} % back)", counts.missed)
                    })
                    .collect();
                let _ = writeln!(out, "Missed: {}.\n", missed.join(", "));
                for example in total.examples.iter().take(show) {
                    let _ = writeln!(out, "- {example}");
                }
                sections.push(out);
            }
        }
        sections
    }
}

/// Spins one document and judges what is made of it.
fn one(text: &str, mode: Mode, number: usize, bench: &Bench) -> Tally {
    let mut random = Random::of_document(bench.seed, number);
    let families = &bench.spinner.families;
    let family = &families[random.below(families.len() as u64) as usize];
    let (spun, replaced) = match mode {
        Mode::Clean => (text.to_owned(), Vec::new()),
        Mode::Whole => family.spin(text, 1.0, &mut random),
        Mode::Half => family.spin(text, 0.5, &mut random),
        Mode::HalfOfWords => family.spin_half(text, &mut random),
    };
    let truth = Truth::new(&replaced);
    let cleaned = bench.cleaner.clean(spun.as_str());
    let again = bench.cleaner.clean(cleaned.text());
    let mut tally = Tally {
        documents: 1,
        characters: text.chars().count(),
        replaced: replaced.len(),
        unstable: usize::from(again.text() != cleaned.text()),
        ..Tally::default()
    };
    for judgement in bench.judge.judge(&spun) {
        let is_right = truth.has(&judgement.range, &judgement.original);
        tally.calibration.count(&judgement, is_right);
        if judgement.by_probability == Safety::Safe && judgement.safety != Safety::Safe {
            let word = &spun[judgement.range.clone()];
            let word = tally.by_word.entry(word.to_owned()).or_default();
            word.held.add(is_right);
        }
    }
    let mut missed = truth.0.clone();
    for edit in cleaned.edits() {
        let cause = edit.causes.last();
        let Some(cause) = cause.filter(|c| c.rule.info().stage == "wording") else {
            continue;
        };
        let start = edit.range.start;
        let is_right = truth.has(&edit.range, edit.replacement);
        tally
            .by_safety
            .entry(cause.safety)
            .or_default()
            .add(is_right);
        let word = tally.by_word.entry(edit.original.to_owned()).or_default();
        match cause.safety {
            Safety::Safe => word.safe.add(is_right),
            Safety::Unsafe => word.more.add(is_right),
            Safety::Display => {}
        }
        if cause.safety != Safety::Safe {
            continue;
        }
        if is_right {
            missed.retain(|&at, replaced| at > start || at + replaced.spun.len() <= start);
        } else {
            let before: Vec<char> = spun[..start].chars().rev().take(10).collect();
            let before: String = before.into_iter().rev().collect();
            let behind: String = spun[edit.range.end..].chars().take(8).collect();
            let truth = truth
                .0
                .get(&start)
                .map_or("native", |replaced| replaced.original);
            let example = format!(
                "{before}[{}→{}]{behind} | {truth} | {} | {}",
                edit.original, edit.replacement, family.name, cause.reason
            );
            tally.examples.push(example.replace('\n', "⏎"));
        }
    }
    for replaced in missed.values() {
        tally
            .by_word
            .entry(replaced.spun.to_owned())
            .or_default()
            .missed += 1;
    }
    tally
}

/// What was replaced, by place.
struct Truth<'r>(BTreeMap<usize, &'r Replaced>);

impl<'r> Truth<'r> {
    fn new(replaced: &'r [Replaced]) -> Self {
        Truth(replaced.iter().map(|r| (r.start, r)).collect())
    }

    /// Whether a piece of the spun text stands for another. A spinner may have
    /// replaced a longer piece than is given back.
    fn has(&self, range: &Range<usize>, original: &str) -> bool {
        let around = self.0.range(..=range.start).next_back();
        around.is_some_and(|(&at, replaced)| {
            let (from, to) = (range.start - at, range.end - at);
            let ends = replaced.spun.get(..from).zip(replaced.spun.get(to..));
            ends.is_some_and(|(left, right)| {
                format!("{left}{original}{right}") == replaced.original
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_another_is_known_by_its_place() {
        let replaced = [Replaced {
            start: 6,
            spun: "高质量开展",
            original: "高质量发展",
        }];
        let truth = Truth::new(&replaced);
        assert!(truth.has(&(6..21), "高质量发展"));
        assert!(truth.has(&(15..21), "发展"), "a part of it");
        assert!(!truth.has(&(15..21), "进展"));
        assert!(!truth.has(&(0..6), "发展"));
        assert!(!truth.has(&(21..27), "发展"));
    }
}
