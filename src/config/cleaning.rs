//! The cleaner that settings ask for, with the user's own dictionaries and tables.

use std::io;
use std::path::{Path, PathBuf};

use crate::cleaner::Cleaner;
use crate::dictionary::{Dictionary, DictionaryError};
use crate::language::choice::{ChoiceError, ChoiceTable};
use crate::rules::RuleSet;

use super::Settings;
use super::reach::{self, LONGEST_CHOICES, LONGEST_DICTIONARY};

/// A cleaner cannot be made: a file that it needs is missing or wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CleaningError {
    /// It cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A dictionary is not UTF-8.
    Utf8 {
        /// The file.
        path: PathBuf,
        /// Its line, from 1 on.
        line: usize,
    },
    /// A dictionary is wrong.
    Dictionary(#[from] DictionaryError),
    /// A table of word choices is wrong.
    Choices {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: ChoiceError,
    },
}

impl Settings {
    /// The cleaner that they ask for; what is not set is as the defaults have it.
    ///
    /// # Errors
    /// [`CleaningError`] if a file that it needs cannot be used.
    pub fn cleaner(&self) -> Result<Cleaner, CleaningError> {
        let mut all = Settings::defaults();
        all.overlay(self.clone());
        build(all)
    }
}

fn build(all: Settings) -> Result<Cleaner, CleaningError> {
    let mut rules = all.rules.as_deref().map_or(RuleSet::all(), rules_of);
    rules.remove(rules_of(all.no_rules.as_deref().unwrap_or_default()));
    let mut builder = Cleaner::builder()
        .script(all.script.unwrap_or_default().conversion())
        .exact_script(all.exact_script.unwrap_or_default())
        .rules(rules)
        .apply_unsafe(all.r#unsafe.unwrap_or_default())
        .keep(all.keep.unwrap_or_default())
        .built_in_dictionary(all.builtin_dictionary.unwrap_or(true));
    for path in all.dictionaries.iter().flatten() {
        builder = builder.dictionary(dictionary(path)?);
    }
    if let Some(path) = &all.choices {
        builder = builder.choices(choices(path)?);
    }
    Ok(builder.build())
}

/// Each name was looked up when it was read.
fn rules_of(names: &[String]) -> RuleSet {
    let mut all = RuleSet::none();
    let sets = names.iter().filter_map(|name| RuleSet::named(name).ok());
    sets.for_each(|set| all.insert(set));
    all
}

fn dictionary(path: &Path) -> Result<Dictionary, CleaningError> {
    let text = String::from_utf8(read(path, LONGEST_DICTIONARY)?).map_err(|error| {
        let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        CleaningError::Utf8 {
            path: path.to_owned(),
            line: whole.iter().filter(|&&byte| byte == b'\n').count() + 1,
        }
    })?;
    Ok(Dictionary::parse(path.display().to_string(), text)?)
}

fn choices(path: &Path) -> Result<ChoiceTable, CleaningError> {
    ChoiceTable::from_bytes(read(path, LONGEST_CHOICES)?).map_err(|error| CleaningError::Choices {
        path: path.to_owned(),
        error,
    })
}

fn read(path: &Path, longest: u64) -> Result<Vec<u8>, CleaningError> {
    reach::read_at_most(path, longest).map_err(|error| CleaningError::Read {
        path: path.to_owned(),
        error,
    })
}
