//! Faults that tools of this kind have had, each as a test of the command itself: what
//! it writes, where, and how it exits.
#![cfg(unix)]

#[path = "common/folder.rs"]
mod folder;

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

use encoding_rs::GBK;
use folder::Folder;

const GARBLED: &str = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚，這是我們的國家。\n";

impl Folder {
    fn exit(&self, arguments: &[&str]) -> Option<i32> {
        self.run(arguments).status.code()
    }
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16();
    [0xFF, 0xFE]
        .into_iter()
        .chain(units.flat_map(u16::to_le_bytes))
        .collect()
}

#[test]
fn utf_16_is_written_back_as_utf_16_with_its_mark() {
    let folder = Folder::with(&[("a.txt", &utf16(GARBLED))]);
    assert_eq!(folder.exit(&["clean", "--write", "a.txt"]), Some(1));
    let restored = "新能源电池产业链企业快速集聚，这是我们的国家。\n";
    assert_eq!(folder.read("a.txt"), utf16(restored));
}

#[test]
fn a_file_in_gbk_is_not_passed_over() {
    let (bytes, _, _) = GBK.encode("浣犲ソ，這是我們的國家，開發軟件。\n");
    let folder = Folder::with(&[("a.txt", &bytes)]);
    let checked = folder.run(&["check", "a.txt"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(!checked.stdout.is_empty());
}

#[test]
fn a_missing_path_is_an_error_in_every_mode() {
    let folder = Folder::with(&[]);
    for mode in [
        &["check", "a.txt"][..],
        &["check", "--format", "json", "a.txt"],
        &["check", "--format", "sarif", "a.txt"],
        &["check", "--statistics", "a.txt"],
        &["clean", "a.txt"],
        &["clean", "--diff", "a.txt"],
        &["clean", "--write", "a.txt"],
        &["detect", "a.txt"],
    ] {
        let output = folder.run(mode);
        assert_eq!(output.status.code(), Some(2), "{mode:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("a.txt"), "{mode:?}: {said}");
    }
}

#[test]
fn findings_exit_with_one_in_every_format() {
    let folder = Folder::with(&[("a.txt", GARBLED.as_bytes())]);
    for format in ["human", "json", "jsonl", "sarif", "github", "html"] {
        assert_eq!(
            folder.exit(&["check", "--format", format, "a.txt"]),
            Some(1),
            "{format}"
        );
    }
    for format in ["human", "json", "jsonl", "html"] {
        assert_eq!(
            folder.exit(&["clean", "--format", format, "a.txt"]),
            Some(1),
            "{format}"
        );
    }
    assert_eq!(folder.exit(&["clean", "--diff", "a.txt"]), Some(1));
    assert_eq!(folder.exit(&["clean", "--output", "out", "a.txt"]), Some(1));
    assert_eq!(folder.exit(&["clean", "--write", "a.txt"]), Some(1));
    assert_eq!(folder.exit(&["check", "a.txt"]), Some(0));
}

#[test]
fn gbk_read_as_latin_1_is_restored_and_not_made_worse() {
    let original = "全县工业和信息化局有关负责人介绍，生产线上的机器人超过六百台。\n";
    let (bytes, _, _) = GBK.encode(original);
    let garbled: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let folder = Folder::with(&[("a.txt", garbled.as_bytes())]);
    let cleaned = folder.run(&["clean", "a.txt"]);
    assert_eq!(String::from_utf8_lossy(&cleaned.stdout), original);
}

#[test]
fn full_width_punctuation_stays() {
    let text = "“漢語”，「國語」；（甲）！？：ＡＢＣ１２３……——\n";
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let cleaned = folder.run(&["clean", "a.txt"]);
    let expected = "“汉语”，「国语」；（甲）！？：ＡＢＣ１２３……——\n";
    assert_eq!(String::from_utf8_lossy(&cleaned.stdout), expected);
}

#[test]
fn front_matter_code_and_urls_stay() {
    let text = "---\ntitle: 漢語\n---\n漢語 https://example.org/漢語 `漢語`\n\n    漢語\n\n[漢語](漢語.md)\n";
    let folder = Folder::with(&[("a.md", text.as_bytes())]);
    let cleaned = folder.run(&["clean", "a.md"]);
    let expected = "---\ntitle: 漢語\n---\n汉语 https://example.org/漢語 `漢語`\n\n    漢語\n\n[汉语](漢語.md)\n";
    assert_eq!(String::from_utf8_lossy(&cleaned.stdout), expected);
}

#[test]
fn subtitles_in_a_folder_are_read() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\n漢語\n";
    let folder = Folder::with(&[("a.srt", text.as_bytes())]);
    assert_eq!(folder.exit(&["clean", "--write", "."]), Some(1));
    assert_eq!(
        folder.read("a.srt"),
        text.replace("漢語", "汉语").as_bytes()
    );
}

#[test]
fn what_a_folder_has_and_is_not_read_is_counted() {
    let folder = Folder::with(&[("a.docx", b"PK"), ("b.json", b"{}")]);
    let checked = folder.run(&["check", "."]);
    assert_eq!(checked.status.code(), Some(0));
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(
        said.contains("1 of no known kind") && said.contains("no fields named"),
        "{said}"
    );
}

#[test]
fn no_colour_goes_into_a_pipe_or_against_no_color() {
    let folder = Folder::with(&[("a.txt", GARBLED.as_bytes())]);
    let coloured = |variables: &[(&str, &str)]| {
        let mut command = folder.command(&["check", "a.txt"]);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
            .env("TERM", "xterm-256color")
            .envs(variables.iter().copied());
        let Output { stdout, stderr, .. } = command.output().expect("it runs");
        stdout.contains(&0x1B) || stderr.contains(&0x1B)
    };
    assert!(!coloured(&[]));
    assert!(!coloured(&[("NO_COLOR", "1")]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let text = GARBLED.repeat(3_000);
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    for arguments in [
        &["clean", "a.txt"][..],
        &["check", "a.txt"],
        &["check", "--format", "jsonl", "a.txt"],
    ] {
        let mut command = folder.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut head = [0; 16];
        let mut stdout = child.stdout.take().expect("it is piped");
        stdout.read_exact(&mut head).expect("there is more");
        drop(stdout);
        let mut said = String::new();
        let mut stderr = child.stderr.take().expect("it is piped");
        stderr.read_to_string(&mut said).expect("UTF-8");
        let exit = child.wait().expect("it ends").code();
        assert!(matches!(exit, Some(0 | 1)), "{arguments:?}: {exit:?}");
        assert!(
            !said.contains("panic") && !said.contains("Broken pipe"),
            "{said}"
        );
    }
}

#[test]
fn a_file_is_never_emptied_by_its_own_output() {
    let folder = Folder::with(&[("a.txt", GARBLED.as_bytes())]);
    assert_eq!(folder.exit(&["clean", "--output", ".", "a.txt"]), Some(2));
    assert_eq!(folder.read("a.txt"), GARBLED.as_bytes());
    std::os::unix::fs::symlink(".", folder.path("here")).expect("a link");
    assert_eq!(
        folder.exit(&["clean", "--output", "here", "a.txt"]),
        Some(2)
    );
    assert_eq!(folder.read("a.txt"), GARBLED.as_bytes());
}

#[test]
fn an_interruption_leaves_no_half_written_file() {
    let text = GARBLED.repeat(300);
    let folder = Folder::with(&[]);
    for number in 0..40 {
        fs::write(folder.path(&format!("{number}.txt")), &text).expect("a file");
    }
    let mut command = folder.command(&["clean", "--write", "."]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    // Until the first file is done.
    let mut stderr = child.stderr.take().expect("it is piped");
    stderr.read_exact(&mut [0]).expect("a first line");
    let interrupted = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupted.expect("kill runs").success());
    let exit = child.wait().expect("it ends").code();
    assert!(matches!(exit, Some(130 | 1)), "{exit:?}");
    let restored = folder.command(&["clean", "-"]);
    let restored = piped(restored, text.as_bytes());
    let names = fs::read_dir(folder.path("")).expect("the folder");
    let names: Vec<_> = names
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names.len(), 40, "{names:?}");
    for name in names {
        let now = fs::read(folder.path(&name.to_string_lossy())).expect("a file");
        assert!(now == text.as_bytes() || now == restored);
    }
}

fn piped(mut command: Command, input: &[u8]) -> Vec<u8> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(input).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends").stdout
}

#[test]
fn a_device_is_not_read_for_ever_and_a_pipe_is_not_replaced() {
    let folder = Folder::with(&[]);
    let output = folder.run(&["check", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("too large"));
    assert_eq!(folder.exit(&["check", "/dev/null"]), Some(0));
    let pipe = folder.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    let writing = std::thread::spawn(move || std::fs::write(pipe, GARBLED));
    let output = folder.run(&["clean", "--write", "pipe"]);
    writing.join().expect("it ends").expect("it is read");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no file"));
}

#[test]
fn links_in_a_circle_and_names_that_are_no_text_are_told_of_or_done() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = Folder::with(&[("a.txt", GARBLED.as_bytes())]);
    symlink("circle", folder.path("circle")).expect("a link");
    symlink(".", folder.path("again")).expect("a link");
    assert_eq!(folder.exit(&["check", "."]), Some(1));
    assert_eq!(folder.exit(&["check", "circle"]), Some(2));
    let name = std::ffi::OsStr::from_bytes(b"\xB9\xFA.txt");
    fs::write(folder.path("").join(name), GARBLED).expect("a file");
    assert_eq!(folder.exit(&["clean", "--write", "."]), Some(1));
    let written = fs::read_to_string(folder.path("").join(name)).expect("it is there");
    assert!(written.contains("新能源"));
    let long = format!("{}.txt", "长".repeat(80));
    fs::write(folder.path(&long), GARBLED).expect("a file");
    assert_eq!(folder.exit(&["clean", "--write", &long]), Some(1));
}

#[test]
fn a_folder_that_may_not_be_written_to_leaves_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[]);
    let inner = folder.path("inner");
    fs::create_dir(&inner).expect("a folder");
    fs::write(inner.join("a.txt"), GARBLED).expect("a file");
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).expect("its mode");
    // Root may write all the same.
    let is_root = fs::write(inner.join("probe"), "").is_ok();
    let exit = folder.exit(&["clean", "--write", "inner/a.txt"]);
    if !is_root {
        assert_eq!(exit, Some(2));
        assert_eq!(folder.read("inner/a.txt"), GARBLED.as_bytes());
    }
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).expect("its mode");
}

/// The shell's limit of a file's size is met as a full disk is: in the middle of writing.
#[test]
fn what_cannot_be_written_to_its_end_leaves_the_file() {
    let text = format!("{GARBLED}\n").repeat(200);
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let mut shell = Command::new("sh");
    // Without the signal that such a write brings, it is an error.
    shell.args([
        "-c",
        "trap '' XFSZ; ulimit -f 4; exec \"$0\" clean --write a.txt",
    ]);
    let output = shell
        .arg(env!("CARGO_BIN_EXE_zhengben"))
        .current_dir(folder.path(""))
        .output()
        .expect("sh");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!output.stderr.is_empty());
    assert!(folder.read("a.txt") == text.as_bytes());
    let left = fs::read_dir(folder.path("")).expect("the folder").count();
    assert_eq!(left, 1);
}
