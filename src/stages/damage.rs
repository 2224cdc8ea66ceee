//! Restores characters that a filter and the decoders behind it have broken:
//! `重要?jiǎng)恿υ础` becomes `重要動力源。`.
//!
//! The filter works on the bytes of a GBK page, blind to where characters
//! begin: it puts the gloss of 獎 (AA84) between the second byte of 要 (D2AA)
//! and the first of 動 (84D3). Others cut the bytes at what looks like those of
//! ，！？ and ；. A decoder reads on with the wrong half of a character until
//! something brings it back, and writes `?`, or nothing, for what it cannot
//! read; an extractor drops private-use characters and makes full-width ASCII
//! ASCII.
//!
//! The way back is a search through the readings of the text ([`search`]): each
//! supposes what happened to the bytes ([`aligned`], [`pending`], [`hidden`]),
//! each is as likely as the character model finds the text that it gives, and
//! one of them is that the text is what it should be. What all the bytes that
//! are left agree on is certain; what was lost is chosen by the model, and
//! counts as known only if it prefers one answer by far ([`run`]). Only places
//! where something looks like a broken character are searched: a clean text
//! costs a look at its question marks and brackets.

mod aligned;
mod beam;
mod clause;
mod codec;
mod eaten;
mod guess;
mod hidden;
mod memo;
mod neighbours;
mod page;
mod pending;
mod quotation;
mod repair;
mod run;
mod search;
mod steps;
#[cfg(test)]
mod tests;
mod token;

use memchr::{memchr_iter, memchr2_iter};

use super::gloss::scan;
use super::{Stage, View};
use crate::edit::Proposal;
use crate::evidence::{Damage, Evidence};
use page::Page;
pub use repair::{Certainty, Kind, Repair};
use search::Search;

/// The stage.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DamageStage;

impl Stage for DamageStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        evidence.damage = Damage {
            glosses: page::count_tails(view.text),
        };
        scan::keep(view.text, evidence);
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let page = Page::survey(view.text, scan::kept(view.text, evidence));
        let repairs = page.map(|page| repairs_on(view.text, page));
        proposals.extend(repairs.into_iter().flatten().map(Repair::propose));
    }
}

/// Whether a filter has broken characters of the text, or seems to have.
pub(crate) fn shows_filter(text: &str) -> bool {
    Page::survey(text, None).is_some_and(|page| page.drops || page.evidence != page::Shown::Nothing)
}

/// Finds the broken places of a text and what stood there; by place, disjoint.
pub fn repairs(text: &str) -> Vec<Repair> {
    Page::survey(text, None).map_or_else(Vec::new, |page| repairs_on(text, page))
}

/// The same of a text with what its page shows.
fn repairs_on(text: &str, mut page: Page) -> Vec<Repair> {
    let mut found = Vec::new();
    let readings = std::mem::take(&mut page.readings);
    let Page {
        drops, has_letters, ..
    } = page;
    let mut search = Search::new(text, page);
    let mut done = 0;
    let mut look = |at: usize| {
        if at >= done && !page::is_hopeless(text, at) && search.is_seed(at) {
            done = search.resolve(at, &mut found);
        }
    };
    if drops {
        // A gloss that is a reading is none.
        let mut readings = readings.into_iter().peekable();
        for (at, character) in text.char_indices() {
            if page::is_seed(character) && readings.next_if_eq(&at).is_none() {
                look(at);
            }
        }
    } else if has_letters {
        let seeds = memchr2_iter(b'?', b'(', text.as_bytes());
        seeds.for_each(|at| {
            let letter = text[..at].ends_with(|c: char| c.is_ascii_graphic());
            let is_bracket = text.as_bytes()[at] == b'(';
            look(at - usize::from(is_bracket && letter));
        });
    } else {
        memchr_iter(b'?', text.as_bytes()).for_each(look);
    }
    search.end();
    found
}
