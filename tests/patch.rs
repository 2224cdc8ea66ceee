//! Patches, taken by git itself.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use zhengben::{Cleaner, Source};

const GARBLED: &str =
    "第一行。\n本網(wǎng)站轉(zhuǎn)載的文章,咱們會(huì)盡或許注明來(lái)歷。\n第三行。\n";

fn git(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let command = Command::new("git")
        .args(["-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        // Nobody's settings.
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    command.ok()
}

/// A repository; none where there is no git, which is said.
#[allow(clippy::print_stderr)]
fn repository() -> Option<TempDir> {
    let folder = TempDir::new().expect("a temporary folder");
    let Some(output) = git(folder.path(), &["init", "--quiet"]) else {
        eprintln!("SKIPPED: there is no git");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(folder)
}

/// Makes a patch of paths as they are given, in a folder.
fn patch(folder: &Path, paths: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengben"))
        .env("ZHENGBEN_LANG", "en")
        .args(["clean", "--diff"])
        .args(paths)
        .current_dir(folder)
        .output()
        .expect("the command is built with the tests");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    output.stdout
}

fn apply(folder: &Path, patch: &[u8]) {
    let file = folder.join("the.patch");
    fs::write(&file, patch).expect("a file");
    let output = git(folder, &["apply", "--verbose", "the.patch"]).expect("git");
    let text = String::from_utf8_lossy(patch);
    assert!(output.status.success(), "{output:?}\n{text}");
    fs::remove_file(file).expect("it is there");
}

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    let source = Source::decode(bytes).expect("it decodes");
    let cleaned = Cleaner::new().clean(source);
    cleaned.to_bytes().expect("it can be written").into_owned()
}

/// Makes a patch of one file, has git apply it, and compares every byte.
fn check(name: &str, bytes: &[u8]) {
    let Some(folder) = repository() else { return };
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
    fs::write(&path, bytes).expect("a file");
    let expected = cleaned(bytes);
    assert_ne!(expected, bytes, "{name}: nothing to do");
    apply(folder.path(), &patch(folder.path(), &[name]));
    assert_eq!(fs::read(&path).expect("a file"), expected, "{name}");
}

#[test]
fn names_of_every_kind() {
    let names = [
        "a.txt",
        "two words.txt",
        "中文/转载 文章.txt",
        "./sub/../a.txt",
        "a (1) ,;&.txt",
        " leading and trailing ",
        "-dash.txt",
    ];
    let odd = [
        "quote\".txt",
        "tab\there.txt",
        "back\\slash.txt",
        "line\nend.txt",
        "bell\u{7}.txt",
    ];
    let odd = odd.iter().filter(|_| cfg!(unix));
    for name in names.iter().chain(odd) {
        // Not an option.
        check(&name.replace("-dash", "./-dash"), GARBLED.as_bytes());
    }
}

#[test]
fn texts_of_every_kind() {
    let crlf = GARBLED.replace('\n', "\r\n");
    let no_end = GARBLED.trim_end();
    let gbk = |text: &str| {
        let (bytes, _, lost) = encoding_rs::GBK.encode(text);
        assert!(!lost);
        bytes.into_owned()
    };
    let plain = "第一行。\n以漢語為主的文章，漢語辭典。\n第三行。\n";
    let with_mark = [b"\xEF\xBB\xBF", GARBLED.as_bytes()].concat();
    let far = format!("{GARBLED}{}{GARBLED}", "中间的一行。\n".repeat(40));
    let texts: [(&str, Vec<u8>); 9] = [
        ("no line end", no_end.into()),
        ("one line", "漢語".into()),
        (
            "changed but for the last line",
            format!("{GARBLED}最后一行").into(),
        ),
        ("CRLF", crlf.clone().into()),
        ("CRLF, no line end", crlf.trim_end().into()),
        ("GBK", gbk(plain)),
        (
            "GBK, CRLF, no line end",
            gbk(plain.replace('\n', "\r\n").trim_end()),
        ),
        ("byte order mark", with_mark),
        ("two hunks", far.into()),
    ];
    for (name, bytes) in texts {
        check(name, &bytes);
    }
}

#[test]
fn several_files_an_absolute_path_and_a_folder_within() {
    let Some(folder) = repository() else { return };
    let root = folder.path().canonicalize().expect("a folder");
    fs::create_dir(root.join("sub")).expect("a folder");
    let names = ["a.txt", "b.txt", "sub/c.txt", "clean.txt"];
    for name in names {
        let text = if name == "clean.txt" {
            "没有问题。\n"
        } else {
            GARBLED
        };
        fs::write(root.join(name), text).expect("a file");
    }
    let absolute = root.join("b.txt");
    let absolute = absolute.to_str().expect("UTF-8");
    let patched = patch(&root, &["a.txt", absolute, "clean.txt", "sub/../sub/c.txt"]);
    apply(&root, &patched);
    for name in &names[..3] {
        let text = fs::read_to_string(root.join(name)).expect("a file");
        assert_eq!(text.as_bytes(), cleaned(GARBLED.as_bytes()), "{name}");
    }
    // Made and applied in a folder of the repository.
    fs::write(root.join("sub/c.txt"), GARBLED).expect("a file");
    apply(&root.join("sub"), &patch(&root.join("sub"), &["c.txt"]));
    let text = fs::read_to_string(root.join("sub/c.txt")).expect("a file");
    assert_eq!(text.as_bytes(), cleaned(GARBLED.as_bytes()));
}

#[test]
fn a_file_outside_is_patched_from_the_root() {
    let (inside, outside) = (
        TempDir::new().expect("a folder"),
        TempDir::new().expect("a folder"),
    );
    fs::write(outside.path().join("a.txt"), GARBLED).expect("a file");
    let path = outside
        .path()
        .canonicalize()
        .expect("a folder")
        .join("a.txt");
    let path = path.to_str().expect("UTF-8");
    let patch = String::from_utf8(patch(inside.path(), &[path])).expect("UTF-8");
    let name = path.trim_start_matches('/');
    assert!(
        patch.starts_with(&format!("--- a/{name}\n+++ b/{name}\n")),
        "{patch}"
    );
}

#[test]
fn git_applies_a_patch_of_utf_16_where_it_knows_the_encoding() {
    let Some(folder) = repository() else { return };
    let attributes = "*.txt text working-tree-encoding=UTF-16 eol=lf\n";
    fs::write(folder.path().join(".gitattributes"), attributes).expect("a file");
    let encode = |text: &str| -> Vec<u8> {
        let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_be_bytes).collect()
    };
    let path = folder.path().join("a.txt");
    fs::write(&path, encode(GARBLED)).expect("a file");
    apply(folder.path(), &patch(folder.path(), &["a.txt"]));
    let bytes = fs::read(&path).expect("a file");
    let text = Source::decode(&bytes).expect("UTF-16").text().to_owned();
    assert_eq!(text.as_bytes(), cleaned(GARBLED.as_bytes()));
}
