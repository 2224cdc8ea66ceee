//! One record: what of it is a document, and how it is written.

use std::ops::Range;

use super::digest;
use super::head::{self, Head};
use super::http::{Response, content_type};
use super::{Event, Part, Place, WarcError, WarcFault};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::encoding::{DecodeError, Encoding};
use crate::records::RecordTotals;
use crate::regions::Syntax;
use crate::source::Source;

/// Cleans records of WARC.
///
/// `conversion` records of text are cleaned; `response` and `resource` records only if
/// [`WarcCleaner::responses`] says so. Of a changed record the block, `Content-Length`
/// and the digests are written anew, and, in a `response`, HTTP's `Content-Length`. All
/// other bytes are as they were, and all of every other record.
#[derive(Clone, Debug)]
pub struct WarcCleaner<'c> {
    cleaner: &'c Cleaner,
    responses: bool,
    encoding: Option<Encoding>,
    damaged: bool,
}

/// What there is to be cleaned in a record.
enum Content<'r> {
    Document(Document<'r>),
    /// Nothing, or nothing that is known.
    Nothing,
    /// What a server sent, which is not to be cleaned.
    Closed,
    /// A body that is compressed or not whole.
    Coded,
}

struct Document<'r> {
    text: &'r [u8],
    /// The message that the text is the body of.
    response: Option<Response<'r>>,
    syntax: Syntax,
    /// What the text is said to be in.
    declared: Option<Encoding>,
    /// Whether it is in UTF-8 if nothing else is said.
    is_utf8: bool,
}

impl<'c> WarcCleaner<'c> {
    /// Cleans the text of `conversion` records.
    pub fn new(cleaner: &'c Cleaner) -> Self {
        WarcCleaner {
            cleaner,
            responses: false,
            encoding: None,
            damaged: false,
        }
    }

    /// Whether what servers sent is cleaned too: HTML and plain text in `response` and
    /// `resource` records, if it is there whole and not compressed.
    pub fn responses(mut self, open: bool) -> Self {
        self.responses = open;
        self
    }

    /// Takes all texts to be in this encoding, whatever the records say.
    pub fn encoding(mut self, encoding: Option<Encoding>) -> Self {
        self.encoding = encoding;
        self
    }

    /// Whether texts are read of which some bytes are damaged.
    pub fn damaged(mut self, damaged: bool) -> Self {
        self.damaged = damaged;
        self
    }

