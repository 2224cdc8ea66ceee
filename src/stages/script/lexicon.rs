//! A dictionary compiled for matching: a table over the code points, and the
//! phrases of the few characters that start one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::dictionary::Dictionary;
use super::ids;
use crate::rules::Rule;

/// Size of the table over the Basic Multilingual Plane.
const BMP: usize = 0x1_0000;

/// What a key is replaced with, and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Replacement {
    pub(super) text: &'static str,
    pub(super) dictionary: Dictionary,
    pub(super) rule: Rule,
}

/// A phrase behind its first character.
#[derive(Debug)]
struct Phrase {
    rest: &'static str,
    replacement: Replacement,
    /// The phrase stays as it is; it is there to keep its characters from
    /// matching by themselves.
    kept: bool,
}

/// A character that starts phrases.
#[derive(Debug)]
struct Start {
    /// Bit [`filter_bit`] of the second character of each phrase. Most
    /// characters that follow in running text are no second character, so
    /// that one bit saves the search.
    filter: u64,
    /// Where its phrases stand, in the order of trial.
    phrases: Range<u32>,
    /// What the character alone is replaced with.
    alone: Option<Replacement>,
}

/// Dictionaries compiled into one.
///
/// A table gives each code point of the Basic Multilingual Plane a number: 0
/// for a character that no key starts with; up to `singles.len()` for one
/// that is only a key by itself; above that for one that starts phrases.
#[derive(Debug)]
pub(super) struct Lexicon {
    bmp: Box<[u16]>,
    /// The numbers of the other planes' characters, sorted.
    astral: Vec<(u32, u16)>,
    singles: Vec<Replacement>,
    starts: Vec<Start>,
    phrases: Vec<Phrase>,
    /// Whether an ASCII character starts a key, so that ASCII runs can't be
    /// skipped.
    ascii: bool,
}

/// A group of dictionaries that compete for the longest key; where they have
/// the same key, the first one's row counts.
pub(super) type Level<'a> = &'a [Dictionary];

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

    /// Calls `found` with each match in the text, leftmost first and longest
    /// first, except for those that change nothing. With `PHRASES`, calls it
    /// for the phrases only, but for those that are kept too, which is what
    /// cutting the text at phrases needs.
    ///
    /// With `IDS`, ideographic description sequences are stepped over.
    #[inline]
    pub(super) fn scan<const IDS: bool, const PHRASES: bool>(
        &self,
        text: &str,
        mut found: impl FnMut(Range<usize>, &Replacement),
    ) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            let (code, len) = match bytes[at..] {
                [a, b, c, ..] if a & 0xF0 == 0xE0 => (
                    u32::from(a & 0x0F) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F),
                    3,
                ),
                _ if lead < 0x80 && !self.ascii => {
                    at += ascii_run(&bytes[at..]);
                    continue;
                }
                _ => decode_rare(&bytes[at..]),
            };
            let number = self.number(code);
            if number == 0 {
                at += len;
                if IDS && let Some(sequence) = ids::sequence_len(&text[at - len..]) {
                    at += sequence - len;
                }
                continue;
            }
            let number = usize::from(number);
            if let Some(single) = self.singles.get(number - 1) {
                if !PHRASES {
                    found(at..at + len, single);
                }
                at += len;
                continue;
            }
            let start = &self.starts[number - 1 - self.singles.len()];
            match self.phrase(start, &bytes[at + len..]) {
                Some(phrase) => {
                    let end = at + len + phrase.rest.len();
                    if PHRASES || !phrase.kept {
                        found(at..end, &phrase.replacement);
                    }
                    at = end;
                }
                None => {
                    if !PHRASES && let Some(alone) = &start.alone {
                        found(at..at + len, alone);
                    }
                    at += len;
                }
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
        if start.filter & filter_bit(rest) == 0 {
            return None;
        }
        let phrases = start.phrases.start as usize..start.phrases.end as usize;
        self.phrases[phrases]
            .iter()
            .find(|phrase| rest.starts_with(phrase.rest.as_bytes()))
    }
}

/// The bit of [`Start::filter`] for the character that the bytes begin with.
#[inline]
fn filter_bit(bytes: &[u8]) -> u64 {
    match *bytes {
        [a, b, c, ..] if a & 0xF0 == 0xE0 => 1 << ((b.wrapping_mul(5) ^ c) & 63),
        [a, ..] => 1 << (a & 63),
        [] => 0,
    }
}

