//! Whole processes: what it costs to start one for a short file.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

use super::Failure;
use super::measure::Spread;

/// Starting is short and disturbed easily.
const LEAST_ROUNDS: usize = 11;

/// What a process took.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Process {
    pub(super) name: &'static str,
    /// Milliseconds from start to end.
    pub(super) elapsed: f64,
    /// Milliseconds of the processor.
    pub(super) processor: f64,
    /// The most memory that it had, in MB.
    pub(super) memory: f64,
}

/// A command to start.
struct Candidate {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
}

/// Starts our command, and what of the others is there, for a file of about 1 KB.
///
/// # Errors
/// If a command cannot be started.
pub(super) fn measure(
    zhengben: &Path,
    opencc: Option<&Path>,
    python: &Path,
    document: &Path,
    rounds: usize,
) -> Result<Vec<Process>, Failure> {
    let file = document.display().to_string();
    let candidate = |name, program: &Path, arguments: &[&str]| Candidate {
        name,
        program: program.to_owned(),
        arguments: arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
    };
    let mut candidates = vec![candidate("`zhengben clean`", zhengben, &["clean", &file])];
    if let Some(opencc) = opencc {
        candidates.push(candidate(
            "`opencc -c t2s`",
            opencc,
            &["-c", "t2s", "-i", &file],
        ));
    }
    if python.exists() {
        let program = "import ftfy, sys; print(ftfy.fix_text(open(sys.argv[1]).read()))";
        candidates.push(candidate(
            "Python with ftfy",
            python,
            &["-c", program, &file],
        ));
        let program = "import opencc, sys; \
                       print(opencc.OpenCC('t2s').convert(open(sys.argv[1]).read()))";
        candidates.push(candidate(
            "Python with OpenCC",
            python,
            &["-c", program, &file],
        ));
    }
    let mut runs: Vec<[Vec<f64>; 3]> = vec![Default::default(); candidates.len()];
    for _ in 0..rounds.max(LEAST_ROUNDS) {
        for (candidate, runs) in candidates.iter().zip(&mut runs) {
            let values = candidate.run()?;
            runs.iter_mut()
                .zip(values)
                .for_each(|(run, value)| run.push(value));
        }
    }
    let processes = candidates.iter().zip(runs).map(|(candidate, runs)| {
        let [elapsed, processor, memory] = runs.map(|run| Spread::of(&run).median);
        Process {
            name: candidate.name,
            elapsed,
            processor,
            memory,
        }
    });
    Ok(processes.collect())
}

impl Candidate {
    fn run(&self) -> Result<[f64; 3], Failure> {
        let start = Instant::now();
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        let used = child.wait4()?;
        let elapsed = start.elapsed();
        // With 1, ours says that something was changed.
        if !matches!(used.status.code(), Some(0 | 1)) {
            return Err(format!("{}: {}", self.name, used.status).into());
        }
        let processor = used.rusage.utime + used.rusage.stime;
        Ok([
            1e3 * elapsed.as_secs_f64(),
            1e3 * processor.as_secs_f64(),
            used.rusage.maxrss as f64 / 1e6,
        ])
    }
}
