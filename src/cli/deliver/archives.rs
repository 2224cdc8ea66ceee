//! Pieces of WARC and WET files.

use std::io::{self, Read};
use std::sync::Arc;

use super::super::archive::{Archive, Piece};
use super::super::compression::Compression;
use super::super::jobs::in_order_of;
use super::super::members::Dictionary;
use super::outcome::{HandOn, Outcome, Reading, Teller, Trouble};
use crate::records::warc::{Event, Place, WarcCleaner};

/// Reads the records of a file or of stdin, cleans them and hands them on.
pub(super) fn read(
    reading: &Reading<'_>,
    stdin: &mut dyn Read,
    hand_on: HandOn<'_>,
) -> Result<(), Trouble> {
    let (input, setup) = (&reading.task.input, &reading.task.setup);
    let place = Place::new(reading.records + 1, reading.offset);
    let path = input.path.as_deref();
    let archive = Archive::open(path, stdin, input.compression(), place);
    let mut archive = archive.map_err(Trouble::Read)?;
    let settings = &setup.settings;
    let archives = Archives {
        cleaner: WarcCleaner::new(&setup.cleaner)
            .responses(settings.responses == Some(true))
            .encoding(settings.encoding)
            .damaged(settings.damaged == Some(true)),
        teller: reading.teller,
        packs: reading.packs,
        dictionary: archive.dictionary(),
    };
    in_order_of(
        reading.threads,
        || Ok(archive.next_piece()?),
        Piece::weight,
        |piece| archives.work(&piece),
        hand_on,
    )
}

/// What each thread does.
struct Archives<'w> {
    cleaner: WarcCleaner<'w>,
    teller: Teller<'w>,
    /// How each record is compressed for itself, if it is.
    packs: Option<Compression>,
    dictionary: Option<Arc<Dictionary>>,
}

impl Archives<'_> {
    fn work(&self, piece: &Piece) -> io::Result<Outcome> {
        let mut outcome = Outcome {
            length: piece.bytes.len() as u64,
            read: piece.length,
            is_between_records: !piece.is_inside,
            ..Outcome::default()
        };
        let mut bytes = Vec::with_capacity(piece.bytes.len());
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
                        let path = format!("{}:{record}", self.teller.name);
                        self.teller.cleaned(&mut outcome, path, cleaned);
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
