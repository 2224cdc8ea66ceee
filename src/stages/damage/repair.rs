//! What was found out about a broken place.

use std::ops::Range;

use crate::edit::{Cause, Proposal, Safety};
use crate::lang::Lang;
use crate::reason::Reason;
use crate::rules::Rule;

/// Stands for a character that cannot be known.
pub(super) const UNKNOWN: char = '□';

/// How sure it is what stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The bytes that are left allow one answer only.
    Certain,
    /// The language model prefers one answer by far.
    Margin,
    /// The language model prefers one answer, not by far.
    Weak,
    /// A part cannot be known.
    Lost,
}

/// What mainly happened to the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A gloss was put inside a character.
    Gloss,
    /// A character was cut in two.
    Cut,
    /// Private-use characters vanished.
    Hidden,
    /// Broken bytes were dropped without a trace.
    Dropped,
}

/// A broken place and what stood there.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The bytes of the text that are broken.
    pub range: Range<usize>,
    /// What stood there, in the script of the page; □ for what cannot be known.
    pub replacement: String,
    /// What mainly happened.
    pub kind: Kind,
    /// How sure it is.
    pub certainty: Certainty,
    /// How much likelier this is than everything else together, in nats.
    pub margin: f32,
}

impl Repair {
    /// The edit.
    pub(super) fn propose(self) -> Proposal {
        let safety = match self.certainty {
            Certainty::Certain | Certainty::Margin => Safety::Safe,
            Certainty::Weak => Safety::Unsafe,
            Certainty::Lost => Safety::Display,
        };
        let rule = match (self.certainty, self.kind) {
            (Certainty::Lost, _) => Rule::DamageLost,
            (_, Kind::Gloss) => Rule::DamageGloss,
            (_, Kind::Cut) => Rule::DamageCut,
            (_, Kind::Hidden) => Rule::DamageHidden,
            (_, Kind::Dropped) => Rule::DamageDropped,
        };
        let (kind, certainty, nats) = (self.kind, self.certainty, self.margin.max(0.0));
        Proposal {
            range: self.range,
            replacement: self.replacement.into(),
            cause: Cause {
                rule,
                safety,
                reason: Reason::later(move |lang| told(lang, kind, certainty, nats)),
            },
        }
    }
}

/// What happened and how sure it is what stood there, in words.
fn told(lang: Lang, kind: Kind, certainty: Certainty, nats: f32) -> String {
    let what = match kind {
        Kind::Gloss => said::gloss(lang),
        Kind::Cut => said::cut(lang),
        Kind::Hidden => said::hidden(lang),
        Kind::Dropped => said::dropped(lang),
    };
    match certainty {
        Certainty::Certain => said::certain(lang, what),
        Certainty::Margin => said::margin(lang, what, format!("{nats:.0}")),
        Certainty::Weak => said::weak(lang, what, format!("{nats:.1}")),
        Certainty::Lost => said::lost(lang, what, UNKNOWN),
    }
}

mod said {
    use crate::lang::messages;

    messages! {
        gloss() {
            en: "a gloss was put between the bytes of a character",
            zh: "注音被插进了一个字的字节之间",
        }
        cut() {
            en: "a character was cut in two where its bytes look like a punctuation mark's",
            zh: "字节貌似标点，字在此处被切成了两半",
        }
        hidden() {
            en: "the bytes were shifted by one, and what they made private-use characters of vanished",
            zh: "后面的内容错开了一个字节，由此变成私用区字符的部分已经丢失",
        }
        dropped() {
            en: "the bytes were shifted by one, and half a character was dropped",
            zh: "后面的内容错开了一个字节，有半个字被丢弃",
        }
        certain(what) {
            en: "{what}; what is left of them allows one reading",
            zh: "{what}；剩下的字节只有一种读法",
        }
        margin(what, nats) {
            en: "{what}; of what can have stood there this is likelier than all else together, by {nats} nats",
            zh: "{what}；在各种可能的内容中，它比其余各种加起来还要可能，高出 {nats} 奈特",
        }
        weak(what, nats) {
            en: "{what}; of what can have stood there this is the likeliest, but only by {nats} nats",
            zh: "{what}；在各种可能的内容中，它最为可能，但只高出 {nats} 奈特",
        }
        lost(what, sign) {
            en: "{what}; what stood in place of {sign} is gone",
            zh: "{what}；{sign} 处原来的内容已经丢失",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::tests::fault;

    #[test]
    fn all_is_told_in_both_languages() {
        use {Certainty::*, Kind::*};
        for kind in [Gloss, Cut, Hidden, Dropped] {
            for certainty in [Certain, Margin, Weak, Lost] {
                let reason = Reason::later(move |lang| told(lang, kind, certainty, 1.5));
                assert_eq!(fault(&reason), None);
            }
        }
    }
}
