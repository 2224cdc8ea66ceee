//! Reports of comments that are to switch rules off and cannot be understood.

use crate::edit::{Cause, Proposal, Safety};
use crate::regions::{Unknown, UnknownKind};
use crate::rules::Rule;

/// A report for each word that is not known; by place.
pub(crate) fn unknown(words: &[Unknown]) -> Vec<Proposal> {
    let proposal = |unknown: &Unknown| Proposal {
        range: unknown.range.clone(),
        replacement: unknown.nearest.unwrap_or_default().into(),
        cause: Cause {
            rule: Rule::IgnoreUnknown,
            safety: Safety::Display,
            reason: match unknown.kind {
                UnknownKind::Rule => {
                    "there is no rule and no stage of that name, so nothing is switched off by it"
                }
                UnknownKind::Order => {
                    "such a comment says `off`, `on`, `off-line`, `off-next-line` or `off-file`"
                }
            }
            .into(),
        },
    };
    words.iter().map(proposal).collect()
}
