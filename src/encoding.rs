//! Encodings: which one a file is in, its text, and the way back.

mod decode;
mod detect;
mod encode;
mod glosses;
mod places;

pub use decode::DecodeError;
pub(crate) use decode::{Decoded, decode, decode_as, decode_declared};
pub use encode::EncodeError;
pub(crate) use encode::encode;
pub(crate) use glosses::{Inserted, Mended};
pub(crate) use places::Places;

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
}

impl Encoding {
    /// Every encoding that can be read and written.
    pub const ALL: [Encoding; 6] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gbk,
        Encoding::Gb18030,
        Encoding::Big5,
    ];

    /// The name in the WHATWG Encoding Standard.
    pub fn name(self) -> &'static str {
        self.whatwg().name()
    }

    /// Finds an encoding by any of its WHATWG labels, such as `gb2312`.
    ///
    /// ```
    /// use zhengben::Encoding;
    /// assert_eq!(Encoding::for_label(" GB2312 "), Some(Encoding::Gbk));
    /// assert_eq!(Encoding::for_label("koi8-r"), None);
    /// ```
    pub fn for_label(label: &str) -> Option<Encoding> {
        let found = encoding_rs::Encoding::for_label(label.as_bytes())?;
        Self::ALL
            .into_iter()
            .find(|encoding| encoding.whatwg() == found)
    }

    fn whatwg(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gbk => encoding_rs::GBK,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
        }
    }
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
