//! What a document shows of one spun word: whether it is in the spinner's list.

use std::sync::LazyLock;

use crate::evidence::Hypothesis;

use super::candidates::{Candidate, Candidates, Reading, damped};
use super::lexicon::{FamilyId, Lexicon, WordId};

/// How much of the words in its list a spinner has replaced.
pub(super) const RATES: [f32; 4] = [0.4, 0.7, 0.9, 0.99];

/// How many of the words that the dictionary gives it are in its list.
pub(super) const SHARES: [f32; 4] = [0.15, 0.4, 0.75, 0.95];

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

/// What a word adds to the log-likelihood of hypotheses, in nats, by rate and
/// share.
pub(super) type Weights = [[f32; SHARES.len()]; RATES.len()];

/// How much likelier the occurrences of a word are if it is in the spinner's list,
/// by rate.
type Likelihoods = [f32; RATES.len()];

/// What is known of a spun word that stands in a document.
pub(super) struct Word {
    /// It says no more than this, in nats.
    most: f32,
    /// If the spinner is of one of these families, which have the word.
    own: Vec<(FamilyId, Likelihoods)>,
    /// If it is of any other.
    elsewhere: Likelihoods,
}

impl Word {
    /// A word by where it occurs, which is not nowhere.
    pub(super) fn new(
        lexicon: &Lexicon,
        candidates: &Candidates,
        word: WordId,
        found: &[&Candidate],
    ) -> Self {
        let all = || found.iter().flat_map(|candidate| &candidate.readings);
        let best = all().max_by(|a, b| a.nats.total_cmp(&b.nats));
        let left = best.map_or(0, |reading| candidates.left(reading.original));
        let likelihoods = |family| {
            let odds = found
                .iter()
                .map(|candidate| odds(lexicon, candidate, family));
            let odds: Vec<f32> = odds.collect();
            RATES.map(|rate| likelihood(&odds, left, rate))
        };
        let elsewhere = likelihoods(None);
        // Where there is one row, all its families read it alike.
        let is_one = lexicon.rows(word).nth(1).is_none();
        let families = lexicon.families_of(word).iter();
        let own = families.map(|&family| match is_one {
            true => (family, elsewhere),
            false => (family, likelihoods(Some(family))),
        });
        let prior = all().map(|reading| reading.prior).fold(0.0, f32::max);
        Word {
            most: match prior {
                UNMISTAKABLE.. => f32::INFINITY,
                _ => MOST_BY_ONE_WORD,
            },
            own: own.collect(),
            elsewhere,
        }
    }

    /// What it says if the spinner is of a family, and the part of such spinners
    /// that has it in its list, beside one that has all that is its own.
    fn by_family(&self, family: FamilyId) -> (&Likelihoods, f32) {
        let own = self.own.iter().find(|(own, _)| *own == family);
        own.map_or((&self.elsewhere, ELSEWHERE), |(_, own)| (own, 1.0))
    }

    /// How likely the word is in the spinner's list by a hypothesis, before its
    /// occurrences are looked at.
    pub(super) fn share(&self, hypothesis: &Hypothesis) -> f32 {
        hypothesis.share * self.by_family(hypothesis.family).1
    }

    /// The probability that the word is in the spinner's list.
    pub(super) fn is_listed(&self, hypothesis: &Hypothesis) -> f32 {
        let (likelihoods, part) = self.by_family(hypothesis.family);
        let share = hypothesis.share * part;
        let rate = RATES.iter().position(|rate| *rate == hypothesis.rate);
        let likelihood = rate.map_or(1.0, |rate| likelihoods[rate]);
        let odds = likelihood * share / (1.0 - share);
        odds / (1.0 + odds)
    }

    /// What the word adds to the log-likelihoods of hypotheses of families that do
    /// not have it.
    pub(super) fn weights_elsewhere(&self) -> Weights {
        self.weights(&self.elsewhere, ELSEWHERE)
    }

    /// The same for each of its own families.
    pub(super) fn weights_of_own(&self) -> impl Iterator<Item = (FamilyId, Weights)> {
        let mut last: Option<(Likelihoods, Weights)> = None;
        self.own.iter().map(move |(family, likelihoods)| {
            let known = last.filter(|(known, _)| known == likelihoods);
            let (_, weights) = known.unwrap_or_else(|| {
                let made = (*likelihoods, self.weights(likelihoods, 1.0));
                *last.insert(made)
            });
            (*family, weights)
        })
    }

    fn weights(&self, likelihoods: &Likelihoods, part: f32) -> Weights {
        let most = self.most.exp();
        weights(&likelihoods.map(|likelihood| likelihood.min(most)), part)
    }
}

/// What a word adds to the log-likelihoods of hypotheses that does not stand in a
/// document in which its original does.
pub(super) struct Left {
    /// Of families that have the word.
    pub(super) own: Weights,
    /// Of others.
    pub(super) elsewhere: Weights,
}

impl Left {
    /// By how often the original stands there.
    pub(super) fn of(count: usize) -> &'static Left {
        /// It hardly matters how often beyond that: see [`damped`].
        const MOST: usize = 64;
        static ALL: LazyLock<Vec<Left>> = LazyLock::new(|| {
            let each = (0..=MOST).map(|count| {
                let likelihoods = RATES.map(|rate| likelihood(&[], count, rate));
                Left {
                    own: weights(&likelihoods, 1.0),
                    elsewhere: weights(&likelihoods, ELSEWHERE),
                }
            });
            each.collect()
        });
        &ALL[count.min(MOST)]
    }
}

/// What a word adds by what it says, if such a part of spinners has it.
fn weights(likelihoods: &Likelihoods, part: f32) -> Weights {
    likelihoods.map(|likelihood| {
        SHARES.map(|share| {
            let share = share * part;
            (1.0 - share + share * likelihood).ln()
        })
    })
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
) -> impl Iterator<Item = &'c Reading> {
    let owns = move |row| {
        let families = &lexicon.row(row).families;
        family.is_some_and(|family| families.contains(&family))
    };
    let any = candidate.readings.iter().any(|reading| owns(reading.row));
    let readings = candidate.readings.iter();
    readings.filter(move |reading| !any || owns(reading.row))
}
