//! The command line.

use std::ffi::OsString;

use pyo3::prelude::*;

use crate::errors::detached;

/// Runs the command with these arguments, without its name; its exit code.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    let name = OsString::from("zhengben");
    let all = std::iter::once(name).chain(arguments);
    detached(py, || zhengben::cli::process(all) as u8)
}
