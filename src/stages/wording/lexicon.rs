//! Dictionaries made ready to search: where their words occur in a text, and
//! what their contexts say.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use crate::dictionary::{Dictionary, Entry, Near, RowPlace, Surroundings};
use crate::edit::Safety;

use super::contexts::RowContexts;
use super::models::{Models, PairModel};
use super::places::{self, Made, PlaceName};
use super::vocabulary::{Scanner, Vocabulary};

pub(super) use super::contexts::Decision;
pub(super) use crate::evidence::FamilyId;

/// The number of a spun word.
pub(super) type WordId = u32;
/// The number of an author's word.
pub(super) type OriginalId = u32;
/// The number of a row of the dictionaries.
pub(super) type RowId = u32;

/// An author writes the original so many times as often, as a logarithm: then
/// the spun word is a sign of a spinner.
const TELLING: f32 = 2.5;

/// The rows of dictionaries, found by their words.
///
/// Words, originals and families have numbers in the order of their code points.
/// What a row says in full stays in its file, and is parsed again when it is
/// asked for.
pub(super) struct Lexicon {
    dictionaries: Vec<Dictionary>,
    models: Models,
    rows: Vec<Row>,
    spun: Vocabulary,
    spun_scanner: Scanner,
    /// The rows of each spun word.
    words: Vec<Vec<RowId>>,
    /// The families that have it.
    families_of: Vec<Vec<FamilyId>>,
    originals: Vocabulary,
    /// The number that each has as a spun word, if it is one.
    originals_spun: Vec<Option<WordId>>,
    originals_scanner: OnceLock<Scanner>,
    families: Vocabulary,
    /// The words that authors hardly write.
    telling: OnceLock<Telling>,
    /// The likeliest original of each word, by its first row.
    first_originals: Vec<OriginalId>,
}

/// Words that authors hardly write.
struct Telling {
    /// Whether each word is one.
    is: Vec<bool>,
    /// Those that are, ascending.
    all: Vec<WordId>,
}

/// A row, as far as every occurrence of its word asks for it.
pub(super) struct Row {
    pub(super) word: WordId,
    /// Likeliest first; at least one.
    pub(super) originals: Vec<OriginalId>,
    pub(super) families: Vec<FamilyId>,
    pub(super) safety: Safety,
    pub(super) has_sure_contexts: bool,
    /// Which dictionary it is in, and where.
    dictionary: usize,
    place: RowPlace,
    /// Parsed when the word first occurs.
    contexts: OnceLock<RowContexts>,
    /// The models of its originals, in their order.
    choices: OnceLock<Vec<Option<PairModel>>>,
    /// The models of its first original against each of the others.
    among: OnceLock<Option<Vec<PairModel>>>,
    /// The names that a spinner makes with it; looked for when one may be there.
    names: OnceLock<Vec<Made>>,
}

impl Lexicon {
    /// Of several rows of one family for one word, that of the last dictionary
    /// that has one counts.
    pub(super) fn new(dictionaries: Vec<Dictionary>, models: Models) -> Self {
        let mut entries: Vec<(usize, RowPlace, Entry<'_>)> = Vec::new();
        for (number, dictionary) in dictionaries.iter().enumerate() {
            let rows = dictionary.rows();
            entries.extend(rows.map(|(place, entry)| (number, place, entry)));
        }
        if dictionaries.len() > 1 {
            replace(&mut entries);
        }
        let all = || entries.iter().map(|(.., entry)| entry);
        let (spun, numbers) = Vocabulary::numbered(all().map(|entry| entry.spun));
        let originals = all().flat_map(|entry| entry.originals.iter().copied());
        let (originals, original_numbers) = Vocabulary::numbered(originals);
        let families = all().flat_map(|entry| entry.families.iter().copied());
        let (families, family_numbers) = Vocabulary::numbered(families);
        let (mut original_numbers, mut family_numbers) =
            (original_numbers.into_iter(), family_numbers.into_iter());
        let mut words = vec![Vec::new(); spun.len()];
        let mut rows = Vec::with_capacity(entries.len());
        for (((dictionary, place, entry), word), row) in entries.iter().zip(numbers).zip(0..) {
            words[word as usize].push(row);
            let originals = original_numbers.by_ref().take(entry.originals.len());
            let families = family_numbers.by_ref().take(entry.families.len());
            rows.push(Row {
                word,
                originals: originals.collect(),
                families: families.collect(),
                safety: entry.safety,
                has_sure_contexts: entry.has_sure_contexts,
                dictionary: *dictionary,
                place: *place,
                contexts: OnceLock::new(),
                choices: OnceLock::new(),
                among: OnceLock::new(),
                names: OnceLock::new(),
            });
        }
        drop(entries);
        let families_of = words.iter().map(|own| {
            let own = own.iter();
            let families = own.flat_map(|&row: &RowId| &rows[row as usize].families);
            let mut families: Vec<FamilyId> = families.copied().collect();
            families.sort_unstable();
            families.dedup();
            families
        });
        let families_of = families_of.collect();
        let originals_spun = originals.words().map(|word| spun.number(word)).collect();
        // Every word has a row, and every row an original.
        let first_originals = words.iter().map(|own| rows[own[0] as usize].originals[0]);
        let first_originals = first_originals.collect();
        Lexicon {
            dictionaries,
            models,
            rows,
            spun_scanner: Scanner::new(&spun),
            spun,
            families_of,
            words,
            originals,
            originals_spun,
            originals_scanner: OnceLock::new(),
            families,
            telling: OnceLock::new(),
            first_originals,
        }
    }

    pub(super) fn row(&self, row: RowId) -> &Row {
        &self.rows[row as usize]
    }

    /// What a row says in full.
    pub(super) fn entry(&self, row: RowId) -> Entry<'_> {
        let Row {
            dictionary, place, ..
        } = *self.row(row);
        self.dictionaries[dictionary].row(place)
    }

