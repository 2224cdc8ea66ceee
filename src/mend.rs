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
use crate::lang::message;
use crate::reason::{Both, Reason};
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

const INSIDE: Both = Both {
    en: "a filter inserted it between the bytes of the next character, which it took for the \
         beginning of another one",
    zh: "过滤器把前一字的后半和后一字的前半误认作一个字，把注音插在了后一字的两个字节之间",
};

const BEHIND: Both = Both {
    en: "a filter inserted it, which elsewhere in the file has taken the end of one character \
         and the beginning of the next for another one",
    zh: "由过滤器插入；在文件别处，它把前一字的后半和后一字的前半误认作了一个字",
};

// Why bytes are no character.
message! {
    no_character(place, bytes, encoding) {
        en: "byte {place} of the file: {bytes} is no character in {encoding}",
        zh: "文件第 {place} 字节处的 {bytes} 在 {encoding} 中不是字符",
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
            reason: match gloss.is_inside {
                true => &INSIDE,
                false => &BEHIND,
            }
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
        let (place, bytes, encoding) = (next.start, bytes.to_vec(), source.encoding());
        proposals.push(Proposal {
            range,
            replacement: Cow::Borrowed("□"),
            cause: Cause {
                rule: Rule::EncodingDamaged,
                safety: Safety::Display,
                reason: Reason::later(move |lang| {
                    let bytes = bytes.iter().map(|byte| format!("{byte:02X}"));
                    no_character(lang, place, bytes.collect::<Vec<_>>().join(" "), encoding)
                }),
            },
        });
        malformed.next();
    }
    proposals
}

#[cfg(test)]
#[path = "mend/tests.rs"]
mod tests;
