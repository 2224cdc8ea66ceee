//! Pieces of WARC and WET files.

use std::io;
use std::sync::Arc;

use super::super::archive::Piece;
use super::super::compression::Compression;
use super::super::members::Dictionary;
use super::outcome::{Outcome, Teller};
use crate::records::warc::{Event, Place, WarcCleaner};

/// What each thread does.
pub(super) struct Archives<'w> {
    pub(super) cleaner: WarcCleaner<'w>,
    pub(super) teller: Teller<'w>,
    /// How each record is compressed for itself, if it is.
    pub(super) packs: Option<Compression>,
    pub(super) dictionary: Option<Arc<Dictionary>>,
}

impl Archives<'_> {
    pub(super) fn work(&self, piece: &Piece) -> io::Result<Outcome> {
        let mut outcome = Outcome {
            length: piece.bytes.len() as u64,
            read: piece.length,
            is_between_records: !piece.is_inside,
            ..Outcome::default()
        };
        let mut bytes = Vec::with_capacity(piece.weight() as usize);
        let mut done = 0;
        for member in &piece.members {
            let mut place = member.place;
            let mut written = Vec::new();
            let mut ends = Vec::with_capacity(member.parts.len());
            let mut is_changed = false;
            for &(length, part) in &member.parts {
                let part_bytes = &piece.bytes[done..done + length];
                let mut tell = |event: Event<'_>| match event {
                    Event::Document { record, cleaned } => {
                        self.teller
                            .cleaned(&mut outcome, &record.to_string(), cleaned);
                    }
                    Event::Failed { record, error } => {
                        self.teller.failed(&mut outcome, record, &error);
                    }
                };
                let cleaner = &self.cleaner;
                let totals = cleaner.part(place, part, part_bytes, &mut written, &mut tell);
                outcome.is_open |= !part.is_beginning();
                outcome.records += totals;
                is_changed |= totals.changed > 0;
                ends.push(written.len());
                done += length;
                // Where a compressed record is, is where its member begins.
                let forward = if member.packed.is_some() {
                    0
                } else {
                    length as u64
                };
                place = Place::new(place.record + 1, place.offset + forward);
            }
            match (self.packs, &member.packed) {
                (None, _) => bytes.append(&mut written),
                (Some(_), Some(packed)) if !is_changed => bytes.extend_from_slice(packed),
                (Some(_), None) if piece.is_inside || outcome.is_open => {
                    outcome.is_open = true;
                    bytes.append(&mut written);
                }
                (Some(compression), _) => {
                    let dictionary = self.dictionary.as_deref().map(Dictionary::encoder);
                    let mut begin = 0;
                    for end in ends {
                        let record = &written[begin..end];
                        bytes.append(&mut compression.packed_with(record, dictionary)?);
                        begin = end;
                    }
                }
            }
            outcome.is_open &= member.packed.is_none();
        }
        outcome.bytes = bytes;
        outcome.told()
    }
}
