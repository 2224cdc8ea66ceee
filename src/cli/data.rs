//! The user's own dictionaries and tables.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::dictionary::{Dictionary, DictionaryError};
use crate::language::choice::{ChoiceError, ChoiceTable};

/// A cleaner cannot be made: a file that it needs is missing or wrong.
#[derive(Debug, thiserror::Error)]
pub(super) enum CleaningError {
    #[error("{}: cannot read it: {error}", .path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("{}:{line}: is not UTF-8; save the dictionary in UTF-8", .path.display())]
    Utf8 { path: PathBuf, line: usize },
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    #[error("{}: {error}; `cargo xtask train choice` makes one", .path.display())]
    Choices { path: PathBuf, error: ChoiceError },
}

pub(super) fn dictionary(path: &Path) -> Result<Dictionary, CleaningError> {
    let text = String::from_utf8(read(path)?).map_err(|error| {
        let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        CleaningError::Utf8 {
            path: path.to_owned(),
            line: whole.iter().filter(|&&byte| byte == b'\n').count() + 1,
        }
    })?;
    Ok(Dictionary::parse(path.display().to_string(), text)?)
}

pub(super) fn choices(path: &Path) -> Result<ChoiceTable, CleaningError> {
    ChoiceTable::from_bytes(read(path)?).map_err(|error| CleaningError::Choices {
        path: path.to_owned(),
        error,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, CleaningError> {
    fs::read(path).map_err(|error| CleaningError::Read {
        path: path.to_owned(),
        error,
    })
}