    /// Cleans one part of a stream and puts it behind what is in `out`.
    pub fn part(
        &self,
        place: Place,
        part: Part,
        bytes: &[u8],
        out: &mut Vec<u8>,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> RecordTotals {
        let mut totals = RecordTotals {
            records: u64::from(part.is_beginning()),
            ..RecordTotals::default()
        };
        let begun = out.len();
        let done = match part {
            Part::Record => self.record(place, bytes, out, tell, &mut totals),
            Part::Long => {
                out.extend_from_slice(bytes);
                self.long(bytes, &mut totals)
            }
            Part::Broken(fault) | Part::Rest(Some(fault)) => Err(WarcFault::Misframed(fault)),
            Part::Rest(None) | Part::Lost => {
                out.extend_from_slice(bytes);
                Ok(())
            }
        };
        if let Err(fault) = done {
            out.truncate(begun);
            out.extend_from_slice(bytes);
            totals.failed = 1;
            tell(Event::Failed {
                record: place.record,
                error: WarcError {
                    offset: place.offset,
                    id: part.is_beginning().then(|| id(bytes)).flatten(),
                    fault,
                },
            });
        }
        totals
    }

    fn record(
        &self,
        place: Place,
        bytes: &[u8],
        out: &mut Vec<u8>,
        tell: &mut dyn FnMut(Event<'_>),
        totals: &mut RecordTotals,
    ) -> Result<(), WarcFault> {
        let record = Record::read(bytes).ok_or(WarcFault::Misframed(super::Misframed::Head))?;
        let document = match self.content(&record, true) {
            Content::Document(document) => document,
            other => {
                count(&other, totals);
                out.extend_from_slice(bytes);
                return Ok(());
            }
        };
        let source = match self.source(&document) {
            Ok(source) => source.with_syntax(document.syntax),
            Err(DecodeError::Foreign { .. }) => {
                totals.foreign = 1;
                out.extend_from_slice(bytes);
                return Ok(());
            }
            Err(error) => return Err(WarcFault::Decode(error)),
        };
        totals.fields = 1;
        let cleaned = self.cleaner.clean(source);
        // Nothing is told before it is known that the record can be written.
        if cleaned.edits().any(|edit| edit.applied) {
            record.write(&document, &cleaned, out)?;
            totals.changed = 1;
        } else {
            out.extend_from_slice(bytes);
        }
        tell(Event::Document {
            record: place.record,
            cleaned: &cleaned,
        });
        Ok(())
    }

    /// A record that is too long fails only if it would have been cleaned.
    fn long(&self, beginning: &[u8], totals: &mut RecordTotals) -> Result<(), WarcFault> {
        match Record::read(beginning).map(|record| self.content(&record, false)) {
            Some(Content::Document(_)) => Err(WarcFault::Long),
            Some(other) => {
                count(&other, totals);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What there is in a record, or in the beginning of one that is not `whole`.
    fn content<'r>(&self, record: &Record<'r>, whole: bool) -> Content<'r> {
        let head = &record.head;
        let kind = head.only("WARC-Type").unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        let is_sent = matches!(&*kind, "response" | "resource");
        // A segment is only some of a document.
        if !(is_sent || kind == "conversion") || head.has("WARC-Segment-Number") {
            return Content::Nothing;
        }
        let (content, charset) = content_type(head.only("Content-Type").unwrap_or_default());
        if kind == "response" && content.eq_ignore_ascii_case("application/http") {
            if !self.responses {
                return Content::Closed;
            }
            let Some(response) = Response::read(record.block, whole) else {
                return Content::Coded;
            };
            let value = response.head.only("Content-Type").unwrap_or_default();
            let (content, charset) = content_type(value);
            return match syntax(content) {
                Some(syntax) => Content::Document(Document {
                    text: response.body,
                    syntax,
                    declared: charset.and_then(Encoding::for_label),
                    is_utf8: false,
                    response: Some(response),
                }),
                None => Content::Nothing,
            };
        }
        match syntax(content) {
            None => Content::Nothing,
            Some(_) if kind == "response" => Content::Nothing,
            Some(_) if is_sent && !self.responses => Content::Closed,
            Some(syntax) => Content::Document(Document {
                text: record.block,
                response: None,
                syntax,
                declared: charset.and_then(Encoding::for_label),
                is_utf8: !is_sent && charset.is_none(),
            }),
        }
    }

    fn source<'r>(&self, document: &Document<'r>) -> Result<Source<'r>, DecodeError> {
        let text = document.text;
        let known = document.is_utf8.then_some(Encoding::Utf8);
        match (self.encoding.or(known), document.declared) {
            (Some(encoding), _) if self.damaged => Source::decode_damaged_as(text, encoding),
            (Some(encoding), _) => Source::decode_as(text, encoding),
            (None, declared) if self.damaged => Source::decode_damaged(text, declared),
            (None, Some(declared)) => Source::decode_declared(text, declared),
            (None, None) => Source::decode(text),
        }
    }
}

fn count(content: &Content<'_>, totals: &mut RecordTotals) {
    totals.closed = u64::from(matches!(content, Content::Closed));
    totals.coded = u64::from(matches!(content, Content::Coded));
}

/// What can be cleaned of content of that type.
fn syntax(content: &str) -> Option<Syntax> {
    match content.to_ascii_lowercase().as_str() {
        "text/plain" => Some(Syntax::Plain),
        "text/html" | "application/xhtml+xml" => Some(Syntax::Html),
        _ => None,
    }
}

/// The identity of a record that may be broken.
fn id(bytes: &[u8]) -> Option<String> {
    /// Nobody has a longer one.
    const LONGEST: usize = 200;
    let bytes = &bytes[..bytes.len().min(super::framing::HEAD)];
    let end = head::end(bytes)?;
    let id = Head::read(&bytes[..end])?.only("WARC-Record-ID")?;
    (id.len() <= LONGEST).then(|| id.to_owned())
}

struct Record<'r> {
    head: Head<'r>,
    block: &'r [u8],
    /// The line ends behind the block.
    tail: &'r [u8],
}

impl<'r> Record<'r> {
    /// Reads a record, or the beginning of one.
    fn read(bytes: &'r [u8]) -> Option<Self> {
        let end = head::end(bytes)?;
        let head = Head::read(&bytes[..end])?;
        let length = usize::try_from(head.length("Content-Length")?).unwrap_or(usize::MAX);
        let rest = &bytes[end..];
        let (block, tail) = rest.split_at(length.min(rest.len()));
        Some(Record { head, block, tail })
    }

    /// Writes it with the cleaned text.
    fn write(
        &self,
        document: &Document<'_>,
        cleaned: &Cleaned<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), WarcFault> {
        let text = cleaned.to_bytes().map_err(WarcFault::Encode)?;
        let mut message = Vec::new();
        if let Some(response) = &document.response {
            response.write_head(text.len(), &mut message);
        }
        let old_message = &self.block[..self.block.len() - document.text.len()];
        let mut values: Vec<(Range<usize>, String)> = Vec::new();
        for (_, place) in self.head.all("Content-Length") {
            values.push((place, (message.len() + text.len()).to_string()));
        }
        let digests = [
            ("WARC-Block-Digest", old_message, &*message),
            ("WARC-Payload-Digest", &[], &[]),
        ];
        for (name, old, new) in digests {
            for (value, place) in self.head.all(name) {
                let renewed = digest::renewed(value, &[old, document.text], &[new, &text]);
                let renewed = renewed.map_err(|fault| match fault {
                    digest::Fault::Unknown => WarcFault::UnknownDigest { field: name },
                    digest::Fault::Wrong => WarcFault::WrongDigest { field: name },
                })?;
                values.push((place, renewed));
            }
        }
        self.head.write(&mut values, out);
        out.extend_from_slice(&message);
        out.extend_from_slice(&text);
        out.extend_from_slice(self.tail);
        Ok(())
    }
}
