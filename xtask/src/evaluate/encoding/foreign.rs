//! Text that is not Chinese in the encodings of its language: what is taken for
//! Chinese.

use std::path::PathBuf;
use std::str::FromStr;

use encoding_rs::Encoding as Whatwg;
use zhengben::{Confidence, Encoding, detect};

use super::{Count, chardetng};
use crate::simulate::Random;
use crate::sources::{hash, with_line_breaks};
use crate::{Failure, measure, parallel};

/// How long samples are, in bytes, about.
const LENGTHS: [usize; 4] = [16, 64, 256, 4096];

/// How many samples of each length a document gives.
const EACH: usize = 4;

/// A file with text that is not Chinese, and the encoding to write it in.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    encoding: &'static Whatwg,
    path: PathBuf,
}

impl FromStr for Foreign {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let (label, path) = argument.split_once('=').ok_or("LABEL=FILE")?;
        let encoding = Whatwg::for_label(label.as_bytes());
        Ok(Foreign {
            encoding: encoding.ok_or_else(|| format!("{label:?} is no encoding"))?,
            path: path.into(),
        })
    }
}

/// Of samples of a length: those that were rejected, by us and by `chardetng`, and
/// those that were accepted with high confidence.
#[derive(Clone, Copy, Debug, Default)]
struct Rejected {
    ours: Count,
    theirs: Count,
    surely_wrong: usize,
}

impl Foreign {
    /// Prints how much of the file's half is called Chinese: of the half for tuning,
    /// or of that for testing.
    #[expect(clippy::print_stdout, reason = "it is a report")]
    pub(super) fn run(&self, tune: bool, seed: u64) -> Result<(), Failure> {
        let text = measure::read(&self.path)?;
        // By what they say, as with the corpora.
        let half = |line: &&str| hash(line.trim().as_bytes()).is_multiple_of(2) == tune;
        let documents: Vec<String> = text.lines().filter(half).map(with_line_breaks).collect();
        for length in LENGTHS {
            let all = parallel::map(&documents, |number, text| {
                self.judge(text, length, seed, number)
            });
            let mut sum = Rejected::default();
            for one in all {
                sum.ours.join(one.ours);
                sum.theirs.join(one.theirs);
                sum.surely_wrong += one.surely_wrong;
            }
            println!(
                "{:12} {:16} {length:5} bytes: {:5} samples, called Chinese {:6.2} % \
                 (surely: {}), by chardetng {:6.2} %",
                self.encoding.name(),
                self.path.file_stem().unwrap_or_default().display(),
                sum.ours.all,
                100.0 - sum.ours.percent(),
                sum.surely_wrong,
                100.0 - sum.theirs.percent(),
            );
        }
        Ok(())
    }

    fn judge(&self, text: &str, length: usize, seed: u64, number: usize) -> Rejected {
        let mut rejected = Rejected::default();
        let characters: Vec<char> = text.chars().collect();
        for round in 0..EACH {
            let mut random = Random::of_document(seed ^ (round as u64) << 40, number);
            let start = random.between(0, characters.len().saturating_sub(1));
            let bytes = self.encode(&characters[start..], length);
            if bytes.len() < length || bytes.is_ascii() {
                continue;
            }
            let found = detect(&bytes, None);
            let is_legacy = |found: Option<Encoding>| found.is_some_and(|e| e != Encoding::Utf8);
            let is_chinese = is_legacy(found.encoding);
            rejected.ours.add(!is_chinese);
            rejected.theirs.add(!is_legacy(chardetng(&bytes)));
            rejected.surely_wrong +=
                usize::from(is_chinese && found.confidence >= Confidence::High);
        }
        rejected
    }

    /// Characters as so many bytes, less those that the encoding lacks.
    fn encode(&self, characters: &[char], length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 2);
        let mut buffer = [0; 4];
        for character in characters {
            let (written, _, is_lacking) = self.encoding.encode(character.encode_utf8(&mut buffer));
            if !is_lacking {
                bytes.extend_from_slice(&written);
            }
            if bytes.len() >= length {
                break;
            }
        }
        bytes
    }
}
