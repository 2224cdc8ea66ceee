//! Restores the original text of garbled Chinese web reprints.
#![allow(dead_code)]

mod cleaned;
mod cleaner;
mod compose;
pub mod dictionary;
mod edit;
mod encoding;
mod evidence;
mod gate;
mod language;
mod regions;
mod rules;
mod source;
mod stages;
#[doc(hidden)]
pub mod workshop;

pub use cleaned::{Cleaned, Count, Edit};
pub use cleaner::{Cleaner, CleanerBuilder, Step};
pub use edit::{Cause, Safety};
pub use encoding::{DecodeError, EncodeError, Encoding, UnknownEncoding};
pub use evidence::{Evidence, Glossing, Script, Spinning};
pub use regions::Syntax;
pub use rules::{Rule, RuleInfo, RuleSet, UnknownRule};
pub use source::{Locator, Position, Source};
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod report;
