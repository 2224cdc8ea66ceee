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
mod contexts;
mod evidence;
mod habits;
mod judge;
mod lexicon;
mod models;
mod place;
mod places;
mod register;
mod vocabulary;
mod why;
mod word;

use std::ops::Range;
use std::sync::Arc;

use crate::dictionary::Dictionary;
use crate::edit::{Cause, Proposal, Safety, Weighed};
use crate::evidence::{Evidence, Notes, Spinning};
use crate::language::choice::ChoiceTable;
use crate::rules::Rule;
use crate::stages::{Stage, View};

use candidates::{Candidate, Candidates, Ground, Reading};
pub use judge::{Judge, Judgement};
use lexicon::{Lexicon, OriginalId, RowId};
use models::Models;
use why::{Document, Outcome, Why};

/// From these probabilities on a substitution is undone, undone where a context
/// of the dictionary or the name of a place shows it, suggested, reported.
const SAFE: f32 = 0.97;
const SAFE_IF_SHOWN: f32 = 0.93;
const UNSAFE: f32 = 0.7;
const REPORTED: f32 = 0.3;

/// The words that tell most must say so much for a document to be looked at
/// closely, in nats: less than one clear substitution does.
const SUSPICIOUS: f32 = 2.0;

/// The stage; see the module.
#[derive(Debug)]
pub(crate) struct WordingStage {
    lexicon: Arc<Lexicon>,
}

/// What stands in the text that was observed: its first edits are proposed from
/// it.
struct Observed {
    text: String,
    candidates: Candidates,
}

/// What a place is taken for.
#[derive(Clone, Debug)]
struct Verdict {
    range: Range<usize>,
    row: RowId,
    original: OriginalId,
    ground: Ground,
    /// The probability that it is a substitution for the original.
    probability: f32,
    /// The probability that it is a substitution at all.
    for_any: f32,
}

/// What an original gets of a place's readings.
struct Share {
    original: OriginalId,
    probability: f32,
    /// The reading of which the most comes is the one to name.
    most: f32,
    row: RowId,
    ground: Ground,
}

impl WordingStage {
    /// With dictionaries, of which the later ones replace rows of the earlier
    /// ones, and a table of word choices to be asked before the built-in one.
    pub(crate) fn new(dictionaries: Vec<Dictionary>, choices: Option<ChoiceTable>) -> Self {
        WordingStage {
            lexicon: Arc::new(Lexicon::new(dictionaries, Models::new(choices))),
        }
    }

    /// What the likeliest original of a place is, and how likely.
    fn judge(&self, candidate: &Candidate, listed: &[f32], spinning: &Spinning) -> Option<Verdict> {
        let mut shares: Vec<Share> = Vec::with_capacity(candidate.readings.len());
        // Hypotheses of one family stand together and allow the same readings.
        let mut family = None;
        let mut allowed: Vec<(&Reading, f32)> = Vec::with_capacity(candidate.readings.len());
        let mut all = 0.0;
        for (hypothesis, listed) in spinning.hypotheses.iter().zip(listed) {
            if family != Some(hypothesis.family) {
                family = Some(hypothesis.family);
                let readings = word::readings(&self.lexicon, candidate, family);
                allowed.clear();
                allowed.extend(readings.map(|reading| (reading, reading.nats.exp())));
                all = allowed.iter().map(|(_, odds)| odds).sum();
            }
            let scale = hypothesis.weight * listed * hypothesis.rate;
            for &(reading, own) in &allowed {
                let probability = scale * own / (1.0 + hypothesis.rate * all);
                let known = shares.iter_mut().find(|s| s.original == reading.original);
                let Some(share) = known else {
                    shares.push(Share {
                        original: reading.original,
                        probability,
                        most: probability,
                        row: reading.row,
                        ground: reading.ground,
                    });
                    continue;
                };
                share.probability += probability;
                if probability > share.most {
                    share.most = probability;
                    (share.row, share.ground) = (reading.row, reading.ground);
                }
            }
        }
        let for_any = shares.iter().map(|share| share.probability).sum();
        let best = shares.into_iter().max_by(|a, b| {
            let likelier = a.probability.total_cmp(&b.probability);
            likelier.then(a.original.cmp(&b.original))
        })?;
        Some(Verdict {
            range: candidate.range.clone(),
            row: best.row,
            original: best.original,
            ground: best.ground,
            probability: best.probability,
            for_any,
        })
    }

