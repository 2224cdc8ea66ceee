//! Runs other tools on the corpora of `cargo xtask compare`, one request a line:
//!
//! ```text
//! engine ⇥ corpus ⇥ whole or documents ⇥ how many documents
//! ```
//!
//! The corpus is a file; beside it, `.ends` has the place where each document ends.
//! Answers a line of JSON: the seconds of processor time, or what was wrong.

mod engines;

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

use engines::{Document, Engine};

/// What is run at least as long, so that the clock's steps do not show.
const LEAST: Duration = Duration::from_millis(5);

fn main() -> Result<(), Box<dyn Error>> {
    let mut worker = Worker::default();
    for request in io::stdin().lock().lines() {
        let answer = match worker.answer(&request?) {
            Ok(answer) => answer,
            Err(error) => json!({ "error": error.to_string() }),
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

/// The engines and the corpus that were asked for last stay.
#[derive(Default)]
struct Worker {
    engines: Vec<(String, Engine)>,
    corpus: Corpus,
}

#[derive(Default)]
struct Corpus {
    path: String,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Worker {
    fn answer(&mut self, request: &str) -> Result<Value, Box<dyn Error>> {
        let fields: Vec<&str> = request.split('\t').collect();
        let [name, path, way, count] = fields[..] else {
            return Err("a request has four fields".into());
        };
        if self.corpus.path != path {
            self.corpus = Corpus::read(path)?;
        }
        let index = match self.engines.iter().position(|(known, _)| known == name) {
            Some(index) => index,
            None => {
                self.engines.push((name.to_owned(), Engine::load(name)?));
                self.engines.len() - 1
            }
        };
        let engine = &self.engines[index].1;
        let documents = self.corpus.documents(way == "whole", count.parse()?);
        // Outside the time: tools of text are given text.
        let documents: Vec<Document<'_>> = documents.into_iter().map(Document::new).collect();
        let mut rounds = 0;
        let start = processor_time()?;
        loop {
            for document in &documents {
                engine.run(document)?;
            }
            rounds += 1;
            let time = processor_time()?.saturating_sub(start);
            if time >= LEAST {
                let seconds = time.as_secs_f64() / f64::from(rounds);
                return Ok(json!({ "seconds": seconds }));
            }
        }
    }
}

impl Corpus {
    fn read(path: &str) -> Result<Corpus, Box<dyn Error>> {
        let ends = fs::read_to_string(format!("{path}.ends"))?;
        Ok(Corpus {
            path: path.to_owned(),
            bytes: fs::read(path)?,
            ends: ends.lines().map(str::parse).collect::<Result<_, _>>()?,
        })
    }

    fn documents(&self, whole: bool, count: usize) -> Vec<&[u8]> {
        let ends = &self.ends[..count.min(self.ends.len())];
        let mut start = if whole { ends.len() - 1 } else { 0 };
        let mut from = 0;
        let mut documents = Vec::new();
        while let Some(&end) = ends.get(start) {
            documents.push(&self.bytes[from..end]);
            from = end;
            start += 1;
        }
        documents
    }
}

/// The processor time of all threads of the process.
fn processor_time() -> Result<Duration, nix::Error> {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map(Duration::from)
}
