//! `cargo xtask evaluate wording`: what the wording stage makes of text that a
//! spinner has rewritten, and of text that nobody has.
//!
//! ```text
//! documents ─▶ a family spins them ─▶ cleaner ─▶ judge of edits ─▶ tally ─▶ tables
//! sentences, fragments ────────────────▶ cleaner ─▶ comparison ──────▶ tables
//! ```
//!
//! What is printed is Markdown, so that it can be the report as well.

mod calibration;
mod compare;
mod documents;
mod fragments;
mod sentences;
mod simulated;
mod tally;

use std::fs;
use std::path::{Path, PathBuf};

use zhengben::workshop::Judge;
use zhengben::{ChoiceTable, Cleaner, CleanerBuilder, dictionary};

use crate::Failure;
use crate::choice::Spinner;
use documents::Documents;

/// What to measure, and how; without any of it, nothing is.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    documents: Documents,
    /// Another gives other spinners, other words and other neighbours.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Sentences: observed, expected; positive where they differ.
    #[arg(long, value_name = "FILE")]
    sentences: Option<PathBuf>,
    /// Fragments of real pages: group, observed, expected, note; each group is
    /// a document, its fragments are lines.
    #[arg(long, value_name = "FILE")]
    fragments: Option<PathBuf>,
    /// The models of this file instead of those that ship.
    #[arg(long, value_name = "FILE")]
    choices: Option<PathBuf>,
    /// For documents of this domain, models that have not seen it, as `train
    /// choice --without DOMAIN` makes them.
    #[arg(long, value_name = "DOMAIN=FILE")]
    without: Vec<String>,
    /// Print this many wrong edits and missed words of each domain, and what is
    /// wrong in so many sentences and fragments.
    #[arg(long, default_value_t = 0)]
    show: usize,
    /// Write what is printed to this file as well.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Who spins, who judges and who restores.
struct Bench {
    spinner: Spinner,
    /// Applies what is safe.
    cleaner: Cleaner,
    /// Applies what is probably right, too.
    bold: Cleaner,
    judge: Judge,
    seed: u64,
}

impl Bench {
    fn new(choices: Option<ChoiceTable>, seed: u64) -> Bench {
        let builder = || -> CleanerBuilder {
            let builder = Cleaner::builder().script(None);
            match &choices {
                Some(choices) => builder.choices(choices.clone()),
                None => builder,
            }
        };
        Bench {
            spinner: Spinner::of_dictionary(),
            cleaner: builder().build(),
            bold: builder().apply_unsafe(true).build(),
            judge: Judge::new(choices),
            seed,
        }
    }
}

/// Prints the figures.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let choices = arguments.choices.as_deref().map(open).transpose()?;
    let bench = Bench::new(choices, arguments.seed);
    let mut report = String::new();
    let mut say = |section: String| {
        println!("{section}");
        report.push_str(&section);
        report.push('\n');
    };
    say(head(arguments.seed));
    let domains = arguments.documents.read()?;
    if !domains.is_empty() {
        let mut measured = simulated::Measured::default();
        for (domain, documents) in &domains {
            measured.measure(domain, documents, &bench);
        }
        measured
            .sections(arguments.show)
            .into_iter()
            .for_each(&mut say);
    }
    if !arguments.without.is_empty() {
        let mut measured = simulated::Measured::default();
        for pair in &arguments.without {
            let (domain, file) = pair.split_once('=').ok_or("--without wants DOMAIN=FILE")?;
            let bench = Bench::new(Some(open(Path::new(file))?), arguments.seed);
            let found = domains.iter().find(|(name, _)| name == domain);
            let (_, documents) = found.ok_or_else(|| format!("no documents of {domain}"))?;
            measured.measure(domain, documents, &bench);
        }
        say(measured.by_domain("Models that have not seen the domain"));
    }
    if let Some(path) = &arguments.sentences {
        say(sentences::run(path, &domains, &bench, arguments.show)?);
    }
    if let Some(path) = &arguments.fragments {
        say(fragments::run(path, &bench, arguments.show)?);
    }
    if let Some(path) = &arguments.report {
        fs::write(path, report)?;
    }
    Ok(())
}

/// What the figures are of.
fn head(seed: u64) -> String {
    let rows = dictionary::built_in().len();
    format!(
        "# The wording stage, measured\n\nBy `cargo xtask evaluate wording` with the {rows} rows of the dictionary; seed {seed}.\n\n\
         Each document is spun by a family of the dictionary's that is drawn for it: every word that\n\
         it has (all), each place with a probability of one half (half), or half of its words\n\
         throughout (half of the words). *Safe: right* is the share of safe edits of the stage that\n\
         give the author's word back, *back* the share of replaced words that they give back;\n\
         *unsafe: right* is of the further edits that `--unsafe` makes. The documents are those for\n\
         testing, of which no line is in a document that the models were made from, or of sources\n\
         that nothing was made from.\n"
    )
}

fn open(path: &Path) -> Result<ChoiceTable, Failure> {
    let table = ChoiceTable::from_bytes(fs::read(path)?);
    Ok(table.map_err(|error| format!("{}: {error}", path.display()))?)
}

/// So many of a hundred.
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
