//! `zhengben completions` and `zhengben man`: the arguments, for shells and as manual
//! pages.

use std::io;

use clap::{Command, CommandFactory};

use super::args::{Arguments, CompletionsArguments, ManArguments};
use super::{Exit, Streams, give_up};

pub(super) fn completions(
    arguments: &CompletionsArguments,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    // It panics if it cannot write, so that it gets memory.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    streams.stdout.write_all(&script)?;
    Ok(Exit::Clean)
}

pub(super) fn page(arguments: &ManArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    // Sub-commands get their whole names only so.
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let page = match &arguments.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone().display_name(format!("zhengben-{name}")),
            None => return give_up(streams, &unknown(name, &command)),
        },
    };
    clap_mangen::Man::new(page).render(&mut *streams.stdout)?;
    Ok(Exit::Clean)
}

fn unknown(name: &str, command: &Command) -> String {
    let all: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    format!("there is no command {name}; there are {}", all.join(", "))
}
