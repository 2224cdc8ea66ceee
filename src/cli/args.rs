//! The arguments of every command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::data::{self, CleaningError};
use crate::cleaner::Cleaner;
use crate::encoding::Encoding;
use crate::rules::{Rule, RuleSet};
use crate::stages::script::Conversion;

/// Restores the original text of garbled Chinese web reprints.
#[derive(Debug, Parser)]
#[command(name = "zhengben", version, about, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 clean, 1 findings (changed or not), 2 error.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Restore texts: to stdout, in place, as a patch or into a folder
    #[command(after_help = EXIT_CODES)]
    Clean(CleanArguments),
    /// Report what would be restored, with place, rule and reason
    #[command(after_help = EXIT_CODES)]
    Check(CheckArguments),
    /// Say what files are: encoding, script, and how they are garbled
    #[command(after_help = EXIT_CODES)]
    Detect(DetectArguments),
    /// Explain a rule, or what every stage makes of a text
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
}

#[derive(Args, Debug)]
pub(super) struct CleanArguments {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Replace the files, atomically, in their own encodings
    #[arg(long, short, group = "destination")]
    pub(super) write: bool,
    /// Print a patch instead of the text
    #[arg(long, group = "destination")]
    pub(super) diff: bool,
    /// Write the restored files under this folder
    #[arg(long, short, value_name = "DIR", group = "destination")]
    pub(super) output: Option<PathBuf>,
    /// Write the texts in this encoding: to stdout, UTF-8 if it is not given; to
    /// files, their own
    #[arg(long, value_name = "LABEL", conflicts_with = "diff")]
    pub(super) to: Option<Encoding>,
    #[command(flatten)]
    pub(super) cleaning: Cleaning,
    /// What to report on stdout
    #[arg(long, value_enum, default_value_t, conflicts_with = "diff")]
    pub(super) format: CleanFormat,
}

#[derive(Args, Debug)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) cleaning: Cleaning,
    /// How to report it
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: CheckFormat,
    /// Only count: a table of the rules that were met (`human`, `json`)
    #[arg(long)]
    pub(super) statistics: bool,
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
pub(super) struct Inputs {
    /// Files to read; `-`, and no path at all, is stdin
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Read the files in this encoding instead of finding it out
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<Encoding>,
    /// Read files of which some bytes are damaged: these are reported and stay as
    /// they are
    #[arg(long)]
    pub(super) damaged: bool,
}

#[derive(Args, Debug)]
pub(super) struct Cleaning {
    /// Convert Traditional to Simplified characters so
    #[arg(long, value_enum, default_value_t)]
    script: Script,
    /// Convert exactly as OpenCC does, without our corrections to it
    #[arg(long)]
    exact: bool,
    /// Use only this rule, or all rules of this stage (may be repeated)
    #[arg(long, value_name = "NAME", value_parser = RuleSet::named)]
    rule: Vec<RuleSet>,
    /// Do not use this rule, or any rule of this stage (may be repeated)
    #[arg(long, value_name = "NAME", value_parser = RuleSet::named)]
    no_rule: Vec<RuleSet>,
    /// Also apply edits that are probably right but not safe
    #[arg(long = "unsafe")]
    apply_unsafe: bool,
    /// Also use the substituted words of this file (may be repeated)
    ///
    /// In the format of dictionaries/wording/README.md. Of several rows of one
    /// family for one word, that of the last dictionary counts.
    #[arg(long, value_name = "FILE")]
    dictionary: Vec<PathBuf>,
    /// Use no substituted words but those of --dictionary
    #[arg(long)]
    no_builtin_dictionary: bool,
    /// Use this table of word choices for the pairs of words that it has
    ///
    /// `cargo xtask train choice` makes one from text.
    #[arg(long, value_name = "FILE")]
    choices: Option<PathBuf>,
}

impl Cleaning {
    /// The cleaner that is asked for.
    ///
    /// # Errors
    /// If a file that it needs cannot be used.
    pub(super) fn cleaner(&self) -> Result<Cleaner, CleaningError> {
        let mut rules = if self.rule.is_empty() {
            RuleSet::all()
        } else {
            RuleSet::none()
        };
        self.rule.iter().for_each(|&set| rules.insert(set));
        self.no_rule.iter().for_each(|&set| rules.remove(set));
        let mut builder = Cleaner::builder()
            .script(self.script.conversion())
            .exact_script(self.exact)
            .rules(rules)
            .apply_unsafe(self.apply_unsafe)
            .built_in_dictionary(!self.no_builtin_dictionary);
        for path in &self.dictionary {
            builder = builder.dictionary(data::dictionary(path)?);
        }
        if let Some(path) = &self.choices {
            builder = builder.choices(data::choices(path)?);
        }
        Ok(builder.build())
    }
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

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Script {
    /// Traditional to Simplified, mainland
    #[default]
    T2s,
    /// Traditional of Taiwan to Simplified
    Tw2s,
    /// The same, and Taiwan's words to the mainland's
    Tw2sp,
    /// Traditional of Hong Kong to Simplified
    Hk2s,
    /// Leave the script alone
    None,
}

impl Script {
    fn conversion(self) -> Option<Conversion> {
        match self {
            Script::T2s => Some(Conversion::T2s),
            Script::Tw2s => Some(Conversion::Tw2s),
            Script::Tw2sp => Some(Conversion::Tw2sp),
            Script::Hk2s => Some(Conversion::Hk2s),
            Script::None => None,
        }
    }
}
