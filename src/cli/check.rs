//! `zhengben check`: what would be restored, and why.

use std::io;

use super::args::{CheckArguments, Format};
use super::input::exit_for;
use super::{Exit, Streams, give_up};
use crate::report::{self, Document};

pub(super) fn run(arguments: &CheckArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let cleaner = match arguments.cleaning.cleaner() {
        Ok(cleaner) => cleaner,
        Err(error) => return give_up(streams, &error),
    };
    arguments.inputs.clean_each(
        &cleaner,
        streams,
        |input, cleaned, streams| {
            match arguments.format {
                Format::Human => {
                    let paint = streams.stdout_paint;
                    report::write_findings(streams.stdout, &input.name, &cleaned, paint)?;
                    report::write_summary(streams.stderr, &input.name, &cleaned)?;
                }
                Format::Json => {
                    report::write_json(streams.stdout, &Document::new(&input.name, &cleaned))?;
                }
            }
            Ok(exit_for(&cleaned))
        },
        |_, _| Ok(()),
    )
}
