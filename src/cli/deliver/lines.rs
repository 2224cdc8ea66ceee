//! Batches of JSON Lines.

use std::io::{self, BufReader, Read};

use super::super::compression::{self, Compression};
use super::super::jobs::in_order_of;
use super::outcome::{HandOn, Outcome, Reading, Teller, Trouble};
use crate::records::{Batch, Batches, Event, Kind, RecordCleaner};

/// Reads the lines of a file or of stdin, cleans them and hands them on.
pub(super) fn read(
    reading: &Reading<'_>,
    stdin: &mut dyn Read,
    hand_on: HandOn<'_>,
) -> Result<(), Trouble> {
    let (input, setup) = (&reading.task.input, &reading.task.setup);
    let file = match &input.path {
        Some(path) => compression::open_at(path, reading.offset)?,
        None => compression::unpacked(BufReader::new(stdin), input.compression())?,
    };
    let mut batches = Batches::from_line(file, reading.records + 1);
    let lines = Lines {
        cleaner: RecordCleaner::new(&setup.cleaner, setup.scope.clone()),
        teller: reading.teller,
        packs: reading.packs,
    };
    in_order_of(
        reading.threads,
        || Ok(batches.next_batch()?),
        // What comes of it is held too.
        |batch| batch.bytes.len() as u64 * 2,
        |batch| lines.work(&batch),
        hand_on,
    )
}

/// What each thread does.
struct Lines<'w> {
    cleaner: RecordCleaner<'w>,
    teller: Teller<'w>,
    /// How each batch is compressed for itself, if it is.
    packs: Option<Compression>,
}

impl Lines<'_> {
    fn work(&self, batch: &Batch) -> io::Result<Outcome> {
        let length = batch.bytes.len() as u64;
        let mut outcome = Outcome {
            length,
            read: length,
            is_between_records: batch.kind == Kind::Lines,
            ..Outcome::default()
        };
        let mut bytes = Vec::with_capacity(batch.bytes.len());
        outcome.records = self
            .cleaner
            .batch(batch, &mut bytes, &mut |event| match event {
                Event::Field {
                    line,
                    field,
                    cleaned,
                } => {
                    let path = format!("{}:{line}:{field}", self.teller.name);
                    self.teller.cleaned(&mut outcome, path, cleaned);
                }
                Event::Failed { line, error } => self.teller.failed(&mut outcome, line, &error),
            });
        outcome.bytes = match self.packs {
            Some(compression) => compression.packed(&bytes)?,
            None => bytes,
        };
        outcome.told()
    }
}
