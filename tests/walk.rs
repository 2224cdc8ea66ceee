//! Folders: which files are read, each once.
#![cfg(unix)]

#[path = "common/command.rs"]
mod command;

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zhengben::cli::Exit;
use zhengben::lang::Lang;

const GARBLED: &str = "漢語";

struct Folder(TempDir);

impl Folder {
    fn with(names: &[&str]) -> Self {
        let folder = Folder(TempDir::new().expect("a temporary folder"));
        for name in names {
            folder.write(name, GARBLED);
        }
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The files in which `check` finds something, in its order, as names in the
    /// folder.
    fn found(&self, arguments: &[&str], paths: &[&str]) -> Vec<String> {
        let (_, report) = self.check(arguments, paths);
        let folder = format!("{}/", self.0.path().display());
        let lines = report.lines();
        lines
            .map(|line| {
                let document: serde_json::Value = serde_json::from_str(line).expect("JSON");
                let path = document["path"].as_str().expect("a path");
                path.strip_prefix(&folder).unwrap_or(path).to_owned()
            })
            .collect()
    }

    fn check(&self, arguments: &[&str], paths: &[&str]) -> (Exit, String) {
        let words = ["check", "--format", "jsonl", "--rule", "script"];
        let words = words.iter().chain(arguments).map(OsString::from);
        let paths = paths.iter().map(|path| self.path(path).into_os_string());
        let (exit, stdout, _) = command::zhengben(Lang::En, words.chain(paths));
        (exit, String::from_utf8(stdout).expect("UTF-8"))
    }
}

fn link(folder: &Folder, target: &str, name: &str) {
    symlink(folder.path(target), folder.path(name)).expect("a link");
}

#[test]
fn what_git_ignores_is_not_read() {
    let folder = Folder::with(&["a.txt", "old/a.txt", "sub/b.txt", "sub/c.txt"]);
    folder.write(".gitignore", "old/\n");
    folder.write("sub/.gitignore", "b.txt\n");
    let all = ["a.txt", "old/a.txt", "sub/b.txt", "sub/c.txt"];
    // Git looks at these files only in a repository.
    assert_eq!(folder.found(&[], &[""]), all);
    fs::create_dir(folder.path(".git")).expect("a folder");
    assert_eq!(folder.found(&[], &[""]), ["a.txt", "sub/c.txt"]);
    assert_eq!(folder.found(&["--no-ignore"], &[""]), all);
    // What is named is read.
    assert_eq!(folder.found(&[], &["old/a.txt"]), ["old/a.txt"]);
}

#[test]
fn a_link_and_what_it_leads_to_are_one_file() {
    let folder = Folder::with(&["a.txt", "sub/b.txt", "other/c.txt"]);
    link(&folder, "a.txt", "link.txt");
    link(&folder, "sub", "sub-link");
    link(&folder, "other", "sub/other-link");
    assert_eq!(
        folder.found(&[], &[""]),
        ["a.txt", "other/c.txt", "sub/b.txt"]
    );
    assert_eq!(folder.found(&[], &["a.txt", "link.txt"]), ["a.txt"]);
    assert_eq!(
        folder.found(&[], &["link.txt", ""]),
        ["link.txt", "other/c.txt", "sub/b.txt"]
    );
    assert_eq!(
        folder.found(&[], &["sub", "sub-link", "sub/../sub"]),
        ["sub/b.txt"]
    );
}

#[test]
fn the_order_is_that_of_the_paths_however_many_work() {
    let names: Vec<String> = (0..200)
        .map(|n| format!("{:03}/{}.txt", n * 37 % 200, n))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let folder = Folder::with(&names);
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let (_, once) = folder.check(&["--jobs", "1"], &[""]);
    assert_eq!(folder.found(&["--jobs", "1"], &[""]), sorted);
    for jobs in ["2", "7"] {
        assert_eq!(folder.check(&["--jobs", jobs], &[""]).1, once);
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_an_error() {
    let folder = Folder::with(&["a.txt"]);
    link(&folder, "nowhere", "dangling.txt");
    assert_eq!(folder.check(&[], &[""]).0, Exit::Findings);
    assert_eq!(folder.check(&[], &["dangling.txt"]).0, Exit::Error);
    assert_eq!(folder.check(&[], &["missing"]).0, Exit::Error);
    let path: &Path = &folder.path("a.txt/b.txt");
    assert_eq!(
        folder.check(&[], &[path.to_str().expect("UTF-8")]).0,
        Exit::Error
    );
}
