//! `zhengben rules`: the rule table.

use std::io;

use serde::Serialize;

use super::args::{Format, RulesArguments};
use super::{Exit, Streams};
use crate::rules::{Rule, RuleInfo, Words, words};

/// A row of the table for programs.
#[derive(Serialize)]
struct Row {
    id: &'static str,
    stage: &'static str,
    summary: &'static str,
    why: &'static str,
    before: &'static str,
    after: &'static str,
}

pub(super) fn run(arguments: &RulesArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    for rule in Rule::all() {
        let RuleInfo {
            id,
            stage,
            summary,
            why,
            before,
            after,
            ..
        } = *rule.info();
        match arguments.format {
            Format::Human => {
                let Words { summary, .. } = words(rule, streams.lang);
                writeln!(streams.stdout, "{id:18} {summary}")?;
            }
            Format::Json => {
                let row = Row {
                    id,
                    stage,
                    summary,
                    why,
                    before,
                    after,
                };
                serde_json::to_writer(&mut *streams.stdout, &row)?;
                writeln!(streams.stdout)?;
            }
        }
    }
    Ok(Exit::Clean)
}
