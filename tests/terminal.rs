//! The command as a reader has it at a terminal: `clean --interactive`, and the bar of a
//! long work.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{ControlCode, Eof, Expect, Session};
use tempfile::TempDir;

/// Spun: what is sure is given back, three words are probably others (`wording-model`).
const SPUN: &str = "咱们会尽或许注明来历，本站不承担任何职责，岗位职责除外。\
                    其间照旧有能够一样平常的体例。\n";
/// All but the three words.
const SAFE: &str = "我们会尽可能注明来源，本站不承担任何责任，岗位职责除外。\
                    其间还是有能够一般的体例。\n";

/// A folder that a command runs in.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Folder(TempDir::new().expect("a temporary folder"));
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect(name)
    }

    /// All files, so that nothing temporary stays unseen.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => names.push(named(&path, self.0.path())),
                }
            }
        }
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengben"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .env("ZHENGBEN_LANG", "en");
        command
    }

    fn interactive(&self, arguments: &[&str]) -> Command {
        self.command(&[&["clean", "--interactive"], arguments].concat())
    }

    fn start(&self, arguments: &[&str]) -> Reader {
        Reader::of(self.interactive(arguments))
    }
}

fn named(path: &Path, folder: &Path) -> String {
    let inside = path.strip_prefix(folder).expect("it is in the folder");
    inside.display().to_string()
}

/// Who sits at the terminal.
struct Reader(OsSession);

impl Reader {
    fn of(command: Command) -> Self {
        let mut session = Session::spawn(command).expect("a terminal");
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        Reader(session)
    }

    /// Waits for words.
    fn sees(&mut self, words: &str) -> &mut Self {
        if let Err(error) = self.0.expect(words) {
            panic!("{words:?} does not come: {error}");
        }
        self
    }

    /// Waits for a question that has these words, and answers.
    fn answers(&mut self, words: &str, key: &str) -> &mut Self {
        self.sees(words).sees("q,?] ");
        self.0.send_line(key).expect("the terminal takes it");
        self
    }

    /// Waits for the end; the exit code and what is said last.
    fn ends(&mut self) -> (i32, String) {
        let rest = self.0.expect(Eof).expect("it ends");
        let rest = String::from_utf8_lossy(rest.as_bytes()).into_owned();
        match self.0.get_process().wait().expect("it has ended") {
            WaitStatus::Exited(_, code) => (code, rest),
            other => panic!("{other:?}: {rest}"),
        }
    }
}

#[test]
fn some_are_accepted_and_some_refused() {
    let folder = Folder::new(&[("文章.txt", SPUN)]);
    let mut reader = folder.start(&["--write", "文章.txt"]);
    reader
        .sees("文章.txt:1:29: wording-model: 其间 → 其中 (probably right)")
        .sees("岗位职责除外。其间照旧有能够")
        .sees("^^^^")
        .answers("(1 of 3) Change it? [y,n,a,d,k,", "y")
        .answers("能够 → 可能", "n")
        // No answer: the keys are explained, and it asks again.
        .answers("体例 → 方式", "嗯")
        .sees("y  accept:")
        .answers("(3 of 3)", "y");
    let (code, said) = reader.ends();
    assert_eq!(code, 1, "{said}");
    let expected = SAFE.replace("其间", "其中").replace("体例", "方式");
    assert_eq!(folder.read("文章.txt"), expected);
    assert_eq!(folder.names(), ["文章.txt"]);
}

#[test]
fn a_rule_is_accepted_in_all_files_and_another_refused() {
    let lone = "年 ⺁ 与 ⼁ 。\n";
    let folder = Folder::new(&[("a.txt", SPUN), ("b/c.txt", SPUN), ("d.txt", lone)]);
    let mut reader = folder.start(&["--write", "a.txt", "b", "d.txt"]);
    reader.answers("其间 → 其中", "a");
    // The others of the rule are not asked about, in neither file.
    reader.answers("d.txt:1:3: char-radical: ⺁ → 厂", "d");
    let (code, said) = reader.ends();
    assert_eq!(code, 1, "{said}");
    assert!(!said.contains('?'), "{said}");
    let expected = SAFE.replace("其间", "其中");
    let expected = expected.replace("体例", "方式").replace("能够", "可能");
    assert_eq!(folder.read("a.txt"), expected);
    assert_eq!(folder.read("b/c.txt"), expected);
    assert_eq!(folder.read("d.txt"), lone);
}

