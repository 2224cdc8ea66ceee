//! Whether repairs of a garbled page are right.
//!
//! A repair need not be what the simulator calls a run: it may begin earlier,
//! end later, cover several runs or a part of one. So runs and the repairs that
//! touch them are put together to groups, and each group is judged by the
//! stretch of text from its first byte to its last.

use std::ops::Range;

use zhengben::workshop::{Certainty, Repair};

use crate::Failure;
use crate::simulate::{Garbled, narrow};

/// What the repaired text of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// What the page was.
    Exact,
    /// The same but for full-width characters and their ASCII forms.
    Widths,
    Wrong,
}

/// Runs and repairs that touch each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// The numbers of the runs; empty if the repairs touch healthy text only.
    pub(crate) runs: Range<usize>,
    /// The numbers of the repairs; empty if the run was left alone.
    pub(crate) repairs: Range<usize>,
    /// The stretch of the garbled text.
    pub(crate) text: Range<usize>,
    pub(crate) verdict: Verdict,
    /// What the repaired text has for it, and what the page had.
    pub(crate) given: String,
    pub(crate) expected: String,
}

impl Group {
    /// How sure the least sure of its repairs is.
    pub(crate) fn certainty(&self, repairs: &[Repair]) -> Option<Certainty> {
        let of_group = &repairs[self.repairs.clone()];
        of_group.iter().map(|repair| repair.certainty).max()
    }

    /// The least margin of its repairs.
    pub(crate) fn margin(&self, repairs: &[Repair]) -> f32 {
        let of_group = &repairs[self.repairs.clone()];
        let margins = of_group.iter().map(|repair| repair.margin);
        margins.fold(f32::INFINITY, f32::min)
    }

    /// Whether its repairs are of several classes: then a wrong one may have
    /// a better class than the group.
    pub(crate) fn is_mixed(&self, repairs: &[Repair]) -> bool {
        let of_group = &repairs[self.repairs.clone()];
        of_group
            .iter()
            .any(|repair| repair.certainty != of_group[0].certainty)
    }
}

/// Judges the repairs of a page; the groups are in the text's order.
///
/// # Errors
/// If a repair is no range of the text, or repairs overlap or are out of order.
pub(crate) fn judge(garbled: &Garbled, repairs: &[Repair]) -> Result<Vec<Group>, Failure> {
    check(&garbled.text, repairs)?;
    let judge = Judge {
        garbled,
        repairs,
        page: garbled.undamaged(),
    };
    let groups: Vec<Group> = judge
        .touching()
        .into_iter()
        .map(|(runs, repairs)| judge.group(runs, repairs))
        .collect();
    Ok(judge.with_neighbours(groups))
}

/// Repairs must be sorted and disjoint ranges of the text.
pub(super) fn check(text: &str, repairs: &[Repair]) -> Result<(), Failure> {
    let mut end = 0;
    for repair in repairs {
        if repair.range.start < end || text.get(repair.range.clone()).is_none() {
            return Err(format!("misplaced repair: {repair:?}").into());
        }
        end = repair.range.end;
    }
    Ok(())
}

struct Judge<'a> {
    garbled: &'a Garbled,
    repairs: &'a [Repair],
    page: Vec<char>,
}

