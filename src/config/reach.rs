//! What a file of settings may name, and how much of it is read.
//!
//! A file that was found beside a document may have come with it, from whoever: it names
//! what is in its repository and nothing else of the machine. One that the user names may
//! name anything.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The longest file of settings that is read, in bytes.
pub(super) const LONGEST_SETTINGS: u64 = 1 << 20;
/// The same of a dictionary: the built-in one has 1.2 MB.
pub(super) const LONGEST_DICTIONARY: u64 = 64 << 20;
/// The same of a table of word choices: the built-in one has 4 MB.
pub(super) const LONGEST_CHOICES: u64 = 1 << 30;

/// What shows that a folder is the first one of a repository.
const REPOSITORIES: [&str; 3] = [".git", ".hg", ".jj"];

/// A path leads where a file of settings may not lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutOfReach {
    /// It is outside the repository.
    #[error(
        "is outside the repository that the settings came with; to trust them, name their file with --config"
    )]
    Outside,
    /// It is a folder, a device or a pipe.
    #[error("is no file")]
    NoFile,
}

/// Which files a file of settings may name.
#[derive(Clone, Debug)]
pub(super) enum Reach {
    Anything,
    /// What is in this folder, which has no links in its name.
    Inside(PathBuf),
}

impl Reach {
    /// That of a file that was found in a folder: the repository that the folder is in,
    /// else the folder.
    pub(super) fn of_folder(folder: &Path) -> Self {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let begins = |folder: &&Path| REPOSITORIES.iter().any(|name| folder.join(name).exists());
        let repository = folder.ancestors().find(begins);
        Reach::Inside(repository.unwrap_or(&folder).to_owned())
    }

    /// Whether a path leads to a file that may be read or written, there or not.
    ///
    /// # Errors
    /// [`OutOfReach`] if it does not.
    pub(super) fn check(&self, path: &Path) -> Result<(), OutOfReach> {
        let Reach::Inside(folder) = self else {
            return Ok(());
        };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // Of one that is not there, what of it is there.
        let mut there = path.ancestors().map(fs::canonicalize).map(Result::ok);
        match there.next().flatten() {
            Some(file) if !file.starts_with(folder) => Err(OutOfReach::Outside),
            Some(file) if !file.is_file() => Err(OutOfReach::NoFile),
            Some(_) => Ok(()),
            None => match there.flatten().next() {
                Some(parent) if parent.starts_with(folder) => Ok(()),
                _ => Err(OutOfReach::Outside),
            },
        }
    }
}

/// Reads a file of so many bytes at most.
///
/// # Errors
/// [`ErrorKind::FileTooLarge`] if it has more, else why it cannot be read.
pub(crate) fn read_at_most(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(longest + 1)
        .read_to_end(&mut bytes)?;
    match bytes.len() as u64 > longest {
        true => Err(ErrorKind::FileTooLarge.into()),
        false => Ok(bytes),
    }
}
