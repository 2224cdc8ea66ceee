//! `cargo xtask evaluate`: how good what ships is.

mod bytes;
mod clean;
mod damage;
mod documents;
mod encoding;
mod mojibake;
mod wording;

use crate::{Failure, ngram};

/// What to evaluate.
#[derive(clap::Subcommand)]
pub(crate) enum Evaluate {
    /// The way from broken GBK bytes: what was inserted is taken out before
    /// they are decoded.
    Bytes(bytes::Arguments),
    /// What is done to texts that need nothing done.
    Clean(clean::Arguments),
    /// The way from decoded text: what stood where characters are broken.
    Damage(Box<damage::Arguments>),
    /// Which encodings are found out.
    Encoding(encoding::Arguments),
    /// The way from text that was decoded wrongly.
    Mojibake(Box<mojibake::Arguments>),
    /// The wording stage.
    Wording(wording::Arguments),
    /// The character n-gram model.
    Ngram(ngram::evaluate::Arguments),
}

/// Prints the figures.
pub(crate) fn run(evaluate: &Evaluate) -> Result<(), Failure> {
    match evaluate {
        Evaluate::Bytes(arguments) => bytes::run(arguments),
        Evaluate::Clean(arguments) => clean::run(arguments),
        Evaluate::Damage(arguments) => damage::run(arguments),
        Evaluate::Encoding(arguments) => encoding::run(arguments),
        Evaluate::Mojibake(arguments) => mojibake::run(arguments),
        Evaluate::Wording(arguments) => wording::run(arguments),
        Evaluate::Ngram(arguments) => ngram::evaluate::run(arguments),
    }
}
