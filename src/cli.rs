//! The command line: a table over the commands.

mod archive;
mod args;
mod baseline;
mod check;
mod clean;
mod compression;
mod config;
mod deliver;
mod detect;
mod explain;
mod help;
mod input;
mod interactive;
mod jobs;
mod manual;
mod members;
mod messages;
mod process;
mod progress;
mod replace;
mod rules;
mod said;
mod summary;
mod tasks;
mod version;
mod walk;

use std::ffi::OsString;
use std::io::{self, Read, Write};

use clap::Parser;

use crate::lang::Lang;
use crate::report::Paint;
use crate::report::visible::visible;
use args::{Arguments, Command};
pub use process::process;
use said::Say;

/// Where a command reads and writes.
#[allow(missing_debug_implementations)]
pub struct Streams<'s> {
    /// Read for the path `-`, and for answers.
    pub stdin: &'s mut dyn Read,
    /// Whether `stdin` is a terminal, at which somebody can answer.
    pub stdin_is_terminal: bool,
    /// Data: texts, findings, patches.
    pub stdout: &'s mut dyn Write,
    /// Talk: summaries and errors.
    pub stderr: &'s mut dyn Write,
    /// Whether the findings on `stdout` are coloured.
    pub stdout_paint: Paint,
    /// Whether the help on `stderr` is coloured.
    pub stderr_paint: Paint,
    /// Whether `stderr` is a terminal, which can show how far a long work is.
    pub stderr_is_terminal: bool,
    /// The language that is spoken unless the arguments name another.
    pub lang: Lang,
}

/// The exit code of a program that was interrupted: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Lets an interruption (Ctrl-C, a request to end) end the process only between two
/// files, so that none is half written and nothing temporary stays.
///
/// # Errors
/// If the system does not let us hear of it.
pub fn end_when_interrupted() -> io::Result<()> {
    ctrlc::set_handler(|| {
        let _none = replace::none_half_replaced();
        replace::delete_unfinished();
        std::process::exit(INTERRUPTED);
    })
    .map_err(io::Error::other)
}

/// How a command ended; its number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing found.
    Clean = 0,
    /// Something found, whether it was changed or not.
    Findings = 1,
    /// Something could not be done, whatever else was.
    Error = 2,
}

impl Exit {
    /// With `zero`, findings are none to tell of.
    fn or_zero(self, zero: bool) -> Self {
        match self {
            Exit::Findings if zero => Exit::Clean,
            _ => self,
        }
    }
}

/// Runs a command; the first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(lang) = Lang::of_arguments(&arguments) {
        streams.lang = lang;
    }
    let lang = streams.lang;
    let done = match parse(&arguments, lang) {
        Ok(arguments) => dispatch(arguments.command, streams),
        Err(error) if version::is_asked_for(&error, &arguments) => version::run(streams),
        Err(error) => usage(&error, streams),
    };
    let done = done.and_then(|exit| streams.stdout.flush().map(|()| exit));
    match done {
        Ok(exit) => exit,
        // Whoever read our output has seen enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(error) => {
            // If this cannot be written either, the exit code still says it.
            let error = messages::cannot_write_output(lang, error.say(lang));
            let _ = writeln!(streams.stderr, "zhengben: {error}");
            Exit::Error
        }
    }
}

/// The arguments. Those that are wrong are found by the command that speaks the language,
/// since its errors show pieces of its help.
fn parse(arguments: &[OsString], lang: Lang) -> Result<Arguments, clap::Error> {
    if lang != Lang::En {
        help::command(lang).try_get_matches_from(arguments)?;
    }
    Arguments::try_parse_from(arguments)
}

fn dispatch(command: Command, streams: &mut Streams<'_>) -> io::Result<Exit> {
    match command {
        Command::Clean(arguments) => {
            clean::run(&arguments, streams).map(|exit| exit.or_zero(arguments.exit_zero))
        }
        Command::Check(arguments) => {
            check::run(&arguments, streams).map(|exit| exit.or_zero(arguments.exit_zero))
        }
        Command::Detect(arguments) => detect::run(&arguments, streams),
        Command::Explain(arguments) => explain::run(&arguments, streams),
        Command::Rules(arguments) => rules::run(&arguments, streams),
        Command::Config(arguments) => config::run(&arguments, streams),
        Command::Completions(arguments) => manual::completions(&arguments, streams),
        Command::Man(arguments) => manual::page(&arguments, streams),
    }
}

/// Help and version on stdout, a wrong call on stderr.
fn usage(error: &clap::Error, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let lang = streams.lang;
    let text = |paint: Paint| help::rendered(error, lang, paint.colour);
    if error.use_stderr() {
        write!(streams.stderr, "{}", text(streams.stderr_paint))?;
        return Ok(Exit::Error);
    }
    write!(streams.stdout, "{}", text(streams.stdout_paint))?;
    Ok(Exit::Clean)
}

/// Reports an error that concerns everything.
fn give_up(streams: &mut Streams<'_>, error: &dyn Say) -> io::Result<Exit> {
    writeln!(streams.stderr, "zhengben: {}", error.say(streams.lang))?;
    Ok(Exit::Error)
}

/// Reports an error that concerns one path; the others go on.
fn complain(streams: &mut Streams<'_>, path: &str, error: &dyn Say) -> io::Result<Exit> {
    let error = error.say(streams.lang);
    writeln!(streams.stderr, "zhengben: {}: {error}", visible(path))?;
    Ok(Exit::Error)
}
