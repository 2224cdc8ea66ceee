//! The `zhengben` command.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use zhengben::cli::{Streams, end_when_interrupted, run};
use zhengben::lang::Lang;
use zhengben::report::Paint;

fn main() -> ExitCode {
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
    ExitCode::from(run(std::env::args_os(), &mut streams) as u8)
}
