//! Every command in the README does what the README shows.

use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The blocks of console sessions: commands, each with its output.
fn sessions(readme: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line.strip_prefix("```") {
            Some(kind) => inside = !inside && kind == "console",
            None if !inside => {}
            None => match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_owned(), String::new())),
                (None, Some((_, output))) => *output += &format!("{line}\n"),
                (None, None) => panic!("output before any command: {line}"),
            },
        }
    }
    commands
}

/// Runs the commands of a README that show their output, and checks that the
/// others are commands.
fn check(readme: &str) {
    let text = std::fs::read_to_string(Path::new(ROOT).join(readme)).expect(readme);
    let mut shown = 0;
    for (command, expected) in sessions(&text) {
        let command = command.split('#').next().unwrap_or("").trim();
        let Some(arguments) = command
            .strip_prefix("zhengben ")
            .or_else(|| command.strip_prefix("cargo run --release -- "))
        else {
            assert!(command.starts_with("cargo "), "{readme}: {command}");
            continue;
        };
        let arguments: Vec<&str> = arguments
            .split(' ')
            .map(|word| word.trim_matches('\''))
            .collect();
        if expected.is_empty() {
            let help = run(&[arguments[0], "--help"]);
            assert!(help.0 == Some(0), "{readme}: {command}");
            for option in arguments
                .iter()
                .filter(|argument| argument.starts_with("--"))
            {
                assert!(help.1.contains(option), "{readme}: {command}: {option}");
            }
            continue;
        }
        assert_eq!(run(&arguments).1, expected, "{readme}: {command}");
        shown += 1;
    }
    assert!(shown >= 3, "{readme} shows {shown} outputs");
}

fn run(arguments: &[&str]) -> (Option<i32>, String) {
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

#[test]
fn english() {
    check("README.md");
}

#[test]
fn chinese() {
    check("README.zh-CN.md");
}

#[test]
fn both_show_the_same_commands() {
    let read = |name| std::fs::read_to_string(Path::new(ROOT).join(name)).expect(name);
    let commands = |text: String| -> Vec<String> {
        let command = |(command, _): (String, String)| {
            command.split('#').next().unwrap_or("").trim().to_owned()
        };
        sessions(&text).into_iter().map(command).collect()
    };
    assert_eq!(
        commands(read("README.md")),
        commands(read("README.zh-CN.md"))
    );
}