#[test]
fn a_word_is_kept_for_good() {
    let settings =
        "# ours\nscript = \"none\" # no conversion\n\nkeep = [\n    '臺灣', # a name\n]\n";
    let folder = Folder::new(&[
        ("zhengben.toml", settings),
        ("a.txt", SPUN),
        ("b.txt", SPUN),
    ]);
    let mut reader = folder.start(&["--write", "a.txt", "b.txt"]);
    reader
        .answers("其间 → 其中", "k")
        .sees("kept from now on: zhengben.toml")
        // Whatever else is open is asked about, and no other 其间.
        .answers("能够 → 可能", "a");
    let (code, said) = reader.ends();
    assert_eq!(code, 1, "{said}");
    let expected = SAFE.replace("能够", "可能").replace("体例", "方式");
    for name in ["a.txt", "b.txt"] {
        assert_eq!(folder.read(name), expected, "{name}");
    }
    let kept = settings.replace("# a name\n", "# a name\n    \"其间\",\n");
    assert_eq!(folder.read("zhengben.toml"), kept);
    // Another run does not come back to it.
    assert_eq!(folder.start(&["--write", "a.txt"]).ends().0, 0);
}

#[test]
fn settings_are_made_where_there_are_none() {
    let folder = Folder::new(&[("a/b.txt", SPUN)]);
    let mut reader = folder.start(&["--write", "a/b.txt"]);
    reader
        .answers("其间 → 其中", "k")
        .answers("能够 → 可能", "q");
    assert_eq!(reader.ends().0, 1);
    assert_eq!(folder.read("zhengben.toml"), "keep = [\"其间\"]\n");

    let folder = Folder::new(&[("a.txt", SPUN)]);
    let mut reader = folder.start(&["--write", "--no-config", "a.txt"]);
    reader
        .answers("其间 → 其中", "k")
        .sees("with --no-config there are no settings to keep it in")
        .answers("(1 of 3)", "q");
    assert_eq!(reader.ends().0, 1);
    assert_eq!(folder.names(), ["a.txt"]);
}

#[test]
fn who_quits_has_what_was_decided() {
    for key in ["q", "\u{4}"] {
        let folder = Folder::new(&[("a.txt", SPUN), ("b.txt", SPUN), ("c.txt", SPUN)]);
        let mut reader = folder.start(&["--write", "a.txt", "b.txt", "c.txt"]);
        reader
            .answers("a.txt:1:29: wording-model: 其间 → 其中", "n")
            .answers("能够 → 可能", "n")
            .answers("体例 → 方式", "n")
            .answers("b.txt:1:29: wording-model: 其间 → 其中", "y");
        match key {
            "q" => reader.answers("能够 → 可能", key),
            _ => {
                reader.sees("能够 → 可能").sees("q,?] ");
                reader
                    .0
                    .send(ControlCode::EndOfTransmission)
                    .expect("taken");
                &mut reader
            }
        };
        let (code, said) = reader.ends();
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains("1 file is as it was: not looked at"),
            "{said}"
        );
        assert_eq!(folder.read("a.txt"), SAFE);
        assert_eq!(folder.read("b.txt"), SAFE.replace("其间", "其中"));
        assert_eq!(folder.read("c.txt"), SPUN);
    }
}

