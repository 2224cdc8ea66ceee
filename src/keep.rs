//! Words that stay as they are.

use std::collections::BTreeSet;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::regions::Protected;

/// Finds words that no edit may change.
pub(crate) struct Keep(CharwiseDoubleArrayAhoCorasick<u32>);

impl Keep {
    /// Of these words; `None` if there are none.
    pub(crate) fn new(words: &BTreeSet<String>) -> Option<Self> {
        let mut words = words.iter().filter(|word| !word.is_empty()).peekable();
        // Without words it would look at each character for nothing.
        words.peek()?;
        // It fails if there are more than 2³².
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_looked_for_if_no_word_is_to_stay() {
        assert!(Keep::new(&BTreeSet::new()).is_none());
        assert!(Keep::new(&BTreeSet::from([String::new()])).is_none());
        let keep = Keep::new(&BTreeSet::from(["臺積".to_owned(), "積電".to_owned()]));
        let found = keep.expect("two words").find("臺積電");
        assert!(found.touches(&(0..1)) && found.touches(&(8..9)) && !found.touches(&(9..12)));
    }
}
