//! Console sessions of a page: blocks of commands, each with its output.

use std::path::Path;
use std::process::Command;

pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

pub(crate) fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(name)).expect(name)
}

/// The commands, without their remarks, each with its output.
pub(crate) fn sessions(page: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(kind) => inside = !inside && kind == "console",
            None if !inside => {}
            None => match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => {
                    let command = command.split(" #").next().unwrap_or_default();
                    commands.push((command.trim().to_owned(), String::new()));
                }
                (None, Some((_, output))) => *output += &format!("{line}\n"),
                (None, None) => panic!("output before any command: {line}"),
            },
        }
    }
    commands
}

/// The arguments of a call of the command, as a page may write it.
pub(crate) fn arguments(command: &str) -> Option<Vec<&str>> {
    let words = ["zhengben ", "cargo run --release -- "];
    let words = words.iter().find_map(|name| command.strip_prefix(name))?;
    let words = words.split(' ').map(|word| word.trim_matches('\''));
    Some(words.collect())
}

/// That a call's command and options are there.
///
/// # Panics
/// If they are not.
pub(crate) fn is_a_call(arguments: &[&str], place: &str) {
    let name = arguments.iter().find(|word| !word.starts_with("--"));
    let words = name.into_iter().copied().chain(["--help"]);
    let (code, help) = run(&words.collect::<Vec<_>>());
    assert_eq!(code, Some(0), "{place}");
    for word in arguments.iter().filter(|word| word.starts_with("--")) {
        let option = word.split('=').next().unwrap_or_default();
        assert!(help.contains(option), "{place}: {option}");
    }
}

/// Runs the command in the repository; its exit code and stdout.
pub(crate) fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengben"))
        .env("ZHENGBEN_LANG", "en")
        .args(arguments)
        .current_dir(ROOT)
        .output()
        .expect("the command is built with the tests");
    (
        output.status.code(),
        String::from_utf8(output.stdout).expect("UTF-8"),
    )
}
