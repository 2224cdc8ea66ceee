//! Restores the original text of garbled Chinese web reprints.
#![allow(dead_code)]

mod edit;
mod evidence;
mod language;
mod regions;
mod rules;
mod stages;

pub use edit::{Cause, Safety};
pub use evidence::{Evidence, Glossing, Script, Spinning};
pub use regions::Syntax;
pub use rules::{Rule, RuleInfo, RuleSet, UnknownRule};