    /// What is made of every place of a text where a spun word stands, if the
    /// document is spun; in the order in which they begin.
    fn verdicts(&self, text: &str, spinning: &Spinning) -> Vec<Verdict> {
        let observed = spinning.notes.get::<Observed>();
        let again;
        let candidates = match observed.filter(|observed| observed.text == text) {
            Some(observed) => &observed.candidates,
            None => {
                let mut candidates = Candidates::find(&self.lexicon, text);
                habits::adjust(&mut candidates, &spinning.habits);
                again = candidates;
                &again
            }
        };
        // Words that were not there before what others stand for was given back.
        let new = evidence::listed(&self.lexicon, candidates, spinning);
        let verdicts = candidates.found.iter().filter_map(|candidate| {
            let listed = spinning.listed.get(&candidate.word);
            let listed = listed.or_else(|| new.get(&candidate.word))?;
            self.judge(candidate, listed, spinning)
        });
        verdicts.collect()
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
            _ => limit.max(self.lexicon.row(verdict.row).safety),
        }
    }

    fn proposal(&self, verdict: &Verdict, text: &str, document: &Arc<Document>) -> Proposal {
        let rule = match (Self::limit(verdict), verdict.ground) {
            (Safety::Display, _) => Rule::WordingUndecided,
            (_, Ground::Context) => Rule::WordingContext,
            (_, Ground::Place(_)) => Rule::WordingPlace,
            (_, Ground::Model | Ground::Kept) => Rule::WordingModel,
        };
        let outcome = match rule {
            Rule::WordingUndecided => Outcome::Open,
            _ => Outcome::Substituted,
        };
        Proposal {
            range: verdict.range.clone(),
            replacement: self.lexicon.original(verdict.original).to_owned().into(),
            cause: Cause {
                rule,
                safety: self.safety(verdict),
                reason: Why::reason(&self.lexicon, verdict, outcome, text, document),
            },
        }
    }
}

impl Stage for WordingStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        // Most documents end here.
        let mut candidates = Candidates::telling(&self.lexicon, view.text);
        if candidates.at_most() < SUSPICIOUS {
            return;
        }
        // Of the others that nobody has spun, most end here.
        candidates.count_originals(&self.lexicon, view.text);
        if !evidence::is_worth_a_look(&self.lexicon, &candidates, &evidence.glossing) {
            return;
        }
        if register::is_foreign(view.text) {
            return;
        }
        candidates.complete(&self.lexicon, view.text);
        let habits = habits::of(&candidates);
        habits::adjust(&mut candidates, &habits);
        let register = register::says(view.text);
        let mut spinning =
            evidence::weigh(&self.lexicon, &candidates, &evidence.glossing, register);
        if spinning.found() {
            spinning.listed = evidence::listed(&self.lexicon, &candidates, &spinning);
            spinning.habits = habits;
            spinning.notes = Notes::keep(Observed {
                text: view.text.to_owned(),
                candidates,
            });
        }
        evidence.spinning = spinning;
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let spinning = &evidence.spinning;
        if !spinning.found() {
            return;
        }
        let mut verdicts = self.verdicts(view.text, spinning);
        verdicts.retain(|verdict| verdict.probability >= REPORTED);
        let document = Document::of(spinning);
        let chosen = choose(verdicts);
        proposals.extend(
            chosen
                .iter()
                .map(|verdict| self.proposal(verdict, view.text, &document)),
        );
    }

    fn weigh(&self, view: View<'_>, evidence: &Evidence) -> Vec<Weighed> {
        let spinning = &evidence.spinning;
        let verdicts = match spinning.found() {
            true => self.verdicts(view.text, spinning),
            false => {
                let found = Candidates::find(&self.lexicon, view.text).found;
                found.iter().filter_map(unspun).collect()
            }
        };
        let document = Document::of(spinning);
        let likely = verdicts.iter().filter(|v| v.probability >= REPORTED);
        let chosen = choose(likely.cloned().collect());
        let weighed = verdicts.iter().map(|verdict| {
            let Verdict {
                range, original, ..
            } = verdict.clone();
            let is_chosen = chosen
                .binary_search_by_key(&range.start, |other| other.range.start)
                .is_ok_and(|at| chosen[at].range == range);
            let (safety, reason) = if is_chosen {
                let cause = self.proposal(verdict, view.text, &document).cause;
                (Some(cause.safety), cause.reason)
            } else {
                let outcome = match verdict.probability {
                    REPORTED.. => Outcome::Overlapped,
                    _ if spinning.found() => Outcome::Kept,
                    _ => Outcome::Unspun,
                };
                let why = Why::reason(&self.lexicon, verdict, outcome, view.text, &document);
                (None, why)
            };
            Weighed {
                original: view.text[range.clone()].to_owned(),
                replacement: self.lexicon.original(original).to_owned(),
                range,
                safety,
                reason,
            }
        });
        weighed.collect()
    }

    /// Of what other stages say, only glosses count, and they only make spinning
    /// likelier: a document that was not spun with them is not without.
    fn can_say_more(&self, known: &Evidence, now: &Evidence) -> bool {
        known.spinning.found() || now.glossing.found && !known.glossing.found
    }

    /// A word given back can be what another word's context asks for.
    fn runs_again(&self) -> bool {
        true
    }
}

