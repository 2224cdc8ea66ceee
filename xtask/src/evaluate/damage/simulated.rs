//! Repairs of held-out text that the simulator damages.

use std::collections::BTreeMap;
use std::ops::Range;

use zhengben::workshop::{Certainty, Kind, Repair};

use super::Solver;
use super::judge::{Group, Verdict, judge};
use super::kinds::kinds;
use super::tally::{Outcome, Tally};
use crate::Failure;
use crate::parallel;
use crate::simulate::{self, Choices, Garbled};
use crate::sources::hash;

/// How the documents are damaged, and who repairs them.
pub(super) struct Setting<'a> {
    pub(super) seed: u64,
    pub(super) choices: &'a Choices,
    pub(super) solver: Solver,
}

impl Setting<'_> {
    /// The garbled document of that number; a domain's are the same whatever
    /// other domains there are.
    pub(super) fn garble(&self, domain: &str, number: usize, document: &str) -> Garbled {
        let seed = self.seed ^ hash(domain.as_bytes());
        simulate::garble(document, seed, number, self.choices)
    }
}

/// How many examples to print.
#[derive(Clone, Copy)]
pub(super) struct Show {
    pub(super) wrong: usize,
    pub(super) missed: usize,
}

/// What is kept of a page.
struct Page {
    tally: Tally,
    examples: Vec<Example>,
}

/// A group that is not exact.
struct Example {
    /// The class, best first; none if nothing was repaired.
    class: Option<Certainty>,
    line: String,
}

/// Measures, and prints a report.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(
    domains: &BTreeMap<String, Vec<String>>,
    setting: &Setting<'_>,
    show: Show,
) -> Result<(), Failure> {
    let mut tallies: Vec<(&str, Tally)> = Vec::new();
    let mut all = Tally::default();
    for (domain, documents) in domains {
        let pages = parallel::map(documents, |number, document| {
            let garbled = setting.garble(domain, number, document);
            let repairs = setting.solver.repairs(&garbled);
            measure(&garbled, &repairs).map_err(|error| format!("{domain} {number}: {error}"))
        });
        let mut tally = Tally::default();
        let mut examples = Vec::new();
        for page in pages {
            let page = page?;
            tally.join(&page.tally);
            examples.extend(page.examples);
        }
        println!("== {domain}: {tally}");
        print_examples(examples, show);
        all.join(&tally);
        tallies.push((domain, tally));
    }
    println!("== all: {all}");
    println!("{}", Tally::heading());
    for (domain, tally) in tallies {
        println!("{}", tally.summary(domain));
    }
    println!("{}", all.summary("all"));
    Ok(())
}

/// Judges a page's repairs and counts them.
fn measure(garbled: &Garbled, repairs: &[Repair]) -> Result<Page, Failure> {
    let mut page = Page {
        tally: Tally::of_page(garbled.traditional.len(), garbled.runs.is_empty()),
        examples: Vec::new(),
    };
    for group in judge(garbled, repairs)? {
        let exact = group.verdict == Verdict::Exact;
        let class = group.certainty(repairs);
        if group.runs.is_empty() {
            for repair in &repairs[group.repairs.clone()] {
                page.tally.add_edit(repair.certainty, repair.margin, exact);
            }
        }
        for run in &garbled.runs[group.runs.clone()] {
            page.tally.add_run(&Outcome {
                kinds: kinds(run),
                verdict: group.verdict,
                repair: class.map(|class| (class, group.margin(repairs))),
                is_mixed: group.is_mixed(repairs),
            });
        }
        if !exact {
            page.examples.push(Example {
                class,
                line: line(garbled, repairs, &group),
            });
        }
    }
    Ok(page)
}

/// Prints the wrong repairs, those of the best class first, then what was left
/// alone.
#[expect(clippy::print_stdout, reason = "it is a report")]
fn print_examples(mut examples: Vec<Example>, show: Show) {
    examples.sort_by_key(|example| example.class.map_or(usize::MAX, |class| class as usize));
    let wrong = examples.iter().filter(|example| example.class.is_some());
    for example in wrong.take(show.wrong) {
        println!("  {}", example.line);
    }
    let missed = examples.iter().filter(|example| example.class.is_none());
    for example in missed.take(show.missed) {
        println!("  {}", example.line);
    }
}

fn line(garbled: &Garbled, repairs: &[Repair], group: &Group) -> String {
    let what = match (group.certainty(repairs), group.runs.is_empty()) {
        (None, _) => "left alone".to_owned(),
        (Some(class), healthy) => {
            let of_group = &repairs[group.repairs.clone()];
            let kinds: Vec<Kind> = of_group.iter().map(|repair| repair.kind).collect();
            let margin = group.margin(repairs);
            let healthy = if healthy { ", healthy text" } else { "" };
            format!("{class:?} {margin:.1} {kinds:?}{healthy}")
        }
    };
    let mut happened: Vec<String> = garbled.runs[group.runs.clone()]
        .iter()
        .flat_map(|run| run.kinds.iter().map(|kind| kind.name()))
        .collect();
    happened.dedup();
    format!(
        "{what}: {} → {} instead of {} ({})",
        in_context(&garbled.text, &group.text),
        group.given.escape_debug(),
        group.expected.escape_debug(),
        happened.join(" ")
    )
}

/// A range of a text, in brackets, with some characters around it.
pub(super) fn in_context(text: &str, range: &Range<usize>) -> String {
    const AROUND: usize = 10;
    let head: Vec<char> = text[..range.start].chars().rev().take(AROUND).collect();
    let head: String = head.into_iter().rev().collect();
    let tail: String = text[range.end..].chars().take(AROUND).collect();
    format!("{head}⟦{}⟧{tail}", &text[range.clone()])
        .escape_debug()
        .to_string()
}
