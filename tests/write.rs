//! Files that are written: every byte of them, and their names and modes.
#![cfg(unix)]

#[path = "common/command.rs"]
mod command;

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zhengben::cli::Exit;
use zhengben::lang::Lang;

const GARBLED: &str = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚。";
const RESTORED: &str = "新能源电池产业链企业快速集聚。";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Folder(TempDir::new().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    fn names(&self) -> Vec<OsString> {
        let entries = fs::read_dir(self.0.path()).expect("the folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    }
}

/// Runs a command; returns how it ended and what it said on stderr.
fn zhengben(arguments: &[&str], paths: &[&Path]) -> (Exit, String) {
    let words = arguments.iter().map(OsString::from);
    let paths = paths.iter().map(OsString::from);
    let (exit, _, stderr) = command::zhengben(Lang::En, words.chain(paths));
    (exit, stderr)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn encoding_byte_order_mark_and_line_ends_stay() {
    let folder = Folder::new();
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let lines = |text: &str| format!("\u{FEFF}{text}\r\n第二行\r\n{text}");
    // A2E3 is a second code for €; it must not become the usual one.
    let with_euro = |text: &str| [b"\xA2\xE3".to_vec(), gbk(text), b"\x80".to_vec()].concat();
    let cases = [
        (
            "utf8",
            lines(GARBLED).into_bytes(),
            lines(RESTORED).into_bytes(),
        ),
        ("utf16", utf16(&lines(GARBLED)), utf16(&lines(RESTORED))),
        ("gbk", with_euro(GARBLED), with_euro(RESTORED)),
    ];
    for (name, before, after) in cases {
        let path = folder.write(name, before);
        let arguments: &[&str] = match name {
            "gbk" => &["clean", "--write", "--encoding", "gbk"],
            _ => &["clean", "--write"],
        };
        assert_eq!(zhengben(arguments, &[&path]).0, Exit::Findings, "{name}");
        assert_eq!(fs::read(&path).expect(name), after, "{name}");
        assert_eq!(
            zhengben(arguments, &[&path]).0,
            Exit::Clean,
            "{name}, again"
        );
    }
    assert_eq!(
        folder.names(),
        ["gbk", "utf16", "utf8"],
        "no other file is left"
    );
}

#[test]
fn what_an_encoding_cannot_hold_changes_nothing() {
    let folder = Folder::new();
    let (big5, _, _) = encoding_rs::BIG5.encode("這是一個句子，沒有任何問題，只是要轉換。");
    let path = folder.write("big5", &big5);
    let other = folder.write("other", "漢語");
    let (exit, said) = zhengben(&["clean", "--write"], &[&path, &other]);
    assert_eq!(exit, Exit::Error);
    assert!(
        said.contains("Big5 cannot hold '这' (U+8FD9), at 1:1 of the new text"),
        "{said}"
    );
    assert_eq!(fs::read(&path).expect("big5"), *big5);
    assert_eq!(
        fs::read_to_string(&other).expect("the other file is still done"),
        "汉语"
    );
    assert_eq!(folder.names(), ["big5", "other"], "no other file is left");
}

#[test]
fn mode_stays_and_a_symlink_is_followed() {
    let folder = Folder::new();
    let file = folder.write("file", GARBLED);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
    let link = folder.path("link");
    symlink("file", &link).expect("a link");
    assert_eq!(zhengben(&["clean", "--write"], &[&link]).0, Exit::Findings);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert_eq!(fs::read_to_string(&file).expect("the file"), RESTORED);
    assert_eq!(fs::metadata(&file).expect("the file").mode() & 0o777, 0o640);
}

#[test]
fn other_names_of_a_file_keep_the_old_text_and_that_is_said() {
    let folder = Folder::new();
    let file = folder.write("file", GARBLED);
    let other = folder.path("other");
    fs::hard_link(&file, &other).expect("a hard link");
    let (_, said) = zhengben(&["clean", "--write"], &[&file]);
    assert!(said.contains("hard links"), "{said}");
    assert_eq!(fs::read_to_string(&other).expect("the other name"), GARBLED);
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let folder = Folder::new();
    let file = folder.write("file", GARBLED);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("a mode");
    let (exit, said) = zhengben(&["clean", "--write"], &[&file]);
    assert_eq!(exit, Exit::Error);
    assert!(said.contains("it is as it was"), "{said}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), GARBLED);
    assert_eq!(folder.names(), ["file"], "no other file is left");
}

#[test]
fn a_clean_file_is_not_written() {
    let folder = Folder::new();
    let file = folder.write("file", RESTORED);
    let before = fs::metadata(&file).expect("the file").ino();
    assert_eq!(zhengben(&["clean", "--write"], &[&file]).0, Exit::Clean);
    assert_eq!(fs::metadata(&file).expect("the file").ino(), before);
}

#[test]
fn a_folder_of_results_has_every_file() {
    let folder = Folder::new();
    let garbled = folder.write("in/a/text", GARBLED);
    let clean = folder.write("in/b/text", RESTORED);
    let out = folder.path("out");
    let out_argument = out.to_str().expect("UTF-8");
    let (exit, _) = zhengben(&["clean", "--output", out_argument], &[&garbled, &clean]);
    assert_eq!(exit, Exit::Findings);
    for input in [&garbled, &clean] {
        let inside = input.strip_prefix("/").expect("absolute");
        assert_eq!(
            fs::read_to_string(out.join(inside)).expect("a result"),
            RESTORED
        );
    }
    assert_eq!(fs::read_to_string(&garbled).expect("the input"), GARBLED);
    // The same file twice is one; another one can have its name under the folder.
    let (exit, _) = zhengben(&["clean", "--output", out_argument], &[&clean, &clean]);
    assert_eq!(exit, Exit::Clean);
    folder.write("in/text", RESTORED);
    let other = folder.path("in/b/../text");
    let (exit, said) = zhengben(&["clean", "--output", out_argument], &[&clean, &other]);
    assert_eq!(exit, Exit::Error);
    assert!(said.contains("written already"), "{said}");
}

#[test]
fn the_file_itself_is_not_an_output() {
    let folder = Folder::new();
    let file = folder.write("file", GARBLED);
    let (exit, _) = zhengben(&["clean", "--output", "/"], &[&file]);
    assert_eq!(exit, Exit::Error);
    assert_eq!(fs::read_to_string(&file).expect("the file"), GARBLED);
}

#[test]
fn a_patch_applies_to_the_file_itself() {
    let folder = Folder::new();
    let line = |text: &str| format!("第一行\n{text}\n第三行");
    let (before, _, _) = encoding_rs::GBK.encode(Box::leak(line(GARBLED).into_boxed_str()));
    folder.write("file", &before);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_zhengben"))
        .env("ZHENGBEN_LANG", "en")
        .args(["clean", "--diff", "file"])
        .current_dir(folder.0.path())
        .output()
        .expect("the command is built with the tests");
    folder.write("patch", output.stdout);
    let applied = std::process::Command::new("git")
        .args(["apply", "patch"])
        .current_dir(folder.0.path())
        .status()
        .expect("git");
    assert!(applied.success());
    let (after, _, _) = encoding_rs::GBK.encode(Box::leak(line(RESTORED).into_boxed_str()));
    assert_eq!(fs::read(folder.path("file")).expect("the file"), *after);
}

#[test]
fn what_a_killed_run_has_left_is_deleted_and_what_another_one_writes_is_not() {
    let folder = Folder::new();
    let path = folder.write("a.txt", GARBLED);
    folder.write(".zhengben-left.tmp", "half a file");
    folder.write("zhengben.tmp", "somebody's own");
    let busy = folder.write(".zhengben-busy.tmp", "half a file");
    let busy = fs::File::open(busy).expect("it is there");
    busy.lock().expect("it can be locked");
    let (exit, _) = zhengben(&["clean", "--write"], &[&path]);
    assert_eq!(exit, Exit::Findings);
    assert_eq!(
        folder.names(),
        [".zhengben-busy.tmp", "a.txt", "zhengben.tmp"]
    );
    assert_eq!(fs::read_to_string(path).expect("it is there"), RESTORED);
}
