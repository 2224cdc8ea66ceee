//! What stands in a text: words that a spinner may have written, each with how
//! likely every original is there, and words that it has left.

use std::mem;
use std::ops::Range;

use crate::dictionary::Surroundings;

use super::lexicon::{Decision, Lexicon, OriginalId, RowId, WordId};
use super::place::{Place, UNKNOWN, share_out};
use super::places::PlaceName;

/// How sure contexts of the dictionary are, in nats: those of a row of which they
/// are sure (`safe`), those of another one, those that keep the word where there is no
/// model of the words around it. The name of a place is as sure as the first.
///
/// In four million characters of news and reviews that no row was written by, no
/// context of a safe row is met; in a spun text some thousand in a million
/// characters are.
const FIX_SURE: f32 = 9.0;
const FIX_UNSURE: f32 = 2.5;
const KEEP: f32 = -7.0;

/// What a context that keeps the word counts beside a model, in nats. It is a
/// sign and no proof: where a spinner was at work, every second word that such a
/// context keeps is the spinner's (news and reviews for tuning). With 2 instead
/// more comes back, with 3 no author's word of the cases is lost.
const KEEP_BESIDE_MODEL: f32 = 3.0;

/// How much likelier a row's first original is where a context names none, in nats.
const FIRST: f32 = 3.0;

/// What an occurrence of a spun word can stand for by one row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) row: RowId,
    pub(super) original: OriginalId,
    /// Log-odds that the author wrote it here, and not the spun word, in nats.
    pub(super) nats: f32,
    /// The same by how often authors at large write either word.
    pub(super) prior: f32,
    pub(super) ground: Ground,
}

/// What decided how likely a reading is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ground {
    /// A model, or how often authors write either word.
    Model,
    /// The same, though a context of the dictionary speaks for the spun word.
    Kept,
    /// A context of the dictionary.
    Context,
    /// The name of a place.
    Place(PlaceName),
}

impl Ground {
    /// Whether it is sure by itself, whatever the document's habits are.
    pub(super) fn is_shown(self) -> bool {
        matches!(self, Ground::Context | Ground::Place(_))
    }
}

/// An occurrence of a spun word.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    /// In bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) word: WordId,
    pub(super) readings: Vec<Reading>,
}

/// All that is found in a text.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// In the order in which they begin.
    pub(super) found: Vec<Candidate>,
    /// How often each original stands that some row gives back, by its number.
    originals: Vec<usize>,
}

impl Candidates {
    /// Looks for all words.
    pub(super) fn find(lexicon: &Lexicon, text: &str) -> Candidates {
        let mut candidates = Candidates::default();
        candidates.complete(lexicon, text);
        candidates.count_originals(lexicon, text);
        candidates
    }

    /// Looks for all words of the text, of which some have been found already.
    pub(super) fn complete(&mut self, lexicon: &Lexicon, text: &str) {
        let mut known = mem::take(&mut self.found).into_iter().peekable();
        lexicon.words(text, |range, word| {
            let own = known.next_if(|known| known.range == range);
            let candidate = own.unwrap_or_else(|| Candidate::read(lexicon, text, range, word));
            self.found.push(candidate);
        });
    }

    /// Counts the originals that stand in the text.
    pub(super) fn count_originals(&mut self, lexicon: &Lexicon, text: &str) {
        self.originals = vec![0; lexicon.originals_len()];
        lexicon.originals(text, |original| self.originals[original as usize] += 1);
    }

    /// How often an original stands, if they have been counted.
    pub(super) fn left(&self, original: OriginalId) -> usize {
        let count = self.originals.get(original as usize);
        count.copied().unwrap_or_default()
    }

    /// Looks for the words that tell most: those that authors hardly write, and
    /// those of which a context shows that they are substituted.
    pub(super) fn telling(lexicon: &Lexicon, text: &str) -> Candidates {
        let mut candidates = Candidates::default();
        lexicon.words(text, |range, word| {
            if lexicon.tells(word) || lexicon.is_substituted(word, text, &range) {
                let candidate = Candidate::read(lexicon, text, range, word);
                candidates.found.push(candidate);
            }
        });
        candidates
    }

    /// What the occurrences can add at most to the log-likelihood of any
    /// hypothesis, in nats.
    pub(super) fn at_most(&self) -> f32 {
        let odds = |place: &&Candidate| {
            let readings = place.readings.iter();
            readings
                .map(|reading| reading.nats.exp())
                .sum::<f32>()
                .ln_1p()
        };
        let words = self.by_word();
        let words = words
            .words()
            .map(|(_, places)| damped(places.iter().map(odds).sum(), places.len()));
        words.sum()
    }