    pub(super) fn models(&self) -> &Models {
        &self.models
    }

    /// How many spun words there are.
    pub(super) fn len(&self) -> WordId {
        self.words.len() as WordId
    }

    /// A spun word.
    pub(super) fn spun(&self, word: WordId) -> &str {
        self.spun.word(word)
    }

    /// An author's word.
    pub(super) fn original(&self, original: OriginalId) -> &str {
        self.originals.word(original)
    }

    /// A family's name.
    pub(super) fn family(&self, family: FamilyId) -> &str {
        self.families.word(family)
    }

    /// All families.
    pub(super) fn families(&self) -> impl Iterator<Item = FamilyId> + use<> {
        0..self.families.len() as FamilyId
    }

    /// The families that have a word, each once.
    pub(super) fn families_of(&self, word: WordId) -> &[FamilyId] {
        &self.families_of[word as usize]
    }

    /// The rows of a word.
    pub(super) fn rows(&self, word: WordId) -> impl Iterator<Item = RowId> {
        self.words[word as usize].iter().copied()
    }

    /// The likeliest original of a word, by its first row.
    pub(super) fn first_original(&self, word: WordId) -> OriginalId {
        self.first_originals[word as usize]
    }

    /// The model of a row's original, by its index, if there is one.
    pub(super) fn choice(&self, row: RowId, original: usize) -> Option<PairModel> {
        let row = self.row(row);
        let choices = row.choices.get_or_init(|| {
            let spun = self.spun(row.word);
            let originals = row.originals.iter();
            originals
                .map(|&original| self.models.of(spun, self.original(original)))
                .collect()
        });
        choices.get(original).copied().flatten()
    }

    /// The models of a row's first original against each of the others, if it has
    /// others and each has a model that looks at the words around it.
    pub(super) fn among(&self, row: RowId) -> Option<&[PairModel]> {
        let row = self.row(row);
        let among = row.among.get_or_init(|| {
            let (&first, others) = row.originals.split_first()?;
            let first = self.original(first);
            let others = others.iter().map(|&other| self.original(other));
            let models: Option<Vec<_>> = others.map(|other| self.models.of(other, first)).collect();
            models.filter(|all| !all.is_empty() && all.iter().all(PairModel::is_trained))
        });
        among.as_deref()
    }

    /// Calls for every occurrence of every spun word, overlapping ones too, in
    /// the order in which they begin.
    pub(super) fn words(&self, text: &str, each: impl FnMut(Range<usize>, WordId)) {
        self.spun_scanner.scan(&self.spun, text, each);
    }

    /// Whether authors hardly write the word.
    pub(super) fn tells(&self, word: WordId) -> bool {
        self.telling().is[word as usize]
    }

    /// The words that authors hardly write, ascending.
    pub(super) fn telling_words(&self) -> &[WordId] {
        &self.telling().all
    }

    fn telling(&self) -> &Telling {
        self.telling.get_or_init(|| {
            let tells = |rows: &Vec<RowId>| rows.iter().any(|&row| self.is_telling(row));
            let is: Vec<bool> = self.words.iter().map(tells).collect();
            let all = (0..).zip(&is).filter(|(_, tells)| **tells);
            Telling {
                all: all.map(|(word, _)| word).collect(),
                is,
            }
        })
    }

