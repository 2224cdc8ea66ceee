//! Every command in the README does what the README shows.

#[path = "common/session.rs"]
mod session;

use session::{arguments, is_a_call, page, run, sessions};

/// Runs the commands of a README that show their output, and checks that the
/// others are commands.
fn check(readme: &str) {
    let mut shown = 0;
    for (command, expected) in sessions(&page(readme)) {
        let Some(arguments) = arguments(&command) else {
            assert!(command.starts_with("cargo "), "{readme}: {command}");
            continue;
        };
        if expected.is_empty() {
            is_a_call(&arguments, &format!("{readme}: {command}"));
            continue;
        }
        assert_eq!(run(&arguments).1, expected, "{readme}: {command}");
        shown += 1;
    }
    assert!(shown >= 3, "{readme} shows {shown} outputs");
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
    let commands = |name| {
        sessions(&page(name))
            .into_iter()
            .map(|(command, _)| command)
    };
    assert!(commands("README.md").eq(commands("README.zh-CN.md")));
}
