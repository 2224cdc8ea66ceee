//! Two steps' edits made into one: source → final text.

use std::borrow::Cow;
use std::ops::Range;

use crate::edit::{Cause, Proposal};
use crate::rules::Rule;

/// Composes the edits of two steps. `first` are edits of `source`, `second`
/// of `between`, the text after `first`; the result are edits of `source`,
/// handed to `push` in order, without those that come to nothing.
pub(super) fn compose(
    source: &str,
    first: &[Proposal],
    between: &str,
    second: &[Proposal],
    mut push: impl FnMut(Proposal),
) {
    let mut push = |proposal: Proposal| {
        if source[proposal.range.clone()] != *proposal.replacement {
            push(proposal);
        }
    };
    let (mut first, mut second) = (Edits::new(first), Edits::new(second));
    loop {
        match (first.after(), second.before()) {
            (None, None) => return,
            (Some(one), two) if two.as_ref().is_none_or(|two| one.end <= two.start) => {
                push(first.next().clone());
            }
            (one, Some(two)) if one.as_ref().is_none_or(|one| two.end <= one.start) => {
                let range = first.source(two.start)..first.source(two.end);
                push(Proposal {
                    range,
                    ..second.next().clone()
                });
            }
            (one, two) => {
                let (Some(one), Some(two)) = (one, two) else {
                    return;
                };
                push(merge(
                    &mut first,
                    between,
                    &mut second,
                    one.start.min(two.start),
                ));
            }
        }
    }
}

/// Makes one edit of those at the head of both lists that overlap, from
/// `start` of the text between.
fn merge(first: &mut Edits<'_>, between: &str, second: &mut Edits<'_>, start: usize) -> Proposal {
    let from = first.source(start);
    let mut end = start;
    let (ones, mut parts) = (first.rest, second.rest);
    loop {
        if let Some(one) = first.after().filter(|one| one.start < end.max(start + 1)) {
            end = end.max(one.end);
            first.next();
        } else if let Some(two) = second.before().filter(|two| two.start < end.max(start + 1)) {
            end = end.max(two.end);
            second.next();
        } else {
            break;
        }
    }
    let ones = &ones[..ones.len() - first.rest.len()];
    parts = &parts[..parts.len() - second.rest.len()];
    let replacement = match parts {
        [only] if only.range == (start..end) => only.replacement.clone(),
        _ => Cow::Owned(rewrite(between, start..end, parts)),
    };
    Proposal {
        range: from..first.source(end),
        replacement,
        cause: cause(ones, parts),
    }
}

/// The text of a range after the edits in it.
fn rewrite(text: &str, range: Range<usize>, edits: &[Proposal]) -> String {
    let mut out = String::with_capacity(range.len());
    let mut done = range.start;
    for edit in edits {
        out.push_str(&text[done..edit.range.start]);
        out.push_str(&edit.replacement);
        done = edit.range.end;
    }
    out.push_str(&text[done..range.end]);
    out
}

/// The cause to report for merged edits: a phrase says more than a character.
fn cause(first: &[Proposal], second: &[Proposal]) -> Cause {
    let phrase = first
        .iter()
        .chain(second)
        .find(|edit| edit.cause.rule == Rule::ScriptPhrase);
    phrase.unwrap_or(&second[0]).cause.clone()
}

impl Proposal {
    /// The same edit in a text that this one is a part of, from `base`.
    pub(super) fn moved(mut self, base: usize) -> Proposal {
        self.range = self.range.start + base..self.range.end + base;
        self
    }
}

/// The edits of a step that are still to come.
struct Edits<'a> {
    rest: &'a [Proposal],
    /// How many bytes the edits before have added to the text.
    shift: isize,
}

impl<'a> Edits<'a> {
    fn new(rest: &'a [Proposal]) -> Self {
        Edits { rest, shift: 0 }
    }

    /// Where the next edit's replacement stands in the text after the step.
    fn after(&self) -> Option<Range<usize>> {
        let edit = self.rest.first()?;
        let start = edit.range.start.wrapping_add_signed(self.shift);
        Some(start..start + edit.replacement.len())
    }

    /// Where the next edit stands in the text before the step.
    fn before(&self) -> Option<Range<usize>> {
        Some(self.rest.first()?.range.clone())
    }

    /// Where a place behind all edits that have gone was before the step.
    fn source(&self, after: usize) -> usize {
        after.wrapping_add_signed(-self.shift)
    }

    /// Takes the next edit, which there must be.
    fn next(&mut self) -> &'a Proposal {
        let (edit, rest) = self.rest.split_first().expect("an edit was seen");
        self.rest = rest;
        self.shift += edit.replacement.len() as isize - edit.range.len() as isize;
        edit
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::{Safety, apply};
    use crate::reason::Reason;

    fn edits(text: &str, picks: &[(u8, &'static str)]) -> Vec<Proposal> {
        let mut at = 0;
        let mut out = Vec::new();
        for &(len, replacement) in picks {
            let from = at + usize::from(len >> 4);
            let to = from + usize::from(len & 15) + 1;
            if to > text.len() {
                break;
            }
            let (rule, safety, reason) = (Rule::ScriptCharacter, Safety::Safe, Reason::none());
            let cause = Cause {
                rule,
                safety,
                reason,
            };
            out.push(Proposal {
                range: from..to,
                replacement: replacement.into(),
                cause,
            });
            at = to;
        }
        out
    }

    proptest! {
        #[test]
        fn composing_is_applying_both(
            text in "[a-e]{0,40}",
            one in prop::collection::vec((any::<u8>(), prop::sample::select(&["x", "yy", "zzzz"][..])), 0..6),
            two in prop::collection::vec((any::<u8>(), prop::sample::select(&["1", "22", "a"][..])), 0..6),
        ) {
            let first = edits(&text, &one);
            let between = apply(&text, &first);
            let second = edits(&between, &two);
            let mut both = Vec::new();
            compose(&text, &first, &between, &second, |edit| both.push(edit));
            prop_assert!(both.windows(2).all(|w| w[0].range.end <= w[1].range.start));
            prop_assert_eq!(apply(&text, &both), apply(&between, &second));
        }
    }
}
