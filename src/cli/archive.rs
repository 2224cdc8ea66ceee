//! WARC and WET files in pieces that several threads can work on.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use super::compression::{self, BUFFER, Compression};
use super::input::InputError;
use super::members::{Dictionary, Member, Members};
use crate::records::warc::{self, Batches, Part, Place};

/// A piece ends behind the member with which it has so many bytes, or so many members.
const BYTES: usize = 1 << 20;
const MEMBERS: usize = 1000;

/// Some records.
pub(super) struct Piece {
    /// Their bytes, unpacked.
    pub(super) bytes: Vec<u8>,
    pub(super) members: Vec<Packed>,
    /// Whether a record goes on behind it.
    pub(super) is_inside: bool,
    /// By how far the reading of the file has come forward.
    pub(super) length: u64,
}

/// What is compressed for itself, or was not compressed at all.
pub(super) struct Packed {
    /// As it is in the file, if that can be written as it is.
    pub(super) packed: Option<Vec<u8>>,
    pub(super) place: Place,
    pub(super) parts: Vec<(usize, Part)>,
}

impl Piece {
    /// What comes of it is held too.
    pub(super) fn weight(&self) -> u64 {
        let packed = self.members.iter().flat_map(|member| &member.packed);
        (self.bytes.len() * 2 + packed.map(Vec::len).sum::<usize>()) as u64
    }
}

/// A file of records.
pub(super) enum Archive<'r> {
    /// One stream, compressed or not.
    Stream(Batches<Box<dyn BufRead + 'r>>),
    /// Each record compressed for itself.
    Members(Box<OfMembers<'r>>),
}

impl<'r> Archive<'r> {
    /// Opens a file to be read from a place on.
    pub(super) fn open(
        path: Option<&Path>,
        stdin: &'r mut dyn Read,
        compression: Option<Compression>,
        place: Place,
    ) -> Result<Self, InputError> {
        let file: Box<dyn BufRead + 'r> = match path {
            Some(path) => Box::new(BufReader::with_capacity(BUFFER, File::open(path)?)),
            None => Box::new(BufReader::with_capacity(BUFFER, stdin)),
        };
        let Some(compression) = compression else {
            let file = match path {
                Some(path) if place != Place::START => compression::open_at(path, place.offset)?,
                _ => file,
            };
            return Self::stream(file, place);
        };
        let mut members = Members::new(file, compression);
        let mut early = Vec::new();
        let mut packed = Vec::new();
        // What has no bytes is no record, such as a dictionary.
        while let Some(member) = members.next_member()? {
            packed.extend_from_slice(&member.packed);
            early.push(member);
            if early.last().is_some_and(|last| !last.unpacked.is_empty()) {
                break;
            }
        }
        let is_of_records = |member: &Member| {
            member.ends && matches!(*warc::parts(&member.unpacked), [(_, Part::Record)])
        };
        if early.last().is_none_or(is_of_records) {
            let dictionary = members.dictionary();
            if let (Some(path), true) = (path, place != Place::START) {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(place.offset))?;
                let file: Box<dyn BufRead> = Box::new(BufReader::with_capacity(BUFFER, file));
                let dict = dictionary.clone();
                members = Members::from_offset(file, compression, place.offset, dict);
                early.clear();
            }
            early.reverse();
            return Ok(Archive::Members(Box::new(OfMembers {
                members,
                early,
                dictionary,
                record: place.record,
                long: None,
            })));
        }
        let file = match (path, members.into_rest()) {
            (Some(path), _) if place != Place::START => compression::open_at(path, place.offset)?,
            (_, Some(rest)) => compression::unpacked(
                BufReader::with_capacity(BUFFER, Cursor::new(packed).chain(rest)),
                Some(compression),
            )?,
            (_, None) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
        };
        Self::stream(file, place)
    }

    fn stream(mut file: Box<dyn BufRead + 'r>, place: Place) -> Result<Self, InputError> {
        let mut head = Vec::new();
        let read = (&mut file)
            .take(BEGINNING.len() as u64)
            .read_to_end(&mut head);
        read?;
        if place == Place::START && !head.is_empty() && head != BEGINNING {
            return Err(InputError::NotWarc);
        }
        let file: Box<dyn BufRead + 'r> = Box::new(Cursor::new(head).chain(file));
        Ok(Archive::Stream(Batches::from_place(file, place)))
    }

    /// The dictionary that records are compressed with.
    pub(super) fn dictionary(&self) -> Option<Arc<Dictionary>> {
        match self {
            Archive::Stream(_) => None,
            Archive::Members(members) => members.dictionary.clone(),
        }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        match self {
            Archive::Members(members) => members.next_piece(),
            Archive::Stream(batches) => {
                let batch = batches.next_batch()?;
                Ok(batch.map(|batch| Piece {
                    length: batch.bytes.len() as u64,
                    bytes: batch.bytes,
                    is_inside: batch.is_inside,
                    members: vec![Packed {
                        packed: None,
                        place: batch.place,
                        parts: batch.parts,
                    }],
                }))
            }
        }
    }
}

