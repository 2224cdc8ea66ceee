//! `cargo xtask simulate`: damages text as the known filters and decoders do,
//! and keeps account of what is lost.
//!
//! ```text
//! Simplified text ─▶ Traditional characters ─▶ GBK bytes ─▶ glosses inserted
//!   ─▶ bytes ─▶ cut ─▶ decoded with loss ─▶ private use, widths ─▶ text, runs
//! ```
//!
//! [`Choices::draw`] makes a [`garbler::Garbler`], which stands for a site and its
//! reader; [`garbler::Garbler::garble`] makes a [`Garbled`] page. Every number comes
//! from the seed and the document's number: the same on every platform.

mod conversion;
mod filter;
mod garbler;
pub(crate) mod gbk;
#[cfg(test)]
mod observed;
pub(crate) mod random;
mod reader;
mod table;
mod trace;
mod variant;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::{Failure, measure};

pub(crate) use conversion::{convert, made as converted, pairs as conversions};
pub(crate) use garbler::Garbled;
pub(crate) use gbk::pair as bytes_of;
pub(crate) use random::Random;
pub(crate) use reader::{Decoder, Delimiter, narrow};
pub(crate) use table::customary_reading;
pub(crate) use trace::{Kind, Run};
pub(crate) use variant::Choices;

/// What to garble, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Simplified text, or .xz of it: one document a line, ␤ for line breaks.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Another seed gives other damage.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Garble this many documents of each file.
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Print the runs of damage instead of the texts: document, first and last
    /// byte in the garbled text, garbled, original in Simplified and in the
    /// filter's Traditional script, kinds, lost bytes.
    #[arg(long)]
    trace: bool,
    /// Write the bytes before they are decoded into this folder, one file a
    /// document, instead of printing the texts.
    #[arg(long, value_name = "FOLDER", conflicts_with = "trace")]
    bytes: Option<PathBuf>,
    #[command(flatten)]
    choices: Choices,
}

/// Garbles the documents and says on stderr how much was broken.
#[expect(clippy::print_stderr, reason = "stdout is data, stderr is talk")]
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(folder) = &arguments.bytes {
        fs::create_dir_all(folder)?;
    }
    let (mut number, mut glosses, mut splits, mut runs) = (0, 0, 0, 0);
    for path in &arguments.files {
        let text = measure::read(path)?;
        for document in text.lines().take(arguments.limit.unwrap_or(usize::MAX)) {
            let garbled = garble(document, arguments.seed, number, &arguments.choices);
            if let Some(folder) = &arguments.bytes {
                fs::write(folder.join(format!("{number:06}.gbk")), &garbled.bytes)?;
            } else if arguments.trace {
                write_runs(&mut out, number, &garbled)?;
            } else {
                writeln!(out, "{}", one_line(&garbled.text))?;
            }
            number += 1;
            glosses += garbled.glosses;
            splits += garbled.splits;
            runs += garbled.runs.len();
        }
    }
    out.flush()?;
    eprintln!(
        "{number} documents, {glosses} glosses, {splits} of them where two characters \
         meet, {runs} runs of damage"
    );
    Ok(())
}

/// Garbles a line of a corpus, the document of that number.
pub(crate) fn garble(line: &str, seed: u64, number: usize, choices: &Choices) -> Garbled {
    let mut random = Random::of_document(seed, number);
    let garbler = choices.draw(&mut random);
    garbler.garble(&line.replace('␤', "\n"), &mut random)
}

fn write_runs(out: &mut impl Write, number: usize, garbled: &Garbled) -> io::Result<()> {
    for run in &garbled.runs {
        let kinds: Vec<String> = run.kinds.iter().map(|kind| kind.name()).collect();
        let lost: String = run.lost.iter().map(|byte| format!("{byte:02X}")).collect();
        writeln!(
            out,
            "{number}\t{}\t{}\t{}\t{}\t{}\t{}\t{lost}",
            run.text.start,
            run.text.end,
            one_line(&garbled.text[run.text.clone()]),
            one_line(&garbled.simplified(run)),
            one_line(&garbled.traditional(run)),
            kinds.join(" "),
        )?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.replace('\n', "␤").replace('\t', " ")
}
