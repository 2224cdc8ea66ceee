//! The dictionary made ready to search: where its words occur in a text, and
//! what their contexts say.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::dictionary::{Contexts, Decision, Entry, Surroundings};
use crate::language::choice::{Choice, Choices};

use super::places::{self, Made, PlaceName};

/// The number of a spun word.
pub(super) type WordId = u32;
/// The number of a row of the dictionary.
pub(super) type RowId = u32;

/// An author writes the original so many times as often, as a logarithm: then
/// the spun word is a sign of a spinner.
const TELLING: f32 = 2.5;

/// The rows of a dictionary, found by their words.
pub(super) struct Lexicon {
    rows: Vec<Row>,
    /// The models, unless they are those that ship, which are opened when they are
    /// asked.
    choices: Option<&'static Choices<'static>>,
    /// Finds spun words; the value is a [`WordId`].
    spun: Option<CharwiseDoubleArrayAhoCorasick<WordId>>,
    /// The rows of each word, sorted by word.
    words: Vec<(&'static str, Vec<RowId>)>,
    /// The words that authors hardly write.
    telling: OnceLock<Vec<bool>>,
    /// Finds originals; the value is an index of `original_words`.
    originals: OnceLock<(CharwiseDoubleArrayAhoCorasick<u32>, Vec<&'static str>)>,
}

struct Row {
    entry: Entry<'static>,
    /// Parsed when the word first occurs.
    contexts: OnceLock<Contexts<'static>>,
    /// The models of its originals, in their order.
    choices: OnceLock<Vec<Option<Choice>>>,
    /// The models of its first original against each of the others.
    among: OnceLock<Option<Vec<Choice>>>,
    /// The names that a spinner makes with it; looked for when one may be there.
    names: OnceLock<Vec<Made>>,
}

impl Lexicon {
    pub(super) fn new(
        entries: Vec<Entry<'static>>,
        choices: Option<&'static Choices<'static>>,
    ) -> Self {
        let mut by_word: BTreeMap<&'static str, Vec<RowId>> = BTreeMap::new();
        for (entry, index) in entries.iter().zip(0..) {
            by_word.entry(entry.spun).or_default().push(index);
        }
        let spun = (!by_word.is_empty()).then(|| {
            CharwiseDoubleArrayAhoCorasick::with_values(by_word.keys().copied().zip(0..))
                .expect("the words are distinct, not empty, and fewer than 2^24")
        });
        let rows = entries.into_iter().map(|entry| Row {
            entry,
            contexts: OnceLock::new(),
            choices: OnceLock::new(),
            among: OnceLock::new(),
            names: OnceLock::new(),
        });
        Lexicon {
            rows: rows.collect(),
            choices,
            spun,
            words: by_word.into_iter().collect(),
            telling: OnceLock::new(),
            originals: OnceLock::new(),
        }
    }

    /// The models of pairs of words.
    pub(super) fn choices(&self) -> &'static Choices<'static> {
        self.choices.unwrap_or_else(|| Choices::embedded())
    }

    pub(super) fn entry(&self, row: RowId) -> &Entry<'static> {
        &self.rows[row as usize].entry
    }

    /// How many spun words there are.
    pub(super) fn len(&self) -> WordId {
        self.words.len() as WordId
    }

    /// The rows of a word.
    pub(super) fn rows(&self, word: WordId) -> impl Iterator<Item = RowId> {
        self.words[word as usize].1.iter().copied()
    }

    /// The model of a row's original, by its index, if there is one.
    pub(super) fn choice(&self, row: RowId, original: usize) -> Option<Choice> {
        let row = &self.rows[row as usize];
        let choices = row.choices.get_or_init(|| {
            let models = self.choices();
            let originals = row.entry.originals.iter();
            originals
                .map(|original| models.of(row.entry.spun, original))
                .collect()
        });
        choices.get(original).copied().flatten()
    }

    /// The models of a row's first original against each of the others, if it has
    /// others and each has a model that looks at the words around it.
    pub(super) fn among(&self, row: RowId) -> Option<&[Choice]> {
        let row = &self.rows[row as usize];
        let among = row.among.get_or_init(|| {
            let (first, others) = row.entry.originals.split_first()?;
            let models = self.choices();
            let choices = others.iter().map(|other| models.of(other, first));
            let choices: Option<Vec<Choice>> = choices.collect();
            choices.filter(|all| !all.is_empty() && all.iter().all(Choice::is_trained))
        });
        among.as_deref()
    }

    /// Every occurrence of every spun word, overlapping ones too, in the order
    /// in which they end.
    pub(super) fn words(&self, text: &str) -> impl Iterator<Item = (Range<usize>, WordId)> {
        let spun = self.spun.iter();
        spun.flat_map(move |spun| spun.find_overlapping_iter(text))
            .map(|found| (found.start()..found.end(), found.value()))
    }

    /// Whether authors hardly write the word.
    pub(super) fn tells(&self, word: WordId) -> bool {
        let telling = self.telling.get_or_init(|| {
            let words = self.words.iter();
            words
                .map(|(_, rows)| rows.iter().any(|&row| self.is_telling(row)))
                .collect()
        });
        telling[word as usize]
    }

    /// Whether a context, or the name of a place, shows that the word at a place
    /// is substituted.
    pub(super) fn is_substituted(&self, word: WordId, text: &str, place: &Range<usize>) -> bool {
        let around = Surroundings::new(&text[..place.start], &text[place.end..]);
        let mut rows = self.rows(word);
        rows.any(|row| {
            matches!(self.decide(row, &around), Decision::Substituted(_))
                || self.place(row, text, place).is_some()
        })
    }

    /// The place in whose name the word at a place stands for another, by the
    /// row.
    pub(super) fn place(&self, row: RowId, text: &str, place: &Range<usize>) -> Option<PlaceName> {
        let Row { entry, names, .. } = &self.rows[row as usize];
        let (before, behind) = (&text[..place.start], &text[place.end..]);
        if !places::may_be_in_name(entry.spun, behind) {
            return None;
        }
        let names = names.get_or_init(|| Made::all(entry.spun, &entry.originals));
        places::find(names, text, before, behind)
    }

    fn is_telling(&self, row: RowId) -> bool {
        let originals = 0..self.entry(row).originals.len();
        let mut priors = originals.map(|index| self.choice(row, index).map(|c| c.prior()));
        priors.any(|prior| prior.is_some_and(|prior| prior >= TELLING))
    }

    /// How often each original of the dictionary stands in a text.
    pub(super) fn originals(&self, text: &str) -> HashMap<&'static str, usize> {
        let (automaton, words) = self.originals.get_or_init(|| {
            let rows = self.rows.iter();
            let mut words: Vec<&'static str> = rows
                .flat_map(|row| row.entry.originals.iter().copied())
                .collect();
            words.sort_unstable();
            words.dedup();
            let automaton =
                CharwiseDoubleArrayAhoCorasick::with_values(words.iter().copied().zip(0..))
                    .expect("a dictionary with a spun word has an original");
            (automaton, words)
        });
        let mut counts = HashMap::new();
        for found in automaton.find_overlapping_iter(text) {
            *counts.entry(words[found.value() as usize]).or_default() += 1;
        }
        counts
    }

    /// What the row says of its word, and if its original is a word that the
    /// same spinner writes for another one, what that word's row says: the
    /// last link of a chain, and no decision where a chain comes back.
    pub(super) fn decide(&self, row: RowId, surroundings: &Surroundings) -> Decision<'static> {
        let row = &self.rows[row as usize];
        let families = &row.entry.families;
        let mut passed = vec![row.entry.spun];
        let mut decision = row.decide(surroundings);
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
        rows.iter().map(|&row| &self.rows[row as usize])
    }

    /// The families of all rows.
    pub(super) fn families(&self) -> Vec<&'static str> {
        let rows = self.rows.iter();
        let mut families: Vec<&'static str> = rows
            .flat_map(|row| row.entry.families.iter().copied())
            .collect();
        families.sort_unstable();
        families.dedup();
        families
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
