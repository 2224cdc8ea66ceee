//! Why settings in files cannot be used.

use std::io;
use std::path::PathBuf;

use super::file::{DEEPEST, FILES};
use super::reach::OutOfReach;
use crate::rules::UnknownRule;

/// What is wrong with a value in a file of settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValueFault {
    /// It is no array.
    #[error("is to be an array")]
    NoArray,
    /// It is no array of tables.
    #[error("is to be an array of tables")]
    NoTables,
    /// A table in it does not say which files it is for.
    #[error("each needs {FILES} = [\"GLOB\"]")]
    NoFiles,
    /// It names a rule that there is not.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// A pattern in it is none.
    #[error(transparent)]
    Glob(#[from] globset::Error),
    /// It names a file that it may not name.
    #[error("{} {fault}", .path.display())]
    Path {
        /// The file.
        path: PathBuf,
        /// Why not.
        fault: OutOfReach,
    },
}

/// A file of settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: cannot read it: {error}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is not TOML, or a value is not what it is to be.
    #[error("{}:{line}: {message}", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Its line, from 1 on.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It sets what there is not.
    #[error("{}:{line}: there is no setting {key}{}", .path.display(), suggested(.suggestion))]
    Unknown {
        /// The file.
        path: PathBuf,
        /// Its line, from 1 on.
        line: usize,
        /// The key that is not known.
        key: String,
        /// The one that it is most like, if it is like any.
        suggestion: Option<String>,
    },
    /// A value is TOML, and of no use.
    #[error("{}:{line}: {key}: {fault}", .path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// Its line, from 1 on.
        line: usize,
        /// The key.
        key: String,
        /// What is wrong with its value.
        fault: ValueFault,
    },
    /// Files extend one another in a circle, or too many do.
    #[error("{}: more than {DEEPEST} files extend one another, or one extends itself", .path.display())]
    Circle {
        /// The last file.
        path: PathBuf,
    },
    /// It was named and has no settings.
    #[error("{}: has no table [{table}]", .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// The table that it ought to have.
        table: String,
    },
}

fn suggested(suggestion: &Option<String>) -> String {
    match suggestion {
        Some(key) => format!("; is {key} meant?"),
        None => String::new(),
    }
}
