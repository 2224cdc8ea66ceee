//! The character n-gram model, from text: `cargo xtask train ngram`.
//!
//! `dictionaries/models/README.md` says how and from what.

mod corpus;
mod counts;
mod estimate;
pub(crate) mod evaluate;
mod general;
mod lists;
pub(crate) mod logarithm;
mod pack;
mod quantise;
mod rank;
mod recipe;
pub(crate) mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use corpus::Corpus;
use estimate::{Settings, estimate};
use words::Words;

/// Relative to the repository.
const MODEL: &str = "dictionaries/models/ngram.bin";

/// Where the text is.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the corpus files.
    #[arg(long, value_name = "DIR")]
    pub(crate) corpora: PathBuf,
    /// The model of words, in the ARPA format.
    #[arg(long, value_name = "FILE")]
    pub(crate) words: PathBuf,
}

/// Writes the file.
pub(crate) fn train(arguments: &Arguments) -> Result<(), Failure> {
    Ok(fs::write(
        path(),
        make(&arguments.corpora, &arguments.words)?,
    )?)
}

/// Makes the file anew and compares.
pub(crate) fn verify(arguments: &Arguments) -> Result<(), Failure> {
    if make(&arguments.corpora, &arguments.words)? != fs::read(path())? {
        return Err(format!("{MODEL} is not what its sources make").into());
    }
    Ok(())
}

fn path() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(MODEL)
}

/// Fails unless the file is the one that the recipe is for.
fn check(words: &Path) -> Result<(), Failure> {
    let output = Command::new("sha256sum").arg(words).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    if !output.stdout.starts_with(recipe::WORDS.as_bytes()) {
        let path = words.display();
        return Err(format!("{path} has another SHA-256 than {}", recipe::WORDS).into());
    }
    Ok(())
}

fn make(corpora: &Path, words: &Path) -> Result<Vec<u8>, Failure> {
    let corpus = Corpus::read(corpora, recipe::LEAST, None)?;
    let settings: &Settings = &recipe::SETTINGS;
    check(words)?;
    let words = Words::read(words)?;
    let sampled = general::sample(&words, |c| corpus.alphabet.symbol(c), recipe::CHARACTERS);
    let general = Some((sampled.as_slice(), recipe::GENERAL));
    let top = corpus.count(settings, |source| source.weight, general);
    let estimate = estimate(top, corpus.vocabulary.len(), settings);
    pack::pack(&estimate, &corpus.vocabulary.characters)
}
