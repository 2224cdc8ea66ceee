//! The tools, each behind a feature, and the limits.

use std::error::Error;
use std::hint::black_box;

/// A document to run a tool on.
pub struct Document<'d> {
    bytes: &'d [u8],
    text: Option<&'d str>,
}

impl<'d> Document<'d> {
    /// Looks whether it is text.
    pub fn new(bytes: &'d [u8]) -> Self {
        let text = std::str::from_utf8(bytes).ok();
        Document { bytes, text }
    }
}

/// A tool with its data loaded.
pub enum Engine {
    /// What no tool can be faster than.
    Copy,
    /// The standard library's look for mistakes in UTF-8.
    Validate,
    /// The fastest one known.
    SimdValidate,
    /// Of text.
    Text(Box<dyn Fn(&str) -> Result<String, Box<dyn Error>>>),
    /// Of bytes in any encoding.
    Bytes(fn(&[u8])),
}

impl Engine {
    /// Loads a tool's data.
    pub fn load(name: &str) -> Result<Engine, Box<dyn Error>> {
        Ok(match name {
            "memcpy" => Engine::Copy,
            "std" => Engine::Validate,
            "simdutf8" => Engine::SimdValidate,
            #[cfg(feature = "opencc-rust")]
            "opencc-rust" => {
                let opencc = opencc_rust::OpenCC::new("t2s.json")?;
                text(move |text| Ok(opencc.convert(text)?))
            }
            #[cfg(feature = "opencc-fmmseg")]
            "opencc-fmmseg" => {
                let mut opencc = opencc_fmmseg::OpenCC::new();
                opencc.set_parallel(false);
                text(move |text| Ok(opencc.t2s(text, false)))
            }
            #[cfg(feature = "ferrous-opencc")]
            "ferrous-opencc" => {
                use ferrous_opencc::{OpenCC, config::BuiltinConfig};
                let opencc = OpenCC::from_config(BuiltinConfig::T2s)?;
                text(move |text| Ok(opencc.convert(text)))
            }
            #[cfg(feature = "zhconv")]
            "zhconv" => text(|text| Ok(zhconv::zhconv(text, zhconv::Variant::ZhHans))),
            #[cfg(feature = "autocorrect")]
            "autocorrect" => text(|text| Ok(autocorrect::format(text))),
            #[cfg(feature = "chardetng")]
            "chardetng" => Engine::Bytes(|bytes| {
                use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
                let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
                detector.feed(bytes, true);
                let encoding = detector.guess(None, Utf8Detection::Allow);
                drop(black_box(encoding.decode(bytes)));
            }),
            _ => return Err(format!("{name} is not built in").into()),
        })
    }

    /// Runs it on a document.
    pub fn run(&self, document: &Document<'_>) -> Result<(), Box<dyn Error>> {
        let bytes = black_box(document.bytes);
        match self {
            Engine::Copy => drop(black_box(bytes.to_vec())),
            Engine::Validate => drop(black_box(std::str::from_utf8(bytes)?)),
            Engine::SimdValidate => drop(black_box(simdutf8::basic::from_utf8(bytes)?)),
            Engine::Text(run) => {
                let text = document.text.ok_or("the document is not in UTF-8")?;
                drop(black_box(run(text)?));
            }
            Engine::Bytes(run) => run(bytes),
        }
        Ok(())
    }
}

#[allow(dead_code, reason = "some sets of features have no tool of text")]
fn text(run: impl Fn(&str) -> Result<String, Box<dyn Error>> + 'static) -> Engine {
    Engine::Text(Box::new(run))
}
