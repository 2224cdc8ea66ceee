//! Generates, verifies and measures what the crate ships.

mod characters;
mod choice;
mod cns;
mod compare;
mod conversion;
mod evaluate;
mod frequencies;
mod generated;
mod instructions;
mod japanese;
mod measure;
mod ngram;
mod opencc;
mod parallel;
mod places;
mod readings;
mod release;
mod simulate;
mod sources;
mod texts;
mod unihan;
mod wording;

use std::error::Error;
use std::process::ExitCode;

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
    /// Replace OpenCC's files in the repository with a version's.
    UpdateOpencc(opencc::Arguments),
    /// Measure what ships, on text that nothing was tuned on.
    #[command(subcommand)]
    Measure(Measure),
    /// Make a model from text.
    #[command(subcommand)]
    Train(Train),
    /// Measure on text that nothing was made from or tuned on.
    #[command(subcommand)]
    Evaluate(evaluate::Evaluate),
    /// Measure how fast what ships is, beside other tools.
    Compare(compare::Arguments),
    /// Count the instructions that cleaning takes, and compare with what is recorded.
    Instructions(instructions::Arguments),
    /// Damage text as the known filters and decoders do.
    Simulate(simulate::Arguments),
}

#[derive(Subcommand)]
enum Generate {
    /// The Mandarin readings of the characters of GBK.
    Readings(readings::Arguments),
    /// The ideographs that radicals look like.
    Characters(characters::Arguments),
    /// What the filter's conversion makes of characters.
    Conversion,
    /// The characters of CNS 11643.
    Cns(readings::Arguments),
    /// The characters that only Japanese has.
    Japanese(readings::Arguments),
    /// The administrative divisions of China.
    Places,
    /// How often converted characters stand in running text.
    Frequencies(frequencies::Arguments),
}

#[derive(Subcommand)]
enum Verify {
    /// The Mandarin readings of the characters of GBK.
    Readings(readings::Arguments),
    /// The ideographs that radicals and compatibility ideographs stand for.
    Characters(characters::Arguments),
    /// What the filter's conversion makes of characters.
    Conversion,
    /// The characters of CNS 11643.
    Cns(readings::Arguments),
    /// The characters that only Japanese has.
    Japanese(readings::Arguments),
    /// The administrative divisions of China, with the package they come from.
    Places,
    /// OpenCC's dictionaries and test cases, with the package they come from.
    Opencc,
    /// The wording dictionary.
    Wording,
    /// The character n-gram model.
    Ngram(ngram::Arguments),
    /// The models of word choices.
    Choice(choice::Arguments),
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
    /// The models of word choices, on which the wording stage goes.
    Choice(choice::Arguments),
}

#[expect(
    clippy::print_stderr,
    reason = "it is where a command says what went wrong"
)]
fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Generate(Generate::Readings(arguments)) => readings::generate(&arguments),
        Command::Generate(Generate::Characters(arguments)) => characters::generate(&arguments),
        Command::Generate(Generate::Conversion) => conversion::generate(),
        Command::Generate(Generate::Cns(arguments)) => cns::generate(&arguments),
        Command::Generate(Generate::Japanese(arguments)) => japanese::generate(&arguments),
        Command::Generate(Generate::Places) => places::generate(),
        Command::Generate(Generate::Frequencies(arguments)) => frequencies::generate(&arguments),
        Command::Verify(Verify::Readings(arguments)) => readings::verify(&arguments),
        Command::UpdateOpencc(arguments) => opencc::update(&arguments),
        Command::Verify(Verify::Characters(arguments)) => characters::verify(&arguments),
        Command::Verify(Verify::Conversion) => conversion::verify(),
        Command::Verify(Verify::Cns(arguments)) => cns::verify(&arguments),
        Command::Verify(Verify::Japanese(arguments)) => japanese::verify(&arguments),
        Command::Verify(Verify::Places) => places::verify(),
        Command::Verify(Verify::Opencc) => opencc::verify(),
        Command::Verify(Verify::Wording) => wording::verify(),
        Command::Verify(Verify::Ngram(arguments)) => ngram::verify(&arguments),
        Command::Verify(Verify::Choice(arguments)) => choice::verify(&arguments),
        Command::Train(Train::Ngram(arguments)) => ngram::train(&arguments),
        Command::Train(Train::Choice(arguments)) => choice::train(&arguments),
        Command::Measure(Measure::Clean(arguments)) => measure::clean(&arguments),
        Command::Evaluate(evaluate) => evaluate::run(&evaluate),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Instructions(arguments) => instructions::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
    }
}
