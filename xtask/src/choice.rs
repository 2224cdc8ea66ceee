//! The models of word choices, from text: `cargo xtask train choice`.
//!
//! `dictionaries/models/README.md` says how and from what.

mod calibrate;
mod corpus;
mod instances;
mod logistic;
mod pack;
mod recipe;
mod spinner;

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::ngram::words::Words;
use crate::sources::Source;
pub(crate) use corpus::Corpus;
pub(crate) use spinner::{Replaced, Spinner};

/// Relative to the repository.
const MODEL: &str = "dictionaries/models/choice.bin";

/// Where the text is.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the corpus files.
    #[arg(long, value_name = "DIR")]
    corpora: PathBuf,
    /// What the corpus files are for, instead of dictionaries/models/sources.tsv.
    #[arg(long, value_name = "FILE", requires = "output")]
    sources: Option<PathBuf>,
    /// A model of words, in the ARPA format, from which more text is drawn.
    #[arg(long, value_name = "FILE", required_unless_present = "dictionary")]
    words: Option<PathBuf>,
    /// The pairs of words of this dictionary instead of the built-in one's (may
    /// be repeated).
    #[arg(long, value_name = "FILE", requires = "output")]
    dictionary: Vec<PathBuf>,
    /// Make it without text of this domain, to see how good it is there.
    #[arg(long, value_name = "DOMAIN")]
    without: Option<String>,
    /// Write it to this file instead of the one in the repository.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the file.
pub(crate) fn train(arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.output.clone().unwrap_or_else(path);
    Ok(fs::write(path, make(arguments)?)?)
}

/// Makes the file anew and compares.
pub(crate) fn verify(arguments: &Arguments) -> Result<(), Failure> {
    if make(arguments)? != fs::read(path())? {
        return Err(format!("{MODEL} is not what its sources make").into());
    }
    Ok(())
}

fn path() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(MODEL)
}

fn make(arguments: &Arguments) -> Result<Vec<u8>, Failure> {
    let spinner = match arguments.dictionary.as_slice() {
        [] => Spinner::of_dictionary(),
        files => Spinner::of_files(files)?,
    };
    let sources = match &arguments.sources {
        Some(path) => Source::read(path)?,
        None => Source::all()?,
    };
    let mut corpus = Corpus::read_from(sources, &arguments.corpora, arguments.without.as_deref())?;
    if let Some(words) = &arguments.words {
        corpus.draw(&Words::read(words)?);
    }
    let pairs = spinner.pairs();
    let samples = instances::collect(&corpus.train, &spinner);
    let models = logistic::train_all(&pairs, &samples, &spinner);
    let header = calibrate::calibrate(&models, &corpus.tune, &spinner);
    pack::pack(&models, header)
}
