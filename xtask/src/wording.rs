//! `cargo xtask verify wording`: the wording dictionary keeps its rules.

use zhengben::dictionary;

use crate::Failure;

/// Parses and verifies every file of the built-in dictionary.
pub(crate) fn verify() -> Result<(), Failure> {
    Ok(dictionary::verify(&dictionary::built_in())?)
}
