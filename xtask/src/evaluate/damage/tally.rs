//! What is counted of a domain, and how it is printed.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use zhengben::workshop::Certainty;

use super::judge::Verdict;
use super::kinds::ALL;

/// The classes, the surest first.
pub(super) const CLASSES: [Certainty; 4] = [
    Certainty::Certain,
    Certainty::Margin,
    Certainty::Weak,
    Certainty::Lost,
];

/// Where the bins of margins begin, in nats.
const BINS: [f32; 9] = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 15.0];

/// Whether the repair is applied without being asked for.
pub(super) fn is_safe(certainty: Certainty) -> bool {
    matches!(certainty, Certainty::Certain | Certainty::Margin)
}

/// So many, of which so many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) all: usize,
    pub(super) right: usize,
}

impl Count {
    pub(super) fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn sum(self, other: Count) -> Count {
        Count {
            all: self.all + other.all,
            right: self.right + other.right,
        }
    }
}

/// A percentage with the number that it is of.
impl Display for Count {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = match self.all {
            0 => "–".to_owned(),
            all => format!("{:.2} % of {all}", percent(self.right, all)),
        };
        f.pad(&text)
    }
}

/// What became of a run.
pub(super) struct Outcome {
    pub(super) kinds: std::collections::BTreeSet<String>,
    pub(super) verdict: Verdict,
    /// The class and the margin, if it was not left alone.
    pub(super) repair: Option<(Certainty, f32)>,
    pub(super) is_mixed: bool,
}

/// Figures of a domain.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    documents: usize,
    without_damage: usize,
    characters: usize,
    /// Of each kind: the runs, which of them are exact, and the safe repairs.
    kinds: BTreeMap<String, (Count, Count)>,
    /// Of each class, the runs.
    classes: [Count; CLASSES.len()],
    untouched: usize,
    /// Of each class, the repairs of healthy text that change it.
    false_edits: [usize; CLASSES.len()],
    /// The repairs of healthy text that take out glosses only.
    harmless: usize,
    /// Runs right but for full-width and ASCII forms.
    widths: usize,
    /// Wrong ones with repairs of several classes.
    mixed: usize,
    bins: [[Count; CLASSES.len()]; BINS.len()],
}

impl Tally {
    /// A page of so many characters, of which nothing is counted yet.
    pub(super) fn of_page(characters: usize, without_damage: bool) -> Self {
        Tally {
            documents: 1,
            without_damage: usize::from(without_damage),
            characters,
            ..Tally::default()
        }
    }

    pub(super) fn add_run(&mut self, outcome: &Outcome) {
        let exact = outcome.verdict == Verdict::Exact;
        let safe = outcome.repair.is_some_and(|(class, _)| is_safe(class));
        for kind in &outcome.kinds {
            let (runs, safe_ones) = self.kinds.entry(kind.clone()).or_default();
            runs.add(exact);
            if safe {
                safe_ones.add(exact);
            }
        }
        self.widths += usize::from(outcome.verdict == Verdict::Widths);
        self.mixed += usize::from(outcome.is_mixed && !exact);
        match outcome.repair {
            Some((class, margin)) => {
                // What is lost in part is not restored, whatever the text is
                // compared with; only the original itself is right.
                self.classes[class as usize].add(exact);
                self.bins[bin(margin)][class as usize].add(exact);
            }
            None => self.untouched += 1,
        }
    }

    /// A repair of healthy text; harmless if only a gloss is taken out.
    pub(super) fn add_edit(&mut self, class: Certainty, margin: f32, harmless: bool) {
        if harmless {
            self.harmless += 1;
            return;
        }
        self.false_edits[class as usize] += 1;
        self.bins[bin(margin)][class as usize].add(false);
    }

    pub(super) fn join(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.without_damage += other.without_damage;
        self.characters += other.characters;
        for (kind, (runs, safe)) in &other.kinds {
            let mine = self.kinds.entry(kind.clone()).or_default();
            *mine = (mine.0.sum(*runs), mine.1.sum(*safe));
        }
        for class in 0..CLASSES.len() {
            self.classes[class] = self.classes[class].sum(other.classes[class]);
            self.false_edits[class] += other.false_edits[class];
            for (mine, others) in self.bins.iter_mut().zip(&other.bins) {
                mine[class] = mine[class].sum(others[class]);
            }
        }
        self.untouched += other.untouched;
        self.harmless += other.harmless;
        self.widths += other.widths;
        self.mixed += other.mixed;
    }

    /// The runs, and which of them are exact.
    pub(super) fn runs(&self) -> Count {
        self.kinds
            .get(ALL)
            .map(|&(runs, _)| runs)
            .unwrap_or_default()
    }

    /// The runs whose repairs are safe, and all safe repairs of healthy text.
    fn safe(&self) -> (Count, usize) {
        let safe = CLASSES.into_iter().filter(|&class| is_safe(class));
        safe.fold((Count::default(), 0), |(runs, edits), class| {
            let class = class as usize;
            (
                runs.sum(self.classes[class]),
                edits + self.false_edits[class],
            )
        })
    }

