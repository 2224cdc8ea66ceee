//! Which encoding bytes are in: from a mark, from their form, and from which
//! reading of them is the likeliest Chinese.

mod chinese;
mod context;
mod costs;
mod declared;
mod resync;
mod score;
mod walk;
mod weigh;

pub(super) use declared::{byte_order_mark, declared};
pub(super) use resync::malformed;
pub(super) use walk::Paired;

use super::Encoding;
use super::hz::Hz;
use super::iso_2022_cn::Iso2022Cn;
use chinese::{is_likely, judge};
use score::{has_control, paired, seven_bit};
use weigh::{BEFORE, GLANCE, SAMPLE, sample, weigh};

/// Which encoding bytes are in, and how sure that is.
///
/// ```
/// use zhengben::{Confidence, Encoding, detect};
/// let found = detect(b"\xD6\xD0\xCE\xC4\xB1\xE0\xC2\xEB\xB5\xC4\xCE\xCA\xCC\xE2", None);
/// assert_eq!(found.encoding, Some(Encoding::Gbk));
/// assert_eq!(found.confidence, Confidence::High);
/// let found = detect("Ünïcödé, not Chinese".as_bytes(), None);
/// assert_eq!(found.encoding, Some(Encoding::Utf8));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Detection {
    /// The encoding; `None` if the bytes read as Chinese in none of them.
    pub encoding: Option<Encoding>,
    /// If not: the WHATWG name of the encoding that they are likelier in, as
    /// `chardetng` guesses it.
    pub other: Option<&'static str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What showed it.
    pub ground: Ground,
    /// What the bytes can be besides, the likeliest first.
    pub runners_up: Vec<RunnerUp>,
    /// What the file itself says that it is in, if that is one of ours.
    pub declared: Option<Encoding>,
}

/// How sure a detection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Another encoding is hardly less likely, or there is little to go by.
    Low,
    /// Another encoding is possible.
    Medium,
    /// It is so, short of a text made to mislead.
    High,
    /// A mark says it, or nothing else can be so.
    Certain,
}

/// What showed the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A byte order mark.
    Mark,
    /// There are ASCII characters only, which are the same in most encodings.
    Ascii,
    /// The bytes are well-formed UTF-8, which nothing else is by chance.
    Form,
    /// Read so, it is the likeliest Chinese.
    Reading,
}

/// An encoding that was weighed and found less likely.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RunnerUp {
    /// The encoding.
    pub encoding: Encoding,
    /// How much less likely the sampled bytes are in it, in nats.
    pub behind: f32,
}

/// Finds out which encoding bytes are in. What is declared outside of them, such as
/// by an HTTP header, decides only between encodings that are equally likely, and so
/// does what an HTML or XML file declares.
///
/// A few thousand bytes are looked at, and all of them once for whether they are
/// ASCII or UTF-8.
pub fn detect(bytes: &[u8], declared: Option<Encoding>) -> Detection {
    let declared = declared.or_else(|| self::declared(bytes));
    let found = |encoding, confidence, ground| Detection {
        encoding: Some(encoding),
        other: None,
        confidence,
        ground,
        runners_up: Vec::new(),
        declared,
    };
    if let Some((encoding, _)) = byte_order_mark(bytes) {
        return found(encoding, Confidence::Certain, Ground::Mark);
    }
    let Some(first) = first_high(bytes) else {
        return match seven_bits(bytes) {
            Some(encoding) => found(encoding, Confidence::High, Ground::Reading),
            // A few Chinese characters in UTF-16 can have bytes of ASCII only.
            None if (4..16).contains(&bytes.len()) || has_control(sample(bytes, 0, GLANCE)) => {
                weigh(bytes, 0, declared)
            }
            None => found(Encoding::Utf8, Confidence::Certain, Ground::Ascii),
        };
    };
    if is_clearly_utf8(bytes) {
        return found(Encoding::Utf8, Confidence::Certain, Ground::Form);
    }
    let weighed = weigh(bytes, first, declared);
    // Hardly any other text is UTF-8 by chance, and one that is not Chinese stays as it is.
    if weighed.encoding.is_none() && std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return Detection {
            encoding: Some(Encoding::Utf8),
            other: None,
            confidence: Confidence::Low,
            ground: Ground::Form,
            ..weighed
        };
    }
    weighed
}

/// Where the first byte is that is not ASCII, or what may be UTF-16 begins.
fn first_high(bytes: &[u8]) -> Option<usize> {
    let high = encoding_rs::Encoding::ascii_valid_up_to(bytes);
    let high = (high < bytes.len()).then_some(high);
    high.or_else(|| memchr::memchr(0, bytes))
}

/// Whether bytes are UTF-8 and hardly anything else: a character of three bytes
/// comes about by chance once in a few hundred pairs of bytes, several hardly ever.
fn is_clearly_utf8(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let long = text.chars().filter(|&character| character > '\u{7FF}');
    let others = text.chars().filter(|character| !character.is_ascii());
    long.take(4).count() >= 4 || others.take(16).count() >= 16
}

/// Whether bytes decode in an encoding of pairs only because a lost byte has shifted
/// what is behind it; the beginning of them shows it.
pub(super) fn is_shifted(bytes: &[u8], encoding: Paired) -> bool {
    let start = first_high(bytes);
    start.is_some_and(|start| resync::is_shifted(sample(bytes, start, SAMPLE), encoding))
}

/// Whether bytes read as Chinese in GB 18030.
pub(super) fn is_likely_gbk(bytes: &[u8]) -> bool {
    let Some(start) = first_high(bytes) else {
        return false;
    };
    let sample = sample(bytes, start.saturating_sub(BEFORE), SAMPLE);
    let score = paired(sample, Paired::Gb18030);
    judge(sample, sample, Encoding::Gb18030, score).is_chinese
}

/// HZ or ISO-2022-CN, if bytes of seven bits are one of them.
fn seven_bits(bytes: &[u8]) -> Option<Encoding> {
    let has = |pattern: &[u8]| memchr::memmem::find(bytes, pattern);
    let candidates = [
        (Encoding::Hz, has(b"~{")),
        (Encoding::Iso2022Cn, has(b"\x1B$)").or(has(b"\x1B$*"))),
    ];
    candidates.into_iter().find_map(|(encoding, start)| {
        let sample = sample(bytes, start?, GLANCE);
        let score = match encoding {
            Encoding::Hz => seven_bit::<Hz>(sample),
            _ => seven_bit::<Iso2022Cn>(sample),
        };
        // The sample may end in the midst of something.
        let is_whole = score.malformed_bytes() <= u32::from(sample.len() == GLANCE);
        (score.foreign() > 0 && is_whole && is_likely(score)).then_some(encoding)
    })
}
