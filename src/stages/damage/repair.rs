//! What was found out about a broken place.

use std::ops::Range;

use crate::edit::{Cause, Proposal, Safety};
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
        let what = match self.kind {
            Kind::Gloss => "a gloss was put between the bytes of a character",
            Kind::Cut => {
                "a character was cut in two where its bytes look like a punctuation mark's"
            }
            Kind::Hidden => {
                "the bytes were shifted by one, and what they made private-use characters of vanished"
            }
            Kind::Dropped => "the bytes were shifted by one, and half a character was dropped",
        };
        let nats = self.margin.max(0.0);
        let (safety, why) = match self.certainty {
            Certainty::Certain => (
                Safety::Safe,
                "what is left of them allows one reading".to_owned(),
            ),
            Certainty::Margin => (
                Safety::Safe,
                format!(
                    "of what can have stood there this is likelier than all else together, by {nats:.0} nats"
                ),
            ),
            Certainty::Weak => (
                Safety::Unsafe,
                format!(
                    "of what can have stood there this is the likeliest, but only by {nats:.1} nats"
                ),
            ),
            Certainty::Lost => (
                Safety::Display,
                format!("what stood in place of {UNKNOWN} is gone"),
            ),
        };
        let rule = match (self.certainty, self.kind) {
            (Certainty::Lost, _) => Rule::DamageLost,
            (_, Kind::Gloss) => Rule::DamageGloss,
            (_, Kind::Cut) => Rule::DamageCut,
            (_, Kind::Hidden) => Rule::DamageHidden,
            (_, Kind::Dropped) => Rule::DamageDropped,
        };
        Proposal {
            range: self.range,
            replacement: self.replacement.into(),
            cause: Cause {
                rule,
                safety,
                reason: format!("{what}; {why}").into(),
            },
        }
    }
}
