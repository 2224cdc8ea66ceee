//! Encodings: which one a file is in, its text, and the way back.

pub(crate) mod cns;
mod decode;
mod detect;
mod encode;
mod euc_tw;
mod glosses;
mod hz;
mod iso_2022_cn;
mod mixed;
mod places;
mod read;
mod unit;

pub use decode::DecodeError;
pub(crate) use decode::{Damage, Decoded, decode, decode_as};
pub use detect::{Confidence, Detection, Ground, RunnerUp, detect};
pub use encode::EncodeError;
pub(crate) use encode::{Unmappable, encode, mark};
pub(crate) use glosses::{Inserted, Mended};
pub(crate) use places::{Irregular, Places};

use std::fmt;
use std::str::FromStr;

/// A character encoding of Chinese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GBK, as the WHATWG defines it; also what pages call GB2312.
    Gbk,
    /// GB 18030, which holds all of Unicode.
    Gb18030,
    /// Big5 with the Hong Kong supplement, as the WHATWG defines it.
    Big5,
    /// EUC-TW: CNS 11643 in one to four bytes.
    EucTw,
    /// HZ (RFC 1843): GB 2312 in seven bits.
    Hz,
    /// ISO-2022-CN (RFC 1922): GB 2312 and CNS 11643 in seven bits.
    Iso2022Cn,
}

impl Encoding {
    /// Every encoding that can be read and written.
    pub const ALL: [Encoding; 9] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gbk,
        Encoding::Gb18030,
        Encoding::Big5,
        Encoding::EucTw,
        Encoding::Hz,
        Encoding::Iso2022Cn,
    ];

    /// Those that an error names that says what bytes are not.
    const TRIED: [Encoding; 3] = [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5];

    /// The name in the WHATWG Encoding Standard; of those that it does not read,
    /// the registered one.
    pub fn name(self) -> &'static str {
        match (self, self.whatwg()) {
            (_, Some(whatwg)) => whatwg.name(),
            (Encoding::Hz, None) => "HZ-GB-2312",
            (Encoding::Iso2022Cn, None) => "ISO-2022-CN",
            (_, None) => "EUC-TW",
        }
    }

    /// Finds an encoding by its name or any of its WHATWG labels, such as
    /// `gb2312`.
    ///
    /// ```
    /// use zhengben::Encoding;
    /// assert_eq!(Encoding::for_label(" GB2312 "), Some(Encoding::Gbk));
    /// assert_eq!(Encoding::for_label("iso-2022-cn"), Some(Encoding::Iso2022Cn));
    /// assert_eq!(Encoding::for_label("koi8-r"), None);
    /// ```
    pub fn for_label(label: &str) -> Option<Encoding> {
        let own = LABELS
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(label.trim()));
        if let Some((_, encoding)) = own {
            return Some(encoding);
        }
        let found = encoding_rs::Encoding::for_label(label.as_bytes())?;
        Self::ALL
            .into_iter()
            .find(|encoding| encoding.whatwg() == Some(found))
    }

    /// The encoding of `encoding_rs`, if it is one of these.
    fn whatwg(self) -> Option<&'static encoding_rs::Encoding> {
        Some(match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gbk => encoding_rs::GBK,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
            Encoding::EucTw | Encoding::Hz | Encoding::Iso2022Cn => return None,
        })
    }

    /// GB 18030 for GBK, of which it is an extension.
    fn widest(self) -> Encoding {
        match self {
            Encoding::Gbk => Encoding::Gb18030,
            _ => self,
        }
    }

    /// GBK for GB 18030 without a four-byte character: what the file's readers
    /// call it, and all that some of them can read.
    fn narrowest(self, bytes: &[u8]) -> Encoding {
        match self {
            Encoding::Gb18030 if !has_four_bytes(bytes) => Encoding::Gbk,
            _ => self,
        }
    }

    /// Whether what a byte means depends on those before it.
    pub(crate) fn is_stateful(self) -> bool {
        matches!(self, Encoding::Hz | Encoding::Iso2022Cn)
    }
}

/// Labels of the encodings that `encoding_rs` does not read.
const LABELS: [(&str, Encoding); 6] = [
    ("hz", Encoding::Hz),
    ("hz-gb-2312", Encoding::Hz),
    ("iso-2022-cn", Encoding::Iso2022Cn),
    ("iso-2022-cn-ext", Encoding::Iso2022Cn),
    ("euc-tw", Encoding::EucTw),
    ("x-euc-tw", Encoding::EucTw),
];

fn has_four_bytes(mut bytes: &[u8]) -> bool {
    while let [lead, rest @ ..] = bytes {
        bytes = match (lead, rest) {
            (0x81..=0xFE, [b'0'..=b'9', ..]) => return true,
            (0x81..=0xFE, [_, rest @ ..]) => rest,
            _ => rest,
        };
    }
    false
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The label is not that of an encoding of Chinese text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{label:?} is not an encoding of Chinese text; one of {} is", names())]
pub struct UnknownEncoding {
    /// The label that was asked for.
    pub label: String,
}

fn names() -> String {
    Encoding::ALL.map(Encoding::name).join(", ")
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, Self::Err> {
        Self::for_label(label).ok_or_else(|| UnknownEncoding {
            label: label.to_owned(),
        })
    }
}
