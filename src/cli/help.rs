//! The help of the command line, in the language that is spoken.
//!
//! In English it stands beside the arguments; `chinese.rs` has it in Chinese. What is
//! clap's own, which clap does not let go by, is translated in what it renders.

mod chinese;
mod wrong;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, CommandFactory, Error};

use super::args::Arguments;
use crate::lang::Lang;
use chinese::{FIXED, MANUAL};

/// The command line.
pub(super) fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Arguments::command(),
        Lang::Zh => chinese(built(Arguments::command()), "", Medium::Terminal),
    }
}

/// The command line as manual pages show it.
pub(super) fn manual_command(lang: Lang) -> Command {
    of_medium(Arguments::command().disable_help_subcommand(true), lang)
}

/// The command line as shells complete it.
pub(super) fn completed_command(lang: Lang) -> Command {
    of_medium(Arguments::command(), lang)
}

fn of_medium(command: Command, lang: Lang) -> Command {
    let command = built(command);
    match lang {
        Lang::En => command,
        Lang::Zh => chinese(command, "", Medium::Other),
    }
}

/// Sub-commands get their whole names, and help its argument, only so.
fn built(mut command: Command) -> Command {
    command.build();
    command
}

/// Help, or what is wrong with a call.
pub(super) fn rendered(error: &Error, lang: Lang, colour: bool) -> String {
    let rendered = || match colour {
        true => error.render().ansi().to_string(),
        false => error.render().to_string(),
    };
    match (lang, error.kind()) {
        (Lang::En, _) | (_, ErrorKind::DisplayVersion) => rendered(),
        (Lang::Zh, ErrorKind::DisplayHelp)
        | (Lang::Zh, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) => {
            replaced(rendered(), &FIXED)
        }
        (Lang::Zh, _) => wrong::said(error, colour),
    }
}

/// A manual page.
pub(super) fn manual(page: Vec<u8>, lang: Lang) -> Vec<u8> {
    match (lang, String::from_utf8(page)) {
        (Lang::Zh, Ok(page)) => replaced(page, &MANUAL).into_bytes(),
        (_, Ok(page)) => page.into_bytes(),
        (_, Err(error)) => error.into_bytes(),
    }
}

fn replaced(text: String, words: &[(&str, &str)]) -> String {
    let replace = |text: String, (english, chinese): &(&str, &str)| text.replace(english, chinese);
    words.iter().fold(text, replace)
}

/// Where help is shown: what lists the possible values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// We do: clap's list has words of its own, wherever lines break.
    Terminal,
    /// The page or the shell does, and breaks lines too.
    Other,
}

/// A command with its Chinese help; `path` are the names that lead to it.
fn chinese(command: Command, path: &str, medium: Medium) -> Command {
    let mut command = command;
    if let Some(about) = chinese::about(path) {
        command = command.about(about);
    }
    if let Some(after) = command.get_after_help().map(ToString::to_string)
        && let Some(after) = chinese::after(&after)
    {
        command = command.after_help(after);
    }
    if let Some(after) = command.get_after_long_help().map(ToString::to_string)
        && let Some(after) = chinese::after(&after)
    {
        command = command.after_long_help(after);
    }
    command
        .subcommand_value_name("命令")
        .mut_args(|argument| chinese_argument(argument, path, medium))
        .mut_subcommands(|sub| {
            let path = inner(path, sub.get_name());
            chinese(sub, &path, medium)
        })
}

/// The path of a sub-command; those that `help` has are about the commands themselves.
fn inner(path: &str, name: &str) -> String {
    match path {
        "" | "help" => name.to_owned(),
        _ => format!("{path} {name}"),
    }
}

fn chinese_argument(argument: Arg, path: &str, medium: Medium) -> Arg {
    let id = argument.get_id().to_string();
    let is_long = argument.get_long_help().is_some();
    let row = chinese::argument(path, &id);
    let mut argument = argument;
    if let Some(heading) = argument.get_help_heading().and_then(chinese::heading) {
        argument = argument.help_heading(heading);
    }
    if let Some(names) = argument.get_value_names() {
        let names: Vec<&'static str> = names
            .iter()
            .filter_map(|name| chinese::value_name(name))
            .collect();
        if !names.is_empty() {
            argument = argument.value_names(names);
        }
    }
    let values: Vec<PossibleValue> = argument
        .get_possible_values()
        .into_iter()
        .map(|value| chinese_value(value, &id))
        .collect();
    let Some((help, more)) = row else {
        return argument;
    };
    let help = match medium {
        Medium::Terminal => help.to_owned(),
        Medium::Other => help.replace('\n', ""),
    };
    let mut long = help.clone();
    if !more.is_empty() {
        long += &format!("\n\n{more}");
    }
    if values.is_empty() {
        return match is_long {
            true => argument.help(help).long_help(long),
            false => argument.help(help),
        };
    }
    let default = argument.get_default_values().first();
    let default = default.map(|value| value.to_string_lossy().into_owned());
    argument = argument.value_parser(PossibleValuesParser::new(values.clone()));
    if medium == Medium::Other {
        return argument.help(help).long_help(long);
    }
    argument
        .help(format!("{help}{}", choice(&values, default.as_deref())))
        .long_help(long + &list(&values, default.as_deref()))
        .hide_possible_values(true)
        .hide_default_value(true)
}

fn chinese_value(value: PossibleValue, id: &str) -> PossibleValue {
    match chinese::value(id, value.get_name()) {
        Some(help) => value.help(help),
        None => value,
    }
}

/// The possible values behind a short help.
fn choice(values: &[PossibleValue], default: Option<&str>) -> String {
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let default = default.map_or(String::new(), |name| format!("默认 {name}；"));
    format!("\n（{default}可选 {}）", names.join("、"))
}

/// The possible values below a long help.
fn list(values: &[PossibleValue], default: Option<&str>) -> String {
    let width = values.iter().map(|value| value.get_name().len()).max();
    let lines = values.iter().map(|value| {
        let name = value.get_name();
        match value.get_help() {
            Some(help) => format!("\n  {name:0$}  {help}", width.unwrap_or(0)),
            None => format!("\n  {name}"),
        }
    });
    let lines: String = lines.collect();
    let default = default.map_or(String::new(), |name| format!("\n\n默认：{name}"));
    format!("\n\n可选值：{lines}{default}")
}

#[cfg(test)]
#[path = "help/tests.rs"]
mod tests;
