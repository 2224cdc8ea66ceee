//! `cargo xtask measure clean`: what the default pipeline does to text that
//! needs nothing done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use zhengben::{Cleaner, Rule};

use crate::Failure;

/// Text that is known to be clean.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Text files, or .xz of them: one document a line, ␤ for line breaks.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print this many edits of each rule.
    #[arg(long, default_value_t = 20)]
    show: usize,
    /// Count each file as one document instead of each line.
    #[arg(long)]
    whole: bool,
}

/// Prints every edit outside the script stage; there should be none.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(crate) fn clean(arguments: &Arguments) -> Result<(), Failure> {
    let cleaner = Cleaner::new();
    let mut totals: BTreeMap<Rule, (usize, usize)> = BTreeMap::new();
    let (mut bytes, mut documents, mut spun) = (0, 0, 0);
    for path in &arguments.files {
        let text = read(path)?;
        let pieces: Vec<&str> = if arguments.whole {
            vec![&text]
        } else {
            text.lines().collect()
        };
        for piece in pieces {
            let piece = &piece.replace('␤', "\n");
            bytes += piece.len();
            documents += 1;
            let cleaned = cleaner.clean(piece.as_str());
            spun += usize::from(cleaned.evidence().spinning.found());
            for edit in cleaned.edits() {
                let Some(cause) = edit
                    .causes
                    .iter()
                    .rev()
                    .find(|c| c.rule.info().stage != "script")
                else {
                    continue;
                };
                let count = totals.entry(cause.rule).or_default();
                count.0 += usize::from(edit.applied);
                count.1 += usize::from(!edit.applied);
                if count.0 + count.1 <= arguments.show {
                    let context = context(piece, edit.range.start, edit.range.end);
                    println!(
                        "{}: {}: {context} → {}",
                        path.display(),
                        cause.rule,
                        edit.replacement.escape_debug()
                    );
                }
            }
        }
    }
    println!(
        "{documents} documents, {:.1} MB, {spun} taken for spun",
        bytes as f64 / 1e6
    );
    for (rule, (applied, suggested)) in totals {
        println!("{rule}: {applied} applied, {suggested} suggested");
    }
    Ok(())
}

pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    if path.extension().is_some_and(|extension| extension == "xz") {
        let output = Command::new("xz").arg("-dc").arg(path).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        return Ok(String::from_utf8(output.stdout)?);
    }
    Ok(fs::read_to_string(path)?)
}

fn context(text: &str, start: usize, end: usize) -> String {
    let head: Vec<char> = text[..start].chars().rev().take(12).collect();
    let head: String = head.into_iter().rev().collect();
    let tail: String = text[end..].chars().take(12).collect();
    format!("{head}[{}]{tail}", &text[start..end])
        .escape_debug()
        .to_string()
}
