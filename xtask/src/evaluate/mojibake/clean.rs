//! Text that is not garbled: Chinese, and of other languages.

use std::path::Path;
use std::time::{Duration, Instant};

use zhengben::{Cleaner, workshop};

use super::mechanisms::traditional_of;
use super::{Arguments, cleaner};
use crate::{Failure, measure, parallel};

/// Counts the lines that are changed or reported.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let cleaner = cleaner(false)?;
    for path in &arguments.clean {
        let mut lines = lines(path)?;
        if arguments.traditional {
            lines = lines.iter().map(|line| traditional_of(line)).collect();
        }
        let name = path.display().to_string();
        println!("{}", report(&cleaner, &name, &lines, arguments.show));
    }
    for foreign in &arguments.foreign {
        let (name, path) = foreign.split_once('=').ok_or("NAME=FILE")?;
        let lines = lines(path.as_ref())?;
        println!("{}", report(&cleaner, name, &lines, arguments.show));
    }
    Ok(())
}

fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let text = measure::read(path)?;
    let lines = text.split(['\n', '␤']).map(str::trim);
    Ok(lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

fn report(cleaner: &Cleaner, name: &str, lines: &[String], show: usize) -> String {
    let joined = lines.join("\n");
    // The best of several, since others use the machine too.
    let mut time = Duration::MAX;
    let mut suspects = 0;
    for _ in 0..9 {
        let start = Instant::now();
        suspects = workshop::suspects(&joined).len();
        time = time.min(start.elapsed().max(Duration::from_micros(1)));
    }
    let results = parallel::map(lines, |_, line| {
        let cleaned = cleaner.clean(line.as_str());
        let applied = cleaned.edits().filter(|edit| edit.applied).count();
        let reported = cleaned.edits().filter(|edit| !edit.applied).count();
        let accounts = cleaned.edits().map(|edit| {
            let reason = edit.causes.first().map_or("", |cause| &cause.reason);
            format!(
                "  {}: {} → {} ({reason})",
                edit.applied, edit.original, edit.replacement
            )
        });
        let account = accounts.collect::<Vec<_>>().join("\n");
        (applied, reported, account)
    });
    let changed = results.iter().filter(|(applied, ..)| *applied > 0).count();
    let reported = results
        .iter()
        .filter(|(_, reported, _)| *reported > 0)
        .count();
    let bytes: usize = lines.iter().map(String::len).sum();
    let accounts = results
        .iter()
        .map(|(.., account)| account)
        .filter(|account| !account.is_empty());
    let mut text: String = accounts
        .take(show)
        .map(|account| account.clone() + "\n")
        .collect();
    text += &format!(
        "{name}: {} lines, {:.1} MB; the gate: {:.0} MB/s, {suspects} lines; changed {changed}, reported {reported}",
        lines.len(),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / time.as_secs_f64()
    );
    text
}
