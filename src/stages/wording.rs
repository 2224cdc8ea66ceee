//! Gives back the author's words in a document that a spinner has rewritten.
//!
//! For every occurrence of a word that a spinner writes, the dictionary's
//! contexts say whether it is the author's own, or it makes a name of a place
//! that is nowhere; where nothing shows it, a model of the words around it says
//! how likely. All of them together say whether the
//! document is spun and by whom, and that, together with the place, how likely
//! each occurrence is a substitution: what is sure enough is undone, what is
//! likely is suggested, and what is open is reported.

mod candidates;
mod collocations;
mod evidence;
mod habits;
mod judge;
mod lexicon;
mod places;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::dictionary::{self, Entry};
use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::{Evidence, Spinning};
use crate::language::choice::Choices;
use crate::rules::Rule;
use crate::stages::{Stage, View};

use candidates::{Candidate, Candidates, Ground};
pub use judge::{Judge, Judgement};
use lexicon::{Lexicon, RowId};
use places::PlaceName;

/// From these probabilities on a substitution is undone, undone where a context
/// of the dictionary or the name of a place shows it, suggested, reported.
const SAFE: f32 = 0.95;
const SAFE_IF_SHOWN: f32 = 0.9;
const UNSAFE: f32 = 0.7;
const REPORTED: f32 = 0.3;

/// The words that tell most must say so much for a document to be looked at
/// closely, in nats: less than one clear substitution does.
const SUSPICIOUS: f32 = 2.0;

/// The stage; see the module.
#[derive(Debug)]
pub(crate) struct WordingStage {
    lexicon: Lexicon,
}

/// What a place is taken for.
struct Verdict {
    range: Range<usize>,
    row: RowId,
    original: &'static str,
    ground: Ground,
    /// The probability that it is a substitution for the original.
    probability: f32,
}

impl WordingStage {
    pub(crate) fn new() -> Self {
        WordingStage {
            lexicon: Lexicon::new(dictionary::built_in(), None),
        }
    }

    /// The stage with other rows and models than the built-in ones.
    pub(crate) fn with(entries: Vec<Entry<'static>>, choices: &'static Choices<'static>) -> Self {
        WordingStage {
            lexicon: Lexicon::new(entries, Some(choices)),
        }
    }

    /// What the likeliest original of a place is, and how likely.
    fn judge(&self, candidate: &Candidate, listed: &[f32], spinning: &Spinning) -> Option<Verdict> {
        let mut probabilities: BTreeMap<&'static str, (f32, f32, RowId, Ground)> = BTreeMap::new();
        for (hypothesis, listed) in spinning.hypotheses.iter().zip(listed) {
            let all = evidence::odds(&self.lexicon, candidate, hypothesis);
            let scale = hypothesis.weight * listed * hypothesis.rate;
            for reading in evidence::readings(&self.lexicon, candidate, hypothesis) {
                let own = reading.nats.exp();
                let probability = scale * own / (1.0 + hypothesis.rate * all);
                let known = probabilities.entry(reading.original).or_insert((
                    0.0,
                    0.0,
                    reading.row,
                    reading.ground,
                ));
                known.0 += probability;
                // The row of which the most comes is the one to name.
                if probability > known.1 {
                    (known.1, known.2, known.3) = (probability, reading.row, reading.ground);
                }
            }
        }
        let best = probabilities
            .into_iter()
            .max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        let (original, (probability, _, row, ground)) = best?;
        Some(Verdict {
            range: candidate.range.clone(),
            row,
            original,
            ground,
            probability,
        })
    }

    /// What the words of a text are taken for, as far as it is to be told.
    fn verdicts(&self, text: &str, evidence: &Evidence) -> Vec<Verdict> {
        let spinning = &evidence.spinning;
        if !spinning.found() {
            return Vec::new();
        }
        let mut candidates = Candidates::find(&self.lexicon, text);
        habits::adjust(&mut candidates, &spinning.habits);
        collocations::adjust(&mut candidates, text);
        // Words that were not there before what others stand for was given back.
        let new = evidence::listed(&self.lexicon, &candidates, spinning);
        let verdicts = candidates.found.iter().filter_map(|candidate| {
            let listed = spinning.listed.get(&candidate.word);
            let listed = listed.or_else(|| new.get(&candidate.word))?;
            let verdict = self.judge(candidate, listed, spinning)?;
            (verdict.probability >= REPORTED).then_some(verdict)
        });
        choose(verdicts.collect())
    }

