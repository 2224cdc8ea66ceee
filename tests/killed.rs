//! A run that is killed while it writes: every file is what it was or what it becomes.
#![cfg(unix)]

#[path = "common/folder.rs"]
mod folder;

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use folder::Folder;

/// How many files there are.
const FILES: usize = 1000;

/// How often a run is killed, unless `ZHENGBEN_KILLS` says it.
const KILLS: u32 = 2;

const GARBLED: &str = "這是我們的國家，來這裡的人都說好。";
const RESTORED: &str = "这是我们的国家，来这里的人都说好。";

/// So long that its writing takes more than one call.
fn text(sentence: &str, number: usize) -> String {
    format!("{number}\n{}", format!("{sentence}\n").repeat(200))
}

fn name(number: usize) -> String {
    format!("{}/{number}.txt", number % 10)
}

#[test]
fn a_killed_run_leaves_each_file_whole_and_the_next_one_leaves_nothing_else() {
    let kills = std::env::var("ZHENGBEN_KILLS").ok();
    let kills = kills.map_or(KILLS, |kills| kills.parse().expect("a number"));
    let garbled: Vec<String> = (0..FILES).map(|number| text(GARBLED, number)).collect();
    let restored: Vec<String> = (0..FILES).map(|number| text(RESTORED, number)).collect();
    let folder = Folder::with(&[]);
    let write_all = || {
        for (number, text) in garbled.iter().enumerate() {
            let path = folder.path(&name(number));
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    };
    write_all();
    let begun = Instant::now();
    assert_eq!(
        folder.run(&["clean", "--write", "."]).status.code(),
        Some(1)
    );
    let whole = begun.elapsed();
    let (mut lost, mut half_done) = (Vec::new(), 0);
    for kill in 0..kills {
        write_all();
        let mut child = folder
            .command(&["clean", "--write", "."])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        sleep(moment(kill, whole));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let mut done = 0;
        for number in 0..FILES {
            let now = folder.read(&name(number));
            if now == restored[number].as_bytes() {
                done += 1;
            } else if now != garbled[number].as_bytes() {
                lost.push((kill, number));
            }
        }
        half_done += u32::from((1..FILES).contains(&done));
    }
    assert!(lost.is_empty(), "neither old nor new: {lost:?}");
    assert!(half_done > 0, "no run was killed while it wrote");
    // The next run does what is left, and deletes what was.
    folder.run(&["clean", "--write", "."]);
    let mut names = Vec::new();
    for inner in fs::read_dir(folder.path("."))
        .expect("the folder")
        .flatten()
    {
        let files = fs::read_dir(inner.path()).expect("a folder").flatten();
        names.extend(files.map(|file| file.file_name()));
    }
    assert_eq!(names.len(), FILES, "{names:?}");
    for (number, restored) in restored.iter().enumerate() {
        assert!(
            folder.read(&name(number)) == restored.as_bytes(),
            "{number}"
        );
    }
}

/// When a run is killed: anywhere in the time that one takes, not twice at the same
/// place.
fn moment(kill: u32, whole: Duration) -> Duration {
    /// Multiples of it lie evenly between whole numbers.
    const GOLDEN: f64 = 0.618_033_988_75;
    whole.mul_f64((f64::from(kill + 1) * GOLDEN).fract())
}
