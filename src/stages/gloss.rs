//! Takes out the pinyin that a filter inserted behind characters:
//! `動(dòng)力` becomes `動力`.
//!
//! Two filters are known, both of which garble a text to make a copy look new:
//!
//! - One glosses the characters of a **table**, wherever they stand. The text was
//!   converted to Traditional script before, character by character, and the
//!   table holds characters that the conversion changed.
//! - One **counts**: it glosses every fourth or fifth Han character, whichever it
//!   is, with or without the tone.
//!
//! People write the same brackets behind rare characters, place names and
//! surnames, and in textbooks. So a gloss goes only if the document shows a
//! filter ([`pattern`]), the character is a common one and the syllable is one
//! of its readings. Whether a gloss goes, the filter being given, depends on
//! nothing but the gloss: what one run leaves, the next one leaves too.

mod pattern;
pub(super) mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::{Evidence, Glossing};
use crate::reason::Both;
use crate::rules::Rule;
use crate::stages::{Stage, View};

use scan::Gloss;

/// The stage.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct GlossStage;

impl Stage for GlossStage {
    fn observe(&self, view: View<'_>, evidence: &mut Evidence) {
        if scan::kept(view.text, evidence).is_none() {
            scan::keep(view.text, evidence);
        }
        let glosses = scan::kept(view.text, evidence).unwrap_or_default();
        evidence.glossing = pattern::observe(view.text, glosses, evidence.damage);
    }

    fn propose(&self, view: View<'_>, evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let glossing = &evidence.glossing;
        if !glossing.found {
            return;
        }
        let glosses = scan::kept(view.text, evidence).unwrap_or_default();
        proposals.extend(glosses.iter().filter_map(|gloss| {
            reason(gloss, glossing).map(|reason| Proposal {
                range: gloss.range.clone(),
                replacement: Cow::Borrowed(""),
                cause: Cause {
                    rule: Rule::Gloss,
                    safety: Safety::Safe,
                    reason: reason.into(),
                },
            })
        }));
    }
}

const BY_TABLE: Both = Both {
    en: "the page has a reading behind nearly every occurrence of such characters, which \
         conversion to Traditional script made",
    zh: "网页几乎给每个这类字都加了注音，而它们都是转换成繁体时变了形的字",
};

const BY_COUNT: Both = Both {
    en: "the page has a reading behind one character in so many, at a fixed distance",
    zh: "网页每隔固定的字数就给一个字加注音",
};

/// Why the gloss is a filter's; `None` if it stays.
fn reason(gloss: &Gloss, glossing: &Glossing) -> Option<&'static Both> {
    if pattern::is_by_table(gloss, glossing) {
        return Some(&BY_TABLE);
    }
    pattern::is_by_count(gloss, glossing).then_some(&BY_COUNT)
}
