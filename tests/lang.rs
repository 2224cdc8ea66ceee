//! What programs read is the same whatever language is spoken.

#[path = "common/command.rs"]
mod command;

use std::fs;

use tempfile::TempDir;
use zhengben::cli::Exit;
use zhengben::lang::Lang;

fn zhengben(lang: Lang, arguments: &[&str]) -> (Exit, String, String) {
    let (exit, stdout, stderr) = command::zhengben(lang, arguments);
    (exit, String::from_utf8(stdout).expect("UTF-8"), stderr)
}

/// A folder with a garbled file, one that cannot be read and one with a rule's name
/// written wrongly.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let files: [(&str, &[u8]); 3] = [
        (
            "a.txt",
            "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚。\n".as_bytes(),
        ),
        ("b.txt", b"\xFF\xFE\xFF\x81\x00\xD8"),
        ("c.txt", "# zhengben: off glos\n正文\n".as_bytes()),
    ];
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    folder
}

#[test]
fn what_programs_read_is_the_same_in_every_language() {
    let folder = folder();
    let paths = ["a.txt", "b.txt", "c.txt", "missing.txt"];
    let paths = paths.map(|name| folder.path().join(name).display().to_string());
    let commands: [&[&str]; 11] = [
        &["check", "--format", "json"],
        &["check", "--format", "jsonl"],
        &["check", "--format", "sarif"],
        &["check", "--format", "github"],
        &["check", "--format", "json", "--statistics"],
        &["clean", "--format", "json"],
        &["clean", "--format", "jsonl"],
        &["clean", "--diff"],
        &["detect", "--format", "json"],
        &["config", "--format", "json"],
        &["rules", "--format", "json"],
    ];
    for command in commands {
        let paths: Vec<&str> = match command[0] {
            "rules" | "config" => Vec::new(),
            _ => paths.iter().map(String::as_str).collect(),
        };
        let arguments = [command, &paths].concat();
        let (english, chinese) = (
            zhengben(Lang::En, &arguments),
            zhengben(Lang::Zh, &arguments),
        );
        assert!(!english.1.is_empty(), "{command:?}");
        assert_eq!(
            (english.0, english.1),
            (chinese.0, chinese.1),
            "{command:?}"
        );
    }
}

#[test]
fn what_people_read_is_in_their_language() {
    let folder = folder();
    let path = folder.path().join("b.txt").display().to_string();
    let page = zhengben(Lang::Zh, &["check", "--format", "html", &path]);
    assert!(page.1.contains("<html lang=\"zh-Hans\">"), "{}", page.1);
    assert!(
        page.2.contains("zhengben: ") && page.2.contains("编码"),
        "{}",
        page.2
    );
    assert!(page.1.contains("编码"), "{}", page.1);
    // So are the reasons of edits.
    let garbled = folder.path().join("a.txt").display().to_string();
    let text = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚。";
    let commands: [&[&str]; 3] = [
        &["check", &garbled],
        &["check", "--format", "html", &garbled],
        &["explain", "--text", text],
    ];
    for command in commands {
        for (lang, said) in [
            (Lang::En, "document spun by family A"),
            (Lang::Zh, "全文有词族 A 的伪原创特征"),
        ] {
            let report = zhengben(lang, command).1;
            for other in ["document spun by family A", "全文有词族 A 的伪原创特征"] {
                let is_said = report.contains(other);
                assert_eq!(is_said, other == said, "{command:?}: {report}");
            }
        }
    }
}

#[test]
fn an_argument_outweighs_the_environment() {
    let chinese = zhengben(Lang::En, &["rules", "--lang", "zh"]).1;
    assert_eq!(chinese, zhengben(Lang::Zh, &["rules"]).1);
    let english = zhengben(Lang::Zh, &["--lang=en", "rules"]).1;
    assert_eq!(english, zhengben(Lang::En, &["rules"]).1);
    assert_ne!(chinese, english);
}

#[test]
fn completions_are_in_the_language_and_complete_the_same() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let english = zhengben(Lang::En, &["completions", shell]).1;
        let chinese = zhengben(Lang::Zh, &["completions", shell]).1;
        for option in ["no-builtin-dictionary", "sarif", "tw2sp"] {
            let count = |script: &str| script.matches(option).count();
            assert_eq!(count(&chinese), count(&english), "{shell}: {option}");
        }
        assert!(chinese.contains("no-builtin-dictionary"), "{shell}");
        // Bash shows no help.
        assert_eq!(chinese == english, shell == "bash", "{shell}");
        assert!(shell == "bash" || chinese.contains("转换"), "{shell}");
    }
}

#[test]
fn every_call_that_is_right_in_one_language_is_in_the_other() {
    let calls: [&[&str]; 8] = [
        &["check", "--format", "sarif", "--script", "tw2sp"],
        &["check", "--rule", "gloss", "--jobs", "2"],
        &["help", "check"],
        &["--version"],
        &["check", "--jobs", "0"],
        &["check", "--format", "xml"],
        &["clean", "--write", "--diff"],
        &["explain"],
    ];
    for call in calls {
        let (english, chinese) = (zhengben(Lang::En, call), zhengben(Lang::Zh, call));
        assert_eq!(english.0, chinese.0, "{call:?}: {}", chinese.2);
    }
}

#[test]
fn the_environment_says_which_language() {
    let said = |name: &str, value: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_zhengben"))
            .arg("rules")
            .env_clear()
            .env(name, value)
            .output()
            .expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| zhengben(lang, &["rules"]).1);
    assert_eq!(said("LANG", "zh_TW.UTF-8"), chinese);
    assert_eq!(said("ZHENGBEN_LANG", "zh"), chinese);
    assert_eq!(said("LC_ALL", "C"), english);
}