const BEGINNING: &[u8] = b"WARC/";

/// A file in which each record is compressed for itself.
pub(super) struct OfMembers<'r> {
    members: Members<Box<dyn BufRead + 'r>>,
    /// Members that were read already, the first last.
    early: Vec<Member>,
    dictionary: Option<Arc<Dictionary>>,
    /// The number of the next record.
    record: u64,
    /// In a member that is too long: how much of its record is left, if that is known.
    long: Option<Option<u64>>,
}

impl OfMembers<'_> {
    fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        let mut piece = Piece {
            bytes: Vec::with_capacity(BYTES + BYTES / 4),
            members: Vec::new(),
            is_inside: false,
            length: 0,
        };
        while piece.bytes.len() < BYTES && piece.members.len() < MEMBERS {
            let member = match self.early.pop() {
                Some(member) => member,
                None => match self.members.next_member()? {
                    Some(member) => member,
                    None => break,
                },
            };
            let is_whole = member.begins && member.ends;
            if !is_whole && !piece.members.is_empty() {
                self.early.push(member);
                break;
            }
            piece.length += member.packed.len() as u64;
            piece.is_inside = !member.ends;
            let place = Place::new(self.record, member.offset);
            let parts = match is_whole {
                true => warc::parts(&member.unpacked),
                false => vec![(member.unpacked.len(), self.part(&member))],
            };
            if is_whole {
                self.record += parts.len() as u64;
            } else if member.ends {
                self.record += 1;
            }
            piece.bytes.extend_from_slice(&member.unpacked);
            piece.members.push(Packed {
                packed: Some(member.packed),
                place,
                parts,
            });
            if !is_whole {
                break;
            }
        }
        Ok((!piece.members.is_empty()).then_some(piece))
    }

    /// What a piece of a long member is.
    fn part(&mut self, piece: &Member) -> Part {
        /// Line ends behind a record.
        const BEHIND: u64 = 64;
        let length = piece.unpacked.len() as u64;
        let Some(left) = self.long else {
            let (part, total) = warc::beginning(&piece.unpacked);
            // Others come behind it in the member.
            let is_more = total.is_some_and(|total| total + BEHIND < length);
            let total = total.filter(|_| !is_more);
            self.long = Some(total.map(|total| total.saturating_sub(length)));
            return match is_more {
                true => Part::Broken(warc::Misframed::Length),
                false => part,
            };
        };
        self.long = Some(left.map(|left| left.saturating_sub(length)));
        let fault = match left {
            Some(left) if piece.ends && length < left => Some(warc::Misframed::BreaksOff),
            Some(left) if piece.ends && length > left + BEHIND => Some(warc::Misframed::Length),
            _ => None,
        };
        if piece.ends {
            self.long = None;
        }
        Part::Rest(fault)
    }
}
