//! Measures the tools on the texts, one after the other within each round, so that what
//! disturbs the machine disturbs all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Failure;
use super::build::Peers;
use super::ours::Ours;
use super::tools::{Home, Tool};
use crate::texts::{Kind, Text};

/// What is run at least as long, so that the clock's steps do not show.
pub(super) const LEAST: Duration = Duration::from_millis(5);

/// What of a text says first how fast a tool is, in bytes.
const PROBE: usize = 64 << 10;

/// How a text is given to a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// In documents of about 1 KB.
    Documents,
    /// As one document.
    Whole,
}

impl Way {
    pub(super) fn id(self) -> &'static str {
        match self {
            Way::Whole => "whole",
            Way::Documents => "documents",
        }
    }
}

/// A text to measure on, and the file that the workers read it from.
pub(super) struct Corpus {
    pub(super) kind: Kind,
    pub(super) text: Text,
    pub(super) path: PathBuf,
}

/// What one tool did on one text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) kind: Kind,
    pub(super) way: Way,
    pub(super) tool: &'static str,
    /// Millions of bytes in a second: the median, the least and the most of the rounds.
    pub(super) speed: Spread,
    /// How many bytes it was measured on.
    pub(super) bytes: usize,
}

/// The median of some numbers, with the least and the most.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Spread {
    /// Of at least one number.
    pub(super) fn of(numbers: &[f64]) -> Spread {
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let median = match sorted.len() {
            0 => return Spread::default(),
            length if length % 2 == 0 => f64::midpoint(sorted[middle - 1], sorted[middle]),
            _ => sorted[middle],
        };
        Spread {
            median,
            least: sorted[0],
            most: sorted[sorted.len() - 1],
        }
    }
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) rounds: usize,
    /// A slow tool is measured on what of a text it can do in about so many seconds.
    pub(super) seconds: f64,
}

/// Everything that runs tools.
pub(super) struct Bench {
    pub(super) ours: Ours,
    pub(super) peers: Peers,
    pub(super) effort: Effort,
}

impl Bench {
    /// Measures the tools on a text; those that fail are no longer asked, and are told of
    /// among those that are missing.
    pub(super) fn measure(&mut self, corpus: &Corpus, way: Way, tools: &[Tool]) -> Vec<Figure> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut seconds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        // The first round warms up and says how much each can do in the time.
        let probe = corpus.text.count_of(PROBE);
        for tool in tools {
            if let Some(time) = self.seconds(*tool, corpus, way, probe) {
                let speed = corpus.text.size_of(probe) as f64 / time;
                let bytes = (speed * self.effort.seconds).min(1e15) as usize;
                counts.insert(tool.id, corpus.text.count_of(bytes).max(probe));
            }
        }
        for _ in 0..self.effort.rounds {
            for tool in tools {
                let Some(&count) = counts.get(tool.id) else {
                    continue;
                };
                if let Some(time) = self.seconds(*tool, corpus, way, count) {
                    seconds.entry(tool.id).or_default().push(time);
                }
            }
        }
        let figures = tools.iter().filter_map(|tool| {
            let bytes = corpus.text.size_of(*counts.get(tool.id)?);
            let times = seconds.get(tool.id)?.iter();
            let speeds: Vec<f64> = times.map(|time| bytes as f64 / time / 1e6).collect();
            Some(Figure {
                kind: corpus.kind,
                way,
                tool: tool.id,
                speed: Spread::of(&speeds),
                bytes,
            })
        });
        figures.collect()
    }

    fn seconds(&mut self, tool: Tool, corpus: &Corpus, way: Way, count: usize) -> Option<f64> {
        if self
            .peers
            .missing
            .iter()
            .any(|(missing, _)| *missing == tool)
        {
            return None;
        }
        match self.try_seconds(tool, corpus, way, count) {
            Ok(seconds) => Some(seconds),
            Err(error) => {
                let error = format!("on {} text: {error}", corpus.kind.name());
                self.peers.missing.push((tool, error));
                None
            }
        }
    }

    fn try_seconds(
        &mut self,
        tool: Tool,
        corpus: &Corpus,
        way: Way,
        count: usize,
    ) -> Result<f64, Failure> {
        let path: &Path = &corpus.path;
        match tool.home {
            Home::Ours => {
                let syntax = corpus.kind.syntax();
                self.ours.seconds(tool.id, &corpus.text, syntax, way, count)
            }
            Home::Limit | Home::Crate => self.peers.crates.seconds(tool.id, path, way, count),
            Home::Python => {
                let python = self.peers.python.as_mut().ok_or("there is no Python")?;
                python.seconds(tool.id, path, way, count)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let spread = |median, least, most| Spread {
            median,
            least,
            most,
        };
        assert_eq!(Spread::of(&[3.0, 1.0, 9.0]), spread(3.0, 1.0, 9.0));
        assert_eq!(Spread::of(&[4.0, 1.0, 2.0, 9.0]), spread(3.0, 1.0, 9.0));
    }
}