    fn is_telling(&self, row: RowId) -> bool {
        let originals = 0..self.row(row).originals.len();
        let mut priors = originals.map(|index| self.choice(row, index).map(|c| c.prior()));
        priors.any(|prior| prior.is_some_and(|prior| prior >= TELLING))
    }

    /// Whether a context, or the name of a place, shows that the word at a place
    /// is substituted.
    pub(super) fn is_substituted(&self, word: WordId, text: &str, place: &Range<usize>) -> bool {
        let (left, right) = (&text[..place.start], &text[place.end..]);
        let near = Near::new(left, right);
        self.rows(word).any(|row| {
            let may_fix = self.contexts(self.row(row)).may_fix(&near);
            may_fix && self.shows_substitution(row, left, right)
                || self.place(row, text, place).is_some()
        })
    }

    /// Whether a context does.
    #[inline(never)]
    fn shows_substitution(&self, row: RowId, left: &str, right: &str) -> bool {
        let around = Surroundings::new(left, right);
        matches!(self.decide(row, &around), Decision::Substituted(_))
    }

    /// The place in whose name the word at a place stands for another, by the
    /// row.
    pub(super) fn place(&self, row: RowId, text: &str, place: &Range<usize>) -> Option<PlaceName> {
        let Row {
            word,
            originals,
            names,
            ..
        } = self.row(row);
        if names.get().is_some_and(Vec::is_empty) {
            return None;
        }
        let (before, behind) = (&text[..place.start], &text[place.end..]);
        let spun = self.spun(*word);
        if !places::may_be_in_name(spun, behind) {
            return None;
        }
        let names = names.get_or_init(|| {
            let originals = originals.iter().map(|&id| (id, self.original(id)));
            Made::all(spun, originals)
        });
        places::find(names, text, before, behind)
    }

    /// Calls for every occurrence of every original of the dictionaries.
    pub(super) fn originals(&self, text: &str, mut each: impl FnMut(OriginalId)) {
        let scanner = self
            .originals_scanner
            .get_or_init(|| Scanner::new(&self.originals));
        scanner.scan(&self.originals, text, |_, original| each(original));
    }

    /// How many originals there are.
    pub(super) fn originals_len(&self) -> usize {
        self.originals.len()
    }

    /// What the row says of its word, and if its original is a word that the
    /// same spinner writes for another one, what that word's row says: the
    /// last link of a chain, and no decision where a chain comes back.
    pub(super) fn decide(&self, row: RowId, around: &Surroundings<'_>) -> Decision {
        let row = self.row(row);
        let mut decision = self.contexts(row).decide(around);
        let mut passed = Vec::new();
        while let Decision::Substituted(original) = decision {
            let Some(word) = self.originals_spun[original as usize] else {
                break;
            };
            if passed.contains(&original) || word == row.word {
                return Decision::Undecided;
            }
            passed.push(original);
            let goes_on = self.rows(word).find_map(|next| {
                let next = self.row(next);
                let shares = next.families.iter().any(|id| row.families.contains(id));
                let next = shares.then(|| self.contexts(next).decide(around))?;
                matches!(next, Decision::Substituted(_)).then_some(next)
            });
            match goes_on {
                Some(next) => decision = next,
                None => break,
            }
        }
        decision
    }

    /// The contexts of a row.
    pub(super) fn contexts<'r>(&self, row: &'r Row) -> &'r RowContexts {
        row.contexts.get_or_init(|| {
            let entry = self.dictionaries[row.dictionary].row(row.place);
            let patterns = entry.patterns(|place| row.originals[place]);
            let patterns = patterns.expect("the dictionary's parser has tried every context");
            RowContexts::new(patterns)
        })
    }
}

/// Takes out rows, or families of rows, that a later dictionary has a row for.
fn replace(entries: &mut Vec<(usize, RowPlace, Entry<'_>)>) {
    let mut taken = HashSet::new();
    for (number, _, entry) in &*entries {
        for &family in &entry.families {
            taken.insert((*number, entry.spun, family));
        }
    }
    let last = entries.last().map_or(0, |(number, ..)| *number);
    for (number, _, entry) in &mut *entries {
        let (number, spun) = (*number, entry.spun);
        entry.families.retain(|&family| {
            let mut later = number + 1..=last;
            !later.any(|later| taken.contains(&(later, spun, family)))
        });
    }
    entries.retain(|(.., entry)| !entry.families.is_empty());
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}
