//! `zhengben explain`: a rule, or a text's walk through the stages.

use std::io::{self, Write};

use super::args::{Cleaning, ExplainArguments};
use super::messages;
use super::{Exit, Streams, give_up};
use crate::cleaner::Step;
use crate::edit::{Safety, Weighed};
use crate::evidence::Evidence;
use crate::lang::Lang;
use crate::rules::{Rule, Words, words};

pub(super) fn run(arguments: &ExplainArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if let Some(rule) = arguments.rule_name {
        explain_rule(rule, streams.lang, streams.stdout)?;
    }
    match &arguments.text {
        Some(text) => explain_text(text, &arguments.cleaning, streams),
        None => Ok(Exit::Clean),
    }
}

fn explain_rule(rule: Rule, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let info = rule.info();
    let Words { summary, why } = words(rule, lang);
    writeln!(out, "{}\n\n{why}\n", messages::rule(lang, info.id, summary))?;
    let (before, after) = (shown(info.before), shown(info.after));
    writeln!(out, "{}", messages::example(lang, before, after))
}

fn explain_text(text: &str, cleaning: &Cleaning, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let cleaner = match cleaning.settings().cleaner() {
        Ok(cleaner) => cleaner,
        Err(error) => return give_up(streams, &error),
    };
    let lang = streams.lang;
    let out = &mut *streams.stdout;
    writeln!(out, "{} {}", messages::input(lang), shown(text))?;
    let mut outcome = Ok(());
    let cleaned = cleaner.explain(text, |step| {
        if outcome.is_ok() {
            outcome = write_step(out, step, lang);
        }
    });
    outcome?;
    let output = messages::output(lang);
    writeln!(streams.stdout, "{output} {}", shown(cleaned.text()))?;
    Ok(match cleaned.is_clean() {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

fn write_step(out: &mut dyn Write, step: Step<'_>, lang: Lang) -> io::Result<()> {
    let mut said = match step.edits {
        0 => messages::no_edit(lang),
        edits => messages::edit(lang, edits),
    };
    if let Some(evidence) = evidence(step.stage, step.evidence, lang) {
        said = messages::with_evidence(lang, said, evidence);
    }
    writeln!(out, "{:8} {said}", step.stage)?;
    for weighed in step.weighed {
        let Weighed {
            original,
            replacement,
            safety,
            reason,
            ..
        } = weighed;
        let reason = reason.in_language(lang);
        let line = match safety {
            Some(safety) => {
                messages::becomes(lang, original, replacement, word(*safety, lang), reason)
            }
            None => messages::stays(lang, original, reason),
        };
        writeln!(out, "         {line}")?;
    }
    if step.edits > 0 {
        writeln!(out, "         {}", shown(step.text))?;
    }
    Ok(())
}

/// How sure an edit is.
fn word(safety: Safety, lang: Lang) -> String {
    match safety {
        Safety::Safe => messages::safe(lang),
        Safety::Unsafe => messages::not_safe(lang),
        Safety::Display => messages::undecided(lang),
    }
}

/// What the document has shown to a stage, in words.
fn evidence(stage: &str, evidence: &Evidence, lang: Lang) -> Option<String> {
    match stage {
        "gloss" => {
            let glossing = &evidence.glossing;
            let verdict = match glossing.found {
                true => messages::of_a_filter(lang),
                false => messages::of_no_filter(lang),
            };
            let glosses = messages::gloss(lang, glossing.glosses);
            let characters = messages::character(lang, glossing.characters);
            (glossing.glosses > 0).then(|| messages::glossing(lang, glosses, characters, verdict))
        }
        "script" => {
            let script = &evidence.script;
            Some(messages::convertible(lang, script.convertible, script.han))
        }
        "wording" => evidence.spinning.families.first().map(|family| {
            let verdict = match evidence.spinning.found() {
                true => messages::is_spun(lang),
                false => messages::not_enough(lang),
            };
            let words = messages::word(lang, family.words);
            let odds = format!("{:.1}", family.log_odds);
            messages::spinning(lang, words, &family.name, odds, verdict)
        }),
        _ => None,
    }
}

fn shown(text: &str) -> String {
    text.replace('\n', "⏎")
}