/// How many of the first bytes are ASCII.
#[inline]
pub(super) fn ascii_run(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut run = 0;
    while let Some(word) = bytes[run..].first_chunk::<8>() {
        let high = u64::from_le_bytes(*word) & HIGH;
        if high != 0 {
            return run + high.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run + bytes[run..]
        .iter()
        .take_while(|byte| byte.is_ascii())
        .count()
}

/// The code point and length of a character that is not of three bytes.
#[inline]
pub(super) fn decode_rare(bytes: &[u8]) -> (u32, usize) {
    match *bytes {
        [a, b, c, d, ..] if a >= 0xF0 => (
            u32::from(a & 7) << 18
                | u32::from(b & 63) << 12
                | u32::from(c & 63) << 6
                | u32::from(d & 63),
            4,
        ),
        [a, b, ..] if a >= 0xC0 => (u32::from(a & 31) << 6 | u32::from(b & 63), 2),
        [a, ..] => (u32::from(a), 1),
        [] => (0, 1),
    }
}

/// The rows gathered by first character.
#[derive(Debug)]
struct Builder {
    heads: Vec<Head>,
    /// Code point → index in `heads` + 1, for the Basic Multilingual Plane.
    bmp: Box<[u16]>,
    /// The same for the other planes.
    astral: BTreeMap<char, u16>,
}

/// All keys that start with a character.
#[derive(Debug)]
struct Head {
    character: char,
    alone: Option<Replacement>,
    /// A level had the character as a key, so later levels aren't asked.
    closed: bool,
    phrases: Vec<Phrase>,
    /// How many of `phrases` belong to the levels before, sorted.
    sorted: usize,
}

impl Builder {
    fn new() -> Self {
        Builder {
            heads: Vec::new(),
            bmp: vec![0; BMP].into(),
            astral: BTreeMap::new(),
        }
    }

    fn add_level(&mut self, level: Level<'_>, protect: bool) {
        let mut singles = Vec::new();
        for &dictionary in level {
            for (key, value) in dictionary.rows() {
                let mut rest = key.chars();
                let Some(first) = rest.next() else { continue };
                let rest = rest.as_str();
                let replacement = Replacement {
                    text: value,
                    dictionary,
                    rule: rule(rest),
                };
                let index = self.index(first);
                let head = &mut self.heads[index];
                if head.closed {
                    continue;
                }
                if rest.is_empty() {
                    singles.push((index, (key != value).then_some(replacement)));
                } else {
                    head.phrases.push(Phrase {
                        rest,
                        replacement,
                        kept: key == value,
                    });
                }
            }
        }
        for (index, alone) in singles {
            let head = &mut self.heads[index];
            if !head.closed {
                head.alone = alone;
                head.closed = true;
            }
        }
        if protect {
            self.protect_values();
        }
        for head in &mut self.heads {
            let level = &mut head.phrases[head.sorted..];
            // Stable, so that of equal keys the first comes first.
            level.sort_by(|a, b| (b.rest.len(), b.rest).cmp(&(a.rest.len(), a.rest)));
            head.phrases.dedup_by(|b, a| a.rest == b.rest);
            head.sorted = head.phrases.len();
        }
    }

    /// Adds a kept phrase for each value with a character that would convert
    /// by itself.
    fn protect_values(&mut self) {
        let changes = |c: char| self.find(c).is_some_and(|i| self.heads[i].alone.is_some());
        let values: Vec<Replacement> = self
            .heads
            .iter()
            .flat_map(|head| &head.phrases)
            .filter(|phrase| !phrase.kept && phrase.replacement.text.chars().any(changes))
            .map(|phrase| phrase.replacement)
            .collect();
        for replacement in values {
            let mut rest = replacement.text.chars();
            let Some(first) = rest.next() else { continue };
            let index = self.index(first);
            let phrase = Phrase {
                rest: rest.as_str(),
                replacement,
                kept: true,
            };
            self.heads[index].phrases.push(phrase);
        }
    }

    /// Where the character's head is in `heads`, if it has one.
    fn find(&self, character: char) -> Option<usize> {
        let number = match self.bmp.get(character as usize) {
            Some(&number) => number,
            None => *self.astral.get(&character)?,
        };
        usize::from(number).checked_sub(1)
    }

    /// Where the character's head is in `heads`; makes one if need be.
    fn index(&mut self, character: char) -> usize {
        if let Some(index) = self.find(character) {
            return index;
        }
        let index = self.heads.len();
        let phrases = Vec::new();
        self.heads.push(Head {
            character,
            alone: None,
            closed: false,
            phrases,
            sorted: 0,
        });
        self.set_number(character, index + 1);
        index
    }

    fn set_number(&mut self, character: char, number: usize) {
        let number = u16::try_from(number).expect("the embedded dictionaries have few keys");
        match self.bmp.get_mut(character as usize) {
            Some(slot) => *slot = number,
            None => _ = self.astral.insert(character, number),
        }
    }

    fn finish(mut self) -> Lexicon {
        let heads = std::mem::take(&mut self.heads);
        let ascii = heads.iter().any(|head| head.character.is_ascii());
        let is_single = |head: &Head| head.phrases.is_empty();
        let (mut singles, mut starts, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        let count = heads
            .iter()
            .filter(|head| is_single(head) && head.alone.is_some())
            .count();
        for head in heads {
            let number = match head.alone {
                None if is_single(&head) => 0,
                Some(alone) if is_single(&head) => {
                    singles.push(alone);
                    singles.len()
                }
                alone => {
                    let filter = head.phrases.iter();
                    let filter = filter.fold(0, |bits, p| bits | filter_bit(p.rest.as_bytes()));
                    let from = phrases.len() as u32;
                    phrases.extend(head.phrases);
                    starts.push(Start {
                        filter,
                        phrases: from..phrases.len() as u32,
                        alone,
                    });
                    count + starts.len()
                }
            };
            self.set_number(head.character, number);
        }
        let astral = self.astral.into_iter().filter(|&(_, number)| number != 0);
        let astral = astral
            .map(|(character, number)| (u32::from(character), number))
            .collect();
        Lexicon {
            bmp: self.bmp,
            astral,
            singles,
            starts,
            phrases,
            ascii,
        }
    }
}

/// The rule that a key with `rest` behind its first character falls under.
fn rule(rest: &str) -> Rule {
    if rest.is_empty() {
        Rule::ScriptCharacter
    } else {
        Rule::ScriptPhrase
    }
}
