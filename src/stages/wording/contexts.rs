//! The contexts of a row, found by what stands next to the word.
//!
//! A row can have hundreds of them; next to a word stands what one or two of
//! them ask for, and mostly what none does.

use crate::dictionary::{Context, Contexts, Near, Surroundings};

use super::lexicon::OriginalId;

/// What a row says of an occurrence of its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is the author's own.
    Native,
    /// It stands for this original.
    Substituted(OriginalId),
    /// No context matches.
    Undecided,
}

/// A row's contexts.
#[derive(Debug)]
pub(super) struct RowContexts {
    fix: Index<OriginalId>,
    keep: Index<()>,
    /// Whether the word is native wherever no fix context shows otherwise.
    keeps_all: bool,
}

/// Contexts in the order in which they decide, and what each decides.
#[derive(Debug)]
struct Index<D> {
    contexts: Vec<(Context, D)>,
    /// What each asks for next to the word, as a number, and its place; sorted.
    nearest: Vec<(u64, u32)>,
    /// By [`bits`]: whether one may ask for it.
    filter: Vec<u64>,
}

impl RowContexts {
    /// Those of a row, whose originals have numbers.
    pub(super) fn new(contexts: Contexts<'_>, number: impl Fn(&str) -> OriginalId) -> Self {
        let fix = contexts.fix.into_iter();
        let keeps_all = contexts.keep.iter().any(|keep| keep.to_string() == "~");
        RowContexts {
            keeps_all,
            fix: Index::new(fix.map(|fix| (fix.context, number(fix.original)))),
            keep: Index::new(contexts.keep.into_iter().map(|keep| (keep, ()))),
        }
    }

    /// Whether the word is native wherever no fix context shows otherwise.
    pub(super) fn keeps_all(&self) -> bool {
        self.keeps_all
    }

    pub(super) fn decide(&self, around: &Surroundings<'_>) -> Decision {
        match self.deciding(around) {
            Some((_, Some(original))) => Decision::Substituted(original),
            Some((_, None)) => Decision::Native,
            None => Decision::Undecided,
        }
    }

    /// The context that decides, and the original if it shows a substitution.
    pub(super) fn deciding(
        &self,
        around: &Surroundings<'_>,
    ) -> Option<(&Context, Option<OriginalId>)> {
        let keep = self.keep.first(around);
        let fix = self.fix.first(around);
        match (fix, keep) {
            (Some((fix, _)), Some((keep, ()))) if keep.literals() >= fix.literals() => {
                Some((keep, None))
            }
            (Some((fix, original)), _) => Some((fix, Some(*original))),
            (None, Some((keep, ()))) => Some((keep, None)),
            (None, None) => None,
        }
    }

    /// Whether what decides is that the word is never native: that says nothing of
    /// its original.
    pub(super) fn is_never_native(&self, around: &Surroundings<'_>) -> bool {
        let deciding = self.deciding(around);
        deciding.is_some_and(|(context, original)| {
            original.is_some() && context.literals() == 0 && context.to_string() == "~"
        })
    }

    /// Whether a context may speak for a substitution by what is next to the word,
    /// though another one may decide against it.
    pub(super) fn may_fix(&self, near: &Near) -> bool {
        self.fix.may_match(near)
    }
}

impl<D> Index<D> {
    fn new(contexts: impl Iterator<Item = (Context, D)>) -> Self {
        let contexts: Vec<(Context, D)> = contexts.collect();
        let nearest = contexts.iter().map(|(context, _)| context.nearest().key());
        let mut nearest: Vec<(u64, u32)> = nearest.zip(0..).collect();
        nearest.sort_unstable();
        // Sixteen bits for each: one key in a hundred that is not there passes.
        let mut filter = vec![0; nearest.len().div_ceil(4).next_power_of_two()];
        for &(key, _) in &nearest {
            let (word, bits) = bits(key, filter.len());
            filter[word] |= bits;
        }
        Index {
            contexts,
            nearest,
            filter,
        }
    }

    /// The first that matches.
    fn first(&self, around: &Surroundings<'_>) -> Option<&(Context, D)> {
        let mut first = u32::MAX;
        for key in around.near().keys() {
            if !self.may_ask(key) {
                continue;
            }
            let start = self.nearest.partition_point(|(other, _)| *other < key);
            for &(other, index) in &self.nearest[start..] {
                if other != key || index >= first {
                    break;
                }
                if self.contexts[index as usize].0.matches_in(around) {
                    first = index;
                    break;
                }
            }
        }
        self.contexts.get(first as usize)
    }

    /// Whether one may match by what is next to the word.
    fn may_match(&self, near: &Near) -> bool {
        near.keys().any(|key| self.may_ask(key))
    }

    fn may_ask(&self, key: u64) -> bool {
        let (word, bits) = bits(key, self.filter.len());
        self.filter[word] & bits == bits
    }
}

/// The bits of a key in a filter of so many words, a power of two.
fn bits(key: u64, words: usize) -> (usize, u64) {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let bit = |shift: u32| 1 << (hash >> shift & 63);
    (
        (hash >> 24) as usize & (words - 1),
        bit(58) | bit(52) | bit(46),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{self, Decision as Plain};

    /// Every context of the dictionary, in the shortest text that it matches,
    /// decides as without the index.
    #[test]
    fn the_index_changes_no_decision() {
        let mut decided = 0;
        for entry in dictionary::built_in() {
            let contexts = entry.contexts().expect("a test parses them");
            let number = |original: &str| {
                let found = entry.originals.iter().position(|other| *other == original);
                found.expect("it is among them") as OriginalId
            };
            let indexed = RowContexts::new(contexts.clone(), number);
            let fix = contexts.fix.iter().map(|fix| &fix.context);
            for context in fix.chain(&contexts.keep) {
                let (left, right) = context.sample();
                for (left, right) in [
                    (left.as_str(), right.as_str()),
                    (&format!("的{left}"), &format!("{right}，")),
                ] {
                    let around = Surroundings::new(left, right);
                    let expected = match contexts.decide(left, right) {
                        Plain::Native => Decision::Native,
                        Plain::Substituted(original) => Decision::Substituted(number(original)),
                        Plain::Undecided => Decision::Undecided,
                    };
                    assert_eq!(indexed.decide(&around), expected, "{left}~{right}");
                    let may = indexed.may_fix(around.near());
                    assert!(may || !matches!(expected, Decision::Substituted(_)));
                    decided += 1;
                }
            }
        }
        assert!(decided > 4_000, "{decided}");
    }
}
