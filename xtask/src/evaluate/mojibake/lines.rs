//! The lines that are garbled.

use std::collections::BTreeMap;

/// In characters.
const SHORTEST: usize = 4;
const LONGEST: usize = 200;
/// The part of a line that is Han characters, at least.
const HAN: f64 = 0.6;

/// So many lines of each domain, evenly from all of them.
pub(super) fn of(domains: &BTreeMap<String, Vec<String>>, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for documents in domains.values() {
        let all: Vec<&str> = documents.iter().flat_map(|d| d.lines()).collect();
        let all: Vec<&str> = all
            .into_iter()
            .map(str::trim)
            .filter(|l| is_fit(l))
            .collect();
        let size = limit.min(all.len());
        lines.extend((0..size).map(|number| all[number * all.len() / size].to_owned()));
    }
    lines
}

fn is_fit(line: &str) -> bool {
    let count = line.chars().count();
    let han = line.chars().filter(|&c| is_han(c)).count();
    (SHORTEST..=LONGEST).contains(&count)
        && han as f64 >= HAN * count as f64
        // What is lost already cannot be restored.
        && !line.contains(char::REPLACEMENT_CHARACTER)
}

/// Whether it is one of the Han characters that everyone uses.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}