    /// How sure an edit is, by its probability alone.
    fn limit(verdict: &Verdict) -> Safety {
        match verdict.probability {
            SAFE.. => Safety::Safe,
            SAFE_IF_SHOWN.. if verdict.ground.is_shown() => Safety::Safe,
            UNSAFE.. => Safety::Unsafe,
            _ => Safety::Display,
        }
    }

    /// How sure it is, as the row also has a word in that.
    fn safety(&self, verdict: &Verdict) -> Safety {
        let limit = Self::limit(verdict);
        match verdict.ground {
            Ground::Place(_) => limit,
            _ => limit.max(self.lexicon.entry(verdict.row).safety),
        }
    }

    fn proposal(&self, verdict: &Verdict) -> Proposal {
        let entry = self.lexicon.entry(verdict.row);
        // Never rounded up to a certainty that there is not.
        let percent = (verdict.probability * 100.0).floor();
        let limit = Self::limit(verdict);
        let (spun, original, place) = (entry.spun, verdict.original, entry.place);
        let (rule, reason) = match (limit, verdict.ground) {
            (Safety::Display, _) => (
                Rule::WordingUndecided,
                format!("「{spun}」 may stand for 「{original}」 here: {percent} % ({place})"),
            ),
            (_, Ground::Context) => (Rule::WordingContext, entry.reason.to_owned()),
            (_, Ground::Place(PlaceName { name, area, .. })) => (
                Rule::WordingPlace,
                format!(
                    "no place is named 「{}」; 「{name}」 is in 「{area}」, which the text names",
                    name.replacen(original, spun, 1)
                ),
            ),
            (_, Ground::Model | Ground::Kept) => (
                Rule::WordingModel,
                format!(
                    "by what stands around it, and as this document is spun, the author wrote 「{original}」: {percent} % ({place})"
                ),
            ),
        };
        Proposal {
            range: verdict.range.clone(),
            replacement: verdict.original.into(),
            cause: Cause {
                rule,
                safety: self.safety(verdict),
                reason: reason.into(),
            },
        }
    }
}

impl Stage for WordingStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        // Most documents end here.
        if Candidates::telling(&self.lexicon, view.text).at_most() < SUSPICIOUS {
            return;
        }
        let mut candidates = Candidates::find(&self.lexicon, view.text);
        let habits = habits::of(&candidates);
        habits::adjust(&mut candidates, &habits);
        let mut spinning = evidence::weigh(&self.lexicon, &candidates, &evidence.glossing);
        if spinning.found() {
            spinning.listed = evidence::listed(&self.lexicon, &candidates, &spinning);
            spinning.habits = habits;
        }
        evidence.spinning = spinning;
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let verdicts = self.verdicts(view.text, evidence);
        proposals.extend(verdicts.iter().map(|verdict| self.proposal(verdict)));
    }

    /// A word given back can be what another word's context asks for.
    fn runs_again(&self) -> bool {
        true
    }
}

/// Disjoint verdicts in the order of the text: of those that overlap, the
/// likeliest, then the longest, then the first.
fn choose(mut verdicts: Vec<Verdict>) -> Vec<Verdict> {
    verdicts.sort_by(|a, b| {
        let likelier = b.probability.total_cmp(&a.probability);
        let longer = b.range.len().cmp(&a.range.len());
        likelier
            .then(longer)
            .then(a.range.start.cmp(&b.range.start))
    });
    let mut chosen: Vec<Verdict> = Vec::with_capacity(verdicts.len());
    for verdict in verdicts {
        let at = chosen.partition_point(|other| other.range.start < verdict.range.start);
        let clear_before = at == 0 || chosen[at - 1].range.end <= verdict.range.start;
        let clear_behind = chosen
            .get(at)
            .is_none_or(|next| verdict.range.end <= next.range.start);
        if clear_before && clear_behind {
            chosen.insert(at, verdict);
        }
    }
    chosen
}
