//! `cargo xtask measure calls`: how long the library takes for each document, as a
//! program calls it; `python/benches/compare.py` sets the Python package against it.

use std::hint::black_box;
use std::path::PathBuf;

use zhengben::Cleaner;

use crate::Failure;
use crate::compare::clock::processor_time;
use crate::measure::read;

/// Documents, and how often they are cleaned.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A text file, or .xz of it: one document a line, ␤ for line breaks.
    file: PathBuf,
    /// So often; the fastest round counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// Prints the nanoseconds a document.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(crate) fn calls(arguments: &Arguments) -> Result<(), Failure> {
    let text = read(&arguments.file)?;
    let documents: Vec<String> = text.lines().map(|line| line.replace('␤', "\n")).collect();
    let cleaner = Cleaner::new();
    let mut fastest = f64::INFINITY;
    for _ in 0..arguments.rounds {
        let begin = processor_time();
        for document in &documents {
            drop(black_box(
                cleaner.clean(black_box(document.as_str())).into_text(),
            ));
        }
        fastest = fastest.min((processor_time() - begin).as_secs_f64());
    }
    println!("{:.1}", fastest * 1e9 / documents.len().max(1) as f64);
    Ok(())
}
