//! Findings of an old repository that are known and left alone: a file with one of
//! them a line, each with what stands around it, so that it is found again wherever its
//! line has moved to.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, PoisonError};

use daachorse::CharwiseDoubleArrayAhoCorasick;
use serde::{Deserialize, Serialize};

use super::replace::{ReplaceError, replace};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::config::Settings;

/// Where findings are written if no settings say so.
const DEFAULT: &str = "zhengben-baseline.jsonl";

/// So many characters on each side tell a place from others.
const AROUND: usize = 8;

/// What is left alone can bring another finding to light, so often at most: there are
/// fewer stages.
const ROUNDS: usize = 8;

/// A file of known findings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum BaselineError {
    Read {
        path: PathBuf,
        error: io::Error,
    },
    Wrong {
        path: PathBuf,
        line: usize,
        error: serde_json::Error,
    },
    Write(#[from] ReplaceError),
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// From the folder of the file.
    path: String,
    #[serde(flatten)]
    known: Known,
}

/// A known finding: what is left alone, and what stands around it in its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// For who reads it; nothing of the place is changed by any rule.
    rule: String,
    before: String,
    text: String,
    after: String,
}

/// The files of known findings that settings name, each read once.
#[derive(Debug, Default)]
pub(super) struct Baselines {
    read: Vec<Arc<Baseline>>,
    /// Whether they are to be written: then there need not be any.
    renews: bool,
}

impl Baselines {
    pub(super) fn to_write() -> Self {
        Baselines {
            renews: true,
            ..Baselines::default()
        }
    }

    pub(super) fn of(
        &mut self,
        settings: &Settings,
    ) -> Result<Option<Arc<Baseline>>, BaselineError> {
        let path = match (&settings.baseline, self.renews) {
            (Some(path), _) => path.as_path(),
            (None, true) => Path::new(DEFAULT),
            (None, false) => return Ok(None),
        };
        if let Some(known) = self.read.iter().find(|baseline| baseline.path == path) {
            return Ok(Some(Arc::clone(known)));
        }
        let baseline = Arc::new(match self.renews && !path.exists() {
            true => Baseline::empty(path),
            false => Baseline::read(path)?,
        });
        self.read.push(Arc::clone(&baseline));
        Ok(Some(baseline))
    }
}

/// All known findings of a file.
#[derive(Debug)]
pub(super) struct Baseline {
    path: PathBuf,
    known: BTreeMap<String, Vec<Known>>,
    /// What is found now, by documents.
    found: Mutex<BTreeMap<String, Vec<Known>>>,
}

impl Baseline {
    /// Reads a file of known findings.
    fn read(path: &Path) -> Result<Self, BaselineError> {
        let text = std::fs::read_to_string(path).map_err(|error| BaselineError::Read {
            path: path.to_owned(),
            error,
        })?;
        let mut baseline = Baseline::empty(path);
        for (number, line) in text.lines().enumerate() {
            let line: Line = serde_json::from_str(line).map_err(|error| BaselineError::Wrong {
                path: path.to_owned(),
                line: number + 1,
                error,
            })?;
            baseline
                .known
                .entry(line.path)
                .or_default()
                .push(line.known);
        }
        Ok(baseline)
    }

    fn empty(path: &Path) -> Self {
        Baseline {
            path: path.to_owned(),
            known: BTreeMap::new(),
            found: Mutex::default(),
        }
    }

    /// Where a document has what is known of it.
    pub(super) fn find(&self, document: &Path, text: &str) -> Vec<Range<usize>> {
        let known = self.known.get(&self.name(document));
        known.map_or(Vec::new(), |known| {
            let ranges = places(known, text);
            ranges.into_iter().map(|(_, range)| range).collect()
        })
    }

    /// Adds all that is found in a document, and goes on until nothing is.
    pub(super) fn add(&self, document: &Path, cleaner: &Cleaner, cleaned: &Cleaned<'_>) {
        let name = self.name(document);
        let text = cleaned.source().text();
        // Of what was known, that which is still there.
        let old = self.known.get(&name).map_or(&[][..], Vec::as_slice);
        let mut all = places(old, text);
        let mut cleaned = cleaned.clone();
        for _ in 0..ROUNDS {
            let new = joined(&cleaned);
            let new: Vec<_> = new
                .into_iter()
                .map(|(range, rule)| Known::new(text, range, rule))
                .collect();
            if new.is_empty() {
                break;
            }
            all.extend(new);
            let kept = all.iter().map(|(_, range)| range.clone());
            cleaned = cleaner.clean(cleaned.source().clone().with_kept(kept));
        }
        all.sort_by_key(|(_, range)| range.start);
        let mut known: Vec<Known> = all.into_iter().map(|(known, _)| known).collect();
        known.dedup();
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(name, known);
    }

