//! Words that stay as they are.

use std::collections::BTreeSet;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::regions::Protected;

/// Finds words that no edit may change.
pub(crate) struct Keep(CharwiseDoubleArrayAhoCorasick<u32>);

impl Keep {
    /// Of these words; `None` if there are none.
    pub(crate) fn new(words: &BTreeSet<String>) -> Option<Self> {
        let words = words.iter().filter(|word| !word.is_empty());
        // It fails for want of words, or if there are more than 2³².
        CharwiseDoubleArrayAhoCorasick::new(words).ok().map(Keep)
    }

    /// Where they are in a text.
    pub(crate) fn find(&self, text: &str) -> Protected {
        let found = self.0.find_overlapping_iter(text);
        Protected::of(found.map(|word| word.start()..word.end()).collect())
    }
}

impl std::fmt::Debug for Keep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keep").finish_non_exhaustive()
    }
}
