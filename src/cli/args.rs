//! The arguments of every command.

mod cleaning;
mod inputs;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use cleaning::Cleaning;
pub(super) use inputs::{Inputs, Spared};

use crate::encoding::Encoding;
use crate::lang::Lang;
use crate::rules::Rule;

/// Restores the original text of garbled Chinese web reprints.
#[derive(Debug, Parser)]
#[command(name = "zhengben", version, about, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    /// Speak this language; that of the locale, if it is not given
    #[arg(long, value_enum, global = true, display_order = LAST)]
    pub(super) lang: Option<Lang>,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Behind the options of the commands.
const LAST: usize = 900;

pub(super) const EXIT_CODES: &str = "Exit codes: 0 clean, 1 findings (changed or not), 2 error.";

pub(super) const CLEAN_EXAMPLES: &str = "\
Examples:
  zhengben clean reprint.html > restored.html
  zhengben clean --write articles/           replace what changes
  zhengben clean --diff articles/ | git apply
  curl -s URL | zhengben clean --stdin-filename page.html

Exit codes: 0 clean, 1 findings (changed or not), 2 error.";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  zhengben check articles/                   say what would be restored, and why
  zhengben check --format html articles/ > report.html
  git diff --name-only -z | zhengben check --files-from -

Exit codes: 0 clean, 1 findings, 2 error.";

pub(super) const MORE_OPTIONS: &str = "\
--help shows all options, and examples.

Exit codes: 0 clean, 1 findings (changed or not), 2 error.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Restore texts: to stdout, in place, as a patch or into a folder
    #[command(after_help = MORE_OPTIONS, after_long_help = CLEAN_EXAMPLES)]
    Clean(CleanArguments),
    /// Report what would be restored, with place, rule and reason
    #[command(after_help = MORE_OPTIONS, after_long_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Say what files are: encoding, script, and how they are garbled
    #[command(after_help = EXIT_CODES)]
    Detect(DetectArguments),
    /// Explain a rule, or what every stage makes of a text
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Show the settings that count for a file, and where each is set
    Config(ConfigArguments),
    /// Print the completions of a shell, for its folder of them
    Completions(CompletionsArguments),
    /// Print a manual page, for `man -l -`
    Man(ManArguments),
}

#[derive(Args, Debug)]
pub(super) struct CleanArguments {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) spared: Spared,
    /// Replace the files, atomically, in their own encodings
    #[arg(long, short, group = "destination")]
    pub(super) write: bool,
    /// Print a patch instead of the text
    #[arg(long, group = "destination")]
    pub(super) diff: bool,
    /// Write the restored files under this folder
    #[arg(long, short, value_name = "DIR", group = "destination")]
    pub(super) output: Option<PathBuf>,
    /// Go on with JSON Lines, WARC and WET where an earlier run was ended, and leave out
    /// files that it has finished
    #[arg(
        long,
        requires = "output",
        conflicts_with = "interactive",
        hide_short_help = true
    )]
    pub(super) resume: bool,
    /// Ask about each place that is not changed by itself, and change it or not
    #[arg(long, short, requires = "destination", conflicts_with = "diff")]
    pub(super) interactive: bool,
    /// Write the texts in this encoding: to stdout, UTF-8 if it is not given; to
    /// files, their own
    #[arg(long, value_name = "LABEL", conflicts_with = "diff")]
    pub(super) to: Option<Encoding>,
    #[command(flatten)]
    pub(super) cleaning: Cleaning,
    /// What to report on stdout
    #[arg(long, value_enum, default_value_t, conflicts_with = "diff")]
    pub(super) format: CleanFormat,
    /// Exit with 0 also if there are findings
    #[arg(long)]
    pub(super) exit_zero: bool,
}

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) spared: Spared,
    #[command(flatten)]
    pub(super) cleaning: Cleaning,
    /// Instead of reporting what is found, add it to the baseline, which leaves it alone
    /// from now on; zhengben-baseline.jsonl if no settings name another one
    #[arg(long)]
    pub(super) add_ignore: bool,
    /// How to report it
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: CheckFormat,
    /// Only count: a table of the rules that were met (`human`, `json`)
    #[arg(long)]
    pub(super) statistics: bool,
    /// Exit with 0 also if there are findings
    #[arg(long)]
    pub(super) exit_zero: bool,
}

#[derive(Args, Debug)]
pub(super) struct DetectArguments {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// `json`: one object a document
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Args, Debug)]
#[group(id = "subject", required = true, args = ["rule_name", "text"])]
pub(super) struct ExplainArguments {
    /// A rule's name
    #[arg(value_name = "RULE")]
    pub(super) rule_name: Option<Rule>,
    /// A text to take through the stages one by one
    #[arg(long)]
    pub(super) text: Option<String>,
    #[command(flatten)]
    pub(super) cleaning: Cleaning,
}

#[derive(Args, Debug)]
pub(super) struct RulesArguments {
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Args, Debug)]
pub(super) struct CompletionsArguments {
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
pub(super) struct ManArguments {
    /// The command that it is about; if it is not given, all of zhengben
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct ConfigArguments {
    /// The file, which need not exist; if it is not given, any in this folder
    #[arg(value_name = "PATH")]
    pub(super) path: Option<PathBuf>,
    /// Take the settings of this file only
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// `json`: one object a setting
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a reader
    #[default]
    Human,
    /// For a program
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For a reader
    #[default]
    Human,
    /// One object
    Json,
    /// One object a document, on a line of its own
    Jsonl,
    /// For code scanning (SARIF 2.1.0)
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// A page that shows the texts side by side
    Html,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CleanFormat {
    /// The text, unless it is written to files
    #[default]
    Human,
    /// One object, with the texts
    Json,
    /// One object a document, with its text, on a line of its own
    Jsonl,
    /// A page that shows the texts side by side
    Html,
}
