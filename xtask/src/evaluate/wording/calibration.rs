//! How often decisions of a stated probability are right.

use std::fmt::Write as _;

use zhengben::Safety;
use zhengben::workshop::Judgement;

use super::percent;

/// Where the bins begin; the last one ends with certainty.
const BINS: [f32; 9] = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995];

const SAFETIES: [Safety; 3] = [Safety::Safe, Safety::Unsafe, Safety::Display];

#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    right: usize,
    all: usize,
    /// The sum of what was stated.
    stated: f64,
}

/// Decisions by what they state.
#[derive(Clone, Debug, Default)]
pub(super) struct Calibration {
    /// By bin, those that go by models and those that something shows.
    bins: [[Bin; 2]; BINS.len()],
    by_safety: [Bin; SAFETIES.len()],
}

impl Calibration {
    pub(super) fn count(&mut self, judgement: &Judgement, is_right: bool) {
        let probability = judgement.probability;
        let bin = BINS.partition_point(|&start| start <= probability);
        let safety = SAFETIES.iter().position(|&s| s == judgement.safety);
        let bins = [
            bin.checked_sub(1)
                .map(|bin| &mut self.bins[bin][usize::from(judgement.is_shown)]),
            safety.map(|safety| &mut self.by_safety[safety]),
        ];
        for bin in bins.into_iter().flatten() {
            bin.all += 1;
            bin.right += usize::from(is_right);
            bin.stated += f64::from(probability);
        }
    }

    pub(super) fn add(&mut self, other: &Calibration) {
        let own = self.bins.iter_mut().flatten().chain(&mut self.by_safety);
        let others = other.bins.iter().flatten().chain(&other.by_safety);
        for (bin, other) in own.zip(others) {
            bin.all += other.all;
            bin.right += other.right;
            bin.stated += other.stated;
        }
    }

    /// A table.
    pub(super) fn table(&self) -> String {
        let mut out = String::from(
            "| stated | by models: number | stated | right | shown by a context or a name: number | stated | right |\n|---|---|---|---|---|---|---|\n",
        );
        let cells = |bin: &Bin| match bin.all {
            0 => "0 | |".to_owned(),
            all => format!(
                "{all} | {:.1} % | {:.1} %",
                100.0 * bin.stated / all as f64,
                percent(bin.right, all)
            ),
        };
        let ends = BINS.iter().skip(1).chain([&1.0]);
        for ((start, end), [model, shown]) in BINS.iter().zip(ends).zip(&self.bins) {
            let (start, end) = (100.0 * start, 100.0 * end);
            let line = format!(
                "| {start:.1}–{end:.1} % | {} | {} |",
                cells(model),
                cells(shown)
            );
            let _ = writeln!(out, "{line}");
        }
        out.push_str("\n| safety | number | stated | right |\n|---|---|---|---|\n");
        for (safety, bin) in SAFETIES.iter().zip(&self.by_safety) {
            let _ = writeln!(out, "| {safety} | {} |", cells(bin));
        }
        out
    }
}
