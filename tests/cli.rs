//! The command line: every case's output, stderr, exit code and files.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes what the command does into
//! the cases; the difference is to be read before it is committed.

#[path = "common/command.rs"]
mod command;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::Value;
use zhengben::lang::Lang;

const COMMANDS: [&str; 8] = [
    "clean",
    "check",
    "detect",
    "explain",
    "rules",
    "config",
    "completions",
    "man",
];

#[test]
fn snapshots() {
    // Whatever language whoever runs the tests speaks.
    trycmd::TestCases::new()
        .env("ZHENGBEN_LANG", "en")
        .case("tests/cli/*.toml");
}

/// The arguments of every case.
fn cases() -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let files = fs::read_dir(folder).expect("the cases");
    let files = files.map(|entry| entry.expect("a file").path());
    let files = files.filter(|path| path.extension().is_some_and(|kind| kind == "toml"));
    let arguments = |path| {
        let case = fs::read_to_string(path).expect("UTF-8");
        let case: toml::Table = case.parse().expect("TOML");
        match case.get("args") {
            Some(Value::String(line)) => line.split(' ').map(str::to_owned).collect(),
            Some(Value::Array(words)) => {
                let words = words.iter().filter_map(Value::as_str);
                words.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    files.map(arguments).collect()
}

/// The options that a command's help lists.
fn options(command: &str) -> BTreeSet<String> {
    let (_, help, _) = command::zhengben(Lang::En, [command, "--help"]);
    let help = String::from_utf8(help).expect("UTF-8");
    let heads = help.lines().filter_map(|line| {
        let (_, option) = line.trim_start().split_once("--")?;
        let before = line.len() - option.len() - "--".len();
        // `  -g, --glob <GLOB>`: what stands further right is prose.
        let is_head = before <= "  -g, ".len() && line.starts_with("  ");
        let end = option.find(|c: char| c != '-' && !c.is_ascii_lowercase());
        is_head.then(|| format!("--{}", &option[..end.unwrap_or(option.len())]))
    });
    heads.collect()
}

#[test]
fn every_option_of_every_command_has_a_snapshot() {
    let cases = cases();
    let mut without = Vec::new();
    for command in COMMANDS {
        let options = options(command);
        assert!(options.contains("--help"), "{command}: {options:?}");
        let of_command = |case: &&Vec<String>| {
            let first = case.iter().find(|word| COMMANDS.contains(&word.as_str()));
            first.is_some_and(|word| word == command)
        };
        let used: BTreeSet<&str> = cases
            .iter()
            .filter(of_command)
            .flatten()
            .map(|word| word.split('=').next().unwrap_or_default())
            .collect();
        let missing = options.iter().filter(|option| !used.contains(&***option));
        without.extend(missing.map(|option| format!("{command} {option}")));
    }
    assert!(without.is_empty(), "no snapshot of {without:#?}");
}
