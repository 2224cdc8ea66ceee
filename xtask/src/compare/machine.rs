//! What the figures were measured on.

use std::fs;
use std::process::Command;
use std::thread;

/// The machine, the system and the compiler, a fact a line.
pub(super) fn facts() -> Vec<(&'static str, String)> {
    let unknown = || "unknown".to_owned();
    let cores = thread::available_parallelism().map_or(1, |count| count.get());
    let memory = of_file("/proc/meminfo", "MemTotal");
    let memory = memory.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    vec![
        (
            "processor",
            of_file("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
        ),
        ("cores", cores.to_string()),
        (
            "memory",
            memory.map_or_else(unknown, |kb| format!("{:.0} GB", kb * 1024.0 / 1e9)),
        ),
        ("kernel", printed("uname", &["-sr"]).unwrap_or_else(unknown)),
        (
            "compiler",
            printed("rustc", &["-V"]).unwrap_or_else(unknown),
        ),
        (
            "date",
            printed("date", &["-u", "+%F"]).unwrap_or_else(unknown),
        ),
    ]
}

/// How many threads wanted to run of late, on average of a minute.
pub(super) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").ok();
    let load = load.and_then(|text| Some(text.split(' ').next()?.to_owned()));
    load.unwrap_or_else(|| "unknown".to_owned())
}

/// The value of a line `name: value`.
fn of_file(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut rows = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = rows.find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}

fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
