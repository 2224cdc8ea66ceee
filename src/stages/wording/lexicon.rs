//! The dictionary made ready to search: where its words occur in a text, and
//! what their contexts say.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::dictionary::{Contexts, Decision, Entry, Surroundings};

/// An occurrence of a word that a spinner writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// In bytes of the text.
    pub(super) range: Range<usize>,
    /// The index of the dictionary's row.
    entry: usize,
    pub(super) decision: Decision<'static>,
}

/// The rows of a dictionary, found by their words.
pub(super) struct Lexicon {
    rows: Vec<Row>,
    /// Finds words; the value is an index of `words`.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// The rows of each word, sorted by word.
    words: Vec<(&'static str, Vec<usize>)>,
}

struct Row {
    entry: Entry<'static>,
    /// Parsed when the word first occurs.
    contexts: OnceLock<Contexts<'static>>,
}

impl Lexicon {
    pub(super) fn new(entries: Vec<Entry<'static>>) -> Self {
        let mut by_word: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            by_word.entry(entry.spun).or_default().push(index);
        }
        let automaton = (!by_word.is_empty()).then(|| {
            CharwiseDoubleArrayAhoCorasick::with_values(by_word.keys().copied().zip(0..))
                .expect("the words are distinct, not empty, and fewer than 2^24")
        });
        let rows = entries.into_iter().map(|entry| Row {
            entry,
            contexts: OnceLock::new(),
        });
        Lexicon {
            rows: rows.collect(),
            automaton,
            words: by_word.into_iter().collect(),
        }
    }

    pub(super) fn entry(&self, occurrence: &Occurrence) -> &Entry<'static> {
        &self.rows[occurrence.entry].entry
    }

    /// Every occurrence of every word, overlapping ones too, in the order in
    /// which they end.
    pub(super) fn occurrences(&self, text: &str) -> Vec<Occurrence> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut occurrences = Vec::new();
        for found in automaton.find_overlapping_iter(text) {
            let range = found.start()..found.end();
            let surroundings = Surroundings::new(&text[..range.start], &text[range.end..]);
            for &entry in &self.words[found.value() as usize].1 {
                let decision = self.decide(entry, &surroundings);
                occurrences.push(Occurrence {
                    range: range.clone(),
                    entry,
                    decision,
                });
            }
        }
        occurrences
    }
}

impl Lexicon {
    /// What the row says of its word, and if its original is a word that the
    /// same spinner writes for another one, what that word's row says: the
    /// last link of a chain, and no decision where a chain comes back.
    fn decide(&self, entry: usize, surroundings: &Surroundings) -> Decision<'static> {
        let families = &self.rows[entry].entry.families;
        let mut passed = vec![self.rows[entry].entry.spun];
        let mut decision = self.rows[entry].decide(surroundings);
        while let Decision::Substituted(original) = decision {
            if passed.contains(&original) {
                return Decision::Undecided;
            }
            passed.push(original);
            let goes_on = self.rows_of(original).find_map(|row| {
                let shares = row
                    .entry
                    .families
                    .iter()
                    .any(|family| families.contains(family));
                let next = shares.then(|| row.decide(surroundings))?;
                matches!(next, Decision::Substituted(_)).then_some(next)
            });
            match goes_on {
                Some(next) => decision = next,
                None => break,
            }
        }
        decision
    }

    fn rows_of(&self, word: &str) -> impl Iterator<Item = &Row> {
        let index = self.words.binary_search_by_key(&word, |(spun, _)| spun);
        let rows = index.map_or(&[][..], |index| &self.words[index].1);
        rows.iter().map(|&row| &self.rows[row])
    }
}

impl Row {
    fn decide(&self, surroundings: &Surroundings) -> Decision<'static> {
        let contexts = self.contexts.get_or_init(|| {
            self.entry
                .contexts()
                .expect("the dictionary's parser has tried every context")
        });
        contexts.decide_in(surroundings)
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}
