//! What ships, and its stages.

use std::hint::black_box;
use std::time::{Duration, Instant};

use zhengben::{Cleaner, Conversion, Converter, Source, Syntax};

use super::clock;
use super::measure::{LEAST, Way};
use crate::Failure;
use crate::texts::Text;

/// Everything, made once.
pub(super) struct Ours {
    cleaner: Cleaner,
    corrected: Converter,
    exact: Converter,
}

impl Ours {
    pub(super) fn new() -> Ours {
        Ours {
            cleaner: Cleaner::new(),
            corrected: Converter::new(Conversion::T2s),
            exact: Converter::exact(Conversion::T2s),
        }
    }

    /// The seconds that one of ours takes for so many documents of a text.
    pub(super) fn seconds(
        &self,
        tool: &str,
        text: &Text,
        syntax: Syntax,
        way: Way,
        count: usize,
    ) -> Result<f64, Failure> {
        let documents = documents(text, way, count);
        let texts: Vec<Option<&str>> = documents
            .iter()
            .map(|bytes| std::str::from_utf8(bytes).ok())
            .collect();
        // Files of several encodings are found out; others are text already.
        let has_bytes = texts.iter().any(Option::is_none);
        let texts = || texts.iter().copied().flatten();
        Ok(match tool {
            "zhengben" if has_bytes => timed(|| {
                for bytes in &documents {
                    if let Ok(source) = Source::decode(black_box(bytes)) {
                        black_box(self.cleaner.clean(source.with_syntax(syntax)));
                    }
                }
            }),
            "zhengben" => timed(|| {
                for text in texts() {
                    let source = Source::from(black_box(text)).with_syntax(syntax);
                    black_box(self.cleaner.clean(source).text());
                }
            }),
            "zhengben-script" => timed(|| {
                texts().for_each(|text| drop(black_box(self.corrected.convert(black_box(text)))));
            }),
            "zhengben-exact" => timed(|| {
                texts().for_each(|text| drop(black_box(self.exact.convert(black_box(text)))));
            }),
            "zhengben-decode" => timed(|| {
                let documents = documents.iter();
                documents.for_each(|bytes| drop(black_box(Source::decode(black_box(bytes)))));
            }),
            _ => return Err(format!("{tool} is none of ours").into()),
        })
    }

    /// The seconds that the whole pipeline takes for a text.
    pub(super) fn clean(&self, text: &str) -> f64 {
        timed(|| drop(black_box(self.cleaner.clean(black_box(text)))))
    }

    /// How long each stage takes for the documents, by name; the last is what comes
    /// behind the first walk through all of them.
    pub(super) fn stages(
        &self,
        text: &Text,
        syntax: Syntax,
        count: usize,
    ) -> Vec<(&'static str, Duration)> {
        let mut times: Vec<(&'static str, Duration)> = Vec::new();
        let mut add = |stage: &'static str, time| {
            match times.iter_mut().find(|(name, _)| *name == stage) {
                Some((_, total)) => *total += time,
                None => times.push((stage, time)),
            };
        };
        for document in text.documents(count) {
            let Ok(text) = std::str::from_utf8(document) else {
                continue;
            };
            let mut seen = Vec::new();
            let mut last = Instant::now();
            let source = Source::from(text).with_syntax(syntax);
            let cleaned = self.cleaner.clean_in_steps(source, |step| {
                if seen.contains(&step.stage) {
                    return;
                }
                let now = Instant::now();
                seen.push(step.stage);
                add(step.stage, now - last);
                last = now;
            });
            black_box(cleaned.text());
            add(AGAIN, last.elapsed());
        }
        // Behind all stages, although a stage may be seen late.
        let again = times.iter().position(|&(name, _)| name == AGAIN);
        if let Some(at) = again {
            let again = times.remove(at);
            times.push(again);
        }
        times
    }
}

/// What comes behind the first walk through the stages.
pub(super) const AGAIN: &str = "later walks, composing";

fn documents(text: &Text, way: Way, count: usize) -> Vec<&[u8]> {
    match way {
        Way::Whole => vec![&text.bytes[..text.size_of(count)]],
        Way::Documents => text.documents(count).collect(),
    }
}

/// The seconds of processor time that something takes, repeated if it is short.
fn timed(run: impl Fn()) -> f64 {
    let start = clock::processor_time();
    let mut rounds = 0;
    loop {
        run();
        rounds += 1;
        let time = clock::processor_time().saturating_sub(start);
        if time >= LEAST {
            return time.as_secs_f64() / f64::from(rounds);
        }
    }
}
