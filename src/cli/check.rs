//! `zhengben check`: what would be restored, and why.

use std::convert::Infallible;
use std::io;

use super::args::{CheckArguments, CheckFormat};
use super::deliver::{deliver, here};
use super::input::Input;
use super::{Exit, Streams, give_up};
use crate::cleaned::Cleaned;
use crate::report::{Github, Html, Human, Json, JsonLines, Paint, Report, Sarif, Statistics};

pub(super) fn run(arguments: &CheckArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let cleaner = match arguments.cleaning.cleaner() {
        Ok(cleaner) => cleaner,
        Err(error) => return give_up(streams, &error),
    };
    let Some(report) = report(arguments, streams.stdout_paint) else {
        return give_up(streams, &"--statistics goes with --format human and json");
    };
    let talks = arguments.format == CheckFormat::Human && !arguments.statistics;
    let put = |_: &Input, _: &Cleaned<'_>| Ok::<_, Infallible>(None);
    deliver(&arguments.inputs, &cleaner, &*report, talks, put, streams)
}

/// What goes to stdout; none of what cannot be combined.
fn report(arguments: &CheckArguments, paint: Paint) -> Option<Box<dyn Report>> {
    let folder = here();
    Some(match (arguments.format, arguments.statistics) {
        (CheckFormat::Human, true) => Box::new(Statistics { json: false }),
        (CheckFormat::Json, true) => Box::new(Statistics { json: true }),
        (_, true) => return None,
        (CheckFormat::Human, _) => Box::new(Human { paint }),
        (CheckFormat::Json, _) => Box::new(Json { with_text: false }),
        (CheckFormat::Jsonl, _) => Box::new(JsonLines { with_text: false }),
        (CheckFormat::Sarif, _) => Box::new(Sarif { folder }),
        (CheckFormat::Github, _) => Box::new(Github { folder }),
        (CheckFormat::Html, _) => Box::new(Html),
    })
}
