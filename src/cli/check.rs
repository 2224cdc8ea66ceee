//! `zhengben check`: what would be restored, and why.

use std::convert::Infallible;
use std::io;

use super::args::{CheckArguments, CheckFormat};
use super::deliver::deliver;
use super::input::Input;
use super::tasks::Tasks;
use super::{Exit, Streams, give_up};
use crate::cleaned::Cleaned;
use crate::report::{Human, Json, JsonLines, Report};

pub(super) fn run(arguments: &CheckArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut highest = arguments.cleaning.settings();
    highest.overlay(arguments.inputs.settings());
    let tasks = match Tasks::gather(&arguments.inputs, highest, streams) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    let report: Box<dyn Report> = match arguments.format {
        CheckFormat::Human => Box::new(Human {
            paint: streams.stdout_paint,
        }),
        CheckFormat::Json => Box::new(Json { with_text: false }),
        CheckFormat::Jsonl => Box::new(JsonLines { with_text: false }),
    };
    let talks = arguments.format == CheckFormat::Human;
    let put = |_: &Input, _: &Cleaned<'_>| Ok::<_, Infallible>(None);
    deliver(&tasks, &*report, talks, put, streams)
}