    /// The candidates of each word.
    pub(super) fn by_word(&self) -> ByWord<'_> {
        let mut places: Vec<&Candidate> = self.found.iter().collect();
        // Stable: those of one word stay in the order of the text.
        places.sort_by_key(|candidate| candidate.word);
        ByWord(places)
    }
}

/// Candidates, word by word.
pub(super) struct ByWord<'c>(Vec<&'c Candidate>);

impl<'c> ByWord<'c> {
    /// The words that occur, in the order of their numbers, with where.
    pub(super) fn words(&self) -> impl Iterator<Item = (WordId, &[&'c Candidate])> {
        let words = self.0.chunk_by(|a, b| a.word == b.word);
        words.filter_map(|places| Some((places.first()?.word, places)))
    }
}

impl Candidate {
    /// What an occurrence of a word can stand for.
    fn read(lexicon: &Lexicon, text: &str, range: Range<usize>, word: WordId) -> Candidate {
        let surroundings = Surroundings::new(&text[..range.start], &text[range.end..]);
        let mut place = Place::new(lexicon, text, word, range.clone());
        let mut readings = Vec::new();
        for row in lexicon.rows(word) {
            let in_name = lexicon.place(row, text, &range);
            let decision = match in_name {
                Some(name) => Decision::Substituted(name.original),
                None => lexicon.decide(row, &surroundings),
            };
            let shown = in_name.map_or(Ground::Context, Ground::Place);
            let listed = lexicon.row(row);
            let keeps_all = decision == Decision::Native && lexicon.contexts(listed).keeps_all();
            let is_sure = in_name.is_some() || listed.has_sure_contexts;
            for (index, &original) in listed.originals.iter().enumerate() {
                let choice = lexicon.choice(row, index);
                let (nats, ground) = match decision {
                    Decision::Native
                        if !keeps_all && choice.is_some_and(|choice| choice.is_trained()) =>
                    {
                        let nats = place.log_odds(choice, original);
                        (nats - KEEP_BESIDE_MODEL, Ground::Kept)
                    }
                    Decision::Native => (KEEP, shown),
                    Decision::Substituted(other) if other != original => (KEEP, shown),
                    Decision::Substituted(_) if is_sure => (FIX_SURE, shown),
                    Decision::Substituted(_) => (FIX_UNSURE, shown),
                    Decision::Undecided => (place.log_odds(choice, original), Ground::Model),
                };
                readings.push(Reading {
                    row,
                    original,
                    nats,
                    prior: choice.map_or(UNKNOWN, |choice| choice.prior()),
                    ground,
                });
            }
            let own = readings.len() - listed.originals.len();
            if !readings[own..].iter().any(|own| own.ground.is_shown())
                && let Some(others) = lexicon.among(row)
            {
                place.divide(&mut readings[own..], others, 0.0);
            }
            if in_name.is_none() && decision == Decision::Substituted(listed.originals[0]) {
                let is_open = lexicon.contexts(listed).is_never_native(&surroundings);
                choose(lexicon, row, &mut readings[own..], &mut place, is_open);
            }
            // A chain of substitutions can end in a word of another row.
            if let Decision::Substituted(original) = decision
                && !listed.originals.contains(&original)
            {
                readings.push(Reading {
                    row,
                    original,
                    nats: FIX_SURE,
                    prior: UNKNOWN,
                    ground: Ground::Context,
                });
            }
        }
        Candidate {
            range,
            word,
            readings,
        }
    }
}

/// Divides among a row's originals what a context gives to the first, which need not
/// be meant: that a word is never native says nothing of what it stands for, and
/// other contexts that name no original have been written with the first in mind.
fn choose(
    lexicon: &Lexicon,
    row: RowId,
    readings: &mut [Reading],
    place: &mut Place<'_, '_>,
    is_open: bool,
) {
    let Some((first, others)) = readings.split_first_mut() else {
        return;
    };
    let ground = first.ground;
    for other in others {
        (other.nats, other.ground) = (f32::NEG_INFINITY, ground);
    }
    let bias = if is_open { 0.0 } else { FIRST };
    if let Some(others) = lexicon.among(row) {
        place.divide(readings, others, bias);
    } else if is_open {
        // How often authors write each is all that is known.
        let weights: Vec<f32> = readings.iter().map(|reading| reading.prior).collect();
        share_out(readings, &weights);
    }
}

/// What so many occurrences of one word say together, when each says its part of
/// the sum. An author who has a habit has it throughout: more of the same says
/// less.
pub(super) fn damped(sum: f32, count: usize) -> f32 {
    let count = count.max(1) as f32;
    sum * (1.0 + count.ln()) / count
}

/// The logarithm of the sum of numbers given by their logarithms.
pub(super) fn log_sum(logs: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = logs.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + logs.map(|log| (log - most).exp()).sum::<f32>().ln()
}
