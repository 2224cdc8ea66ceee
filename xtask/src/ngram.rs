//! The character n-gram model, from text: `cargo xtask train ngram`.
//!
//! `dictionaries/models/README.md` says how and from what.

mod corpus;
mod counts;
mod estimate;
pub(crate) mod evaluate;
mod logarithm;
mod pack;
mod quantise;
mod rank;
mod recipe;

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;
use corpus::Corpus;
use estimate::{Settings, estimate};

/// Relative to the repository.
const MODEL: &str = "dictionaries/models/ngram.bin";

/// Where the text is.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the corpus files.
    #[arg(long, value_name = "DIR")]
    pub(crate) corpora: PathBuf,
}

/// Writes the file.
pub(crate) fn train(arguments: &Arguments) -> Result<(), Failure> {
    Ok(fs::write(path(), make(&arguments.corpora)?)?)
}

/// Makes the file anew and compares.
pub(crate) fn verify(arguments: &Arguments) -> Result<(), Failure> {
    if make(&arguments.corpora)? != fs::read(path())? {
        return Err(format!("{MODEL} is not what its sources make").into());
    }
    Ok(())
}

fn path() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(MODEL)
}

fn make(corpora: &Path) -> Result<Vec<u8>, Failure> {
    let corpus = Corpus::read(corpora, recipe::LEAST, None)?;
    let settings: &Settings = &recipe::SETTINGS;
    let top = corpus.count(settings.order, |source| source.weight);
    let estimate = estimate(top, corpus.vocabulary.len(), settings);
    pack::pack(&estimate, &corpus.vocabulary.characters)
}
