//! Whether what reads best is Chinese at all.

use super::Confidence;
use super::context::Context;
use super::costs::{Cost, NAT, nats};
use super::score::Score;
use crate::encoding::Encoding;

/// Below this a mean cost says Chinese, by how many characters it is the mean of:
/// among few, a rare one or two weigh more.
const CHINESE: Cost = 10 * NAT;
const CHINESE_IF_SHORT: Cost = 12 * NAT;
const SHORT: u32 = 16;

/// Below this, among so many characters, it needs no closer look: of other languages'
/// text hardly any reads so.
const PLAINLY: f32 = 7.4;
const PLAINLY_IF: u32 = 32;

/// The same of characters behind each other: what says Chinese, what does in GBK and
/// Big5 if `chardetng` agrees, and what does if both say Big5. Among few of them the
/// mean may be higher by so much over their number. In the documents for tuning 998 of
/// 1000 samples of 8, 16 and 32 characters have less than 8.5, 7.8 and 7.1; of Korean
/// in EUC-KR, Japanese in EUC-JP and Russian in KOI8-R 990 of 1000 samples of 64 bytes
/// have more than 9.5, 9.1 and 10.3.
const SURELY: f32 = 7.2;
const LIKELY: f32 = 8.6;
const POSSIBLY: f32 = 14.0;
const SLACK: f32 = 7.0;

/// What is above by so much is sure not to be.
const FAR: f32 = 1.0;

/// A text has few foreign characters if there are so many times more ASCII letters:
/// then `chardetng` is asked.
const FEW: usize = 4;

/// Whether a reading is Chinese, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) is_chinese: bool,
    pub(super) confidence: Confidence,
}

impl Verdict {
    /// Nothing speaks against it.
    pub(super) const CHINESE: Verdict = Verdict {
        is_chinese: true,
        confidence: Confidence::Certain,
    };

    pub(super) fn new(is_chinese: bool, confidence: Confidence) -> Self {
        Verdict {
            is_chinese,
            confidence,
        }
    }
}

/// Whether what was read is likely Chinese, by its characters alone.
pub(super) fn is_likely(score: Score) -> bool {
    let limit = match score.foreign() {
        ..SHORT => CHINESE_IF_SHORT,
        _ => CHINESE,
    };
    has_characters(score) && score.foreign_cost() <= limit * score.foreign()
}

/// Bytes at the ends that belong to no character are cheap, and no Chinese.
fn has_characters(score: Score) -> bool {
    score.malformed_bytes() * 2 <= score.foreign()
}

/// Judges how a sample reads in an encoding; `shown` is what `chardetng` may see of it.
pub(super) fn judge(sample: &[u8], shown: &[u8], encoding: Encoding, score: Score) -> Verdict {
    if !has_characters(score) {
        return Verdict::new(false, Confidence::Medium);
    }
    let by_itself = nats(score.foreign_cost()) / score.foreign().max(1) as f32;
    if score.foreign() >= PLAINLY_IF && by_itself <= PLAINLY {
        return Verdict::CHINESE;
    }
    let context = Context::of(sample, encoding);
    let (mean, count) = (context.mean(), context.characters());
    let above = mean - SLACK / count.max(1) as f32;
    // Kana in EUC-JP are wide letters and digits in EUC-TW.
    let is_kana = encoding == Encoding::EucTw && context.is_latin();
    let is_likely = above <= LIKELY && !is_kana;
    let letters = sample.iter().filter(|byte| byte.is_ascii_alphabetic());
    let are_few = letters.count() > FEW * count as usize;
    let is_known = matches!(encoding, Encoding::Gb18030 | Encoding::Big5);
    match above {
        ..=SURELY if !(is_kana || is_known && are_few) => Verdict::CHINESE,
        ..=LIKELY if is_known => {
            let is_chinese = matches!(guess(shown), "GBK" | "gb18030" | "Big5");
            Verdict::new(is_chinese, Confidence::Medium)
        }
        // Cantonese has characters that the model does not know.
        ..=POSSIBLY if encoding == Encoding::Big5 && guess(shown) == "Big5" => {
            Verdict::new(true, Confidence::Medium)
        }
        _ if is_likely => Verdict::new(true, Confidence::Medium),
        _ if above > LIKELY + FAR && count >= SHORT => Verdict::new(false, Confidence::High),
        _ => Verdict::new(false, Confidence::Low),
    }
}

/// What encoding bytes are in as `chardetng` knows them.
pub(super) fn guess(bytes: &[u8]) -> &'static str {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    // The sample may end in the midst of a character.
    detector.feed(bytes, false);
    detector.guess(None, chardetng::Utf8Detection::Deny).name()
}
