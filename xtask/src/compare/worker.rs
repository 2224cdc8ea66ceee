//! A process that runs peers; `xtask/peers` says how it is asked.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::Failure;
use super::measure::Way;

/// A process that waits for requests, and goes when it is dropped.
pub(super) struct Worker {
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Worker {
    /// Starts the command.
    pub(super) fn start(mut command: Command) -> Result<Worker, Failure> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command
            .spawn()
            .map_err(|error| format!("{command:?}: {error}"))?;
        let requests = process.stdin.take();
        let answers = process.stdout.take().ok_or("the worker has no output")?;
        Ok(Worker {
            process,
            requests,
            answers: BufReader::new(answers),
        })
    }

    /// The seconds that a tool takes for so many documents of a text.
    pub(super) fn seconds(
        &mut self,
        tool: &str,
        text: &Path,
        way: Way,
        count: usize,
    ) -> Result<f64, Failure> {
        let requests = self.requests.as_mut().ok_or("the worker has no input")?;
        writeln!(
            requests,
            "{tool}\t{}\t{}\t{count}",
            text.display(),
            way.id()
        )?;
        requests.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        let answer: serde_json::Value = serde_json::from_str(&answer)
            .map_err(|error| format!("the worker of {tool} said {answer:?}: {error}"))?;
        match (answer["seconds"].as_f64(), answer["error"].as_str()) {
            (Some(seconds), _) => Ok(seconds),
            (None, Some(error)) => Err(error.into()),
            (None, None) => Err(format!("the worker of {tool} said {answer}").into()),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The end of its requests is its own.
        self.requests = None;
        drop(self.process.wait());
    }
}
