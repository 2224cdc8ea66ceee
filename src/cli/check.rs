//! `zhengben check`: what would be restored, and why.

use std::convert::Infallible;
use std::io;

use super::args::{CheckArguments, CheckFormat};
use super::baseline::Baselines;
use super::deliver::deliver;
use super::summary::counted;
use super::tasks::{Task, Tasks};
use super::{Exit, Streams, give_up};
use crate::cleaned::Cleaned;
use crate::report::{Human, Json, JsonLines, Report, Silent};

pub(super) fn run(arguments: &CheckArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut highest = arguments.cleaning.settings();
    highest.overlay(arguments.inputs.settings());
    let baselines = match arguments.add_ignore {
        true => Baselines::to_write(),
        false => Baselines::default(),
    };
    let tasks = match Tasks::gather(&arguments.inputs, highest, baselines, streams) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    if arguments.add_ignore {
        return add_ignore(&tasks, streams);
    }
    let report: Box<dyn Report> = match arguments.format {
        CheckFormat::Human => Box::new(Human {
            paint: streams.stdout_paint,
        }),
        CheckFormat::Json => Box::new(Json { with_text: false }),
        CheckFormat::Jsonl => Box::new(JsonLines { with_text: false }),
    };
    let talks = arguments.format == CheckFormat::Human;
    let put = |_: &Task, _: &Cleaned<'_>| Ok::<_, Infallible>(None);
    deliver(&tasks, &*report, talks, put, streams)
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
    let exit = deliver(tasks, &Silent, false, put, streams)?;
    for baseline in tasks.baselines() {
        match baseline.write() {
            Ok(findings) => {
                let path = baseline.path().display();
                let findings = counted(findings, "known finding");
                writeln!(streams.stderr, "{path}: {findings}")?;
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
