//! Generates, verifies and measures what the crate ships.

mod readings;
mod unihan;

use std::error::Error;

use clap::{Parser, Subcommand};

/// What went wrong, for the developer who ran the command.
type Failure = Box<dyn Error>;

#[derive(Parser)]
#[command(name = "cargo xtask", about)]
enum Command {
    /// Write a data file from its sources.
    #[command(subcommand)]
    Generate(Generate),
    /// Regenerate a data file and compare it with the one in the repository.
    #[command(subcommand)]
    Verify(Verify),
}

#[derive(Subcommand)]
enum Generate {
    /// The Mandarin readings of the characters of GBK.
    Readings(readings::Arguments),
}

#[derive(Subcommand)]
enum Verify {
    /// The Mandarin readings of the characters of GBK.
    Readings(readings::Arguments),
}

fn main() -> Result<(), Failure> {
    match Command::parse() {
        Command::Generate(Generate::Readings(arguments)) => readings::generate(&arguments),
        Command::Verify(Verify::Readings(arguments)) => readings::verify(&arguments),
    }
}