    /// The headings of [`Tally::summary`].
    pub(super) fn heading() -> String {
        format!(
            "{:24} {:>6} {:>7} {:>7} {:>7} {:>8} {:>9} {:>9} {:>11} {:>7}",
            "domain",
            "pages",
            "runs",
            "exact %",
            "safe %",
            "right %",
            "certain",
            "margin",
            "false edits",
            "missed"
        )
    }

    /// One line: how many runs are exact, the share that safe repairs cover,
    /// how many of the safe repairs are right.
    pub(super) fn summary(&self, name: &str) -> String {
        let runs = self.runs();
        let (safe, edits) = self.safe();
        let wrong = |class: usize| {
            let count = self.classes[class];
            let edits = self.false_edits[class];
            format!("{}/{}", count.right, count.all + edits)
        };
        format!(
            "{name:24} {:6} {:7} {:7.2} {:7.2} {:8.3} {:>9} {:>9} {:11} {:7}",
            self.documents,
            runs.all,
            percent(runs.right, runs.all),
            percent(safe.all, runs.all),
            percent(safe.right, safe.all + edits),
            wrong(0),
            wrong(1),
            self.false_edits.iter().sum::<usize>(),
            self.untouched
        )
    }
}

/// All figures of the domain but the summary.
impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let runs = self.runs();
        writeln!(
            f,
            "{} pages, {} of them without damage, {} characters; {} runs, exact: {:.2} %, right \
             but for widths: {}, left alone: {}, wrong with several classes: {}",
            self.documents,
            self.without_damage,
            self.characters,
            runs.all,
            percent(runs.right, runs.all),
            self.widths,
            self.untouched,
            self.mixed
        )?;
        writeln!(
            f,
            "  {:36} {:>7} {:>7} {:>8}  {:>16} {:>8}",
            "kind", "runs", "share %", "exact %", "safe, right", "safe %"
        )?;
        for (kind, (all, safe)) in &self.kinds {
            writeln!(
                f,
                "  {kind:36} {:7} {:7.2} {:8.2}  {:>16} {:8.2}",
                all.all,
                percent(all.all, runs.all),
                percent(all.right, all.all),
                safe.to_string(),
                percent(safe.all, all.all)
            )?;
        }
        writeln!(
            f,
            "  {:10} {:>18} {:>12}",
            "class", "runs, exact", "false edits"
        )?;
        for (number, class) in CLASSES.iter().enumerate() {
            let class = format!("{class:?}");
            writeln!(
                f,
                "  {class:10} {:>18} {:12}",
                self.classes[number].to_string(),
                self.false_edits[number]
            )?;
        }
        writeln!(
            f,
            "  repairs of healthy text that leave the page as it was: {}",
            self.harmless
        )?;
        write!(f, "  {:10}", "margin")?;
        for class in CLASSES {
            write!(f, " {:>18}", format!("{class:?}"))?;
        }
        writeln!(f, " {:>18}", "not Certain")?;
        for (number, counts) in self.bins.iter().enumerate() {
            let name = match BINS.get(number + 1) {
                Some(end) => format!("{}–{end}", BINS[number]),
                None => format!("{}+", BINS[number]),
            };
            write!(f, "  {name:10}")?;
            for count in counts {
                write!(f, " {count:>18}")?;
            }
            let others = counts[1..]
                .iter()
                .fold(Count::default(), |sum, &count| sum.sum(count));
            writeln!(f, " {others:>18}")?;
        }
        Ok(())
    }
}

/// The bin of a margin; one that is no number is in the first.
fn bin(margin: f32) -> usize {
    BINS.iter()
        .rposition(|&start| margin >= start)
        .unwrap_or_default()
}

pub(super) fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_of_margins() {
        let bins = [-1.0, 0.0, 0.99, 4.0, 14.9, 15.0, f32::INFINITY, f32::NAN].map(bin);
        assert_eq!(bins, [0, 0, 0, 4, 7, 8, 8, 0]);
    }

    #[test]
    fn a_false_edit_counts_as_wrong() {
        let mut tally = Tally::default();
        tally.add_run(&Outcome {
            kinds: [ALL.to_owned()].into(),
            verdict: Verdict::Exact,
            repair: Some((Certainty::Certain, 9.0)),
            is_mixed: false,
        });
        tally.add_edit(Certainty::Certain, 9.0, false);
        tally.add_edit(Certainty::Certain, 9.0, true);
        assert_eq!(tally.bins[6][0], Count { all: 2, right: 1 });
        assert_eq!((tally.safe().1, tally.harmless), (1, 1));
        let mut both = tally.clone();
        both.join(&tally);
        assert_eq!(both.runs(), Count { all: 2, right: 2 });
    }
}
