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

use super::candidates::{Candidates, log_sum};
use super::lexicon::{Lexicon, WordId};
use super::word::{Left, RATES, SHARES, Weights, Word};

/// Log-odds, in nats, that a document is spun before anything is seen of it:
/// one page in 90 of those that somebody has cleaned. It is hardly too many: of
/// 20,000 documents that nobody has spun none comes to what is asked for with it.
const PRIOR: f32 = -4.5;

/// The same for a document that a filter has glossed: who runs such a filter
/// over copies often runs a spinner too. One page in five, a cautious guess.
const PRIOR_IF_GLOSSED: f32 = -1.5;

/// A document of which the words that tell most say less than this for every
/// family is not looked at closely: the others hardly ever say so much more.
/// In nats, the prior included. With -6.5 two of 199 documents for tuning in which a
/// spinner has replaced few words are lost and 9 % of clean text is looked at,
/// with -7.5 none and 16 %.
const WORTH: f32 = -7.0;

/// The same with all originals that are left, which in a long document that nobody has
/// spun say much against it. Of 1,765 documents for tuning, spun in all degrees, that are
/// found in the end, the least comes to -11.5, and 10 to less than -10; the others of which
/// the words that tell most pass have a third of their words in documents below.
const WORTH_BY_ALL: f32 = -13.0;

/// What the words found in a text say of each family, beside the kind of text that it
/// is, which says so much of whether it is spun at all, in nats.
pub(super) fn weigh(
    lexicon: &Lexicon,
    candidates: &Candidates,
    glossing: &Glossing,
    register: f32,
) -> Spinning {
    if candidates.found.is_empty() {
        return Spinning::default();
    }
    let prior = prior(glossing) + register;
    if prior + candidates.at_most() < SPUN as f32 {
        return Spinning::default();
    }
    let words = Words::of(lexicon, candidates, 0..lexicon.len());
    let mut hypotheses = hypotheses(lexicon, &words, prior);
    let mut families = Vec::new();
    for own in hypotheses.chunk_by(|a, b| a.family == b.family) {
        let log_odds = log_sum(own.iter().map(|hypothesis| hypothesis.weight));
        let Some(likeliest) = own.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)) else {
            continue;
        };
        let listed = words.found.iter().filter(|(_, word)| {
            word.share(likeliest) >= likeliest.share && word.is_listed(likeliest) > 0.5
        });
        families.push(Family {
            name: lexicon.family(likeliest.family).to_owned(),
            words: listed.count(),
            log_odds: log_odds.into(),
        });
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

/// Whether a document is worth a closer look, by the words that tell most: those
/// found, and the originals of such words that are left.
pub(super) fn is_worth_a_look(
    lexicon: &Lexicon,
    telling: &Candidates,
    glossing: &Glossing,
) -> bool {
    let says = |words: &Words| {
        let hypotheses = hypotheses(lexicon, words, prior(glossing));
        let families = hypotheses.chunk_by(|a, b| a.family == b.family);
        let families = families.map(|own| log_sum(own.iter().map(|hypothesis| hypothesis.weight)));
        families.fold(f32::NEG_INFINITY, f32::max)
    };
    let tell_most = lexicon.telling_words().iter().copied();
    let mut words = Words::of(lexicon, telling, tell_most);
    if says(&words) < WORTH {
        return false;
    }
    words.count_left(lexicon, telling, 0..lexicon.len());
    says(&words) >= WORTH_BY_ALL
}

fn prior(glossing: &Glossing) -> f32 {
    match glossing.found {
        true => PRIOR_IF_GLOSSED,
        false => PRIOR,
    }
}

/// The words of a document that say something of spinning.
struct Words {
    /// Those that stand in it, ascending.
    found: Vec<(WordId, Word)>,
    /// Those of which only the original does, with how often.
    left: Vec<(WordId, usize)>,
}

impl Words {
    /// Those that stand in the text, and of these others, which ascend, those of which
    /// the original does.
    fn of(
        lexicon: &Lexicon,
        candidates: &Candidates,
        others: impl Iterator<Item = WordId>,
    ) -> Words {
        let by_word = candidates.by_word();
        let found = by_word.words();
        let found = found.map(|(word, places)| {
            let read = Word::new(lexicon, candidates, word, places);
            (word, read)
        });
        let mut words = Words {
            found: found.collect(),
            left: Vec::new(),
        };
        words.count_left(lexicon, candidates, others);
        words
    }

    /// Asks which of these words, which ascend, have left their originals, and not of
    /// those that were asked for before.
    fn count_left(
        &mut self,
        lexicon: &Lexicon,
        candidates: &Candidates,
        others: impl Iterator<Item = WordId>,
    ) {
        let mut standing = self.found.iter().map(|(word, _)| *word).peekable();
        let left = others.filter_map(|word| {
            while standing.next_if(|standing| *standing < word).is_some() {}
            let left = candidates.left(lexicon.first_original(word));
            (left > 0 && standing.peek() != Some(&word)).then_some((word, left))
        });
        self.left = left.collect();
    }
}

/// All hypotheses, family by family, with their log-odds against that nobody has
/// spun the document, as their weights.
fn hypotheses(lexicon: &Lexicon, words: &Words, prior: f32) -> Vec<Hypothesis> {
    let mut elsewhere = Weights::default();
    // What is more, or less, for each family.
    let mut by_family = vec![Weights::default(); lexicon.families().count()];
    for (_, word) in &words.found {
        let others = word.weights_elsewhere();
        add(&mut elsewhere, &others, 1.0);
        for (family, own) in word.weights_of_own() {
            let by_family = &mut by_family[family as usize];
            add(by_family, &own, 1.0);
            add(by_family, &others, -1.0);
        }
    }
    for &(word, count) in &words.left {
        let left = Left::of(count);
        add(&mut elsewhere, &left.elsewhere, 1.0);
        for &family in lexicon.families_of(word) {
            let by_family = &mut by_family[family as usize];
            add(by_family, &left.own, 1.0);
            add(by_family, &left.elsewhere, -1.0);
        }
    }
    let each = prior - ((by_family.len() * RATES.len() * SHARES.len()) as f32).ln();
    let mut hypotheses = Vec::with_capacity(by_family.len() * RATES.len() * SHARES.len());
    for (family, own) in lexicon.families().zip(by_family) {
        for (by_rate, rate) in RATES.into_iter().enumerate() {
            for (by_share, share) in SHARES.into_iter().enumerate() {
                hypotheses.push(Hypothesis {
                    family,
                    rate,
                    share,
                    weight: each + elsewhere[by_rate][by_share] + own[by_rate][by_share],
                });
            }
        }
    }
    hypotheses
}

fn add(sum: &mut Weights, weights: &Weights, times: f32) {
    for (sum, weight) in sum.iter_mut().flatten().zip(weights.iter().flatten()) {
        *sum += times * weight;
    }
}

/// How likely each word of a text is in the spinner's list, by each hypothesis;
/// of words of which it is not known yet.
pub(super) fn listed(
    lexicon: &Lexicon,
    candidates: &Candidates,
    spinning: &Spinning,
) -> BTreeMap<WordId, Vec<f32>> {
    let words = candidates.by_word();
    let words = words.words();
    let words = words.filter(|(number, _)| !spinning.listed.contains_key(number));
    let words = words.map(|(number, found)| {
        let word = Word::new(lexicon, candidates, number, found);
        let hypotheses = spinning.hypotheses.iter();
        let each = hypotheses.map(|hypothesis| word.is_listed(hypothesis));
        (number, each.collect())
    });
    words.collect()
}
