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
use super::lexicon::{FamilyId, Lexicon, WordId};

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
struct Word {
    /// How often it stands in the text.
    count: usize,
    families: Vec<FamilyId>,
    /// Whether authors never write it.
    is_unmistakable: bool,
    /// How much likelier the word's occurrences are if it is in the spinner's
    /// list, by rate: if the spinner is of one of its families, and of any other.
    likelihoods: Vec<(Option<FamilyId>, [f32; RATES.len()])>,
}

/// What a word adds to the log-likelihood of hypotheses, in nats, by rate and
/// share.
type Weights = [[f32; SHARES.len()]; RATES.len()];

impl Word {
    /// `None` if neither the word nor its likeliest original stands in the text.
    fn new(
        lexicon: &Lexicon,
        candidates: &Candidates,
        word: WordId,
        found: &[&Candidate],
    ) -> Option<Self> {
        let readings = found.iter().flat_map(|candidate| &candidate.readings);
        let best = readings.max_by(|a, b| a.nats.total_cmp(&b.nats));
        let first = || {
            lexicon
                .rows(word)
                .next()
                .map(|row| lexicon.row(row).originals[0])
        };
        let original = best.map(|reading| reading.original).or_else(first);
        let left = original.and_then(|original| candidates.originals.get(original as usize));
        let left = left.copied().unwrap_or_default();
        if found.is_empty() && left == 0 {
            return None;
        }
        let rows = lexicon.rows(word);
        let families: Vec<FamilyId> = rows
            .flat_map(|row| lexicon.row(row).families.iter().copied())
            .collect();
        let of_each = families.iter().map(|&family| Some(family)).chain([None]);
        let likelihoods = of_each.map(|family| {
            let odds = found
                .iter()
                .map(|candidate| odds(lexicon, candidate, family));
            let odds: Vec<f32> = odds.collect();
            (family, RATES.map(|rate| likelihood(&odds, left, rate)))
        });
        let readings = found.iter().flat_map(|candidate| &candidate.readings);
        let prior = readings.map(|reading| reading.prior).fold(0.0, f32::max);
        Some(Word {
            count: found.len(),
            is_unmistakable: prior >= UNMISTAKABLE,
            likelihoods: likelihoods.collect(),
            families,
        })
    }

    /// How likely the word is in the spinner's list by a hypothesis.
    fn share(&self, hypothesis: &Hypothesis) -> f32 {
        let own = self.families.contains(&hypothesis.family);
        hypothesis.share * if own { 1.0 } else { ELSEWHERE }
    }

    fn likelihood(&self, hypothesis: &Hypothesis) -> f32 {
        let of_family = |(family, _): &&(Option<FamilyId>, _)| {
            family.is_none_or(|family| family == hypothesis.family)
        };
        let rate = RATES.iter().position(|rate| *rate == hypothesis.rate);
        let found = self.likelihoods.iter().find(of_family).zip(rate);
        found.map_or(1.0, |((_, by_rate), rate)| by_rate[rate])
    }

    /// The probability that the word is in the spinner's list.
    fn is_listed(&self, hypothesis: &Hypothesis) -> f32 {
        let share = self.share(hypothesis);
        let odds = self.likelihood(hypothesis) * share / (1.0 - share);
        odds / (1.0 + odds)
    }

    /// What the word adds to the log-likelihoods of hypotheses of each of its
    /// families, and of any other.
    fn weights(&self) -> Vec<(Option<FamilyId>, Weights)> {
        let weights = self.likelihoods.iter().map(|&(family, likelihoods)| {
            let own = if family.is_some() { 1.0 } else { ELSEWHERE };
            let most = match self.is_unmistakable {
                true => f32::INFINITY,
                false => MOST_BY_ONE_WORD.exp(),
            };
            let by_rate = likelihoods.map(|likelihood| {
                let likelihood = likelihood.min(most);
                SHARES.map(|share| {
                    let share = share * own;
                    (1.0 - share + share * likelihood).ln()
                })
            });
            (family, by_rate)
        });
        weights.collect()
    }
}

/// How much likelier occurrences with these odds, and so many originals left, are
/// if a spinner with that rate has the word in its list.
fn likelihood(odds: &[f32], left: usize, rate: f32) -> f32 {
    let spun = odds.iter().map(|odds| (rate * odds).ln_1p());
    let count = odds.len() + left;
    let left = left as f32 * (1.0 - rate).ln();
    damped(spun.sum::<f32>() + left, count).exp()
}

/// The odds that the author wrote an original at a place, all together; those
/// of rows of other families count only where the family has none.
fn odds(lexicon: &Lexicon, candidate: &Candidate, family: Option<FamilyId>) -> f32 {
    readings(lexicon, candidate, family)
        .map(|reading| reading.nats.exp())
        .sum()
}

/// The readings of a place that a spinner of a family allows.
pub(super) fn readings<'c>(
    lexicon: &Lexicon,
    candidate: &'c Candidate,
    family: Option<FamilyId>,
) -> impl Iterator<Item = &'c super::candidates::Reading> {
    let owns = move |row| {
        let families = &lexicon.row(row).families;
        family.is_some_and(|family| families.contains(&family))
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
        Word::new(lexicon, candidates, number, &found)
    });
    let words: Vec<Word> = words.collect();
    let weights: Vec<_> = words.iter().map(Word::weights).collect();
    let each = prior - ((lexicon.families().count() * RATES.len() * SHARES.len()) as f32).ln();
    let mut hypotheses = Vec::new();
    let mut families = Vec::new();
    for family in lexicon.families() {
        let weights = weights.iter().filter_map(|of_word| {
            let mut of_word = of_word.iter();
            of_word.find(|(own, _)| own.is_none_or(|own| own == family))
        });
        let weights: Vec<&Weights> = weights.map(|(_, weights)| weights).collect();
        let mut own: Vec<Hypothesis> = Vec::new();
        for (by_rate, rate) in RATES.into_iter().enumerate() {
            for (by_share, share) in SHARES.into_iter().enumerate() {
                let mut hypothesis = Hypothesis {
                    family,
                    rate,
                    share,
                    weight: each,
                };
                let found = weights.iter().map(|weights| weights[by_rate][by_share]);
                hypothesis.weight += found.sum::<f32>();
                own.push(hypothesis);
            }
        }
        let log_odds = log_sum(own.iter().map(|hypothesis| hypothesis.weight));
        let likeliest = own.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
        let listed = words.iter().filter(|word| {
            word.count > 0
                && likeliest.is_some_and(|hypothesis| {
                    word.share(hypothesis) >= hypothesis.share && word.is_listed(hypothesis) > 0.5
                })
        });
        families.push(Family {
            name: lexicon.family(family).to_owned(),
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

/// How likely each word of a text is in the spinner's list, by each hypothesis;
/// of words of which it is not known yet.
pub(super) fn listed(
    lexicon: &Lexicon,
    candidates: &Candidates,
    spinning: &Spinning,
) -> BTreeMap<WordId, Vec<f32>> {
    let words = candidates.by_word().into_iter();
    let words = words.filter(|(number, _)| !spinning.listed.contains_key(number));
    let words = words.filter_map(|(number, found)| {
        let word = Word::new(lexicon, candidates, number, &found)?;
        let hypotheses = spinning.hypotheses.iter();
        let each = hypotheses.map(|hypothesis| word.is_listed(hypothesis));
        Some((number, each.collect()))
    });
    words.collect()
}
