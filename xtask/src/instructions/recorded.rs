//! The counts in the repository, and what a difference from them means.

use std::fmt::{self, Display, Formatter, Write};
use std::process::Command;

use crate::Failure;

/// By how much a count may grow, as a share: small changes elsewhere move what is
/// inlined, and hash tables differ from run to run.
const TOLERANCE: f64 = 0.02;
/// The same where the compiler, the processor or the text is another one.
const WIDE: f64 = 0.15;

/// What begins a file.
const HEAD: &str = "\
# How many instructions cleaning takes, by `ci/instructions.sh --overwrite`, which writes
# this file: text, its size in bytes, its hash, instructions.
";

/// The counts, and with what they were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) compiler: String,
    pub(super) processor: String,
    pub(super) counts: Vec<Count>,
}

/// The count of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) text: String,
    pub(super) bytes: usize,
    pub(super) hash: u64,
    pub(super) instructions: u64,
}

/// How a count differs from a recorded one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    /// How much more instructions a byte takes, as a share.
    growth: f64,
    tolerance: f64,
    same_text: bool,
}

impl Record {
    /// Reads a file.
    ///
    /// # Errors
    /// If a line is not as [`Record::to_text`] writes it.
    pub(super) fn parse(text: &str) -> Result<Record, Failure> {
        let mut record = Record {
            compiler: String::new(),
            processor: String::new(),
            counts: Vec::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let wrong = || format!("not a count: {line:?}");
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["compiler", compiler] => record.compiler = compiler.to_owned(),
                ["processor", processor] => record.processor = processor.to_owned(),
                [text, bytes, hash, instructions] => record.counts.push(Count {
                    text: text.to_owned(),
                    bytes: bytes.parse().map_err(|_| wrong())?,
                    hash: u64::from_str_radix(hash, 16).map_err(|_| wrong())?,
                    instructions: instructions.parse().map_err(|_| wrong())?,
                }),
                _ => return Err(wrong().into()),
            }
        }
        Ok(record)
    }

    /// Writes a file.
    pub(super) fn to_text(&self) -> String {
        let mut out = HEAD.to_owned();
        let _ = writeln!(
            out,
            "compiler\t{}\nprocessor\t{}",
            self.compiler, self.processor
        );
        for count in &self.counts {
            let Count {
                text,
                bytes,
                hash,
                instructions,
            } = count;
            let _ = writeln!(out, "{text}\t{bytes}\t{hash:016x}\t{instructions}");
        }
        out
    }

    /// Compares a count of this record with one of another.
    pub(super) fn verdict(&self, count: &Count, recorded: &Record, old: &Count) -> Verdict {
        let same_text = count.hash == old.hash;
        let is_same =
            same_text && self.compiler == recorded.compiler && self.processor == recorded.processor;
        let each = |count: &Count| count.instructions as f64 / count.bytes as f64;
        Verdict {
            growth: each(count) / each(old) - 1.0,
            tolerance: if is_same { TOLERANCE } else { WIDE },
            same_text,
        }
    }
}

impl Verdict {
    /// Whether it is not too much.
    pub(super) fn passes(self) -> bool {
        self.growth <= self.tolerance
    }
}

impl Display for Verdict {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:+.2} %", 100.0 * self.growth)?;
        if !self.same_text {
            f.write_str(" a byte, of another text")?;
        }
        if !self.passes() {
            write!(f, ": more than {:.0} %", 100.0 * self.tolerance)?;
        } else if self.growth < -self.tolerance {
            f.write_str(": faster, so that it is to be recorded")?;
        }
        Ok(())
    }
}

/// The compiler's version.
///
/// # Errors
/// If it cannot be asked.
pub(super) fn compiler() -> Result<String, Failure> {
    let output = Command::new("rustc").arg("-V").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// The kind of processor, with what programs ask it for at run time.
pub(super) fn processor() -> String {
    #[cfg(target_arch = "x86_64")]
    let wide = if is_x86_feature_detected!("avx2") {
        " with AVX2"
    } else {
        ""
    };
    #[cfg(not(target_arch = "x86_64"))]
    let wide = "";
    format!("{}{wide}", std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::super::Subject;
    use super::*;

    fn record(instructions: u64) -> Record {
        Record {
            compiler: "rustc 1.0.0".to_owned(),
            processor: "x86_64".to_owned(),
            counts: vec![Count {
                text: "spun".to_owned(),
                bytes: 1000,
                hash: 0xAB,
                instructions,
            }],
        }
    }

    fn verdict(now: &Record, recorded: &Record) -> Verdict {
        now.verdict(&now.counts[0], recorded, &recorded.counts[0])
    }

    #[test]
    fn what_is_written_is_read() {
        let record = record(1_000_000);
        assert_eq!(
            Record::parse(&record.to_text()).expect("it was written"),
            record
        );
        assert!(Record::parse("spun\t1\tzz\t1\n").is_err());
        assert!(Record::parse("spun\n").is_err());
    }

    #[test]
    fn more_is_too_much_beyond_the_tolerance() {
        let recorded = record(1_000_000);
        assert!(verdict(&record(1_019_000), &recorded).passes());
        let more = verdict(&record(1_021_000), &recorded);
        assert!(!more.passes());
        assert_eq!(more.to_string(), "+2.10 %: more than 2 %");
        let less = verdict(&record(900_000), &recorded);
        assert!(less.passes());
        assert!(less.to_string().ends_with("is to be recorded"));
    }

    #[test]
    fn another_compiler_or_text_is_given_more() {
        let recorded = record(1_000_000);
        let mut other = record(1_100_000);
        assert!(!verdict(&other, &recorded).passes());
        other.compiler = "rustc 2.0.0".to_owned();
        assert!(verdict(&other, &recorded).passes());
        let mut longer = record(2_100_000);
        longer.counts[0].bytes = 2000;
        longer.counts[0].hash = 1;
        let verdict = verdict(&longer, &recorded);
        assert!(verdict.passes());
        assert_eq!(verdict.to_string(), "+5.00 % a byte, of another text");
    }

    #[test]
    fn every_text_is_recorded() {
        let record = Record::parse(include_str!("../../data/instructions.tsv"));
        let record = record.expect("the file can be read");
        let texts: Vec<&str> = record
            .counts
            .iter()
            .map(|count| count.text.as_str())
            .collect();
        let subjects: Vec<String> = Subject::all().map(Subject::id).collect();
        assert_eq!(texts, subjects);
    }
}
