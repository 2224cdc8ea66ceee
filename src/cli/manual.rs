//! `zhengben completions` and `zhengben man`: the arguments, for shells and as manual
//! pages.

use std::io;

use clap::Command;

use super::args::{CompletionsArguments, ManArguments};
use super::{Exit, Streams, give_up, help, messages};
use crate::lang::Lang;

pub(super) fn completions(
    arguments: &CompletionsArguments,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let mut command = help::completed_command(streams.lang);
    let name = command.get_name().to_owned();
    // It panics if it cannot write, so that it gets memory.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    streams.stdout.write_all(&script)?;
    Ok(Exit::Clean)
}

pub(super) fn page(arguments: &ManArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let lang = streams.lang;
    let command = help::manual_command(lang);
    let page = match &arguments.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone().display_name(format!("zhengben-{name}")),
            None => return give_up(streams, &unknown(name, &command, lang)),
        },
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    streams.stdout.write_all(&help::manual(roff, lang))?;
    Ok(Exit::Clean)
}

fn unknown(name: &str, command: &Command, lang: Lang) -> String {
    let all: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    messages::no_command(lang, name, all.join(lang.list()))
}
