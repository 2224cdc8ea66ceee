//! `cargo xtask evaluate`: how much of what the simulator breaks is restored.

mod bytes;

use crate::Failure;

/// What to evaluate.
#[derive(clap::Subcommand)]
pub(crate) enum Evaluate {
    /// The way from broken GBK bytes: what was inserted is taken out before
    /// they are decoded.
    Bytes(bytes::Arguments),
}

/// Prints the figures.
pub(crate) fn run(evaluate: &Evaluate) -> Result<(), Failure> {
    match evaluate {
        Evaluate::Bytes(arguments) => bytes::run(arguments),
    }
}
