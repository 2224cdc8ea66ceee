//! One record: a line of JSON.

use std::borrow::Cow;
use std::sync::Arc;

use super::string::Decoded;
use super::{Batch, Event, Kind, RecordTotals};
use crate::cleaner::Cleaner;
use crate::regions::{Scope, Syntax, json};
use crate::source::Source;

/// A record that is passed through because it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It is not JSON of one value.
    #[error("not JSON at byte {offset} of the line; left as it is")]
    Json {
        /// The bytes of the line before the error.
        offset: usize,
    },
    /// It is not UTF-8.
    #[error("not UTF-8 at byte {offset} of the line; left as it is")]
    Utf8 {
        /// The bytes of the line before the error.
        offset: usize,
    },
    /// It is longer than what is read at once.
    #[error("the line is too long; left as it is")]
    Long,
}

/// Cleans records of JSON Lines.
///
/// Of a changed string only what an edit touches is written anew, with escapes where
/// JSON wants them, and for all but ASCII if the string itself is written so. All other
/// bytes of the line are as they were.
#[derive(Clone, Debug)]
pub struct RecordCleaner<'c> {
    cleaner: &'c Cleaner,
    scope: Arc<Scope>,
}

/// A byte order mark, which may stand before the first record.
const MARK: &[u8] = b"\xEF\xBB\xBF";

impl<'c> RecordCleaner<'c> {
    /// Cleans the fields that are named; without any, nothing.
    pub fn new(cleaner: &'c Cleaner, scope: impl Into<Arc<Scope>>) -> Self {
        RecordCleaner {
            cleaner,
            scope: scope.into(),
        }
    }

    /// Cleans a batch of records and puts it behind what is in `out`.
    pub fn batch(
        &self,
        batch: &Batch,
        out: &mut Vec<u8>,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> RecordTotals {
        let mut totals = RecordTotals::default();
        match batch.kind {
            Kind::Lines => {
                let ends = memchr::memchr_iter(b'\n', &batch.bytes).map(|end| end + 1);
                let last = Some(batch.bytes.len());
                let (mut start, mut line) = (0, batch.line);
                for end in ends.chain(last) {
                    if start < end {
                        totals += self.record(line, &batch.bytes[start..end], out, tell);
                    }
                    (start, line) = (end, line + 1);
                }
            }
            Kind::LongLine => {
                out.extend_from_slice(&batch.bytes);
                (totals.records, totals.failed) = (1, 1);
                tell(Event::Failed {
                    line: batch.line,
                    error: RecordError::Long,
                });
            }
            Kind::LongLineRest => out.extend_from_slice(&batch.bytes),
        }
        totals
    }

    /// Cleans one record, with or without its line end, and puts it behind what is in
    /// `out`.
    pub fn record(
        &self,
        number: u64,
        bytes: &[u8],
        out: &mut Vec<u8>,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> RecordTotals {
        let mut totals = RecordTotals {
            records: 1,
            ..RecordTotals::default()
        };
        let begun = out.len();
        let done = self.try_record(number, bytes, out, tell, &mut totals);
        if let Err(error) = done {
            out.truncate(begun);
            out.extend_from_slice(bytes);
            totals.failed = 1;
            tell(Event::Failed {
                line: number,
                error,
            });
        }
        totals
    }

    fn try_record(
        &self,
        number: u64,
        bytes: &[u8],
        out: &mut Vec<u8>,
        tell: &mut dyn FnMut(Event<'_>),
        totals: &mut RecordTotals,
    ) -> Result<(), RecordError> {
        let mark = match number {
            1 if bytes.starts_with(MARK) => MARK.len(),
            _ => 0,
        };
        let line = std::str::from_utf8(&bytes[mark..]).map_err(|error| RecordError::Utf8 {
            offset: mark + error.valid_up_to(),
        })?;
        // Nothing is cleaned before the whole line is known to be JSON.
        let mut strings = Vec::new();
        let read = json::strings(line, self.scope.fields(), &mut |keys, range| {
            strings.push((path(keys), range));
        });
        read.map_err(|offset| RecordError::Json {
            offset: mark + offset.min(line.len()),
        })?;
        out.extend_from_slice(&bytes[..mark]);
        let mut done = 0;
        for (field, range) in &strings {
            totals.fields += 1;
            let decoded = Decoded::new(&line[range.clone()]);
            let syntax = match Syntax::of_text(decoded.text()) {
                Syntax::Html => Syntax::Html,
                // What begins like code or JSON is still meant to be read.
                _ => Syntax::Plain,
            };
            let source = Source::from(decoded.text())
                .with_syntax(syntax)
                .with_kept(decoded.unpaired());
            let cleaned = self.cleaner.clean(source);
            tell(Event::Field {
                line: number,
                field,
                cleaned: &cleaned,
            });
            for edit in cleaned.edits().filter(|edit| edit.applied) {
                let place = decoded.written(&edit.range);
                let place = range.start + place.start..range.start + place.end;
                out.extend_from_slice(&line.as_bytes()[done..place.start]);
                decoded.write(edit.replacement, out);
                done = place.end;
                totals.changed = 1;
            }
        }
        out.extend_from_slice(&line.as_bytes()[done..]);
        Ok(())
    }
}

/// A field as reports name it, and as settings would: a dot in a key
/// has a backslash.
fn path(keys: &[Cow<'_, str>]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| key.replace('\\', r"\\").replace('.', r"\."))
        .collect();
    keys.join(".")
}
