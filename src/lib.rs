//! Restores the original text of garbled Chinese web reprints.
//!
//! A copier's filter converts Simplified to Traditional characters, inserts
//! pinyin behind them, breaks bytes and swaps words for near-synonyms. A [`Cleaner`] undoes
//! that, stage by stage:
//!
//! ```text
//! bytes ─ decode ─▶ text ─▶ mojibake ─▶ char ─▶ damage ─▶ gloss ─▶ markup
//!       ─▶ script ─▶ wording ─▶ Cleaned { text, edits, evidence }
//! ```
//!
//! Each stage proposes edits of the text that the one before it left; a gate
//! drops those that the caller refused or that touch protected parts; the
//! others are applied and composed into one list of [`Edit`]s in places of the
//! input. A stage that sees no evidence of garbling does nothing.
//!
//! ```
//! use zhengben::{Cleaner, Source};
//!
//! let cleaner = Cleaner::new();
//! let bytes = "本網(wǎng)站轉(zhuǎn)載的文章,咱們會(huì)盡或許注明來(lái)歷".as_bytes();
//! let cleaned = cleaner.clean(Source::decode(bytes)?);
//! assert_eq!(cleaned.text(), "本网站转载的文章,我们会尽可能注明来源");
//! for edit in cleaned.edits() {
//!     let causes: Vec<_> = edit.causes.iter().map(|cause| cause.rule.id()).collect();
//!     println!("{:?}: {} → {} ({})", edit.range, edit.original, edit.replacement, causes.join(", "));
//! }
//! # Ok::<(), zhengben::DecodeError>(())
//! ```
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `cli`, on by default | the modules `cli`, `config` and `report`, `warc`, and the command |
//! | `warc` | the module `records::warc` |
//! | `opencc` | the script stage goes through the system's OpenCC, 1.4 or later |
//!
//! Without any, documents, records and dictionaries are there, and what they need.
//!
//! Apart from the command line in `cli`, the library never prints and never reads the
//! environment. It does not panic on any input.

mod cleaned;
mod cleaner;
#[cfg(feature = "cli")]
pub mod cli;
mod compose;
#[cfg(feature = "cli")]
pub mod config;
mod data;
mod decisions;
pub mod dictionary;
mod edit;
mod encoding;
mod evidence;
mod gate;
mod keep;
pub mod lang;
mod language;
mod mend;
mod position;
mod reason;
pub mod records;
mod regions;
mod remarks;
#[cfg(feature = "cli")]
pub mod report;
mod rules;
#[cfg(feature = "cli")]
mod script_of;
mod source;
mod stages;
#[doc(hidden)]
pub mod workshop;

pub use cleaned::{Cleaned, Count, Edit};
pub use cleaner::{Cleaner, CleanerBuilder, Step};
pub use data::{DataVersion, data_versions};
pub use decisions::Decisions;
pub use edit::{Cause, Safety, Weighed};
pub use encoding::{
    Confidence, DecodeError, Detection, EncodeError, Encoding, Ground, RunnerUp, UnknownEncoding,
    detect,
};
pub use evidence::{Damage, Evidence, Family, Glossing, Inserted, Script, Spinning};
pub use language::choice::{ChoiceError, ChoiceTable};
pub use position::{Locator, Position};
pub use reason::Reason;
pub use regions::{Closed, Language, Scope, Syntax, UnknownSyntax};
pub use rules::{Rule, RuleInfo, RuleSet, UnknownRule};
pub use source::Source;
#[cfg(feature = "opencc")]
pub use stages::script::OpenCcError;
pub use stages::script::{Conversion, Converter, UnknownConversion};

/// Runs the README's code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
