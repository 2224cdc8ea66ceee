//! Which character it was of which a part is lost: what is left of its bytes
//! and what stands around it say how likely each is.

use std::collections::HashMap;

use super::around::{Around, Memory, NEAR};
use super::chain::Chain;
use super::edits::GUESS;
use super::lattice::Left;
use super::path::{Bytes, Segment, matching};
use super::style::Style;
use super::writer::Writer;

/// What stands in place of a character that nothing is known of.
const NOTHING: char = '\u{FFFD}';

/// Chooses the characters of which a part is lost, from left to right. `after` ends
/// with the line.
pub(super) fn fill(segment: &mut Segment, chain: Chain, before: &str, after: &str) {
    let missing = segment.restored().any(|restored| restored.partly.is_some());
    if !missing {
        return;
    }
    let before = tail(before, NEAR);
    let mut text: Vec<char> = before.chars().collect();
    let mut place = text.len();
    text.extend(segment.restored().map(|restored| restored.character));
    text.extend(after.chars().take(NEAR));
    let known = segment
        .restored()
        .filter(|restored| restored.partly.is_none());
    let style = Style::of(
        known
            .map(|r| r.character)
            .chain(before.chars())
            .chain(after.chars()),
    );
    let mut memory = Memory::default();
    let mut known: HashMap<(Left, Bytes), Vec<char>> = HashMap::new();
    for unit in &mut segment.units {
        for restored in &mut unit.restored {
            if let Some(bytes) = restored.partly {
                let all = known
                    .entry((restored.left, bytes))
                    .or_insert_with(|| candidates(chain, restored.left, bytes));
                let around = around(&text, place, all, style);
                let (character, probability) = best(&around, all, &mut memory);
                restored.character = character;
                restored.probability = probability;
                text[place] = character;
            }
            place += 1;
        }
    }
}

/// The characters that it can have been.
fn candidates(chain: Chain, left: Left, bytes: Bytes) -> Vec<char> {
    let undefined = chain.reader.undefined();
    let allowed = |byte: u8| match chain.reader.is_single() && chain.through.is_none() {
        true => undefined.contains(&byte),
        false => true,
    };
    match left {
        Left::Head => matching(chain.writer, &bytes.with_rest(chain.writer), |_| true),
        Left::Tail => matching(chain.writer, &bytes.with_start(chain.writer), |_| true),
        Left::All if bytes.is_unknown() => unmapped(chain),
        Left::All => matching(chain.writer, &bytes, allowed),
    }
}

/// The characters that the reader cannot show; of UTF-8 there are too many.
fn unmapped(chain: Chain) -> Vec<char> {
    let (Some(read), Some(written)) = (chain.reader.pairs(), chain.writer.pairs()) else {
        return Vec::new();
    };
    let gone = read.unmapped.iter().chain(&read.private);
    gone.filter_map(|&[lead, trail]| written.character(lead, trail))
        .collect()
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last();
    start.map_or("", |(at, _)| &text[at..])
}

/// The surroundings of a character that is one of some.
fn around(text: &[char], place: usize, candidates: &[char], style: Style) -> Around {
    let least = candidates.iter().copied().min().unwrap_or(NOTHING);
    let most = candidates.iter().copied().max().unwrap_or(NOTHING);
    Around::of(text, place, least..=most, style)
}

/// The likeliest of some characters, and how likely it is.
fn best(around: &Around, candidates: &[char], memory: &mut Memory) -> (char, f32) {
    let scores = around.scores(candidates, memory);
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    let place = scores.iter().position(|&score| score == most);
    match place.and_then(|place| candidates.get(place)) {
        Some(&character) => {
            let probability = 1.0 / sum;
            let doubted = 1.0 - around.doubt() * (1.0 - probability);
            // What is likelier than all others together stays worth a guess.
            (character, doubted.max(probability.min(GUESS)))
        }
        None => (NOTHING, 0.0),
    }
}

impl Bytes {
    fn is_unknown(&self) -> bool {
        self.bytes.iter().all(Option::is_none)
    }

    /// With what is missing at the end; of UTF-8, of characters of three bytes.
    fn with_rest(mut self, writer: Writer) -> Bytes {
        self.length = whole(writer);
        self
    }

    /// With what is missing at the start, if that is one byte.
    fn with_start(self, writer: Writer) -> Bytes {
        let mut bytes = [None; 4];
        let length = whole(writer);
        bytes[length - 1] = self.bytes[0];
        Bytes { bytes, length }
    }
}

fn whole(writer: Writer) -> usize {
    match writer {
        Writer::Utf8 => 3,
        Writer::Gbk | Writer::Big5 => 2,
    }
}