impl Judge<'_> {
    /// The numbers of the runs and repairs that touch each other, be it end to
    /// end: a run may be empty, and so may be what a repair replaces.
    fn touching(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let (runs, repairs) = (&self.garbled.runs, self.repairs);
        let mut groups = Vec::new();
        let (mut run, mut repair) = (0, 0);
        while run < runs.len() || repair < repairs.len() {
            let first = (run, repair);
            // Where the group's runs and its repairs end.
            let (mut runs_end, mut repairs_end) = (None, None);
            loop {
                let next_run = runs.get(run).map(|run| &run.text);
                let next_repair = repairs.get(repair).map(|repair| &repair.range);
                let is_new = runs_end.is_none() && repairs_end.is_none();
                let touches =
                    |start: usize, end: Option<usize>| end.is_some_and(|end| start <= end);
                // By place; of two in one place the run first, as a repair
                // that ends there may belong to it.
                let run_first = match (next_run, next_repair) {
                    (Some(run), Some(repair)) => run.start <= repair.start,
                    (next, _) => next.is_some(),
                };
                match (next_run, next_repair) {
                    (Some(next), _)
                        if run_first && (is_new || touches(next.start, repairs_end)) =>
                    {
                        runs_end = Some(next.end);
                        run += 1;
                    }
                    (_, Some(next)) if !run_first && (is_new || touches(next.start, runs_end)) => {
                        repairs_end = Some(next.end);
                        repair += 1;
                    }
                    _ => break,
                }
            }
            groups.push((first.0..run, first.1..repair));
        }
        groups
    }

    fn group(&self, runs: Range<usize>, repairs: Range<usize>) -> Group {
        let places = self.garbled.runs[runs.clone()].iter().map(|run| &run.text);
        let replaced = self.repairs[repairs.clone()].iter().map(|r| &r.range);
        let (mut start, mut end) = (usize::MAX, 0);
        for range in places.chain(replaced) {
            start = start.min(range.start);
            end = end.max(range.end);
        }
        // A repair that breaks a gloss is judged by what it leaves of it.
        for gloss in &self.garbled.whole_glosses {
            if gloss.text.start < start && start < gloss.text.end {
                start = gloss.text.start;
            }
            if gloss.text.start < end && end < gloss.text.end {
                end = gloss.text.end;
            }
        }
        let text = start..end;
        let given = self.given(&text, &runs, &repairs);
        let expected: String = self.page[self.characters(&text, &runs)].iter().collect();
        let verdict = if given == expected {
            Verdict::Exact
        } else if narrowed(&given) == narrowed(&expected) {
            Verdict::Widths
        } else {
            Verdict::Wrong
        };
        Group {
            runs,
            repairs,
            text,
            verdict,
            given,
            expected,
        }
    }

    /// The page's characters that a stretch of the text stands for.
    fn characters(&self, text: &Range<usize>, runs: &Range<usize>) -> Range<usize> {
        let survivors = &self.garbled.survivors;
        let first = survivors.partition_point(|survivor| survivor.text < text.start);
        let last = survivors.partition_point(|survivor| survivor.text < text.end);
        let survivors = survivors[first..last]
            .iter()
            .map(|survivor| survivor.character..survivor.character + 1);
        let lost = self.garbled.runs[runs.clone()]
            .iter()
            .map(|run| run.characters.clone());
        survivors
            .chain(lost)
            .reduce(|all, part| all.start.min(part.start)..all.end.max(part.end))
            .unwrap_or(0..0)
    }

    /// A stretch of the text with the repairs applied, and without the whole
    /// glosses that they leave: these are the gloss stage's.
    fn given(&self, text: &Range<usize>, runs: &Range<usize>, repairs: &Range<usize>) -> String {
        let repairs = &self.repairs[repairs.clone()];
        let runs = &self.garbled.runs[runs.clone()];
        let mut replaced: Vec<(Range<usize>, &str)> = repairs
            .iter()
            .map(|repair| (repair.range.clone(), repair.replacement.as_str()))
            .collect();
        let glosses = &self.garbled.whole_glosses;
        let first = glosses.partition_point(|gloss| gloss.text.start < text.start);
        for gloss in glosses[first..]
            .iter()
            .take_while(|gloss| gloss.text.end <= text.end)
        {
            let is = &gloss.text;
            let touched = repairs
                .iter()
                .any(|repair| repair.range.start < is.end && is.start < repair.range.end);
            // A gloss that broke a character stands behind a wrong one.
            let broke = gloss.splits && runs.iter().any(|run| within(is, &run.text));
            if !touched && !broke {
                replaced.push((is.clone(), ""));
            }
        }
        replaced.sort_by_key(|(range, _)| (range.start, range.end));
        let mut given = String::new();
        let mut done = text.start;
        for (range, replacement) in replaced {
            given.push_str(&self.garbled.text[done..range.start]);
            given.push_str(replacement);
            done = range.end;
        }
        given + &self.garbled.text[done..text.end]
    }

    /// Where characters repeat, what was lost can be put back in more than one
    /// place: a repair of healthy text next to a run, no more than a character
    /// away, belongs to the run if that makes it exact.
    fn with_neighbours(&self, groups: Vec<Group>) -> Vec<Group> {
        let mut merged: Vec<Group> = Vec::with_capacity(groups.len());
        for group in groups {
            if let Some(last) = merged.last()
                && (group.runs.is_empty() != last.runs.is_empty())
                && self.survivors_between(last.text.end, group.text.start) <= 1
                && last.verdict != Verdict::Exact
            {
                let runs = last.runs.start..group.runs.end;
                let repairs = last.repairs.start..group.repairs.end;
                let both = self.group(runs, repairs);
                if both.verdict == Verdict::Exact {
                    merged.pop();
                    merged.push(both);
                    continue;
                }
            }
            merged.push(group);
        }
        merged
    }

    fn survivors_between(&self, start: usize, end: usize) -> usize {
        let survivors = &self.garbled.survivors;
        let before = |place| survivors.partition_point(|survivor| survivor.text < place);
        before(end).saturating_sub(before(start))
    }
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

pub(super) fn narrowed(text: &str) -> String {
    text.chars().map(narrow).collect()
}
