//! What somebody could send to exhaust the machine: memory is limited by the shell, so
//! that what keeps too much of it fails.
#![cfg(target_os = "linux")]

#[path = "common/folder.rs"]
#[expect(dead_code, reason = "the command runs in a shell here")]
mod folder;
#[path = "common/gzip.rs"]
mod gzip;

use std::io::{Read, Write};
use std::process::{Command, Output};

use folder::Folder;
use gzip::{gunzip, gzip};

/// How much memory may be asked for, in KiB: of that the program and what its threads put
/// aside are half.
const MEMORY: usize = 700 << 10;
/// Less than what files unpack to.
const UNPACKED: u64 = 1 << 30;
const GARBLED: &str = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚，這是我們的國家。";

impl Folder {
    /// Runs the command with so little memory, of which every thread puts some aside.
    fn in_little_memory(&self, arguments: &[&str]) -> Output {
        let arguments = [arguments, &["--jobs", "2"]].concat();
        self.shell(&format!("ulimit -v {MEMORY}"), &arguments)
    }

    /// Runs the command after another one, in a shell.
    fn shell(&self, before: &str, arguments: &[&str]) -> Output {
        Command::new("sh")
            .args(["-c", &format!("{before} && exec \"$0\" \"$@\"")])
            .arg(env!("CARGO_BIN_EXE_zhengben"))
            .args(arguments)
            .current_dir(self.path(""))
            .env("ZHENGBEN_LANG", "en")
            .output()
            .expect("sh")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A record, and behind it a line of a gigabyte, in some kilobytes.
fn bomb() -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
    writeln!(encoder, "{{\"text\": \"{GARBLED}\"}}").expect("written");
    let mut line = std::io::repeat(b'a').take(UNPACKED);
    std::io::copy(&mut line, &mut encoder).expect("written");
    encoder.finish().expect("a whole frame")
}

#[test]
fn a_small_file_that_unpacks_to_a_line_of_a_gigabyte_takes_little_memory() {
    let folder = Folder::with(&[("a.jsonl.zst", &bomb())]);
    let output = folder.in_little_memory(&["clean", "--write", "--field", "text", "a.jsonl.zst"]);
    // The line is too long to be a record: it is passed through, and told of.
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("a.jsonl.zst:2"), "{}", said(&output));
    let written = folder.read("a.jsonl.zst");
    let mut decoder = zstd::Decoder::new(&written[..]).expect("a decoder");
    let mut first = [0; 100];
    decoder.read_exact(&mut first).expect("a line");
    assert!(String::from_utf8_lossy(&first).contains("新能源电池"));
    let rest = std::io::copy(&mut decoder, &mut std::io::sink()).expect("a whole frame");
    assert!(rest + first.len() as u64 > UNPACKED, "{rest}");
}

#[test]
fn a_record_of_an_archive_that_says_it_is_of_a_gigabyte_takes_little_memory() {
    let head = |length: u64| {
        let kind = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain";
        format!("{kind}\r\nContent-Length: {length}\r\n\r\n")
    };
    let lying = gzip(format!("{}{GARBLED}\r\n\r\n", head(u64::MAX)).as_bytes());
    let folder = Folder::with(&[("a.wet.gz", &lying)]);
    let output = folder.in_little_memory(&["clean", "--write", "a.wet.gz"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    // It breaks off: the file is left as it is.
    assert_eq!(gunzip(&folder.read("a.wet.gz")), gunzip(&lying));
}

#[test]
fn text_in_a_single_line_is_cleaned_in_pieces() {
    let clean = "这是我们的国家，没有什么可以阻挡。".repeat(400_000);
    let folder = Folder::with(&[("a.txt", format!("{clean}這是我們的國家。").as_bytes())]);
    let output = folder.in_little_memory(&["clean", "--write", "a.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let written = String::from_utf8(folder.read("a.txt")).expect("UTF-8");
    let end = written
        .strip_prefix(&clean)
        .expect("what was clean is the same");
    assert_eq!(end, "这是我们的国家。");
}

#[test]
fn a_disk_that_is_full_leaves_the_file() {
    let text = format!("{GARBLED}\n").repeat(600);
    let folder = Folder::with(&[]);
    // A disk of our own, in a namespace of our own, that has room for one such file only.
    let mount = "mkdir disk && mount -t tmpfs -o size=64k tmpfs disk && cp a.txt disk/";
    std::fs::write(folder.path("a.txt"), &text).expect("a file");
    let script = format!(
        "{mount} && cd disk || exit 77; \"$0\" clean --write a.txt; echo $?; ls; cmp a.txt ../a.txt"
    );
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .arg(env!("CARGO_BIN_EXE_zhengben"))
        .current_dir(folder.path(""))
        .env("ZHENGBEN_LANG", "en")
        .output()
        .expect("unshare");
    if output.status.code() == Some(77) || said(&output).starts_with("unshare:") {
        let why = format!("SKIPPED: no disk can be mounted here: {}\n", said(&output));
        std::io::stderr().write_all(why.as_bytes()).expect("stderr");
        return;
    }
    assert_eq!(String::from_utf8_lossy(&output.stdout), "2\na.txt\n");
    assert!(said(&output).contains("o space left"), "{}", said(&output));
    assert_eq!(output.status.code(), Some(0));
}
