//! `cargo xtask evaluate damage`: what the damage stage makes of broken
//! characters in decoded text, and of what only looks like them.
//!
//! ```text
//! documents ─▶ simulate ─▶ garbled page, runs ─▶ repairs ─▶ judge ─▶ tally
//! ```

mod clean;
pub(super) mod documents;
mod fragments;
mod injected;
mod judge;
mod kinds;
mod paragraphs;
mod simulated;
mod tally;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use zhengben::workshop::{self, Certainty, Kind, Repair};

use crate::Failure;
use crate::simulate::{Choices, Garbled};
use documents::Documents;
use simulated::{Setting, Show};

/// What to measure; without any of it, nothing is.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    documents: Documents,
    /// Another seed gives other damage.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    choices: Choices,
    /// Who repairs the simulated damage: the others than the workshop only
    /// check the measuring.
    #[arg(long, value_enum, default_value_t = Solver::Workshop)]
    solver: Solver,
    /// Instead of the damage's repairs, measure what is done to undamaged
    /// paragraphs that are put between the sentences of the garbled documents;
    /// always by the workshop.
    #[arg(long)]
    injected: bool,
    /// Fragments of real pages: observed, original, kind, whether the original
    /// is certain (1 or 0), note.
    #[arg(long, value_name = "FILE")]
    fragments: Option<PathBuf>,
    /// Text that needs no repair, or .xz of it: one document a line, ␤ for
    /// line breaks.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    clean: Vec<PathBuf>,
    /// Print this many wrong repairs of each domain, file or kind, those of
    /// the best class first.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    show: usize,
    /// Print this many runs of each domain that were left alone.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    show_missed: usize,
}

/// Who repairs simulated damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Solver {
    /// The damage stage.
    Workshop,
    /// Someone who knows the page: every run must be exact.
    Oracle,
    /// Nobody: no run can be exact.
    Nobody,
}

impl Solver {
    fn repairs(self, garbled: &Garbled) -> Vec<Repair> {
        match self {
            Solver::Workshop => workshop::repairs(&garbled.text),
            Solver::Oracle => oracle(garbled),
            Solver::Nobody => Vec::new(),
        }
    }
}

/// The repairs that put back each run's original.
fn oracle(garbled: &Garbled) -> Vec<Repair> {
    let page = garbled.undamaged();
    let repair = |run: &crate::simulate::Run| Repair {
        range: run.text.clone(),
        replacement: page[run.characters.clone()].iter().collect(),
        kind: Kind::Gloss,
        certainty: Certainty::Certain,
        margin: f32::INFINITY,
    };
    garbled.runs.iter().map(repair).collect()
}

/// Prints the figures.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let setting = Setting {
        seed: arguments.seed,
        choices: &arguments.choices,
        solver: arguments.solver,
    };
    if let Some(path) = &arguments.fragments {
        fragments::run(path)?;
    }
    if !arguments.clean.is_empty() {
        clean::run(&arguments.clean, arguments.show)?;
    }
    if arguments.documents.is_some() {
        let domains = arguments.documents.read()?;
        if arguments.injected {
            injected::run(&domains, &setting, arguments.show)?;
        } else {
            let show = Show {
                wrong: arguments.show,
                missed: arguments.show_missed,
            };
            simulated::run(&domains, &setting, show)?;
        }
    }
    Ok(())
}
