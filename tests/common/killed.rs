//! A run that is killed in the middle of its work.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::folder::Folder;

/// How far the work is, is written down every second.
const EVERY: Duration = Duration::from_millis(1100);

const MOMENT: Duration = Duration::from_millis(1);

/// Runs a command that writes a file into a folder, and kills it when it has written down
/// how far it is and before it is done. It is halted when it has written something, so
/// that it is not done before the time comes.
pub(crate) fn killed_in_the_middle(folder: &Folder, arguments: &[&str], out: &str, name: &str) {
    let part = folder.path(&format!("{out}/{name}.part"));
    let progress = folder.path(&format!("{out}/{name}.progress"));
    // On a busy machine it may be done before we look.
    for _ in 0..8 {
        let _ = fs::remove_dir_all(folder.path(out));
        let mut child = folder
            .command(arguments)
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        wait(&mut child, || length(&part) > 0);
        signal(&child, "-STOP");
        sleep(EVERY);
        signal(&child, "-CONT");
        wait(&mut child, || progress.exists());
        child.kill().expect("it can be killed");
        let status = child.wait().expect("it ends");
        if status.code().is_none() && progress.exists() {
            return;
        }
    }
    panic!("{name} was done before it could be killed: more records are needed");
}

fn wait(child: &mut Child, is_there: impl Fn() -> bool) {
    while !is_there() && child.try_wait().expect("a child").is_none() {
        sleep(MOMENT);
    }
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// A child that is done already hears of nothing.
fn signal(child: &Child, signal: &str) {
    let kill = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    kill.expect("kill");
}
