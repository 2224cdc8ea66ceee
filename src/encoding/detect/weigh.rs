//! Which encoding reads best.

use super::chinese::{Verdict, guess, judge};
use super::context::Context;
use super::costs::{Cost, NAT, nats};
use super::score::{Score, can_be_euc_tw, can_be_utf16, paired, utf8, utf16};
use super::walk::Paired;
use super::{Confidence, Detection, Ground, RunnerUp};
use crate::encoding::Encoding;

/// So many bytes are read at most, from the first on that is not ASCII: half a
/// thousand characters show it.
pub(super) const SAMPLE: usize = 1 << 10;

/// So many are read first. They decide if the best reading is ahead by so much, and not
/// of a few characters.
pub(super) const GLANCE: usize = 256;
const AHEAD: f32 = 40.0;
const ENOUGH: u32 = 32;

/// And so many before the first that is not ASCII.
pub(super) const BEFORE: usize = 64;

/// The candidates, with what each costs beforehand, as logarithms of how often
/// files are in them.
const PRIORS: [(Encoding, Cost); 6] = [
    (Encoding::Utf8, 0),
    (Encoding::Gb18030, 6),
    (Encoding::Big5, 12),
    (Encoding::EucTw, 6 * NAT),
    (Encoding::Utf16Le, 5 * NAT),
    (Encoding::Utf16Be, 6 * NAT),
];

/// Encodings that are so many nats apart are told from each other by which characters
/// follow which.
const CLOSE: f32 = 12.0;

/// How far behind the likeliest encoding the next one must be, in nats.
const MEDIUM: f32 = 4.0;
const HIGH: f32 = 10.0;

/// ASCII text is sure not to be Chinese in UTF-16 if that is so far behind.
const CERTAIN: f32 = 20.0;

/// So few characters show little.
const LITTLE: u32 = 4;

/// Within so many nats what the file declares decides.
const TIE: f32 = 3.0;

pub(super) fn sample(bytes: &[u8], start: usize, length: usize) -> &[u8] {
    let rest = &bytes[start..];
    &rest[..rest.len().min(length)]
}

/// The bytes that are looked at: from the first on that is not ASCII, and a few before
/// it, which may be others' in UTF-16.
#[derive(Clone, Copy, Debug)]
struct Look<'b> {
    bytes: &'b [u8],
    first: usize,
    length: usize,
}

/// An encoding, how it reads, and what that costs in nats.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    encoding: Encoding,
    score: Score,
    cost: f32,
}

impl<'b> Look<'b> {
    fn sample(self) -> &'b [u8] {
        // Units of UTF-16 begin at even places.
        let start = self.first.saturating_sub(BEFORE) & !1;
        sample(self.bytes, start, self.first - start + self.length)
    }

    /// Whether there are bytes that are not ASCII.
    fn is_high(self) -> bool {
        let first = self.bytes.get(self.first);
        first.is_some_and(|first| !first.is_ascii())
    }

    fn can_be(self, encoding: Encoding) -> bool {
        let bytes = self.sample();
        match encoding {
            Encoding::Utf8 => true,
            Encoding::Utf16Le | Encoding::Utf16Be => can_be_utf16(bytes),
            Encoding::EucTw => self.is_high() && can_be_euc_tw(bytes),
            _ => self.is_high(),
        }
    }

    fn score(self, encoding: Encoding) -> Score {
        let bytes = self.sample();
        match (Paired::of(encoding), encoding) {
            (Some(pairs), _) => paired(bytes, pairs),
            (_, Encoding::Utf16Le | Encoding::Utf16Be) => utf16(bytes, encoding),
            _ => utf8(bytes),
        }
    }

    /// The candidates, the likeliest first; there is always UTF-8.
    fn candidates(self) -> Vec<Candidate> {
        let possible = PRIORS
            .into_iter()
            .filter(|&(encoding, _)| self.can_be(encoding));
        let weighed = possible.map(|(encoding, prior)| {
            let score = self.score(encoding);
            Candidate {
                encoding,
                score,
                cost: nats(score.cost() + prior),
            }
        });
        let mut candidates: Vec<Candidate> = weighed.collect();
        candidates.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        candidates
    }

    fn judge(self, candidate: &Candidate, shown: Look<'_>) -> Verdict {
        let Candidate {
            encoding, score, ..
        } = *candidate;
        match encoding {
            Encoding::Utf8 if score.malformed_bytes() == 0 => Verdict::CHINESE,
            _ => judge(self.sample(), shown.sample(), encoding, score),
        }
    }

    /// Looks closer at those that are about as likely as the first.
    fn compare(self, candidates: &mut [Candidate]) {
        let best = candidates[0].cost;
        let close = candidates.partition_point(|other| other.cost - best <= CLOSE);
        if close < 2 {
            return;
        }
        for candidate in &mut candidates[..close] {
            let Candidate {
                encoding, score, ..
            } = *candidate;
            let by_itself = nats(score.foreign_cost());
            let context = Context::of(self.sample(), encoding);
            let cost = match encoding {
                // It is for all languages.
                Encoding::Utf8 => context.cost().min(by_itself),
                _ => context.cost(),
            };
            candidate.cost += cost - by_itself;
        }
        candidates[..close].sort_by(|a, b| a.cost.total_cmp(&b.cost));
        // The others stay as far behind as they were.
        let moved = candidates[0].cost - best;
        for other in &mut candidates[close..] {
            other.cost += moved;
        }
    }
}

