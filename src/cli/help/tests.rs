use std::collections::{BTreeMap, BTreeSet};

use super::chinese::{AFTER, ARGUMENTS, COMMANDS, HEADINGS, NAMES, VALUES};
use super::*;

/// Every command with the path that leads to it, but for the copies that `help` has.
fn commands(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    found.push((path.to_owned(), command.clone()));
    if path == "help" {
        return;
    }
    for sub in command.get_subcommands() {
        commands(sub, &inner(path, sub.get_name()), found);
    }
}

fn all() -> Vec<(String, Command)> {
    let mut found = Vec::new();
    commands(&built(Arguments::command()), "", &mut found);
    found
}

/// The key of an argument's row.
fn key(path: &str, argument: &Arg) -> String {
    let id = argument.get_id().as_str();
    let own = format!("{path} {id}");
    match ARGUMENTS.iter().any(|(key, ..)| *key == own) {
        true => own,
        false => id.to_owned(),
    }
}

/// That what is used and what there is are the same.
fn same(used: BTreeSet<String>, rows: impl Iterator<Item = &'static str>) {
    let rows: BTreeSet<String> = rows.map(str::to_owned).collect();
    let missing: Vec<_> = used.difference(&rows).collect();
    let stale: Vec<_> = rows.difference(&used).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "missing: {missing:?}, stale: {stale:?}"
    );
}

#[test]
fn every_command_has_its_row() {
    let used = all().into_iter().map(|(path, _)| path).collect();
    same(used, COMMANDS.iter().map(|(key, _)| *key));
}

#[test]
fn every_argument_has_its_row_and_a_row_stands_for_one_english_help() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, command) in all() {
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string);
            let key = key(&path, argument);
            used.entry(key)
                .or_default()
                .insert(help.unwrap_or_default());
        }
    }
    for (key, helps) in &used {
        assert_eq!(helps.len(), 1, "{key}: {helps:?}");
    }
    same(
        used.into_keys().collect(),
        ARGUMENTS.iter().map(|(key, ..)| *key),
    );
}

#[test]
fn an_argument_says_more_where_it_does_in_english() {
    for (path, command) in all() {
        for argument in command.get_arguments() {
            let key = key(&path, argument);
            let row = ARGUMENTS.iter().find(|(known, ..)| *known == key);
            let more = row.is_some_and(|(_, _, more)| !more.is_empty());
            let english = argument.get_long_help().is_some() && argument.get_id() != "help";
            assert_eq!(more, english, "{key}");
        }
    }
}

#[test]
fn every_possible_value_has_its_row() {
    let mut used = BTreeSet::new();
    for (_, command) in all() {
        for argument in command.get_arguments() {
            for value in argument.get_possible_values() {
                // Shells have no help in English either.
                if value.get_help().is_some() {
                    used.insert(format!("{} {}", argument.get_id(), value.get_name()));
                }
            }
        }
    }
    same(used, VALUES.iter().map(|(key, _)| *key));
}

#[test]
fn every_value_name_heading_and_after_help_has_its_row() {
    let (mut names, mut headings, mut after) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (_, command) in all() {
        let texts = [command.get_after_help(), command.get_after_long_help()];
        after.extend(texts.into_iter().flatten().map(ToString::to_string));
        for argument in command.get_arguments() {
            headings.extend(argument.get_help_heading().map(str::to_owned));
            let takes_value = argument.get_action().takes_values();
            let own = argument.get_value_names().unwrap_or_default();
            names.extend(own.iter().filter(|_| takes_value).map(ToString::to_string));
        }
    }
    same(names, NAMES.iter().map(|(key, _)| *key));
    same(headings, HEADINGS.iter().map(|(key, _)| *key));
    same(after, AFTER.iter().map(|(key, _)| *key));
}

#[test]
fn only_what_programs_and_clap_say_is_english_in_chinese_help() {
    let mut found = Vec::new();
    commands(&command(Lang::Zh), "", &mut found);
    let known = ["Usage", "Possible", "Print", "default", "Options:"];
    for (path, command) in found {
        let help = replaced(command.clone().render_long_help().to_string(), &FIXED);
        for word in known {
            assert!(!help.contains(word), "{path}: {word}: {help}");
        }
    }
}