#[test]
fn an_interruption_leaves_the_file_as_it_was() {
    let folder = Folder::new(&[("a.txt", SPUN), ("b.txt", SPUN)]);
    let mut reader = folder.start(&["--write", "a.txt", "b.txt"]);
    reader
        .answers("a.txt:1:29: wording-model: 其间 → 其中", "y")
        .answers("能够 → 可能", "n")
        .answers("体例 → 方式", "n")
        .answers("b.txt:1:29: wording-model: 其间 → 其中", "y")
        .sees("能够 → 可能")
        .sees("q,?] ");
    reader.0.send(ControlCode::EndOfText).expect("taken");
    assert_eq!(reader.ends().0, 130);
    assert_eq!(folder.read("a.txt"), SAFE.replace("其间", "其中"));
    assert_eq!(folder.read("b.txt"), SPUN);
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

#[test]
fn what_cannot_be_known_is_shown_and_stays() {
    let text = "这个程序打印了这些字。\n烫烫烫烫烫烫\n";
    let folder = Folder::new(&[("a.txt", text)]);
    let mut reader = folder.start(&["--write", "a.txt"]);
    reader
        .sees("mojibake-lost: 烫烫烫烫烫烫 → □ (cannot be accepted)")
        .answers("Go on? [n,d,k,", "y")
        .answers("(1 of 1)", "n");
    assert_eq!(reader.ends().0, 1);
    assert_eq!(folder.read("a.txt"), text);
}

#[test]
fn bytes_outside_an_edit_stay_in_other_encodings() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let folder = Folder::new(&[]);
    // A2E3 is a second code for €; it must not become the usual one.
    folder.write("a.txt", [gbk(SPUN), b"\xA2\xE3\r\n".to_vec()].concat());
    let mut reader = folder.start(&["--output", "out", "a.txt"]);
    reader
        .answers("其间 → 其中", "y")
        .answers("能够 → 可能", "n")
        .answers("体例 → 方式", "n");
    assert_eq!(reader.ends().0, 1);
    let written = fs::read(folder.path("out/a.txt")).expect("a result");
    let expected = [gbk(&SAFE.replace("其间", "其中")), b"\xA2\xE3\r\n".to_vec()].concat();
    assert_eq!(written, expected);
    assert_eq!(folder.names(), ["a.txt", "out/a.txt"]);
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let folder = Folder::new(&[("a.txt", SPUN)]);
    let output = folder
        .interactive(&["--write", "a.txt"])
        .stdin(Stdio::null())
        .output()
        .expect("the command is built with the tests");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--interactive asks at a terminal"), "{said}");
    for (arguments, expected) in [
        (&["--write"][..], "name the files to clean"),
        (&["--write", "a.txt", "-"], "name the files to clean"),
        (&["--write", "--files-from", "-"], "name the files to clean"),
        (&["a.txt"], "required arguments were not provided"),
        (&["--diff", "a.txt"], "cannot be used with"),
    ] {
        let (code, said) = folder.start(arguments).ends();
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    assert_eq!(folder.read("a.txt"), SPUN);
}

#[test]
fn a_reader_of_chinese_is_asked_in_chinese() {
    let folder = Folder::new(&[("文章.txt", SPUN)]);
    let mut command = folder.interactive(&["--write", "文章.txt"]);
    command.env("ZHENGBEN_LANG", "zh");
    let mut reader = Reader::of(command);
    reader
        .sees("其间 → 其中（多半正确）")
        .answers("（第 1 处，共 3 处）改吗？", "?")
        .sees("y  接受")
        .answers("（第 1 处，共 3 处）", "q");
    let (code, said) = reader.ends();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("改动 6 处，不稳妥、未改 3 处"), "{said}");
}

#[test]
fn who_waits_sees_how_far_the_work_is_and_no_trace_of_it_afterwards() {
    let folder = Folder::new(&[("a.txt", "漢語\n"), ("c.txt", "漢語\n")]);
    let pipe = folder.path("b.txt");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    // Whoever reads it waits for longer than the bar does.
    let writer = thread::spawn(move || {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .open(pipe)
            .expect("a pipe");
        thread::sleep(Duration::from_millis(1_300));
        file.write_all("漢語\n".as_bytes()).expect("it is read");
    });
    let mut reader = Reader::of(folder.command(&[
        "check",
        "--jobs",
        "1",
        "--exit-zero",
        "a.txt",
        "b.txt",
        "c.txt",
    ]));
    reader
        .sees("a.txt: 2 edits")
        .sees("2/3")
        .sees("c.txt: 2 edits");
    let (code, said) = reader.ends();
    writer.join().expect("it has written");
    assert_eq!(code, 0, "{said}");
    // The line is erased.
    let last = said.trim_end().rsplit('\r').next().unwrap_or_default();
    assert!(!last.contains("3/3"), "{said:?}");
}
