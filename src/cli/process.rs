//! The command as a process runs it.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use super::{Exit, Streams, end_when_interrupted, run};
use crate::lang::Lang;
use crate::report::Paint;

/// Runs a command with what the process has: its streams, terminal and environment. The
/// first argument is the program's name. An interruption ends the process.
pub fn process(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    // Without it an interruption is only less tidy.
    let _ = end_when_interrupted();
    let paint = |choice| Paint {
        colour: choice != ColorChoice::Never,
    };
    let stdout_paint = paint(AutoStream::choice(&io::stdout()));
    let stderr_paint = paint(AutoStream::choice(&io::stderr()));
    let mut streams = Streams {
        stdin: &mut io::stdin().lock(),
        stdin_is_terminal: io::stdin().is_terminal(),
        stdout: &mut io::BufWriter::new(io::stdout().lock()),
        stderr: &mut io::stderr().lock(),
        stdout_paint,
        stderr_paint,
        stderr_is_terminal: io::stderr().is_terminal(),
        lang: Lang::of_environment(|name| std::env::var_os(name)),
    };
    run(arguments, &mut streams)
}
