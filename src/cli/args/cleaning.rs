//! What is to be cleaned, and how.

use std::path::PathBuf;

use clap::Args;

use crate::config::{Script, Settings};
use crate::rules::{RuleSet, UnknownRule};

#[derive(Args, Debug)]
pub(in crate::cli) struct Cleaning {
    /// Convert Traditional to Simplified characters so; `t2s` if it is not given
    #[arg(long, value_enum, help_heading = CLEANING)]
    script: Option<Script>,
    /// Convert exactly as OpenCC does, without our corrections to it
    #[arg(long, hide_short_help = true, help_heading = CLEANING)]
    exact: bool,
    /// Use only this rule, or all rules of this stage (may be repeated)
    #[arg(long, value_name = "NAME", value_parser = rule_name, help_heading = CLEANING)]
    rule: Vec<String>,
    /// Do not use this rule, or any rule of this stage (may be repeated)
    #[arg(long, value_name = "NAME", value_parser = rule_name, hide_short_help = true, help_heading = CLEANING)]
    no_rule: Vec<String>,
    /// Also apply edits that are probably right but not safe
    #[arg(long = "unsafe", help_heading = CLEANING)]
    apply_unsafe: bool,
    /// Make no edit that touches this word (may be repeated)
    #[arg(long, value_name = "WORD", hide_short_help = true, help_heading = CLEANING)]
    keep: Vec<String>,
    /// Also use the substituted words of this file (may be repeated)
    ///
    /// In the format of dictionaries/wording/README.md. Of several rows of one
    /// family for one word, that of the last dictionary counts.
    #[arg(long, value_name = "FILE", hide_short_help = true, help_heading = CLEANING)]
    dictionary: Vec<PathBuf>,
    /// Use no substituted words but those of --dictionary
    #[arg(long, hide_short_help = true, help_heading = CLEANING)]
    no_builtin_dictionary: bool,
    /// Use this table of word choices for the pairs of words that it has
    ///
    /// `cargo xtask train choice` makes one from text.
    #[arg(long, value_name = "FILE", hide_short_help = true, help_heading = CLEANING)]
    choices: Option<PathBuf>,
}

const CLEANING: &str = "Cleaning";

/// The name of a rule or a stage.
fn rule_name(name: &str) -> Result<String, UnknownRule> {
    RuleSet::named(name).map(|_| name.to_owned())
}

impl Cleaning {
    /// What is set here.
    pub(in crate::cli) fn settings(&self) -> Settings {
        let some = |list: &Vec<String>| (!list.is_empty()).then(|| list.clone());
        Settings {
            script: self.script,
            exact_script: self.exact.then_some(true),
            rules: some(&self.rule),
            no_rules: some(&self.no_rule),
            r#unsafe: self.apply_unsafe.then_some(true),
            keep: some(&self.keep),
            dictionaries: (!self.dictionary.is_empty()).then(|| self.dictionary.clone()),
            builtin_dictionary: self.no_builtin_dictionary.then_some(false),
            choices: self.choices.clone(),
            ..Settings::default()
        }
    }
}
