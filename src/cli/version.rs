//! `--version`: that of the program, on the first line, and those of its data.

use std::ffi::OsString;
use std::io;

use clap::error::ErrorKind;

use super::{Exit, Streams, messages};
use crate::data::data_versions;

/// Whether what clap has to say is all of it; `-V` is the first line alone.
pub(super) fn is_asked_for(error: &clap::Error, arguments: &[OsString]) -> bool {
    error.kind() == ErrorKind::DisplayVersion && arguments.iter().any(|word| word == "--version")
}

/// Not left to clap, which wants its text before it knows whether it is asked for: the
/// checksums would be computed each time.
pub(super) fn run(streams: &mut Streams<'_>) -> io::Result<Exit> {
    writeln!(streams.stdout, "zhengben {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(streams.stdout, "{}", messages::data_built_in(streams.lang))?;
    for data in data_versions() {
        writeln!(streams.stdout, "  {:12}{data}", data.name)?;
    }
    Ok(Exit::Clean)
}
