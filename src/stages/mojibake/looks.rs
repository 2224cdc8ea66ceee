//! What looks at a document have shown, kept for a second time: most of what is looked at
//! stays as it is.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use super::gate::floor;
use super::plan::Plan;
use crate::stages::damage;

/// What of the text before a part its search can depend on, in bytes: more than the model
/// of Chinese looks back.
const BEFORE: usize = 32;

/// What looks at a document have shown.
#[derive(Debug, Default)]
pub(super) struct Looks {
    known: Arc<Known>,
    /// Whether a filter has broken characters of the document.
    shows_filter: OnceLock<bool>,
}

/// What is known of texts, wherever they stand; each by its hash, of 64 bits.
#[derive(Debug, Default)]
struct Known {
    /// The suspected part of each text that was looked at.
    suspected: Mutex<HashMap<u64, Option<Range<usize>>>>,
    /// The texts that were searched and in which nothing was found.
    fruitless: Mutex<HashSet<u64>>,
}

impl Looks {
    /// What is known when the document has become another text.
    pub(super) fn at_another_text(&self) -> Self {
        Looks {
            known: Arc::clone(&self.known),
            shows_filter: OnceLock::new(),
        }
    }

    /// Keeps what was suspected, as bytes of the source, of a text that stands there.
    pub(super) fn keep(&self, text: &str, at: usize, suspected: Option<Range<usize>>) {
        let part = suspected.map(|part| part.start - at..part.end - at);
        if let Ok(mut known) = self.known.suspected.lock() {
            known.insert(hash(text), part);
        }
    }

    /// The part of a text that looks garbled by a single step.
    pub(super) fn suspected(&self, text: &str) -> Option<Range<usize>> {
        let known = self.known.suspected.lock().ok();
        let known = known.and_then(|known| known.get(&hash(text)).cloned());
        known.unwrap_or_else(|| Plan::of(text, 0).suspected())
    }

    /// Keeps that nothing was found in a part of a text.
    pub(super) fn keep_fruitless(&self, text: &str, part: Range<usize>, is_line_end: bool) {
        if let Ok(mut known) = self.known.fruitless.lock() {
            known.insert(search(text, part, is_line_end));
        }
    }

    /// Whether a part of a text was searched where the same stood before it, and nothing
    /// was found.
    pub(super) fn are_fruitless(&self, text: &str, part: Range<usize>, is_line_end: bool) -> bool {
        let known = self.known.fruitless.lock();
        known.is_ok_and(|known| {
            !known.is_empty() && known.contains(&search(text, part, is_line_end))
        })
    }

    /// Whether a filter has broken characters of the document, which is `text`.
    pub(super) fn show_filter(&self, text: &str) -> bool {
        *self.shows_filter.get_or_init(|| damage::shows_filter(text))
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn search(text: &str, part: Range<usize>, is_line_end: bool) -> u64 {
    let from = floor(text, part.start.saturating_sub(BEFORE));
    let mut hasher = DefaultHasher::new();
    hasher.write_usize(part.start - from);
    hasher.write_u8(is_line_end.into());
    hasher.write(&text.as_bytes()[from..part.end]);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_looked_for_again() {
        let text = "ÄãºÃ".repeat(8);
        let looks = Looks::default();
        assert_eq!(looks.suspected(&text), Some(0..text.len()));
        looks.keep(&text, 7, Some(9..11));
        assert_eq!(looks.suspected(&text), Some(2..4));
        assert_eq!(looks.at_another_text().suspected(&text), Some(2..4));
    }

    #[test]
    fn a_search_is_the_same_behind_the_same() {
        let looks = Looks::default();
        let far = format!("a{}", "中文".repeat(20));
        let part = far.len()..far.len() + 2;
        looks.keep_fruitless(&format!("{far}Ä\n"), part.clone(), true);
        let is_known = |text: &str, end| looks.are_fruitless(text, part.clone(), end);
        assert!(is_known(&format!("b{}Ä。", &far[1..]), true));
        assert!(!is_known(&format!("{far}Ä\n"), false));
        assert!(!is_known(&format!("{far}ã\n"), true));
        assert!(!is_known(&format!("{}英Ä\n", &far[..far.len() - 3]), true));
    }
}