    /// Writes what was found, and what is known of documents that were not looked at;
    /// how many findings there are now.
    pub(super) fn write(&self) -> Result<usize, BaselineError> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = self.known.clone();
        all.extend(found.clone());
        let mut lines = Vec::new();
        let mut count = 0;
        for (path, known) in all {
            for known in known {
                let line = Line {
                    path: path.clone(),
                    known,
                };
                // Strings are always written.
                if serde_json::to_writer(&mut lines, &line).is_ok() {
                    lines.push(b'\n');
                    count += 1;
                }
            }
        }
        replace(&self.path, &lines)?;
        Ok(count)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What a document is called in the file, wherever the command is run.
    fn name(&self, document: &Path) -> String {
        let full = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
        let (document, file) = (full(document), full(&self.path));
        let folder = file.parent().unwrap_or(Path::new("/"));
        let inside = document.strip_prefix(folder).unwrap_or(&document);
        let parts: Vec<_> = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }
}

/// The places of what is found, those of one rule that touch as one.
fn joined(cleaned: &Cleaned<'_>) -> Vec<(Range<usize>, &'static str)> {
    let mut joined: Vec<(Range<usize>, &str)> = Vec::new();
    for edit in cleaned.edits() {
        let rule = edit.causes.last().map_or("", |cause| cause.rule.id());
        match joined.last_mut() {
            Some((last, of)) if *of == rule && last.end == edit.range.start => {
                last.end = edit.range.end;
            }
            _ => joined.push((edit.range, rule)),
        }
    }
    joined
}

impl Known {
    /// What is at a place of a text, and the range that is left alone so that it stays.
    fn new(text: &str, range: Range<usize>, rule: &str) -> (Self, Range<usize>) {
        let mut range = range;
        if range.is_empty() {
            // What would be put in is kept out by what stands there.
            let next = text[range.end..].chars().next();
            range.end += next.map_or(0, char::len_utf8);
            let last = text[..range.start].chars().next_back();
            range.start -= last.map_or(0, char::len_utf8);
        }
        let before = text[..range.start].rsplit('\n').next().unwrap_or("");
        let start = before.char_indices().rev().take(AROUND).last();
        let after = text[range.end..].split('\n').next().unwrap_or("");
        let known = Known {
            rule: rule.to_owned(),
            before: before[start.map_or(before.len(), |(place, _)| place)..].to_owned(),
            text: text[range.clone()].to_owned(),
            after: after.chars().take(AROUND).collect(),
        };
        (known, range)
    }
}

/// Where known findings are in a text, in the order of the list.
fn places(known: &[Known], text: &str) -> Vec<(Known, Range<usize>)> {
    let contexts: Vec<String> = known
        .iter()
        .map(|known| [&*known.before, &known.text, &known.after].concat())
        .collect();
    let mut first = BTreeMap::new();
    for (number, context) in contexts
        .iter()
        .enumerate()
        .filter(|(_, context)| !context.is_empty())
    {
        first.entry(context).or_insert_with(Vec::new).push(number);
    }
    // It fails for want of contexts.
    let patterns = first.keys().map(|context| context.as_str());
    let Ok(contexts) = CharwiseDoubleArrayAhoCorasick::<u32>::new(patterns) else {
        return Vec::new();
    };
    let numbers: Vec<Vec<usize>> = first.into_values().collect();
    let mut found = Vec::new();
    for place in contexts.find_overlapping_iter(text) {
        for &number in &numbers[place.value() as usize] {
            let known = &known[number];
            let start = place.start() + known.before.len();
            found.push((known.clone(), start..start + known.text.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_found_where_it_has_moved_to() {
        let text = "第一行。\n這是漢語，也是國語。\n";
        let place = text.find("漢").expect("it is there");
        let (known, range) = Known::new(text, place..place + 6, "script-character");
        assert_eq!(
            (&*known.before, &*known.text, &*known.after),
            ("這是", "漢語", "，也是國語。")
        );
        assert_eq!(range, place..place + 6);
        let moved = "新行\n第一行。\n這是漢語，也是國語。\n這是漢語，或者漢語。";
        let found = places(&[known], moved);
        let place = moved.find("漢").expect("it is there");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, place..place + 6);
    }

    #[test]
    fn what_would_be_put_in_is_kept_out() {
        let (known, range) = Known::new("重要动力源", 6..6, "damage");
        assert_eq!((known.text.as_str(), range), ("要动", 3..9));
        assert_eq!(Known::new("", 0..0, "damage").1, 0..0);
    }
}
