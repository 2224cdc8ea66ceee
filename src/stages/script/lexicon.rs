//! A dictionary compiled for matching: a table over the code points, and the
//! phrases of the few characters that start one.

use std::ops::Range;

use super::compile::Builder;
use super::dictionary::Dictionary;
use super::ids;
use super::utf8::{PLANE, ascii_run, decode_rare};
use crate::reason::Both;
use crate::rules::Rule;

/// How many hits are gathered before they are looked at: enough to keep the
/// gathering going, few enough for the stack and the first cache.
const HITS: usize = 256;

/// What a key is replaced with, and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Replacement {
    pub(super) text: &'static str,
    pub(super) reason: &'static Both,
    pub(super) sequel: Sequel,
    pub(super) dictionary: Dictionary,
    pub(super) rule: Rule,
}

/// What a replacement's text may match when it is met again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sequel {
    /// It may match something by itself.
    pub(super) uneasy: bool,
    /// The [`Start::filter`] of its last character; 0 if that starts nothing.
    pub(super) filter: u64,
}

/// A phrase behind its first character.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) rest: &'static str,
    pub(super) replacement: Replacement,
    /// The phrase stays as it is; it is there to keep its characters from
    /// matching by themselves.
    pub(super) kept: bool,
}

/// A character that starts phrases.
#[derive(Debug)]
pub(super) struct Start {
    /// Bit [`filter_bit`] of the second character of each phrase. Most
    /// characters that follow in running text are no second character, so
    /// that one bit saves the search.
    pub(super) filter: u64,
    /// Where its phrases stand, in the order of trial.
    pub(super) phrases: Range<u32>,
    /// What the character alone is replaced with.
    pub(super) alone: Option<Replacement>,
}

/// Dictionaries compiled into one.
///
/// A table gives each code point of the Basic Multilingual Plane a number: 0
/// for a character that no key starts with; up to `singles.len()` for one
/// that is only a key by itself; above that for one that starts phrases.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) bmp: Box<[u16; PLANE]>,
    /// The numbers of the other planes' characters, sorted.
    pub(super) astral: Vec<(u32, u16)>,
    pub(super) singles: Vec<Replacement>,
    pub(super) starts: Vec<Start>,
    pub(super) phrases: Vec<Phrase>,
    /// Whether an ASCII character starts a key, so that ASCII runs can't be
    /// skipped.
    pub(super) ascii: bool,
}

/// A group of dictionaries that compete for the longest key; where they have
/// the same key, the first one's row counts.
pub(super) type Level<'a> = &'a [Dictionary];

/// What is seen in a scan, in the order of the text.
pub(super) trait Visitor {
    /// Whether [`Visitor::uneasy`] is wanted, which costs a little.
    const WATCHES: bool = false;

    /// A match that changes something; or only a phrase, but a kept one too,
    /// when scanning for phrases.
    fn found(&mut self, range: Range<usize>, replacement: &Replacement);

    /// A place at which the text that comes of the matches may match more.
    /// Without such a place in a line, scanning its outcome finds nothing.
    fn uneasy(&mut self, _place: usize) {}
}

/// A character that starts a key.
#[derive(Clone, Copy, Debug, Default)]
struct Hit {
    at: usize,
    /// Its number in the table.
    number: u16,
}

