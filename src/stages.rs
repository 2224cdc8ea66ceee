//! The stages of the pipeline: text in, proposals out.
//!
//! [`crate::cleaner`] names their order; nothing here knows of it.

pub(crate) mod characters;
pub(crate) mod damage;
pub(crate) mod gloss;
pub(crate) mod mojibake;
mod quotation;
pub(crate) mod residue;
pub(crate) mod script;
pub(crate) mod wording;

use std::fmt::Debug;
use std::ops::Range;

use crate::edit::{Proposal, Weighed};
use crate::evidence::Evidence;
use crate::regions::{Protected, Syntax};

/// What a stage sees of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    /// The text as the stages before have left it.
    pub(crate) text: &'a str,
    /// The kind of file that the text comes from.
    pub(crate) syntax: Syntax,
    /// What of it is not prose.
    pub(crate) structure: &'a Protected,
}

impl<'a> View<'a> {
    /// A plain text, all of which is prose.
    pub(crate) fn plain(text: &'a str) -> Self {
        static NOTHING: Protected = Protected::NOTHING;
        View {
            text,
            syntax: Syntax::Plain,
            structure: &NOTHING,
        }
    }
}

/// One step of the pipeline.
pub(crate) trait Stage: Debug + Send + Sync {
    /// Looks at the text for what the document shows, once, before
    /// [`Stage::propose`]; later stages see it too.
    fn observe(&self, _view: View<'_>, _evidence: &mut Evidence) {}

    /// Pushes the stage's edits of `view.text`, sorted by place and disjoint,
    /// on character boundaries. Without evidence it pushes nothing.
    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>);

    /// The parts of the text as the stage has left it that no stage behind it may
    /// touch, sorted and disjoint; besides, none may touch what it has only
    /// reported. `None` if the stage leaves everything open to the others.
    fn closes(&self, _view: View<'_>, _evidence: &Evidence) -> Option<Vec<Range<usize>>> {
        None
    }

    /// Everything that the stage looks at closely, with its reasons, also what it
    /// does not propose to change.
    fn weigh(&self, _view: View<'_>, _evidence: &Evidence) -> Vec<Weighed> {
        Vec::new()
    }

    /// Whether the stage has nothing to say of the text that comes of all its edits.
    fn is_settled(&self) -> bool {
        false
    }

    /// Whether the stage can change anything in a text, or say more of it, in which it
    /// has found nothing to change before: now that the stages before it say `now` of the
    /// document. They said `known` then, in which the stage's own evidence stands too.
    fn can_say_more(&self, _known: &Evidence, _now: &Evidence) -> bool {
        true
    }

    /// Whether the stage can have more to say of what it has changed, so that
    /// it is run until it changes nothing.
    fn runs_again(&self) -> bool {
        false
    }
}