/// Weighs the encodings against each other, by what the bytes are from the first on
/// that is not ASCII.
pub(super) fn weigh(bytes: &[u8], first: usize, declared: Option<Encoding>) -> Detection {
    let mut look = Look {
        bytes,
        first,
        length: GLANCE,
    };
    let mut candidates = look.candidates();
    if bytes.len() - first > GLANCE && !decides(&candidates) {
        look.length = SAMPLE;
        candidates = look.candidates();
    }
    look.compare(&mut candidates);
    let is_declared =
        |encoding: Encoding| declared.is_some_and(|other| other.widest() == encoding.widest());
    let best = candidates[0].cost;
    let tied = |other: &Candidate| other.cost - best <= TIE && is_declared(other.encoding);
    if let Some(index) = candidates.iter().position(tied) {
        candidates[..=index].rotate_right(1);
    }
    // `chardetng` is shown as much, however little was decided by.
    let shown = Look {
        length: SAMPLE,
        ..look
    };
    let mut verdict = look.judge(&candidates[0], shown);
    if !verdict.is_chinese && !look.is_high() {
        // It is ASCII then, whatever else.
        candidates.sort_by_key(|other| other.encoding != Encoding::Utf8);
        verdict = Verdict::new(true, Confidence::Low);
    }
    let chosen = candidates[0];
    let lead = candidates
        .get(1)
        .map_or(f32::INFINITY, |next| next.cost - chosen.cost);
    let is_ascii = chosen.encoding == Encoding::Utf8 && chosen.score.foreign() == 0;
    let confidence = match lead {
        CERTAIN.. if is_ascii => Confidence::Certain,
        _ if chosen.score.foreign() < LITTLE && !is_ascii => Confidence::Low,
        HIGH.. => Confidence::High,
        MEDIUM.. => Confidence::Medium,
        _ => Confidence::Low,
    };
    let is_chinese = verdict.is_chinese;
    Detection {
        encoding: is_chinese.then(|| chosen.encoding.narrowest(bytes)),
        other: (!is_chinese).then(|| guess(shown.sample())),
        confidence: confidence.min(verdict.confidence),
        ground: if is_ascii {
            Ground::Ascii
        } else {
            Ground::Reading
        },
        runners_up: candidates[1..]
            .iter()
            .map(|other| RunnerUp {
                encoding: other.encoding,
                behind: other.cost - chosen.cost,
            })
            .collect(),
        declared,
    }
}

/// Whether the likeliest reading is so by far.
fn decides(candidates: &[Candidate]) -> bool {
    let best = &candidates[0];
    let is_ahead = candidates
        .get(1)
        .is_none_or(|next| next.cost - best.cost >= AHEAD);
    is_ahead && best.score.foreign() >= ENOUGH
}
