//! What documents are called where a program reads it: paths from one folder, with
//! slashes.

use std::path::{Component, Path, PathBuf};

/// Where reports that are read by other programs take paths from.
#[derive(Clone, Debug, Default)]
pub struct Folder(PathBuf);

impl Folder {
    /// Paths are taken from this folder, which is absolute; from one that is empty,
    /// they stay as they are.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Folder(path.into())
    }

    /// A document's path from here.
    pub(super) fn place(&self, name: &str) -> Place {
        let path = parts(&self.0.join(name));
        let folder = parts(&self.0);
        let inside = path.strip_prefix(&*folder).filter(|rest| !rest.is_empty());
        match inside {
            Some(rest) if !Path::new(name).is_absolute() || !folder.is_empty() => Place {
                parts: rest.to_vec(),
                absolute: false,
            },
            _ => Place {
                parts: path,
                absolute: true,
            },
        }
    }
}

/// A document's path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) parts: Vec<String>,
    /// It is outside the folder, and its parts begin at the root.
    pub(super) absolute: bool,
}

/// The parts of a path, without `.` and `..`.
fn parts(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::Prefix(prefix) => {
                parts.push(prefix.as_os_str().to_string_lossy().into_owned());
            }
            Component::ParentDir => {
                parts.pop();
            }
            Component::RootDir | Component::CurDir => {}
        }
    }
    parts
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_from_the_folder() {
        let cases = [
            ("/home/a", "b/c.txt", "b/c.txt", false),
            ("/home/a", "./b/../c.txt", "c.txt", false),
            ("/home/a", "/home/a/b.txt", "b.txt", false),
            ("/home/a", "../b.txt", "home/b.txt", true),
            ("/home/a", "/tmp/b.txt", "tmp/b.txt", true),
            ("/home/a", "<stdin>", "<stdin>", false),
            ("", "b/c.txt", "b/c.txt", false),
            ("", "/tmp/b.txt", "tmp/b.txt", true),
            ("/", "/tmp/b.txt", "tmp/b.txt", true),
        ];
        for (folder, name, expected, absolute) in cases {
            let place = Folder::new(folder).place(name);
            let found = (place.parts.join("/"), place.absolute);
            assert_eq!(found, (expected.to_owned(), absolute), "{folder} {name}");
        }
    }
}
