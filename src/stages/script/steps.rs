//! The dictionaries of each conversion, in the order of OpenCC's
//! configuration files, and their running over a passage.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use super::Conversion;
use super::compose::compose;
use super::dictionary::Dictionary::{self, *};
use super::lexicon::{Level, Lexicon, Replacement, Visitor};
use super::marks::Marks;
use crate::edit::{Cause, Proposal, Safety, apply};

/// A conversion's steps.
#[derive(Debug)]
pub(super) struct Steps {
    /// Compatibility ideographs → unified characters, before all else.
    unify: Lexicon,
    /// Taiwan or Hong Kong → OpenCC's standard, if the conversion has it.
    regional: Option<Lexicon>,
    /// OpenCC's standard → Simplified. With a regional step before, the text
    /// is first cut at this step's phrases, and no match of either step goes
    /// over a cut.
    simplify: Lexicon,
}

impl Steps {
    /// OpenCC's own steps.
    pub(super) fn exact(conversion: Conversion) -> Self {
        let regional: Option<&[Level<'_>]> = match conversion {
            Conversion::T2s => None,
            Conversion::Tw2s => Some(&[&[TwVariantsRevPhrases], &[TwVariantsRev]]),
            Conversion::Tw2sp => {
                Some(&[&[TwPhrasesRev], &[TwVariantsRevPhrases], &[TwVariantsRev]])
            }
            Conversion::Hk2s => Some(&[&[HkVariantsRevPhrases], &[HkVariantsRev]]),
        };
        Steps::new(
            regional,
            &[&[TsPhrases], &[TsCharactersExt], &[TsCharacters]],
            false,
        )
    }

    /// The same with this project's rows before OpenCC's.
    pub(super) fn corrected(conversion: Conversion) -> Self {
        const SIMPLIFY: &[Dictionary] = &[Corrections, TsPhrases, TsCharacters];
        let regional: Option<&[Level<'_>]> = match conversion {
            Conversion::T2s => None,
            Conversion::Tw2s => Some(&[
                &[Corrections, Particle, TwVariantsRevPhrases],
                &[TwVariantsRev],
            ]),
            Conversion::Tw2sp => Some(&[
                &[TwPhrasesRev],
                &[Corrections, Particle, TwVariantsRevPhrases],
                &[TwVariantsRev],
            ]),
            Conversion::Hk2s => Some(&[&[Corrections, HkVariantsRevPhrases], &[HkVariantsRev]]),
        };
        let simplify: &[Dictionary] = match conversion {
            Conversion::T2s => &[Corrections, Particle, TsPhrases, TsCharacters],
            _ => SIMPLIFY,
        };
        Steps::new(regional, &[simplify], true)
    }

    fn new(regional: Option<&[Level<'_>]>, simplify: &[Level<'_>], protect: bool) -> Self {
        Steps {
            unify: Lexicon::new(&[&[Compatibility]], false),
            regional: regional.map(|levels| Lexicon::new(levels, false)),
            simplify: Lexicon::new(simplify, protect),
        }
    }

    /// Whether the character alone would be changed, the particle 著 aside:
    /// it is in Simplified text too.
    #[inline]
    pub(super) fn changes(&self, code: u32) -> bool {
        let Some(regional) = &self.regional else {
            return self
                .simplify
                .alone(code)
                .is_some_and(|r| r.dictionary != Particle);
        };
        match regional.alone(code) {
            None => self.simplify.alone(code).is_some(),
            Some(first) if first.dictionary == Particle => false,
            Some(first) => first.text.chars().next().is_some_and(|between| {
                let last = self.simplify.alone(u32::from(between));
                let last = last
                    .and_then(|last| last.text.chars().next())
                    .unwrap_or(between);
                u32::from(last) != code
            }),
        }
    }

    /// Pushes the edits of a passage; `base` is added to their places.
    pub(super) fn run(&self, text: &str, marks: Marks, base: usize, out: &mut Vec<Proposal>) {
        if marks.description {
            self.unified::<true>(text, marks, base, out);
        } else {
            self.unified::<false>(text, marks, base, out);
        }
    }

