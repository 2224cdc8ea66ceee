//! Reports of comments that are to switch rules off and cannot be understood.

use crate::edit::{Cause, Proposal, Safety};
use crate::reason::Both;
use crate::regions::{Unknown, UnknownKind};
use crate::rules::Rule;

const NO_RULE: Both = Both {
    en: "there is no rule and no stage of that name, so nothing is switched off by it",
    zh: "没有叫这个名字的规则或阶段，所以这条注释没有关闭任何规则",
};

const NO_ORDER: Both = Both {
    en: "such a comment says `off`, `on`, `off-line`, `off-next-line` or `off-file`",
    zh: "这类注释只能写 `off`、`on`、`off-line`、`off-next-line` 或 `off-file`",
};

/// A report for each word that is not known; by place.
pub(crate) fn unknown(words: &[Unknown]) -> Vec<Proposal> {
    let proposal = |unknown: &Unknown| Proposal {
        range: unknown.range.clone(),
        replacement: unknown.nearest.unwrap_or_default().into(),
        cause: Cause {
            rule: Rule::IgnoreUnknown,
            safety: Safety::Display,
            reason: match unknown.kind {
                UnknownKind::Rule => &NO_RULE,
                UnknownKind::Order => &NO_ORDER,
            }
            .into(),
        },
    };
    words.iter().map(proposal).collect()
}
