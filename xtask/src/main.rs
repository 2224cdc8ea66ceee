//! Generates, verifies and measures what the crate ships.

mod measure;
mod ngram;
mod readings;
mod sources;
mod unihan;
mod wording;

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
    /// Measure what ships, on text that nothing was tuned on.
    #[command(subcommand)]
    Measure(Measure),
    /// Make a model from text.
    #[command(subcommand)]
    Train(Train),
    /// Compare models on text that they were not made from.
    #[command(subcommand)]
    Evaluate(Evaluate),
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
    /// The wording dictionary.
    Wording,
    /// The character n-gram model.
    Ngram(ngram::Arguments),
}

#[derive(Subcommand)]
enum Measure {
    /// What the pipeline does to text that needs nothing done.
    Clean(measure::Arguments),
}

#[derive(Subcommand)]
enum Train {
    /// The character n-gram model.
    Ngram(ngram::Arguments),
}

#[derive(Subcommand)]
enum Evaluate {
    /// The character n-gram model.
    Ngram(ngram::evaluate::Arguments),
}

fn main() -> Result<(), Failure> {
    match Command::parse() {
        Command::Generate(Generate::Readings(arguments)) => readings::generate(&arguments),
        Command::Verify(Verify::Readings(arguments)) => readings::verify(&arguments),
        Command::Verify(Verify::Wording) => wording::verify(),
        Command::Verify(Verify::Ngram(arguments)) => ngram::verify(&arguments),
        Command::Measure(Measure::Clean(arguments)) => measure::clean(&arguments),
        Command::Train(Train::Ngram(arguments)) => ngram::train(&arguments),
        Command::Evaluate(Evaluate::Ngram(arguments)) => ngram::evaluate::run(&arguments),
    }
}