/// What a word would most likely stand for in a document that is not spun.
fn unspun(candidate: &Candidate) -> Option<Verdict> {
    let readings = candidate.readings.iter();
    let best = readings.max_by(|a, b| a.nats.total_cmp(&b.nats))?;
    Some(Verdict {
        range: candidate.range.clone(),
        row: best.row,
        original: best.original,
        ground: best.ground,
        probability: 0.0,
        for_any: 0.0,
    })
}

/// The stage by itself, to be measured.
#[derive(Debug)]
pub struct Wording(WordingStage);

impl Default for Wording {
    fn default() -> Self {
        Wording(WordingStage::new(vec![Dictionary::built_in()], None))
    }
}

impl Wording {
    /// How many edits and reports it makes of a text when it looks at it once.
    pub fn proposals(&self, text: &str) -> usize {
        let view = View::plain(text);
        let (mut evidence, mut proposals) = (Evidence::default(), Vec::new());
        self.0.observe(view, &mut evidence);
        self.0.propose(view, &evidence, &mut proposals);
        proposals.len()
    }
}

/// Disjoint verdicts in the order of the text: of those that overlap, the
/// likeliest, then the longest, then the first.
///
/// They come in the order in which they begin.
fn choose(verdicts: Vec<Verdict>) -> Vec<Verdict> {
    let mut chosen: Vec<Verdict> = Vec::with_capacity(verdicts.len());
    let mut run: Vec<Verdict> = Vec::new();
    let mut end = 0;
    for verdict in verdicts {
        if verdict.range.start >= end {
            choose_of_run(&mut run, &mut chosen);
        }
        end = end.max(verdict.range.end);
        run.push(verdict);
    }
    choose_of_run(&mut run, &mut chosen);
    chosen
}

/// The same of verdicts that hang together by overlapping: there are few of them.
fn choose_of_run(run: &mut Vec<Verdict>, chosen: &mut Vec<Verdict>) {
    run.sort_by(|a, b| {
        let likelier = b.for_any.total_cmp(&a.for_any);
        let longer = b.range.len().cmp(&a.range.len());
        likelier
            .then(longer)
            .then(a.range.start.cmp(&b.range.start))
    });
    let first = chosen.len();
    for verdict in run.drain(..) {
        let overlaps = |other: &Verdict| {
            other.range.start < verdict.range.end && verdict.range.start < other.range.end
        };
        if !chosen[first..].iter().any(overlaps) {
            chosen.push(verdict);
        }
    }
    chosen[first..].sort_by_key(|verdict| verdict.range.start);
}
