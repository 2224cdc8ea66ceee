//! Restores text that was decoded wrongly before it reached us: `浣犲ソ` becomes
//! `你好`, `ÄãºÃ` as well.
//!
//! A text was written in one encoding and taken for another ([`chain`]). The way
//! back is to find the bytes that its characters stand for ([`reader`]), and to
//! read them as what they were ([`writer`]). Some are lost on the way: a decoder
//! writes U+FFFD or `?` for what it cannot read, and extractors drop what cannot
//! be seen. So the way back is a search ([`lattice`]) through the readings of the
//! text, each as likely as the character model finds what comes out; that
//! nothing is wrong is one of them, for every part of the text. A part is
//! restored if what comes out is Chinese and far likelier than what stands there
//! ([`judge`]). A character of which a part is lost is filled in if one is far
//! likelier than the others ([`fill`]).
//!
//! What may have been garbled but is not restored no later stage may touch, or it
//! could not be restored any more.
//!
//! A search takes a thousand times as long as a look, so three looks decide what is
//! searched. Lines with rare characters side by side are suspects ([`gate`]): a clean
//! text costs no more than that. In those a look into a table for each character and
//! chain shows which parts of them are likelier as something else ([`sketch`]), and the
//! model of Chinese whether what comes out of these may be Chinese. What is left is
//! searched, with what is around it, for the few likeliest chains ([`plan`]).

mod around;
mod chain;
mod costs;
mod edits;
mod fill;
mod gain;
mod gate;
mod judge;
mod lattice;
mod looks;
mod lost;
mod pairs;
mod path;
mod plan;
mod reader;
mod remnants;
mod repair;
mod shift;
mod sketch;
mod style;
#[cfg(test)]
mod tests;
mod tokens;
mod writer;

use std::ops::Range;

use super::quotation::is_quotation;
use super::{Stage, View};
use crate::edit::{Proposal, Safety};
use crate::evidence::{Evidence, Notes};
use crate::language::is_han;
use crate::reason::Reason;

use looks::Looks;

pub use gate::suspects;
pub use shift::{Piece, resynchronise};

/// The stage.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MojibakeStage;

impl Stage for MojibakeStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        evidence.suspects = gate::suspects(view.text);
        if !evidence.suspects.is_empty() {
            let before = evidence.looks.get::<Looks>();
            evidence.looks = Notes::keep(before.map(Looks::at_another_text).unwrap_or_default());
        }
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let from = proposals.len();
        if let Some(looks) = evidence.looks.get::<Looks>() {
            for line in &evidence.suspects {
                repair::repair(view.text, line.clone(), looks, proposals);
            }
        }
        suggest_quoted(view, &mut proposals[from..]);
        lost::report(view.text, &evidence.suspects, proposals);
    }

    /// What may still be garbled: any change would take the way back from it. It must
    /// be suspect by itself: what stands around it can change, and when the text is
    /// cleaned again, the same parts are to be closed.
    fn closes(
        &self,
        View { text, .. }: View<'_>,
        evidence: &Evidence,
    ) -> Option<Vec<Range<usize>>> {
        let mut parts = Vec::new();
        if let Some(looks) = evidence.looks.get::<Looks>() {
            for line in gate::suspects(text) {
                parts.extend(remnants::remnants(text, line.clone()));
                parts.extend(repair::suspected(text, line, looks));
            }
        }
        Some(parts)
    }
}

/// Only suggests what is garbled in a text of another language that has little of it: it may
/// speak of garbled text.
fn suggest_quoted(view: View<'_>, proposals: &mut [Proposal]) {
    let restored = |p: &Proposal| p.replacement.chars().filter(|&c| is_han(c)).count();
    let made = || proposals.iter().filter(|p| p.cause.safety == Safety::Safe);
    if made().next().is_none() || !is_quotation(view, made().map(restored).sum()) {
        return;
    }
    for proposal in proposals {
        if proposal.cause.safety == Safety::Safe {
            let reason = proposal.cause.reason.clone();
            proposal.cause.safety = Safety::Unsafe;
            proposal.cause.reason =
                Reason::later(move |lang| said::quoted(lang, reason.in_language(lang)));
        }
    }
}

mod said {
    use crate::lang::messages;

    messages! {
        quoted(what) {
            en: "{what}; but the text is in another language, and may show it as an example",
            zh: "{what}；但全文是另一种语言，这里可能是有意举出的乱码例子",
        }
    }
}
