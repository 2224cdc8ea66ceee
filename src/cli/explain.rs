//! `zhengben explain`: a rule, or a text's walk through the stages.

use std::io::{self, Write};

use super::args::{Cleaning, ExplainArguments};
use super::data::cleaner;
use super::{Exit, Streams, give_up};
use crate::cleaner::Step;
use crate::edit::Weighed;
use crate::evidence::Evidence;
use crate::rules::Rule;

pub(super) fn run(arguments: &ExplainArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if let Some(rule) = arguments.rule_name {
        explain_rule(rule, streams.stdout)?;
    }
    match &arguments.text {
        Some(text) => explain_text(text, &arguments.cleaning, streams),
        None => Ok(Exit::Clean),
    }
}

fn explain_rule(rule: Rule, out: &mut dyn Write) -> io::Result<()> {
    let info = rule.info();
    writeln!(out, "{}: {}\n\n{}\n", info.id, info.summary, info.why)?;
    writeln!(
        out,
        "before: {}\nafter:  {}",
        shown(info.before),
        shown(info.after)
    )
}

fn explain_text(text: &str, cleaning: &Cleaning, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let cleaner = match cleaner(&cleaning.settings()) {
        Ok(cleaner) => cleaner,
        Err(error) => return give_up(streams, &error),
    };
    let out = &mut *streams.stdout;
    writeln!(out, "input    {}", shown(text))?;
    let mut outcome = Ok(());
    let cleaned = cleaner.explain(text, |step| {
        if outcome.is_ok() {
            outcome = write_step(out, step);
        }
    });
    outcome?;
    writeln!(streams.stdout, "output   {}", shown(cleaned.text()))?;
    Ok(match cleaned.is_clean() {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

fn write_step(out: &mut dyn Write, step: Step<'_>) -> io::Result<()> {
    write!(out, "{:8} {}", step.stage, counted(step.edits, "edit"))?;
    match evidence(step.stage, step.evidence) {
        Some(evidence) => writeln!(out, "; {evidence}")?,
        None => writeln!(out)?,
    }
    for weighed in step.weighed {
        let Weighed {
            original,
            replacement,
            safety,
            reason,
            ..
        } = weighed;
        match safety {
            Some(safety) => writeln!(
                out,
                "         {original} → {replacement} ({safety}): {reason}"
            )?,
            None => writeln!(out, "         {original} stays: {reason}")?,
        }
    }
    if step.edits > 0 {
        writeln!(out, "         {}", shown(step.text))?;
    }
    Ok(())
}

/// What the document has shown to a stage, in words.
fn evidence(stage: &str, evidence: &Evidence) -> Option<String> {
    match stage {
        "gloss" => {
            let glossing = &evidence.glossing;
            let verdict = if glossing.found {
                "a filter's"
            } else {
                "not a filter's"
            };
            let (glosses, characters) = (glossing.glosses, glossing.characters);
            (glosses > 0).then(|| {
                format!(
                    "{} on {}: {verdict}",
                    counted(glosses, "gloss"),
                    counted(characters, "character")
                )
            })
        }
        "script" => {
            let script = &evidence.script;
            Some(format!(
                "{} of {} Han characters convertible",
                script.convertible, script.han
            ))
        }
        "wording" => evidence.spinning.families.first().map(|family| {
            let verdict = if evidence.spinning.found() {
                "spun"
            } else {
                "not enough"
            };
            format!(
                "{} of family {}, log-odds {:.1}: {verdict}",
                counted(family.words, "word"),
                family.name,
                family.log_odds
            )
        }),
        _ => None,
    }
}

fn shown(text: &str) -> String {
    text.replace('\n', "⏎")
}

/// A number of things in words; `thing` is the singular.
fn counted(number: usize, thing: &str) -> String {
    match number {
        0 => format!("no {thing}"),
        1 => format!("1 {thing}"),
        _ if thing.ends_with('s') => format!("{number} {thing}es"),
        _ => format!("{number} {thing}s"),
    }
}
