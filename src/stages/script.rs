//! Script: Traditional → Simplified, as edits.
//!
//! The engine goes by OpenCC's dictionaries, and in exact mode gives OpenCC's
//! bytes:
//!
//! ```text
//! passage ─▶ unify ─▶ cut ─▶ regional ─▶ simplify ─▶ edits of the source
//!        (U+F902 → 車)  (tw2s, tw2sp, hk2s only)
//! ```
//!
//! Each step is a [`lexicon::Lexicon`]: leftmost match, the longest key of
//! the first level of dictionaries that has any. The steps' edits are
//! composed, so that a report always shows source → final text.
//!
//! With the cargo feature `opencc`, exact conversion goes through the OpenCC
//! library instead; the tests hold the engine to its bytes.

mod compile;
mod compose;
mod converter;
mod dictionary;
mod ids;
pub(in crate::stages) mod language;
mod lexicon;
mod marks;
#[cfg(feature = "opencc")]
mod opencc;
mod steps;
#[cfg(test)]
mod tests;
mod utf8;

use std::fmt;
use std::str::FromStr;

pub use converter::Converter;
#[cfg(feature = "opencc")]
pub use opencc::OpenCcError;

use super::quotation::{self, is_quotation};
use super::{Stage, View};
use crate::edit::Proposal;
use crate::evidence::{Evidence, Script};

/// From which Traditional Chinese to convert, by the names of OpenCC's
/// configurations.
///
/// ```
/// use zhengben::Conversion;
/// assert_eq!("tw2s".parse(), Ok(Conversion::Tw2s));
/// assert_eq!(Conversion::default().to_string(), "t2s");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Conversion {
    /// `t2s`: Traditional of any kind, character forms only.
    #[default]
    T2s,
    /// `tw2s`: Taiwan's character forms.
    Tw2s,
    /// `tw2sp`: Taiwan's character forms and words (軟體 → 软件). It takes
    /// words of the mainland for Taiwan's too (建立 → 创建), so it is for text
    /// that is known to come from Taiwan.
    Tw2sp,
    /// `hk2s`: Hong Kong's character forms.
    Hk2s,
}

impl Conversion {
    /// All of them.
    pub const ALL: [Conversion; 4] = [
        Conversion::T2s,
        Conversion::Tw2s,
        Conversion::Tw2sp,
        Conversion::Hk2s,
    ];

    /// The name of OpenCC's configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Conversion::T2s => "t2s",
            Conversion::Tw2s => "tw2s",
            Conversion::Tw2sp => "tw2sp",
            Conversion::Hk2s => "hk2s",
        }
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The name is not that of a conversion.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no conversion {name:?}; there are t2s, tw2s, tw2sp and hk2s")]
pub struct UnknownConversion {
    /// The name that was asked for.
    pub name: String,
}

impl FromStr for Conversion {
    type Err = UnknownConversion;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Conversion::ALL
            .into_iter()
            .find(|conversion| conversion.as_str() == name);
        found.ok_or_else(|| UnknownConversion {
            name: name.to_owned(),
        })
    }
}

/// The stage that converts Traditional to Simplified.
#[derive(Debug)]
pub(crate) struct ScriptStage {
    converter: Converter,
}

impl ScriptStage {
    /// A stage that converts by the converter.
    pub(crate) fn new(converter: Converter) -> Self {
        ScriptStage { converter }
    }

    /// A stage that gives OpenCC's bytes: by the library with the feature
    /// `opencc`, if its data are there, or else by the built-in engine.
    pub(crate) fn exact(conversion: Conversion) -> Self {
        #[cfg(feature = "opencc")]
        if let Ok(converter) = Converter::opencc(conversion) {
            return ScriptStage::new(converter);
        }
        ScriptStage::new(Converter::exact(conversion))
    }

    /// Whether a document is in another language, so that what it has of Chinese stays.
    fn is_quoted(&self, view: View<'_>, script: &Script) -> bool {
        !self.converter.is_exact() && script.han <= quotation::MOST && is_quotation(view, 0)
    }
}

impl Stage for ScriptStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        evidence.script = self.converter.survey(view.text);
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let script = &evidence.script;
        if self.converter.wants(script) && !self.is_quoted(view, script) {
            // Characters of a phrase are one edit, so there are hardly ever more.
            proposals.reserve(script.convertible);
            self.converter.propose(view.text, proposals);
        }
    }

    /// The converter changes nothing in its own output, unless it is to be OpenCC's.
    fn is_settled(&self) -> bool {
        !self.converter.is_exact()
    }

    /// It goes by the text alone.
    fn can_say_more(&self, _known: &Evidence, _now: &Evidence) -> bool {
        false
    }
}