impl Lexicon {
    /// Compiles levels of dictionaries. A later level is asked only where the
    /// levels before have no key at all, be it ever so short: OpenCC's
    /// `short_circuit`.
    ///
    /// With `protect`, the value of each phrase stays as it is when met again,
    /// so that converting twice does not change it further.
    pub(super) fn new(levels: &[Level<'_>], protect: bool) -> Self {
        let mut builder = Builder::new();
        for level in levels {
            builder.add_level(level, protect);
        }
        builder.finish()
    }

    /// Shows the visitor each match in the text, leftmost first and longest
    /// first, except for those that change nothing. With `PHRASES`, shows the
    /// phrases only, but those that are kept too, which is what cutting the
    /// text at phrases needs.
    ///
    /// With `IDS`, ideographic description sequences are stepped over.
    #[inline]
    pub(super) fn scan<const IDS: bool, const PHRASES: bool, V: Visitor>(
        &self,
        text: &str,
        visitor: &mut V,
    ) {
        let bytes = text.as_bytes();
        let mut hits = [Hit::default(); HITS];
        let mut sequences = ids::Sequences::new(if IDS { text } else { "" });
        // Up to where the text is gathered, and up to where matched.
        let (mut gathered, mut done) = (0, 0);
        // A start of phrases that the outcome has before `done`.
        let mut pending = Pending::default();
        while gathered < bytes.len() {
            let (count, end) = self.gather(bytes, gathered, &mut hits);
            gathered = end;
            for &Hit { at, number } in &hits[..count] {
                if IDS {
                    done = sequences.skip(at, done);
                }
                if at < done {
                    continue;
                }
                let end = at + char_len(bytes[at]);
                let number = usize::from(number) - 1;
                let Some(start) = number.checked_sub(self.singles.len()) else {
                    done = end;
                    let single = &self.singles[number];
                    if !PHRASES {
                        visitor.found(at..end, single);
                    }
                    pending.change(at..end, single, bytes, visitor);
                    continue;
                };
                let start = &self.starts[start];
                let passes = start.filter & filter_bit(&bytes[end..]) != 0;
                if passes && let Some(phrase) = self.phrase(start, &bytes[end..]) {
                    done = end + phrase.rest.len();
                    if PHRASES || !phrase.kept {
                        visitor.found(at..done, &phrase.replacement);
                    }
                    if V::WATCHES && phrase.kept {
                        visitor.uneasy(at);
                    }
                    if !phrase.kept {
                        pending.change(at..done, &phrase.replacement, bytes, visitor);
                    }
                    continue;
                }
                done = end;
                match &start.alone {
                    Some(alone) => {
                        if !PHRASES {
                            visitor.found(at..end, alone);
                        }
                        pending.change(at..end, alone, bytes, visitor);
                    }
                    None if V::WATCHES => {
                        pending = Pending {
                            at: end,
                            filter: start.filter,
                        };
                        if passes {
                            visitor.uneasy(at);
                        }
                    }
                    None => {}
                }
            }
        }
    }

    /// Gathers the characters that start a key, from a place on; gives their
    /// count and up to where the text was looked through.
    ///
    /// It does without branches on whether a character is one, which no
    /// processor can guess.
    #[inline]
    fn gather(&self, bytes: &[u8], from: usize, hits: &mut [Hit; HITS]) -> (usize, usize) {
        let (mut at, mut count) = (from, 0);
        loop {
            let (threes, _) = bytes[at..].as_chunks::<3>();
            for &[a, b, c] in threes {
                if a & 0xF0 != 0xE0 || count == HITS {
                    break;
                }
                let code = u16::from(a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F);
                let number = self.bmp[usize::from(code)];
                hits[count] = Hit { at, number };
                count += usize::from(number != 0);
                at += 3;
            }
            match bytes.get(at) {
                Some(_) if count == HITS => return (count, at),
                Some(lead) if lead.is_ascii() && !self.ascii => at += ascii_run(&bytes[at..]),
                Some(_) => {
                    let (code, len) = decode_rare(&bytes[at..]);
                    let number = self.number(code);
                    hits[count] = Hit { at, number };
                    count += usize::from(number != 0);
                    at += len;
                }
                None => return (count, at),
            }
        }
    }

    /// What the character alone is replaced with, if that changes it.
    #[inline]
    pub(super) fn alone(&self, code: u32) -> Option<&Replacement> {
        let number = usize::from(self.number(code)).checked_sub(1)?;
        match self.singles.get(number) {
            Some(single) => Some(single),
            None => self.starts.get(number - self.singles.len())?.alone.as_ref(),
        }
    }

    #[inline]
    fn number(&self, code: u32) -> u16 {
        match self.bmp.get(code as usize) {
            Some(&number) => number,
            None => match self.astral.binary_search_by_key(&code, |&(code, _)| code) {
                Ok(index) => self.astral[index].1,
                Err(_) => 0,
            },
        }
    }

    /// The first phrase of `start` in the order of trial that `rest`, the
    /// text behind the first character, goes on with.
    #[inline]
    fn phrase(&self, start: &Start, rest: &[u8]) -> Option<&Phrase> {
        let phrases = start.phrases.start as usize..start.phrases.end as usize;
        self.phrases[phrases]
            .iter()
            .find(|phrase| rest.starts_with(phrase.rest.as_bytes()))
    }
}

/// The last character of the outcome so far, if it starts phrases.
#[derive(Debug, Default)]
struct Pending {
    /// Where the text goes on behind it.
    at: usize,
    /// Its [`Start::filter`].
    filter: u64,
}

impl Pending {
    /// Takes note of a change: its text may go on a phrase that the character
    /// before starts, or start one itself.
    #[inline]
    fn change<V: Visitor>(
        &mut self,
        range: Range<usize>,
        replacement: &Replacement,
        bytes: &[u8],
        visitor: &mut V,
    ) {
        if !V::WATCHES {
            return;
        }
        let Sequel { uneasy, filter } = replacement.sequel;
        let before = if self.at == range.start {
            self.filter
        } else {
            0
        };
        let joined = before & filter_bit(replacement.text.as_bytes())
            | filter & filter_bit(&bytes[range.end..]);
        if uneasy || joined != 0 {
            visitor.uneasy(range.start);
        }
        *self = Pending {
            at: range.end,
            filter,
        };
    }
}

/// The bytes of a character that begins with `lead`.
#[inline]
fn char_len(lead: u8) -> usize {
    match lead {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// The bit of [`Start::filter`] for the character that the bytes begin with.
#[inline]
pub(super) fn filter_bit(bytes: &[u8]) -> u64 {
    match *bytes {
        [a, b, c, ..] if a & 0xF0 == 0xE0 => 1 << ((b.wrapping_mul(5) ^ c) & 63),
        [a, ..] => 1 << (a & 63),
        [] => 0,
    }
}
