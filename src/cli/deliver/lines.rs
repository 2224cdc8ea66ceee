//! Batches of JSON Lines.

use std::io;

use super::super::compression::Compression;
use super::outcome::{Outcome, Teller};
use crate::records::{Batch, Event, Kind, RecordCleaner};

/// What each thread does.
pub(super) struct Lines<'w> {
    pub(super) cleaner: RecordCleaner<'w>,
    pub(super) teller: Teller<'w>,
    /// How each batch is compressed for itself, if it is.
    pub(super) packs: Option<Compression>,
}

impl Lines<'_> {
    pub(super) fn work(&self, batch: &Batch) -> io::Result<Outcome> {
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
                    let place = format!("{line}:{field}");
                    self.teller.cleaned(&mut outcome, &place, cleaned);
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
