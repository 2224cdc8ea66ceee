//! Which encoding bytes are in: from a mark, from their form, and from which
//! reading of them is the likeliest Chinese.

mod costs;
mod declared;
mod resync;
mod score;

pub(super) use declared::{byte_order_mark, declared};
pub(super) use resync::malformed;
pub(super) use score::Paired;

use super::Encoding;
use super::hz::Hz;
use super::iso_2022_cn::Iso2022Cn;
use costs::{Cost, NAT};
use score::{Score, can_be_euc_tw, can_be_utf16, paired, seven_bit, utf8, utf16};

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

/// So many bytes are read, from the first on that is not ASCII: half a thousand
/// characters show it.
const SAMPLE: usize = 1 << 10;

/// Below this a mean cost says Chinese, by how many characters it is the mean of:
/// among few, a rare one or two weigh more.
const CHINESE: Cost = 10 * NAT;
const CHINESE_IF_SHORT: Cost = 12 * NAT;
const SHORT: u32 = 16;

/// How far behind the likeliest encoding the next one must be, in nats.
const MEDIUM: f32 = 4.0;
const HIGH: f32 = 10.0;

/// Within so many nats what the file declares decides.
const TIE: f32 = 3.0;

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
            None => found(Encoding::Utf8, Confidence::Certain, Ground::Ascii),
        };
    };
    if first < bytes.len() && is_clearly_utf8(bytes) {
        return found(Encoding::Utf8, Confidence::Certain, Ground::Form);
    }
    weigh(bytes, first, declared)
}

/// Where the first byte is that is not ASCII, or what may be UTF-16 begins.
fn first_high(bytes: &[u8]) -> Option<usize> {
    let high = bytes.iter().position(|byte| !byte.is_ascii());
    high.or_else(|| memchr::memchr(0, bytes))
}

/// Whether bytes are UTF-8 and hardly anything else: a character of three bytes
/// comes about by chance once in a few hundred pairs of bytes, several hardly ever.
pub(super) fn is_clearly_utf8(bytes: &[u8]) -> bool {
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
    let start = bytes.iter().position(|byte| !byte.is_ascii());
    start.is_some_and(|start| resync::is_shifted(sample(bytes, start), encoding))
}

/// Whether bytes read as Chinese in GB 18030.
pub(super) fn is_likely_gbk(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !byte.is_ascii());
    start.is_some_and(|start| is_chinese(&paired(sample(bytes, start), Paired::Gb18030)))
}

/// HZ or ISO-2022-CN, if bytes of seven bits are one of them.
fn seven_bits(bytes: &[u8]) -> Option<Encoding> {
    let has = |pattern: &[u8]| memchr::memmem::find(bytes, pattern);
    let candidates = [
        (Encoding::Hz, has(b"~{")),
        (Encoding::Iso2022Cn, has(b"\x1B$)").or(has(b"\x1B$*"))),
    ];
    candidates.into_iter().find_map(|(encoding, start)| {
        let sample = sample(bytes, start?);
        let score = match encoding {
            Encoding::Hz => seven_bit::<Hz>(sample),
            _ => seven_bit::<Iso2022Cn>(sample),
        };
        // The sample may end in the midst of something.
        let is_whole = score.malformed <= u32::from(sample.len() == SAMPLE);
        (score.foreign > 0 && is_whole && is_chinese(&score)).then_some(encoding)
    })
}

fn sample(bytes: &[u8], start: usize) -> &[u8] {
    let rest = &bytes[start..];
    &rest[..rest.len().min(SAMPLE)]
}

/// Whether what was read is likely Chinese.
fn is_chinese(score: &Score) -> bool {
    let limit = match score.foreign {
        ..SHORT => CHINESE_IF_SHORT,
        _ => CHINESE,
    };
    // Bytes at the ends that belong to no character are cheap, and no Chinese.
    score.malformed * 2 <= score.foreign && score.foreign_cost <= limit * score.foreign
}

fn weigh(bytes: &[u8], first: usize, declared: Option<Encoding>) -> Detection {
    let sample_of = |start| sample(bytes, start);
    let high = sample_of(first);
    // Units of UTF-16 begin at even places.
    let units = sample_of(first & !1);
    let read = |encoding| match encoding {
        Encoding::Gbk | Encoding::Gb18030 => paired(high, Paired::Gb18030),
        Encoding::Big5 => paired(high, Paired::Big5),
        Encoding::EucTw => paired(high, Paired::EucTw),
        Encoding::Utf16Le => utf16(units, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(units, u16::from_be_bytes),
        _ => utf8(high),
    };
    let can_be = |encoding| match encoding {
        Encoding::EucTw => can_be_euc_tw(high),
        Encoding::Utf16Le | Encoding::Utf16Be => can_be_utf16(units),
        _ => true,
    };
    let mut candidates: Vec<(Encoding, Score, f32)> = PRIORS
        .into_iter()
        .filter(|&(encoding, _)| can_be(encoding))
        .map(|(encoding, prior)| {
            let score = read(encoding);
            (encoding, score, nats(score.cost + prior))
        })
        .collect();
    let is_declared =
        |encoding: Encoding| declared.is_some_and(|other| other.widest() == encoding.widest());
    candidates.sort_by(|a, b| a.2.total_cmp(&b.2));
    let best = candidates[0].2;
    let tied =
        |&(encoding, _, cost): &(Encoding, Score, f32)| cost - best <= TIE && is_declared(encoding);
    if let Some(index) = candidates.iter().position(tied) {
        candidates[..=index].rotate_right(1);
    }
    let (encoding, score, cost) = candidates[0];
    let next = candidates.get(1).map_or(f32::INFINITY, |next| next.2);
    let is_chinese = encoding == Encoding::Utf8 && score.malformed == 0 || is_chinese(&score);
    let confidence = match next - cost {
        _ if score.foreign < 4 => Confidence::Low,
        HIGH.. => Confidence::High,
        MEDIUM.. => Confidence::Medium,
        _ => Confidence::Low,
    };
    Detection {
        encoding: is_chinese.then(|| encoding.narrowest(bytes)),
        other: (!is_chinese).then(|| guess(bytes)),
        confidence,
        ground: Ground::Reading,
        runners_up: candidates[1..]
            .iter()
            .map(|&(encoding, _, other)| RunnerUp {
                encoding,
                behind: other - cost,
            })
            .collect(),
        declared,
    }
}

fn nats(cost: Cost) -> f32 {
    cost as f32 / NAT as f32
}

/// How much of a file `chardetng` is shown; a few hundred bytes do.
const GUESSED: usize = 16 << 10;

/// What encoding bytes are in that are not Chinese.
fn guess(bytes: &[u8]) -> &'static str {
    let is_whole = bytes.len() <= GUESSED;
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED)], is_whole);
    detector.guess(None, chardetng::Utf8Detection::Deny).name()
}
