//! A proposed change of a text, and how sure its rule is of it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::reason::Reason;
use crate::rules::Rule;

/// How sure a rule is of an edit, which decides whether it is applied.
///
/// ```
/// use zhengben::Safety;
/// assert!(Safety::Safe < Safety::Unsafe && Safety::Unsafe < Safety::Display);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Wrong less than once in a thousand on held-out text; applied by default.
    Safe,
    /// Probably right; applied on request.
    Unsafe,
    /// Ambiguous, or the information is gone; reported, never applied.
    Display,
}

impl Safety {
    /// The lower-case word used in reports: `safe`, `unsafe` or `display`.
    pub fn as_str(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
            Safety::Display => "display",
        }
    }
}

impl fmt::Display for Safety {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One rule's reason for touching a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The rule that made the change.
    pub rule: Rule,
    /// How sure the rule is.
    pub safety: Safety,
    /// Why, for the reader of a report.
    pub reason: Reason,
}

/// A piece of text that a stage has looked at closely, whether it is to be changed
/// or not; see [`Cleaner::explain`](crate::Cleaner::explain).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Weighed {
    /// Its bytes in the text as the stage found it.
    pub range: Range<usize>,
    /// What stands there.
    pub original: String,
    /// What may have stood there.
    pub replacement: String,
    /// How sure the change is; `None` if the piece is to stay.
    pub safety: Option<Safety>,
    /// Why it is to be changed, or to stay.
    pub reason: Reason,
}

/// A change that a stage proposes to the text it was given.
///
/// A stage yields its proposals sorted by place and disjoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// The bytes of the stage's text that would be replaced.
    pub(crate) range: Range<usize>,
    pub(crate) replacement: Cow<'static, str>,
    pub(crate) cause: Cause,
}

/// Applies sorted, disjoint proposals to the text that they were made for.
pub(crate) fn apply(text: &str, proposals: &[Proposal]) -> String {
    let added: usize = proposals.iter().map(|p| p.replacement.len()).sum();
    let removed: usize = proposals.iter().map(|p| p.range.len()).sum();
    let mut out = String::with_capacity(text.len() + added - removed);
    let mut done = 0;
    for proposal in proposals {
        out.push_str(&text[done..proposal.range.start]);
        out.push_str(&proposal.replacement);
        done = proposal.range.end;
    }
    out.push_str(&text[done..]);
    out
}
