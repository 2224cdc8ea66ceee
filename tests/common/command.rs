//! The command, run within a test.

use std::ffi::OsString;

use zhengben::cli::{Exit, Streams, run};
use zhengben::lang::Lang;
use zhengben::report::Paint;

/// Runs a command without a terminal; returns how it ended, and what is on stdout and
/// stderr.
pub(crate) fn zhengben(
    lang: Lang,
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> (Exit, Vec<u8>, String) {
    let words = arguments.into_iter().map(Into::into);
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let exit = run(
        [OsString::from("zhengben")].into_iter().chain(words),
        &mut Streams {
            stdin: &mut std::io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            stdout_paint: Paint::default(),
            stderr_paint: Paint::default(),
            stdin_is_terminal: false,
            stderr_is_terminal: false,
            lang,
        },
    );
    (exit, stdout, String::from_utf8(stderr).expect("UTF-8"))
}
