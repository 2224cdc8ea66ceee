//! What looks at a document have shown, kept for a second time: most of what is looked at
//! stays as it is.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;
use std::sync::{Mutex, OnceLock};

use super::plan::Plan;
use crate::stages::damage;

/// What looks at a document have shown.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The suspected part of each text that was looked at, by the text's hash, of 64 bits.
    suspected: Mutex<HashMap<u64, Option<Range<usize>>>>,
    /// Whether a filter has broken characters of the document.
    shows_filter: OnceLock<bool>,
}

impl Looks {
    /// Keeps what was suspected, as bytes of the source, of a text that stands there.
    pub(super) fn keep(&self, text: &str, at: usize, suspected: Option<Range<usize>>) {
        let part = suspected.map(|part| part.start - at..part.end - at);
        if let Ok(mut known) = self.suspected.lock() {
            known.insert(hash(text), part);
        }
    }

    /// The part of a text that looks garbled by a single step.
    pub(super) fn suspected(&self, text: &str) -> Option<Range<usize>> {
        let known = self.suspected.lock().ok();
        let known = known.and_then(|known| known.get(&hash(text)).cloned());
        known.unwrap_or_else(|| Plan::of(text, 0).suspected())
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
    }
}
