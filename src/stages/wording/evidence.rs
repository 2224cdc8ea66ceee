//! Whether a document is spun, by which family of spinners, and how much.
//!
//! A hypothesis says which family was at work, how much of the words outside
//! quotations and titles it replaced (its rate), and which part of the words that
//! the dictionary lists for it its own list has (its share). By such a hypothesis
//! a word of the dictionary is in the spinner's list or not; if it is,
//!
//! - an occurrence of the spun word, where the odds for an original are *o*, is
//!   `1 + rate · o` times as likely as in a document that nobody has spun: it
//!   stands there because the author wrote it, or the original, which was
//!   replaced;
//! - an original that stands there is `1 − rate` times as likely.
//!
//! The hypotheses differ in a few fixed values of rate and share, and are
//! equally likely before anything is seen.

use std::collections::BTreeMap;

use crate::evidence::{Family, Glossing, Hypothesis, SPUN, Spinning};

use super::candidates::{Candidate, Candidates, damped, log_sum};
use super::lexicon::{Lexicon, WordId};

/// Log-odds, in nats, that a document is spun before anything is seen of it:
/// one page in 400.
const PRIOR: f32 = -6.0;

/// The same for a document that a filter has glossed: who runs such a filter
/// over copies often runs a spinner too. One page in five, a cautious guess.
const PRIOR_IF_GLOSSED: f32 = -1.5;

const RATES: [f32; 4] = [0.4, 0.7, 0.9, 0.99];
const SHARES: [f32; 4] = [0.15, 0.4, 0.75, 0.95];

/// One word alone says no more than this for a hypothesis, in nats: an author
/// may have a habit that nobody knows of, or misspell 「重新」 as 「从新」. Without
/// it two of 3,513 reviews for tuning are taken for spun; less makes short
/// documents hard to tell.
const MOST_BY_ONE_WORD: f32 = 7.0;

/// Unless authors write its original so many times as often, as a logarithm:
/// nobody misspells a word as 「设置装备摆设」.
const UNMISTAKABLE: f32 = 6.0;

/// How likely a word that the dictionary lists for other families is in the
/// list of a spinner, beside one that it lists for its own.
const ELSEWHERE: f32 = 0.1;

/// What is known of one spun word in a document.
struct Word<'c> {
    candidates: Vec<&'c Candidate>,
    families: Vec<&'static str>,
    /// How often its likeliest original stands in the text.
    left: usize,
}

impl<'c> Word<'c> {
    fn new(
        lexicon: &Lexicon,
        candidates: &Candidates,
        word: WordId,
        found: Vec<&'c Candidate>,
    ) -> Self {
        let readings = found.iter().flat_map(|candidate| &candidate.readings);
        let best = readings.max_by(|a, b| a.nats.total_cmp(&b.nats));
        let first = || {
            lexicon
                .rows(word)
                .next()
                .map(|row| lexicon.entry(row).originals[0])
        };
        let original = best.map(|reading| reading.original).or_else(first);
        let left = original.and_then(|original| candidates.originals.get(original));
        let rows = lexicon.rows(word);
        Word {
            families: rows
                .flat_map(|row| lexicon.entry(row).families.iter().copied())
                .collect(),
            candidates: found,
            left: left.copied().unwrap_or_default(),
        }
    }

    /// Whether the word or its original stands in the text.
    fn is_there(&self) -> bool {
        !self.candidates.is_empty() || self.left > 0
    }

    /// Whether authors never write it.
    fn is_unmistakable(&self) -> bool {
        let readings = self.candidates.iter().flat_map(|place| &place.readings);
        readings.map(|reading| reading.prior).fold(0.0, f32::max) >= UNMISTAKABLE
    }

    /// How likely the word is in the spinner's list by a hypothesis.
    fn share(&self, hypothesis: &Hypothesis) -> f32 {
        let own = self.families.contains(&hypothesis.family.as_str());
        hypothesis.share * if own { 1.0 } else { ELSEWHERE }
    }

    /// The logarithm of how much likelier the word's occurrences are if it is in
    /// the spinner's list.
    fn likelihood(&self, lexicon: &Lexicon, hypothesis: &Hypothesis) -> f32 {
        let spun = self
            .candidates
            .iter()
            .map(|candidate| (hypothesis.rate * odds(lexicon, candidate, hypothesis)).ln_1p());
        let left = self.left as f32 * (1.0 - hypothesis.rate).ln();
        damped(spun.sum::<f32>() + left, self.candidates.len() + self.left)
    }

