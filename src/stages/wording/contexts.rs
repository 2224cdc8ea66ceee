//! The contexts of a row, found by what stands next to the word.
//!
//! A row can have hundreds of them; next to a word stands what one or two of
//! them ask for, and mostly what none does.

use crate::dictionary::{Near, Pattern, Patterns, Surroundings};

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
    fix: Index,
    keep: Index,
    /// Whether the word is native wherever no fix context shows otherwise.
    keeps_all: bool,
}

/// Patterns, and where those are that can match by what is next to the word.
#[derive(Debug)]
struct Index {
    patterns: Patterns,
    /// What alternatives ask for next to the word, as a number, and their places; sorted.
    nearest: Vec<(u64, u32)>,
    /// By [`bits`]: whether one may ask for it.
    filter: Vec<u64>,
}

impl RowContexts {
    /// Those in which a word is native, and those that show a substitution, for the
    /// original with that number.
    pub(super) fn new((keep, fix): (Patterns, Patterns)) -> Self {
        RowContexts {
            keeps_all: keep.has_empty(),
            fix: Index::new(fix),
            keep: Index::new(keep),
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
    ) -> Option<(Pattern<'_>, Option<OriginalId>)> {
        let keep = self.keep.first(around);
        let fix = self.fix.first(around);
        match (fix, keep) {
            (Some((fix, _)), Some((keep, _))) if keep.literals() >= fix.literals() => {
                Some((keep, None))
            }
            (Some((fix, original)), _) => Some((fix, Some(original))),
            (None, Some((keep, _))) => Some((keep, None)),
            (None, None) => None,
        }
    }

    /// Whether what decides is that the word is never native: that says nothing of
    /// its original.
    pub(super) fn is_never_native(&self, around: &Surroundings<'_>) -> bool {
        let deciding = self.deciding(around);
        deciding.is_some_and(|(pattern, original)| original.is_some() && pattern.is_empty())
    }

    /// Whether a context may speak for a substitution by what is next to the word,
    /// though another one may decide against it.
    pub(super) fn may_fix(&self, near: &Near) -> bool {
        self.fix.may_match(near)
    }
}

impl Index {
    fn new(patterns: Patterns) -> Self {
        let nearest = patterns.nearest().into_iter();
        let mut nearest: Vec<(u64, u32)> = nearest.map(|(near, at)| (near.key(), at)).collect();
        nearest.sort_unstable();
        // Sixteen bits for each: one key in a hundred that is not there passes.
        let mut filter = vec![0; nearest.len().div_ceil(4).next_power_of_two()];
        for &(key, _) in &nearest {
            let (word, bits) = bits(key, filter.len());
            filter[word] |= bits;
        }
        Index {
            patterns,
            nearest,
            filter,
        }
    }

    /// The first that matches, and what it decides.
    fn first(&self, around: &Surroundings<'_>) -> Option<(Pattern<'_>, u32)> {
        let keys = around.near().keys().filter(|&key| self.may_ask(key));
        let asking = keys.flat_map(|key| {
            let start = self.nearest.partition_point(|(other, _)| *other < key);
            let nearest = self.nearest[start..].iter().copied();
            nearest.take_while(move |(other, _)| *other == key)
        });
        self.patterns.first(asking, around)
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
            let patterns = entry.patterns(|place| place as OriginalId);
            let indexed = RowContexts::new(patterns.expect("a test parses them"));
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
