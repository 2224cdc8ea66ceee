//! What a file's bytes show that its text does not: the edits that take out what a
//! filter inserted into them, and a report of bytes that are no character.
//!
//! They come before every stage: until the edits are made, the text is not what
//! the file's readers were to see. For the same reason they reach into
//! protected parts, since a byte that does not decode is no code and no URL
//! either.

use std::borrow::Cow;

use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::Inserted;
use crate::rules::Rule;
use crate::source::Source;

/// What the file's bytes have shown.
pub(crate) fn observe(source: &Source<'_>) -> Inserted {
    let glosses = source.mended().map_or(&[][..], |mended| mended.glosses());
    Inserted {
        glosses: glosses.len(),
        inside: glosses.iter().filter(|gloss| gloss.is_inside).count(),
    }
}

/// The edits of the source's text, by place.
pub(crate) fn propose(source: &Source<'_>) -> Vec<Proposal> {
    let glosses = source.mended().map_or(&[][..], |mended| mended.glosses());
    let proposal = |gloss: &crate::encoding::Inserted| Proposal {
        range: gloss.range.clone(),
        replacement: Cow::Borrowed(""),
        cause: Cause {
            rule: Rule::GlossBytes,
            safety: Safety::Safe,
            reason: (if gloss.is_inside {
                "a filter inserted it between the bytes of the next character, which it took for \
                 the beginning of another one"
            } else {
                "a filter inserted it, which elsewhere in the file has taken the end of one \
                 character and the beginning of the next for another one"
            })
            .into(),
        },
    };
    glosses.iter().map(proposal).collect()
}

/// A report for each stretch of bytes that are no character; by place.
pub(crate) fn damaged(source: &Source<'_>) -> Vec<Proposal> {
    let mut malformed = source.irregular().malformed.iter().peekable();
    let mut proposals = Vec::new();
    for (place, replaced) in source.text().match_indices(char::REPLACEMENT_CHARACTER) {
        let Some(next) = malformed.peek() else { break };
        let range = place..place + replaced.len();
        // The character itself can stand in the file as well.
        if source.bytes_of(&range).start != next.start {
            continue;
        }
        let bytes = source.bytes().get((*next).clone()).unwrap_or_default();
        let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        proposals.push(Proposal {
            range,
            replacement: Cow::Borrowed("□"),
            cause: Cause {
                rule: Rule::EncodingDamaged,
                safety: Safety::Display,
                reason: format!(
                    "byte {} of the file: {} is no character in {}",
                    next.start,
                    bytes.join(" "),
                    source.encoding()
                )
                .into(),
            },
        });
        malformed.next();
    }
    proposals
}

#[cfg(test)]
#[path = "mend/tests.rs"]
mod tests;
