//! Repairs of text that needs none.

use std::path::PathBuf;

use zhengben::workshop::repairs;

use super::judge::check;
use super::simulated::in_context;
use super::tally::CLASSES;
use crate::parallel;
use crate::{Failure, measure};

/// Counts the repairs, and prints so many of each file.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(files: &[PathBuf], show: usize) -> Result<(), Failure> {
    let (mut bytes, mut documents) = (0, 0);
    let mut classes = [0; CLASSES.len()];
    for path in files {
        let text = measure::read(path)?;
        let lines: Vec<String> = text.lines().map(|line| line.replace('␤', "\n")).collect();
        let found = parallel::map(&lines, |_, document| {
            let repairs = repairs(document);
            check(document, &repairs)
                .map(|()| repairs)
                .map_err(|error| error.to_string())
        });
        let mut shown = 0;
        for (document, repairs) in lines.iter().zip(found) {
            bytes += document.len();
            documents += 1;
            for repair in repairs? {
                classes[repair.certainty as usize] += 1;
                shown += 1;
                if shown <= show {
                    println!(
                        "  {}: {:?} {:.1} {:?}: {} → {}",
                        path.display(),
                        repair.certainty,
                        repair.margin,
                        repair.kind,
                        in_context(document, &repair.range),
                        repair.replacement.escape_debug()
                    );
                }
            }
        }
    }
    let counts: Vec<String> = CLASSES
        .iter()
        .zip(classes)
        .map(|(class, count)| format!("{class:?} {count}"))
        .collect();
    println!(
        "== clean: {documents} documents, {:.1} MB; repairs: {}",
        bytes as f64 / 1e6,
        counts.join(", ")
    );
    Ok(())
}
