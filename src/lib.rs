//! Restores the original text of garbled Chinese web reprints.
#![allow(dead_code)]

mod compose;
mod edit;
mod encoding;
mod evidence;
mod regions;
mod rules;
mod source;
mod stages;

pub use edit::{Cause, Safety};
pub use encoding::{DecodeError, EncodeError, Encoding, UnknownEncoding};
pub use evidence::{Evidence, Glossing, Script, Spinning};
pub use regions::Syntax;
pub use rules::{Rule, RuleInfo, RuleSet, UnknownRule};
pub use source::{Locator, Position, Source};
