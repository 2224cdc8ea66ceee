//! Builds and installs the peers into a folder under `target`.

use std::path::Path;
use std::process::Command;

use super::Failure;
use super::tools::{Home, OPENCC, Tool};
use super::worker::Worker;

/// The crate of the peers that are Rust crates, and the packages of the others.
const CRATE: &str = "xtask/peers/Cargo.toml";
const REQUIREMENTS: &str = "xtask/peers/requirements.txt";
const SCRIPT: &str = "xtask/peers/peers.py";

/// How much of what a failed command has said is told.
const TOLD: usize = 400;

/// The processes that run the peers.
pub(super) struct Peers {
    pub(super) crates: Worker,
    pub(super) python: Option<Worker>,
    /// Those that could not be had, and why.
    pub(super) missing: Vec<(Tool, String)>,
}

/// Builds the peers that are wanted.
///
/// # Errors
/// If not even the limits, which need no peer, can be built.
pub(super) fn peers(root: &Path, target: &Path, wanted: &[Tool]) -> Result<Peers, Failure> {
    let mut missing = Vec::new();
    let crates = wanted.iter().filter(|tool| tool.home == Home::Crate);
    let mut crates: Vec<Tool> = crates.copied().collect();
    if build(root, target, &crates).is_err() {
        // Which of them is it?
        crates.retain(|&tool| match build(root, target, &[tool]) {
            Ok(()) => true,
            Err(error) => {
                missing.push((tool, error.to_string()));
                false
            }
        });
        build(root, target, &crates)?;
    }
    let mut python = None;
    if wanted.iter().any(|tool| tool.home == Home::Python) {
        match install(root, target) {
            Ok(command) => python = Some(command),
            Err(error) => {
                let tools = wanted.iter().filter(|tool| tool.home == Home::Python);
                missing.extend(tools.map(|&tool| (tool, error.to_string())));
            }
        }
    }
    Ok(Peers {
        crates: Worker::start(Command::new(target.join("peers/release/peers")))?,
        python: python.map(Worker::start).transpose()?,
        missing,
    })
}

/// Builds the crate with so many tools.
fn build(root: &Path, target: &Path, tools: &[Tool]) -> Result<(), Failure> {
    let features: Vec<&str> = tools.iter().map(|tool| tool.id).collect();
    let mut command = if features.contains(&OPENCC) {
        let mut command = Command::new(root.join("ci/opencc.sh"));
        command.arg("cargo");
        command
    } else {
        Command::new("cargo")
    };
    command
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--manifest-path",
        ])
        .arg(root.join(CRATE))
        .arg("--target-dir")
        .arg(target.join("peers"))
        .arg("--features")
        .arg(features.join(","))
        .current_dir(root);
    run(command)
}

/// Installs the packages; the command that runs them.
fn install(root: &Path, target: &Path) -> Result<Command, Failure> {
    let home = target.join("python");
    let python = home.join("bin/python");
    if !python.exists() {
        let mut command = Command::new("python3");
        command.args(["-m", "venv"]).arg(&home);
        run(command)?;
    }
    let mut command = Command::new(&python);
    command
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(root.join(REQUIREMENTS));
    run(command)?;
    let mut command = Command::new(&python);
    command.arg(root.join(SCRIPT));
    Ok(command)
}

/// Runs a command; its last words, if it fails, are the error.
fn run(mut command: Command) -> Result<(), Failure> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let told: Vec<&str> = told
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let told = told.join(" ");
    let error = told.find("error").map_or(&*told, |at| &told[at..]);
    Err(error.chars().take(TOLD).collect::<String>().into())
}
