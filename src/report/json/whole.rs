//! What is said of all documents, and of those that could not be read.

use serde::Serialize;

use super::document::DocumentJson;
use crate::edit::Safety;
use crate::report::{Failure, Tally, Totals};

/// The version of the format.
pub(in crate::report) const VERSION: u32 = 1;

/// What `check --format json` and `clean --format json` say.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "zhengben, json"))]
pub(in crate::report) struct ReportJson<'a> {
    /// The version of this format. It changes when a field changes or goes, not when
    /// one is added.
    pub(in crate::report) version: u32,
    /// Every document that was read; missing with `--statistics`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) documents: Option<Vec<DocumentJson<'a>>>,
    /// What could not be read, or not be written.
    pub(in crate::report) failures: Vec<FailureJson<'a>>,
    pub(in crate::report) totals: TotalsJson,
}

/// A document that could not be read, or not be written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct FailureJson<'a> {
    path: &'a str,
    /// What is wrong.
    error: &'a str,
}

impl<'a> FailureJson<'a> {
    pub(in crate::report) fn new(failure: &'a Failure) -> Self {
        FailureJson {
            path: &failure.name,
            error: &failure.message,
        }
    }
}

/// Counts over all documents.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct TotalsJson {
    /// Documents that were read and cleaned.
    documents: usize,
    /// Those in which something was found, changed or not.
    found: usize,
    /// Those in which something was changed.
    changed: usize,
    /// Documents that were left alone because they are not Chinese text.
    skipped: usize,
    /// Documents that could not be read, or not be written.
    failures: usize,
    /// The bytes of the documents that were cleaned.
    bytes: u64,
    edits: EditsJson,
    /// How often each rule was met, the most frequent first.
    rules: Vec<RuleJson>,
}

/// Counts of edits by what became of them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EditsJson {
    /// Made, or those that `clean` would make.
    applied: usize,
    /// Not made because they are not safe; `--unsafe` makes them.
    refused: usize,
    /// Never made.
    undecided: usize,
}

/// How many edits a rule had a part in. An edit can have several rules.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RuleJson {
    rule: &'static str,
    edits: usize,
    safe: usize,
    r#unsafe: usize,
    display: usize,
}

impl TotalsJson {
    pub(in crate::report) fn new(totals: &Totals) -> Self {
        let Totals {
            documents,
            found,
            changed,
            skipped,
            failures,
            bytes,
            edits,
            ..
        } = *totals;
        let rules = totals.rules_by_frequency().into_iter();
        TotalsJson {
            documents,
            found,
            changed,
            skipped,
            failures,
            bytes,
            edits: EditsJson {
                applied: edits.applied(),
                refused: edits.refused(),
                undecided: edits.undecided(),
            },
            rules: rules
                .map(|(rule, tally)| RuleJson::new(rule.id(), tally))
                .collect(),
        }
    }
}

impl RuleJson {
    fn new(rule: &'static str, tally: Tally) -> Self {
        RuleJson {
            rule,
            edits: tally.total(),
            safe: tally.of(Safety::Safe),
            r#unsafe: tally.of(Safety::Unsafe),
            display: tally.of(Safety::Display),
        }
    }
}
