//! From the paths of the command line to the files that are read: named ones, and
//! those in folders.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::compression::kind;
use super::input::Input;
use crate::regions::Syntax;

/// Which files of a folder are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// As .gitignore has them; with `!` those that are not read. Files that match
    /// are read whatever their names end in.
    pub(super) globs: Vec<String>,
    /// Kinds of files; all that are known if there are none.
    pub(super) types: Vec<Syntax>,
    /// Also those that .gitignore and .ignore name.
    pub(super) ignored: bool,
    /// Also those whose names, or whose folders', begin with a dot.
    pub(super) hidden: bool,
    /// Also those that can only be read record by record: compressed ones, and archives.
    pub(super) by_record: bool,
}

/// A path that cannot be walked.
#[derive(Debug, thiserror::Error)]
pub(super) enum WalkError {
    Glob { glob: String, error: ignore::Error },
    List { path: PathBuf, error: io::Error },
}

/// Something to read, or why it cannot be read.
#[derive(Debug)]
pub(super) enum Found {
    Input(Input),
    Failed(String, ignore::Error),
}

/// What the paths of a command line lead to.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// In the order of the paths, those of a folder sorted.
    pub(super) found: Vec<Found>,
    /// How many files in folders are of no known kind.
    pub(super) unknown: usize,
    /// Whether there was a folder.
    pub(super) has_folder: bool,
}

/// Finds the files; `stdin` reads what `-` stands for. A file is read once, whatever
/// its names are.
pub(super) fn walk<E: From<WalkError>>(
    paths: &[PathBuf],
    filter: &Filter,
    stdin: &mut dyn FnMut() -> Result<Input, E>,
) -> Result<Walk, E> {
    let mut walk = Walk::default();
    let mut seen = Seen::new(paths.len() > 1);
    for path in paths {
        if path.as_os_str() == "-" {
            walk.found.push(Found::Input(stdin()?));
        } else if path.is_dir() {
            walk.has_folder = true;
            walk.folder(path, filter, &mut seen)?;
        } else if seen.is_new(path) {
            walk.found.push(Found::Input(Input::file(path, true)));
        }
    }
    Ok(walk)
}

impl Walk {
    fn folder(&mut self, root: &Path, filter: &Filter, seen: &mut Seen) -> Result<(), WalkError> {
        let globs = filter.overrides(root)?;
        let walk = WalkBuilder::new(root)
            .standard_filters(!filter.ignored)
            .hidden(!filter.hidden)
            .overrides(globs.clone())
            // Links are found by the names of what they lead to.
            .follow_links(false)
            .sort_by_file_path(|a, b| a.cmp(b))
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    if entry.file_type().is_some_and(|kind| kind.is_file()) {
                        self.file(&entry, filter, &globs, seen);
                    }
                }
                Err(error) => {
                    let name = root.display().to_string();
                    self.found.push(Found::Failed(name, error));
                }
            }
        }
        Ok(())
    }

    fn file(&mut self, entry: &DirEntry, filter: &Filter, globs: &Override, seen: &mut Seen) {
        let path = entry.path();
        let is_asked_for = globs.matched(path, false).is_whitelist();
        let syntax = match filter.by_record {
            true => kind(path),
            false => Syntax::recognise(path).filter(|&syntax| syntax != Syntax::Warc),
        };
        let is_wanted = match syntax {
            Some(syntax) => filter.types.is_empty() || filter.types.contains(&syntax),
            None => is_asked_for && filter.types.is_empty(),
        };
        if syntax.is_none() && !is_wanted {
            self.unknown += 1;
        }
        if is_wanted && seen.is_new(path) {
            // What is found in `.` has the names that the user sees there.
            let path = path.strip_prefix(".").unwrap_or(path);
            self.found.push(Found::Input(Input::file(path, false)));
        }
    }
}

impl Filter {
    fn overrides(&self, root: &Path) -> Result<Override, WalkError> {
        let mut builder = OverrideBuilder::new(root);
        for glob in &self.globs {
            builder.add(glob).map_err(|error| WalkError::Glob {
                glob: glob.clone(),
                error,
            })?;
        }
        builder.build().map_err(|error| WalkError::Glob {
            glob: self.globs.join(" "),
            error,
        })
    }
}

/// Files that are found already, by the names that all their links lead to.
struct Seen {
    /// Without it nothing can be found twice.
    is_needed: bool,
    files: HashSet<PathBuf>,
}

impl Seen {
    fn new(is_needed: bool) -> Self {
        Seen {
            is_needed,
            files: HashSet::new(),
        }
    }

    fn is_new(&mut self, path: &Path) -> bool {
        match self.is_needed {
            true => path
                .canonicalize()
                .map_or(true, |path| self.files.insert(path)),
            false => true,
        }
    }
}

/// The paths that a list of files names: one a line, or ended by NUL if there is
/// any, as `find -print0` and `git ls-files -z` write them.
pub(super) fn listed(list: &[u8]) -> Vec<PathBuf> {
    let end = match list.contains(&0) {
        true => 0,
        false => b'\n',
    };
    let names = list.split(|&byte| byte == end);
    let names = names.map(|name| match end {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    names.filter(|name| !name.is_empty()).map(path_of).collect()
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(name).into()
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).into_owned().into()
}
