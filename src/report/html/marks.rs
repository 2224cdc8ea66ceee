//! The marked places of a document: disjoint, in order.

use std::ops::Range;

use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::lang::Lang;
use crate::report::joined::{Joined, joined};
use crate::rules::Rule;

/// A place of the source that is marked in both texts.
pub(super) struct Mark<'a> {
    pub(super) range: Range<usize>,
    pub(super) original: &'a str,
    pub(super) replacement: String,
    pub(super) applied: bool,
    pub(super) safety: Safety,
    pub(super) rules: Vec<Rule>,
    pub(super) reason: &'a str,
    /// What else was suggested there.
    pub(super) also: Vec<Suggestion<'a>>,
}

/// Something suggested for a place that is marked already.
pub(super) struct Suggestion<'a> {
    pub(super) original: &'a str,
    pub(super) replacement: String,
    pub(super) rules: Vec<Rule>,
    pub(super) reason: &'a str,
}

/// The marks of a document, their reasons in a language. A suggestion that overlaps an edit, or an earlier
/// suggestion, is told at its mark.
pub(super) fn marks<'a>(cleaned: &'a Cleaned<'_>, lang: Lang) -> Vec<Mark<'a>> {
    let (made, suggested): (Vec<_>, Vec<_>) = joined(cleaned)
        .into_iter()
        .partition(|joined| joined.edit.applied);
    let mut marks: Vec<Mark<'a>> = made
        .into_iter()
        .map(|joined| Mark::new(joined, lang))
        .collect();
    for joined in suggested {
        let range = &joined.edit.range;
        let at =
            marks.partition_point(|mark| mark.range.end <= range.start && mark.range != *range);
        match marks.get_mut(at).filter(|mark| overlap(&mark.range, range)) {
            Some(mark) => mark.also.push(Suggestion {
                rules: joined.rules(),
                reason: joined.reason(lang),
                original: joined.edit.original,
                replacement: joined.replacement,
            }),
            None => marks.insert(at, Mark::new(joined, lang)),
        }
    }
    marks
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

impl<'a> Mark<'a> {
    fn new(joined: Joined<'a>, lang: Lang) -> Self {
        Mark {
            rules: joined.rules(),
            reason: joined.reason(lang),
            range: joined.edit.range.clone(),
            original: joined.edit.original,
            applied: joined.edit.applied,
            safety: joined.edit.safety(),
            replacement: joined.replacement,
            also: Vec::new(),
        }
    }

    /// What stands there in the restored text.
    pub(super) fn restored(&self) -> &str {
        match self.applied {
            true => &self.replacement,
            false => self.original,
        }
    }
}