    /// The probability that the word is in the spinner's list.
    fn is_listed(&self, lexicon: &Lexicon, hypothesis: &Hypothesis) -> f32 {
        let share = self.share(hypothesis);
        let odds = self.likelihood(lexicon, hypothesis).exp() * share / (1.0 - share);
        odds / (1.0 + odds)
    }

    /// What the word adds to the log-likelihood of a hypothesis, in nats.
    fn weight(&self, lexicon: &Lexicon, hypothesis: &Hypothesis) -> f32 {
        let share = self.share(hypothesis);
        let mut likelihood = self.likelihood(lexicon, hypothesis);
        if !self.is_unmistakable() {
            likelihood = likelihood.min(MOST_BY_ONE_WORD);
        }
        (1.0 - share + share * likelihood.exp()).ln()
    }
}

/// The odds that the author wrote an original at a place, all together; those
/// of rows of other families count only where the family has none.
pub(super) fn odds(lexicon: &Lexicon, candidate: &Candidate, hypothesis: &Hypothesis) -> f32 {
    readings(lexicon, candidate, hypothesis)
        .map(|reading| reading.nats.exp())
        .sum()
}

/// The readings of a place that a hypothesis allows.
pub(super) fn readings<'c>(
    lexicon: &Lexicon,
    candidate: &'c Candidate,
    hypothesis: &Hypothesis,
) -> impl Iterator<Item = &'c super::candidates::Reading> {
    let owns = |row| {
        let families = &lexicon.entry(row).families;
        families.contains(&hypothesis.family.as_str())
    };
    let any = candidate.readings.iter().any(|reading| owns(reading.row));
    let readings = candidate.readings.iter();
    readings.filter(move |reading| !any || owns(reading.row))
}

/// What the words found in a text say of each family.
pub(super) fn weigh(lexicon: &Lexicon, candidates: &Candidates, glossing: &Glossing) -> Spinning {
    if candidates.found.is_empty() {
        return Spinning::default();
    }
    let prior = if glossing.found {
        PRIOR_IF_GLOSSED
    } else {
        PRIOR
    };
    if prior + candidates.at_most() < SPUN as f32 {
        return Spinning::default();
    }
    let mut by_word = candidates.by_word();
    let words = (0..lexicon.len()).filter_map(|number| {
        let found = by_word.remove(&number).unwrap_or_default();
        let word = Word::new(lexicon, candidates, number, found);
        word.is_there().then_some(word)
    });
    let words: Vec<Word<'_>> = words.collect();
    let names = lexicon.families();
    let each = prior - ((names.len() * RATES.len() * SHARES.len()) as f32).ln();
    let mut hypotheses = Vec::new();
    let mut families = Vec::new();
    for name in &names {
        let mut own: Vec<Hypothesis> = Vec::new();
        for rate in RATES {
            for share in SHARES {
                let mut hypothesis = Hypothesis {
                    family: (*name).to_owned(),
                    rate,
                    share,
                    weight: each,
                };
                let found = words.iter().map(|word| word.weight(lexicon, &hypothesis));
                hypothesis.weight += found.sum::<f32>();
                own.push(hypothesis);
            }
        }
        let log_odds = log_sum(own.iter().map(|hypothesis| hypothesis.weight));
        let likeliest = own.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
        let listed = words.iter().filter(|word| {
            !word.candidates.is_empty()
                && likeliest.is_some_and(|hypothesis| {
                    word.share(hypothesis) >= hypothesis.share
                        && word.is_listed(lexicon, hypothesis) > 0.5
                })
        });
        families.push(Family {
            name: (*name).to_owned(),
            words: listed.count(),
            log_odds: log_odds.into(),
        });
        hypotheses.extend(own);
    }
    families.retain(|family| family.words > 0);
    families.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
    // That nobody has spun the document is the remaining one.
    let all = log_sum(hypotheses.iter().map(|h| h.weight).chain([0.0]));
    for hypothesis in &mut hypotheses {
        hypothesis.weight = (hypothesis.weight - all).exp();
    }
    hypotheses.retain(|hypothesis| hypothesis.weight > 1e-4);
    Spinning {
        families,
        hypotheses,
        ..Spinning::default()
    }
}

/// How likely each word of a text is in the spinner's list, by each hypothesis.
pub(super) fn listed(
    lexicon: &Lexicon,
    candidates: &Candidates,
    spinning: &Spinning,
) -> BTreeMap<WordId, Vec<f32>> {
    let words = candidates.by_word().into_iter().map(|(number, found)| {
        let word = Word::new(lexicon, candidates, number, found);
        let hypotheses = spinning.hypotheses.iter();
        let each = hypotheses.map(|hypothesis| word.is_listed(lexicon, hypothesis));
        (number, each.collect())
    });
    words.collect()
}
