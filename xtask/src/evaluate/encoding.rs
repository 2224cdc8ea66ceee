//! `cargo xtask evaluate encoding`: which encodings are found out, beside what
//! `chardetng` says of the same bytes.

mod foreign;
mod samples;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use zhengben::{Confidence, Encoding, detect};

use super::documents::Documents;
use crate::{Failure, parallel};
use foreign::Foreign;
use samples::{Condition, ENCODINGS, LENGTHS, Sample, Script, Writer, make};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    documents: Documents,
    /// Another seed takes other pieces of the documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Text that is not Chinese, and an encoding to write it in, by its WHATWG label:
    /// a text file in UTF-8, or .xz of it, one document a line, ␤ for line breaks.
    /// Half of the documents are for tuning.
    #[arg(long, value_name = "LABEL=FILE")]
    foreign: Vec<Foreign>,
    /// Print this many wrong answers.
    #[arg(long, default_value_t = 0)]
    show: usize,
}

/// Of so many answers so many were right.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn join(&mut self, other: Count) {
        self.all += other.all;
        self.right += other.right;
    }

    fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

/// Right answers by row of the report: ours, and `chardetng`'s.
type Table = BTreeMap<String, [Count; 2]>;

#[derive(Debug, Default)]
struct Tally {
    table: Table,
    confidence: BTreeMap<Confidence, Count>,
    wrong: Vec<String>,
    /// Time that we took for samples of 4 KB.
    time: Duration,
    timed: u32,
}

impl Tally {
    fn join(&mut self, other: Tally) {
        for (row, counts) in other.table {
            let sums = self.table.entry(row).or_default();
            sums.iter_mut().zip(counts).for_each(|(a, b)| a.join(b));
        }
        for (confidence, count) in other.confidence {
            self.confidence.entry(confidence).or_default().join(count);
        }
        self.wrong.extend(other.wrong);
        self.time += other.time;
        self.timed += other.timed;
    }

    fn add(&mut self, sample: &Sample) {
        let start = Instant::now();
        let found = detect(&sample.bytes, None);
        let time = start.elapsed();
        if sample.length == 4096 {
            self.time += time;
            self.timed += 1;
        }
        let right = found.encoding.map(family) == Some(family(sample.encoding));
        let theirs = chardetng(&sample.bytes).map(family) == Some(family(sample.encoding));
        let length = sample.length;
        let mut rows = vec![format!("{:9} {length:5} bytes", sample.condition.name())];
        if sample.condition == Condition::Clean {
            rows.push(format!("{:12} {length:5} bytes", sample.encoding.name()));
        }
        for row in rows {
            let counts = self.table.entry(row).or_default();
            counts[0].add(right);
            counts[1].add(theirs);
        }
        self.confidence
            .entry(found.confidence)
            .or_default()
            .add(right);
        if !right {
            let head: Vec<String> = sample
                .bytes
                .iter()
                .take(24)
                .map(|b| format!("{b:02X}"))
                .collect();
            self.wrong.push(format!(
                "{} {} {length}: {} for {:?} [{}]",
                sample.encoding,
                sample.condition.name(),
                found
                    .encoding
                    .map_or(found.other.unwrap_or("?"), Encoding::name),
                sample.text.chars().take(12).collect::<String>(),
                head.join(" ")
            ));
        }
    }
}

/// GBK and GB 18030 are one: shorter text does not tell which.
fn family(encoding: Encoding) -> Encoding {
    match encoding {
        Encoding::Gbk => Encoding::Gb18030,
        other => other,
    }
}

fn chardetng(bytes: &[u8]) -> Option<Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Encoding::for_label(detector.guess(None, Utf8Detection::Allow).name())
}

/// Prints the figures.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let writer = Writer::default();
    let mut total = Tally::default();
    for (domain, documents) in arguments.documents.read()? {
        let tallies = parallel::map(&documents, |number, text| {
            let mut tally = Tally::default();
            for encoding in ENCODINGS {
                for length in LENGTHS {
                    for condition in Condition::ALL {
                        let made = make(
                            text,
                            encoding,
                            length,
                            condition,
                            &writer,
                            (arguments.seed, number),
                        );
                        made.iter().for_each(|sample| tally.add(sample));
                    }
                }
            }
            tally
        });
        println!("{domain}: {} documents", documents.len());
        tallies.into_iter().for_each(|tally| total.join(tally));
    }
    println!(
        "{:28} {:>8} {:>8} {:>10}",
        "", "samples", "right %", "chardetng"
    );
    for (row, [ours, theirs]) in &total.table {
        println!(
            "{row:28} {:8} {:8.2} {:10.2}",
            ours.all,
            ours.percent(),
            theirs.percent()
        );
    }
    for (confidence, count) in &total.confidence {
        println!(
            "{confidence:?}: {:.2} % right of {}",
            count.percent(),
            count.all
        );
    }
    if total.timed > 0 {
        println!(
            "4 KB: {:.1} µs a sample",
            total.time.as_secs_f64() * 1e6 / f64::from(total.timed)
        );
    }
    let every = (total.wrong.len() / arguments.show.max(1)).max(1);
    for wrong in total.wrong.iter().step_by(every).take(arguments.show) {
        println!("  {wrong}");
    }
    for foreign in &arguments.foreign {
        foreign.run(arguments.documents.is_tuning(), arguments.seed)?;
    }
    Ok(())
}

impl Script {
    /// The script that text in an encoding is mostly in.
    fn of(encoding: Encoding) -> Script {
        match encoding {
            Encoding::Big5 | Encoding::EucTw => Script::Traditional,
            _ => Script::Simplified,
        }
    }
}
