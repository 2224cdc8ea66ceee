//! `cargo xtask evaluate mojibake`: what the mojibake stage makes of text that
//! was decoded wrongly, and of what only looks like it.
//!
//! ```text
//! held-out lines ─▶ mechanism ─▶ garbled line ─▶ stage ─▶ compare ─▶ tally
//! ```

mod clean;
mod lines;
mod mechanisms;
mod resync;
mod simulated;
mod tally;

use std::path::PathBuf;

use zhengben::{Cleaner, RuleSet};

use super::documents::Documents;
use crate::Failure;

/// What to measure; without any of it, nothing is.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    documents: Documents,
    /// Another seed garbles other parts of lines.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Take this many lines of each domain, evenly from all of them.
    #[arg(long, value_name = "NUMBER", default_value_t = 300)]
    lines: usize,
    /// Only the mechanisms whose names have this in them.
    #[arg(long, value_name = "PART")]
    mechanism: Option<String>,
    /// Lines of other languages, in which nothing is to be changed.
    #[arg(long, value_name = "NAME=FILE")]
    foreign: Vec<String>,
    /// Clean Chinese text, or .xz of it, in which nothing is to be changed.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    clean: Vec<PathBuf>,
    /// Clean Chinese text is converted to Traditional characters first.
    #[arg(long)]
    traditional: bool,
    /// Print this many lines of each mechanism or file with a wrong edit.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    show: usize,
    /// Show garbled lines that are not restored, too.
    #[arg(long)]
    missed: bool,
}

/// The stage alone; with edits that are not safe, if so asked.
fn cleaner(apply_unsafe: bool) -> Result<Cleaner, Failure> {
    let rules = RuleSet::named("mojibake")?;
    let builder = Cleaner::builder().rules(rules).script(None);
    Ok(builder.apply_unsafe(apply_unsafe).build())
}

/// Prints the figures.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    clean::run(arguments)?;
    if arguments.documents.is_some() {
        let domains = arguments.documents.read()?;
        let lines = lines::of(&domains, arguments.lines);
        simulated::run(&lines, arguments)?;
        resync::run(&lines, arguments);
    }
    Ok(())
}
