//! Commands that measure are to run as what ships does: optimised.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;

/// Runs this command again in a release build, unless this is one already.
///
/// # Errors
/// If it fails there.
pub(crate) fn again() -> Result<bool, Failure> {
    if !cfg!(debug_assertions) {
        return Ok(false);
    }
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--release", "--package", "xtask", "--"])
        .args(env::args_os().skip(1))
        .status()?;
    match status.success() {
        true => Ok(true),
        false => Err("it failed in a release build".into()),
    }
}

/// The repository's folder.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The folder for what is built.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => folder.into(),
        None => repository().join("target"),
    }
}
