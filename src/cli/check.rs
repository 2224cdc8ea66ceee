//! `zhengben check`: what would be restored, and why.

use std::convert::Infallible;
use std::io;

use super::args::{CheckArguments, CheckFormat};
use super::baseline::Baselines;
use super::deliver::{Target, deliver, here};
use super::messages;
use super::tasks::{Task, Tasks};
use super::{Exit, Streams, give_up};
use crate::cleaned::Cleaned;
use crate::lang::Lang;
use crate::report::visible::visible;
use crate::report::{
    Github, Html, Human, Json, JsonLines, Paint, Report, Sarif, Silent, Statistics,
};

pub(super) fn run(arguments: &CheckArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut highest = arguments.cleaning.settings();
    highest.overlay(arguments.inputs.settings());
    highest.overlay(arguments.spared.settings());
    let baselines = match arguments.add_ignore {
        true => Baselines::to_write(),
        false => Baselines::default(),
    };
    let names_records = match arguments.format {
        CheckFormat::Human | CheckFormat::Json | CheckFormat::Jsonl => true,
        // Whoever takes these wants to find the place in the file.
        CheckFormat::Sarif | CheckFormat::Github | CheckFormat::Html => false,
    };
    let tasks = match Tasks::gather(
        &arguments.inputs,
        highest,
        baselines,
        names_records && !arguments.add_ignore,
        streams,
    ) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    if arguments.add_ignore {
        return add_ignore(&tasks, streams);
    }
    let Some(report) = report(arguments, streams.stdout_paint, streams.lang) else {
        return give_up(streams, &messages::statistics_formats(streams.lang));
    };
    let talks = arguments.format == CheckFormat::Human && !arguments.statistics;
    let put = |_: &Task, _: &Cleaned<'_>| Ok::<_, Infallible>(None);
    deliver(&tasks, &*report, talks, put, nowhere, streams)
}

/// Records are only reported.
fn nowhere(_: &Task) -> Result<Target, Infallible> {
    Ok(Target::Nowhere)
}

/// What goes to stdout; none of what cannot be combined.
fn report(arguments: &CheckArguments, paint: Paint, lang: Lang) -> Option<Box<dyn Report>> {
    let folder = here();
    Some(match (arguments.format, arguments.statistics) {
        (CheckFormat::Human, true) => Box::new(Statistics { json: false, lang }),
        (CheckFormat::Json, true) => Box::new(Statistics { json: true, lang }),
        (_, true) => return None,
        (CheckFormat::Human, _) => Box::new(Human { paint, lang }),
        (CheckFormat::Json, _) => Box::new(Json { with_text: false }),
        (CheckFormat::Jsonl, _) => Box::new(JsonLines { with_text: false }),
        (CheckFormat::Sarif, _) => Box::new(Sarif { folder }),
        (CheckFormat::Github, _) => Box::new(Github { folder }),
        (CheckFormat::Html, _) => Box::new(Html { lang }),
    })
}

/// Adds all that is found to what is left alone.
fn add_ignore(tasks: &Tasks, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let put = |task: &Task, cleaned: &Cleaned<'_>| {
        let path = task.input.location();
        if let (Some(baseline), Some(path)) = (&task.setup.baseline, path) {
            baseline.add(path, &task.setup.cleaner, cleaned);
        }
        Ok::<_, Infallible>(None)
    };
    let exit = deliver(tasks, &Silent, false, put, nowhere, streams)?;
    for baseline in tasks.baselines() {
        match baseline.write() {
            Ok(findings) => {
                let path = baseline.path().display().to_string();
                let findings = messages::known_finding(streams.lang, findings);
                writeln!(streams.stderr, "{}: {findings}", visible(&path))?;
            }
            Err(error) => return give_up(streams, &error),
        }
    }
    // What was found is known now.
    Ok(match exit {
        Exit::Findings => Exit::Clean,
        exit => exit,
    })
}
