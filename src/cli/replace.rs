//! Replacing a file as a whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};

use tempfile::NamedTempFile;

/// A file could not be replaced; it is as it was.
#[derive(Debug, thiserror::Error)]
pub(super) struct ReplaceError {
    pub(super) path: PathBuf,
    pub(super) error: io::Error,
}

impl ReplaceError {
    pub(super) fn new(path: &Path, error: io::Error) -> Self {
        ReplaceError {
            path: path.to_owned(),
            error,
        }
    }
}

/// What there is to say of a file that was replaced.
#[derive(Debug, Default)]
pub(super) struct Replaced {
    /// It had hard links, which still lead to the old content.
    pub(super) had_other_names: bool,
}

/// Puts the bytes into a new file in the same folder, with the old one's
/// permissions, and gives it the old one's name; a symlink is followed. The
/// bytes are on the disk before the name is.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<Replaced, ReplaceError> {
    put(path, bytes).map_err(|error| ReplaceError::new(path, error))
}

/// A new file that is written piece by piece and has not got its name yet; without it,
/// nothing is left of it.
#[derive(Debug)]
pub(super) struct Replacement {
    file: NamedTempFile,
    target: PathBuf,
    old: Option<Metadata>,
}

impl Replacement {
    /// Begins what is to have the name of `path`.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(error),
        };
        let old = fs::metadata(&target).ok();
        // A file that may not be written to is not to be replaced either.
        if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let file = NamedTempFile::new_in(folder_of(&target))?;
        *unfinished() = Some(file.path().to_owned());
        Ok(Replacement { file, target, old })
    }

    /// Gives it the name, with the permissions of what had it before. The bytes are on
    /// the disk before the name is.
    pub(super) fn finish(self) -> io::Result<Replaced> {
        let _replacing = REPLACING.read().unwrap_or_else(PoisonError::into_inner);
        match &self.old {
            Some(old) => fs::set_permissions(self.file.path(), old.permissions())?,
            None => make_public(self.file.path())?,
        }
        self.file.as_file().sync_all()?;
        self.file
            .persist(&self.target)
            .map_err(|error| error.error)?;
        *unfinished() = None;
        sync_folder(folder_of(&self.target));
        Ok(Replaced {
            had_other_names: self.old.is_some_and(|old| links(&old) > 1),
        })
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What a program that is ended has to delete: of files that are written piece by piece
/// there is one at a time.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Deletes what is written piece by piece and not finished.
pub(super) fn delete_unfinished() {
    if let Some(path) = unfinished().take() {
        let _ = fs::remove_file(path);
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Held while there is a file that has not got its name yet.
static REPLACING: RwLock<()> = RwLock::new(());

/// Waits until no file is half replaced, and lets none be begun as long as the guard
/// lives: for a program that is about to be ended.
pub(super) fn none_half_replaced() -> RwLockWriteGuard<'static, ()> {
    REPLACING.write().unwrap_or_else(PoisonError::into_inner)
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
    let _replacing = REPLACING.read().unwrap_or_else(PoisonError::into_inner);
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let folder = folder_of(&target);
    let old = fs::metadata(&target).ok();
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    match &old {
        // A file that may not be written to is not to be replaced either.
        Some(old) if old.permissions().readonly() => {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Some(old) => fs::set_permissions(file.path(), old.permissions())?,
        None => make_public(file.path())?,
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(Replaced {
        had_other_names: old.is_some_and(|old| links(&old) > 1),
    })
}

/// Temporary files are private; a new file is as others of its folder are.
#[cfg(unix)]
fn make_public(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_public(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// The new name is safe on the disk only with the folder; some file systems
/// cannot do this, and then it is no worse than without.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(unix)]
fn links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn links(_metadata: &Metadata) -> u64 {
    1
}
