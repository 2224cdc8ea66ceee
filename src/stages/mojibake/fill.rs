//! Which character it was of which a part is lost: what is left of its bytes
//! and what stands around it say how likely each is.

use super::chain::Chain;
use super::lattice::Left;
use super::path::{Bytes, Segment, matching};
use super::style::Style;
use super::writer::Writer;
use crate::language::ngram::{Model, State};

/// What it costs that a line ends with a mark that enumerates, in nats beside the
/// model: in the documents for tuning of news and reviews none does.
const DANGLING: f32 = -4.0;

/// What stands in place of a character that nothing is known of.
const NOTHING: char = '\u{FFFD}';

/// Chooses the characters of which a part is lost, from left to right.
pub(super) fn fill(segment: &mut Segment, chain: Chain, before: &str, after: &str) {
    let missing = segment.restored().any(|restored| restored.partly.is_some());
    if !missing {
        return;
    }
    let mut characters: Vec<char> = segment.restored().map(|r| r.character).collect();
    let behind: Vec<char> = after.chars().take(2).collect();
    let is_end = behind.len() < 2;
    let start = Model::embedded().state_after(before);
    let known = segment
        .restored()
        .filter(|restored| restored.partly.is_none());
    let style = Style::of(
        known
            .map(|r| r.character)
            .chain(before.chars())
            .chain(after.chars()),
    );
    let mut place = 0;
    for unit in &mut segment.units {
        for restored in &mut unit.restored {
            if let Some(bytes) = restored.partly {
                let right = characters[place + 1..].iter().chain(&behind).copied();
                let right = right.chain(is_end.then_some('\n')).take(2);
                let state = state_at(start, &characters[..place]);
                let all = candidates(chain, restored.left, bytes);
                let (character, probability) = best(state, &all, right, style);
                restored.character = character;
                restored.probability = probability;
                characters[place] = character;
            }
            place += 1;
        }
    }
}

fn state_at(start: State, before: &[char]) -> State {
    let model = Model::embedded();
    let from = before.len().saturating_sub(2);
    let state = if from == 0 { start } else { State::START };
    before[from..]
        .iter()
        .fold(state, |state, &c| model.advance(state, c))
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

/// The likeliest of some characters, and how likely it is.
pub(super) fn best(
    state: State,
    candidates: &[char],
    right: impl Iterator<Item = char> + Clone,
    style: Style,
) -> (char, f32) {
    let model = Model::embedded();
    let is_end = right.clone().next() == Some('\n');
    let score = |&character: &char| {
        let (nats, state) = model.step(state, character);
        let dangling = if is_end && character == '、' {
            DANGLING
        } else {
            0.0
        };
        let (nats, _) = right.clone().fold((nats, state), |(sum, state), next| {
            let (nats, state) = model.step(state, next);
            (sum + nats, state)
        });
        nats + style.prior(character) + dangling
    };
    let scores: Vec<f32> = candidates.iter().map(score).collect();
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    let place = scores.iter().position(|&score| score == most);
    match place.and_then(|place| candidates.get(place)) {
        Some(&character) => (character, 1.0 / sum),
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
