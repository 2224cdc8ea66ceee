//! A document between two stages: its text, its parts, and what has been changed so
//! far.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::cleaned::Finding;
use crate::compose::Composition;
use crate::decisions::{self, Decisions};
use crate::edit::{Proposal, apply};
use crate::gate::Sorted;
use crate::keep::Keep;
use crate::regions::{Regions, Scope, Syntax};
use crate::rules::Rule;
use crate::source::Source;
use crate::stages::View;

/// A document on its walk.
pub(super) struct Work<'t, 'c> {
    source: &'t str,
    syntax: Syntax,
    scope: Arc<Scope>,
    keep: Option<&'c Keep>,
    decisions: &'c Decisions,
    /// What the stages have made of the source; `None` while it is the same.
    pub(super) text: Option<String>,
    /// The text as the stages see it, if its structure is masked.
    masked: Option<String>,
    pub(super) regions: Regions,
    pub(super) composition: Composition,
    pub(super) findings: Vec<Finding>,
    reported: HashSet<(Range<usize>, Rule)>,
    /// How many edits the stages have made.
    pub(super) edits: usize,
}

impl<'t, 'c> Work<'t, 'c> {
    pub(super) fn begin(
        source: &'t Source<'_>,
        keep: Option<&'c Keep>,
        decisions: &'c Decisions,
    ) -> Self {
        let mut work = Work {
            source: source.text(),
            syntax: source.syntax(),
            scope: Arc::clone(source.scope()),
            keep,
            decisions,
            text: None,
            masked: None,
            regions: source.regions().clone(),
            composition: Composition::default(),
            findings: Vec::new(),
            reported: HashSet::new(),
            edits: 0,
        };
        work.masked = work.regions.masked(work.text(), work.syntax);
        work.keep_words();
        work
    }

    /// Finds the parts of the text anew.
    pub(super) fn find_regions(&mut self) {
        let mut regions = Regions::find(self.text(), self.syntax, &self.scope);
        regions.close_as(&self.regions);
        self.regions = regions;
        self.masked = self.regions.masked(self.text(), self.syntax);
        self.keep_words();
    }

    /// Sees the text as if nobody had looked at it; false if nothing in it was closed to
    /// other stages.
    pub(super) fn open_what_is_held(&mut self) -> bool {
        let is_held = self.regions.are_held();
        if is_held {
            self.find_regions();
        }
        is_held
    }

    /// Closes the words that are to stay, and those that edits have made so.
    fn keep_words(&mut self) {
        if let Some(keep) = self.keep {
            let words = keep.find(self.text());
            self.regions.close(words);
        }
    }

    pub(super) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or(self.source)
    }

    pub(super) fn view(&self) -> View<'_> {
        View {
            text: self.masked.as_deref().unwrap_or(self.text()),
            syntax: self.syntax,
            structure: self.regions.structure(),
        }
    }

    pub(super) fn accept(&mut self, accepted: Vec<Proposal>) {
        self.edits += accepted.len();
        self.text = Some(apply(self.text(), &accepted));
        if let Some(masked) = &mut self.masked {
            *masked = apply(masked, &accepted);
        }
        self.regions.shift(&accepted);
        self.composition.then(accepted);
        self.keep_words();
    }

    /// Also accepts what a reader has accepted.
    pub(super) fn decided(&self, mut sorted: Sorted) -> Sorted {
        if self.decisions.is_empty() {
            return sorted;
        }
        let (accepted, reported): (Vec<_>, Vec<_>) =
            sorted.reported.into_iter().partition(|proposal| {
                self.decisions
                    .allow(self.text(), &self.composition, proposal)
            });
        sorted.reported = reported;
        sorted
            .accepted
            .extend(accepted.into_iter().map(decisions::accepted));
        sorted
            .accepted
            .sort_by_key(|proposal| (proposal.range.start, proposal.range.end));
        sorted
    }

    /// `fit` says whether a reader could have them applied.
    pub(super) fn report(&mut self, reported: Vec<Proposal>, fit: bool) {
        for proposal in reported {
            let finding = Finding::new(self.text(), &self.composition, proposal, fit);
            // A later pass says it again.
            if self.reported.insert(finding.subject()) {
                self.findings.push(finding);
            }
        }
    }
}