    /// The same for a conversion of one step and a passage without marks; also
    /// pushes the places of the passage where converting its outcome may
    /// change more.
    pub(super) fn watch(
        &self,
        text: &str,
        base: usize,
        out: &mut Vec<Proposal>,
        uneasy: &mut Vec<usize>,
    ) {
        let collect = Collect { base, out };
        self.simplify
            .scan::<false, false, _>(text, &mut Watch { collect, uneasy });
    }

    /// Whether the conversion has but one step.
    pub(super) fn is_single(&self) -> bool {
        self.regional.is_none()
    }

    fn unified<const IDS: bool>(
        &self,
        text: &str,
        marks: Marks,
        base: usize,
        out: &mut Vec<Proposal>,
    ) {
        if marks.compatibility {
            let mut first = Vec::new();
            collect::<IDS>(&self.unify, text, 0, &mut first);
            if !first.is_empty() {
                let between = apply(text, &first);
                let mut second = Vec::new();
                self.segmented::<IDS>(&between, 0, &mut second);
                compose(text, &first, &between, &second, |edit| {
                    out.push(edit.moved(base))
                });
                return;
            }
        }
        self.segmented::<IDS>(text, base, out);
    }

    fn segmented<const IDS: bool>(&self, text: &str, base: usize, out: &mut Vec<Proposal>) {
        let Some(regional) = &self.regional else {
            return collect::<IDS>(&self.simplify, text, base, out);
        };
        let mut scratch = Scratch::default();
        let mut done = 0;
        let mut cuts = Cuts(|range: Range<usize>| {
            for segment in [done..range.start, range.clone()] {
                let base = base + segment.start;
                self.both::<IDS>(regional, &text[segment], base, &mut scratch, out);
            }
            done = range.end;
        });
        self.simplify.scan::<IDS, true, _>(text, &mut cuts);
        self.both::<IDS>(regional, &text[done..], base + done, &mut scratch, out);
    }

    fn both<const IDS: bool>(
        &self,
        regional: &Lexicon,
        segment: &str,
        base: usize,
        scratch: &mut Scratch,
        out: &mut Vec<Proposal>,
    ) {
        let Scratch { first, second } = scratch;
        first.clear();
        collect::<IDS>(regional, segment, 0, first);
        if first.is_empty() {
            return collect::<IDS>(&self.simplify, segment, base, out);
        }
        let between = apply(segment, first);
        second.clear();
        collect::<IDS>(&self.simplify, &between, 0, second);
        compose(segment, first, &between, second, |edit| {
            out.push(edit.moved(base))
        });
    }
}

/// Buffers that are used again for each segment.
#[derive(Debug, Default)]
struct Scratch {
    first: Vec<Proposal>,
    second: Vec<Proposal>,
}

/// Pushes the edits of one lexicon.
fn collect<const IDS: bool>(lexicon: &Lexicon, text: &str, base: usize, out: &mut Vec<Proposal>) {
    lexicon.scan::<IDS, false, _>(text, &mut Collect { base, out });
}

/// Makes edits of matches.
struct Collect<'a> {
    base: usize,
    out: &'a mut Vec<Proposal>,
}

impl Visitor for Collect<'_> {
    #[inline]
    fn found(&mut self, range: Range<usize>, replacement: &Replacement) {
        let &Replacement {
            text, rule, reason, ..
        } = replacement;
        let range = self.base + range.start..self.base + range.end;
        // Not `push`, which makes room between building the edit and storing
        // it, so that it is built elsewhere and copied.
        self.out.extend(iter::once_with(|| Proposal {
            range,
            replacement: Cow::Borrowed(text),
            cause: Cause {
                rule,
                safety: Safety::Safe,
                reason: reason.into(),
            },
        }));
    }
}

/// Makes edits of matches, and takes down the uneasy places.
struct Watch<'a> {
    collect: Collect<'a>,
    uneasy: &'a mut Vec<usize>,
}

impl Visitor for Watch<'_> {
    const WATCHES: bool = true;

    #[inline]
    fn found(&mut self, range: Range<usize>, replacement: &Replacement) {
        self.collect.found(range, replacement);
    }

    #[inline]
    fn uneasy(&mut self, place: usize) {
        self.uneasy.push(place);
    }
}

/// The places of phrases.
struct Cuts<F>(F);

impl<F: FnMut(Range<usize>)> Visitor for Cuts<F> {
    #[inline]
    fn found(&mut self, range: Range<usize>, _: &Replacement) {
        self.0(range);
    }
}
