//! Replacing a file as a whole or not at all.
//!
//! A new file is written beside it, under a name of its own, and renamed over it when all
//! of it is on the disk. It is locked as long as somebody works on it, so that what a run
//! has left that was killed is told from what another one is writing, and deleted by the
//! next that writes into the folder.

use std::collections::HashSet;
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

/// Why a file is not replaced that could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// It is not any more what was read.
    #[error("it was changed by others in the meantime; left as it is")]
    Changed,
    /// It is a pipe or a device.
    #[error("it is no file that could be replaced")]
    NoFile,
}

impl Refused {
    /// The refusal that an error is, if it is one.
    pub(super) fn of(error: &io::Error) -> Option<Refused> {
        error.get_ref()?.downcast_ref().copied()
    }
}

/// What there is to say of a file that was replaced.
#[derive(Debug, Default)]
pub(super) struct Replaced {
    /// It had hard links, which still lead to the old content.
    pub(super) had_other_names: bool,
}

/// Puts the bytes into a new file in the same folder, with the old one's owner and
/// permissions, and gives it the old one's name; a symlink is followed. The bytes are on
/// the disk before the name is.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<Replaced, ReplaceError> {
    put(path, bytes, None).map_err(|error| ReplaceError::new(path, error))
}

/// The same, if the file is still what it was when it was read.
pub(super) fn replace_read(
    path: &Path,
    read: &[u8],
    bytes: &[u8],
) -> Result<Replaced, ReplaceError> {
    put(path, bytes, Some(read)).map_err(|error| ReplaceError::new(path, error))
}

fn put(path: &Path, bytes: &[u8], read: Option<&[u8]>) -> io::Result<Replaced> {
    let _replacing = REPLACING.read().unwrap_or_else(PoisonError::into_inner);
    let mut new = New::begin(path)?;
    if let Some(read) = read
        && fs::read(&new.target)? != read
    {
        return Err(io::Error::other(Refused::Changed));
    }
    new.file.write_all(bytes)?;
    new.finish()
}

/// A file that has not got its name yet; without it, nothing is left of it.
#[derive(Debug)]
struct New {
    file: NamedTempFile,
    target: PathBuf,
    old: Option<Metadata>,
}

impl New {
    /// Begins what is to have the name of `path`.
    fn begin(path: &Path) -> io::Result<Self> {
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
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Err(io::Error::other(Refused::NoFile));
        }
        let folder = folder_of(&target);
        sweep(folder);
        Ok(New {
            file: locked_in(folder)?,
            target,
            old,
        })
    }

    /// Gives it the name.
    fn finish(self) -> io::Result<Replaced> {
        match &self.old {
            Some(old) => {
                if !fs::metadata(&self.target).is_ok_and(|now| is_same(old, &now)) {
                    return Err(io::Error::other(Refused::Changed));
                }
                give_owner(self.file.as_file(), old);
                fs::set_permissions(self.file.path(), old.permissions())?;
            }
            None => make_public(self.file.path())?,
        }
        self.file.as_file().sync_all()?;
        self.file
            .persist(&self.target)
            .map_err(|error| error.error)?;
        sync_folder(folder_of(&self.target));
        Ok(Replaced {
            had_other_names: self.old.is_some_and(|old| links(&old) > 1),
        })
    }
}

/// A new file that is written piece by piece.
#[derive(Debug)]
pub(super) struct Replacement(New);

impl Replacement {
    /// Begins what is to have the name of `path`.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        let new = New::begin(path)?;
        *unfinished() = Some(new.file.path().to_owned());
        Ok(Replacement(new))
    }

    /// Gives it the name, with the owner and permissions of what had it before, if that
    /// is still what it was. The bytes are on the disk before the name is.
    pub(super) fn finish(self) -> io::Result<Replaced> {
        let _replacing = REPLACING.read().unwrap_or_else(PoisonError::into_inner);
        let replaced = self.0.finish()?;
        *unfinished() = None;
        Ok(replaced)
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.file.flush()
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

/// How files are called that have not got their names yet.
const PREFIX: &str = ".zhengben-";
const SUFFIX: &str = ".tmp";

/// A new file that nobody else deletes.
fn locked_in(folder: &Path) -> io::Result<NamedTempFile> {
    /// Another run can delete one only in the moment before it is locked.
    const TRIES: usize = 8;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    let mut file = builder.tempfile_in(folder)?;
    for _ in 1..TRIES {
        // Where nothing can be locked, nothing is taken for left.
        if file.as_file().lock().is_err() || file.path().exists() {
            break;
        }
        file = builder.tempfile_in(folder)?;
    }
    Ok(file)
}

/// The folders that were looked through already.
static SWEPT: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);

/// Deletes what runs have left in a folder that were killed.
fn sweep(folder: &Path) {
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if !swept.get_or_insert_default().insert(folder.to_owned()) {
        return;
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        if is_ours
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
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

/// Whether a file is what it was: the same one, as long and as old.
fn is_same(old: &Metadata, now: &Metadata) -> bool {
    old.len() == now.len() && old.modified().ok() == now.modified().ok() && is_same_file(old, now)
}

#[cfg(unix)]
fn is_same_file(old: &Metadata, now: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (old.dev(), old.ino()) == (now.dev(), now.ino())
}

#[cfg(not(unix))]
fn is_same_file(_old: &Metadata, _now: &Metadata) -> bool {
    true
}

/// Gives a file the owner and the group of another one, as far as we may: who runs the
/// command as root does not take files from their owners.
#[cfg(unix)]
fn give_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_owned = file
        .metadata()
        .is_ok_and(|own| (own.uid(), own.gid()) == (old.uid(), old.gid()));
    if !is_owned && fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        let _ = fchown(file, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn give_owner(_file: &File, _old: &Metadata) {}

#[cfg(unix)]
fn links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn links(_metadata: &Metadata) -> u64 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_have_changed_is_left_as_they_left_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "theirs").expect("a file");
        let error = replace_read(&path, b"read", b"new").expect_err("it has changed");
        assert_eq!(Refused::of(&error.error), Some(Refused::Changed));
        let mut new = Replacement::begin(&path).expect("it can be begun");
        new.write_all(b"new").expect("it can be written");
        fs::write(&path, "theirs again").expect("a file");
        assert!(new.finish().is_err());
        assert_eq!(fs::read(&path).expect("it is there"), b"theirs again");
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 1);
        assert!(replace_read(&path, b"theirs again", b"new").is_ok());
        assert_eq!(fs::read(&path).expect("it is there"), b"new");
    }
}
