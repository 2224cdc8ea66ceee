//! The contexts of a row as they are asked for at every occurrence of its word.
//!
//! A context with alternatives on both sides, such as `{新/旧}~{汽车/电池}`, stands for
//! every pair of them. The sides do not depend on each other, so each is kept by itself:
//! of the pairs that match, the one that names most has the best of either side.

use std::ops::Range;

use super::ContextError;
use super::context::{each, put, sides};
use super::pattern::{Atom, Pattern};
use super::surroundings::{Nearest, Surroundings};

/// Contexts in the order in which they are written, each with a number that says what it
/// decides.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    atoms: Vec<Atom>,
    /// Context by context: what can be before the word, and then what can be behind it.
    alternatives: Vec<Alternative>,
    items: Vec<Item>,
}

/// What one side of a context can be.
#[derive(Clone, Copy, Debug)]
struct Alternative {
    /// Its signs, from the word on.
    start: u32,
    end: u32,
    literals: u32,
    item: u32,
}

/// A context.
#[derive(Clone, Copy, Debug)]
struct Item {
    /// Its alternatives: where those before the word begin, where those behind it do,
    /// and where they end. There is at least one on each side.
    start: u32,
    middle: u32,
    end: u32,
    decides: u32,
}

/// A context with the alternatives that match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    literals: u32,
    left: u32,
    right: u32,
}

impl Match {
    /// Whether it decides and not the other one: what names more, and of equals what
    /// is written first.
    fn goes_before(self, other: Match) -> bool {
        let first = (self.left, self.right) < (other.left, other.right);
        self.literals > other.literals || self.literals == other.literals && first
    }
}

impl Patterns {
    /// Adds a context as it is written.
    ///
    /// # Errors
    /// If a sign is wrong.
    pub(super) fn add(&mut self, context: &str, decides: u32) -> Result<(), ContextError> {
        let (atoms, alternatives) = (self.atoms.len(), self.alternatives.len());
        if let Some(sides) = sides(context) {
            if self.add_sides(sides, decides).is_some() {
                return Ok(());
            }
            // What is wrong is said of the whole context.
            self.atoms.truncate(atoms);
            self.alternatives.truncate(alternatives);
        }
        each(context, &mut |plain| {
            let start = self.atoms.len();
            let left = start + put(plain, &mut self.atoms)?;
            let first = self.alternatives.len();
            self.add_alternative(start..left);
            self.add_alternative(left..self.atoms.len());
            self.add_item(first, first + 1, decides);
            Ok(())
        })
    }

    fn add_sides(&mut self, (left, right): (&str, &str), decides: u32) -> Option<()> {
        let first = self.alternatives.len();
        let mut middle = first;
        for (side, is_left) in [(left, true), (right, false)] {
            middle = self.alternatives.len();
            let added = each(side, &mut |plain| {
                let start = self.atoms.len();
                let whole = match is_left {
                    true => [plain, "~"].concat(),
                    false => ["~", plain].concat(),
                };
                put(&whole, &mut self.atoms)?;
                self.add_alternative(start..self.atoms.len());
                Ok(())
            });
            added.ok()?;
        }
        self.add_item(first, middle, decides);
        Some(())
    }

    fn add_alternative(&mut self, signs: Range<usize>) {
        let pattern = Pattern {
            left: &self.atoms[signs.clone()],
            right: &[],
        };
        self.alternatives.push(Alternative {
            start: signs.start as u32,
            end: signs.end as u32,
            literals: pattern.literals() as u32,
            item: self.items.len() as u32,
        });
    }

    fn add_item(&mut self, start: usize, middle: usize, decides: u32) {
        self.items.push(Item {
            start: start as u32,
            middle: middle as u32,
            end: self.alternatives.len() as u32,
            decides,
        });
    }

    /// Gives back memory that is not used.
    pub(super) fn shrink(&mut self) {
        self.atoms.shrink_to_fit();
        self.alternatives.shrink_to_fit();
        self.items.shrink_to_fit();
    }

    /// Whether one asks for nothing and so matches anywhere.
    pub(crate) fn has_empty(&self) -> bool {
        let is_empty = |alternatives: Range<u32>| {
            let mut alternatives = alternatives;
            alternatives.any(|at| self.signs(at).is_empty())
        };
        let mut items = self.items.iter();
        items.any(|item| is_empty(item.start..item.middle) && is_empty(item.middle..item.end))
    }

    /// Of each context what one of its sides asks for next to the word, with the
    /// alternative that asks: a context can only match by an alternative of which that
    /// is there.
    pub(crate) fn nearest(&self) -> Vec<(Nearest, u32)> {
        let mut all = Vec::new();
        for item in &self.items {
            let left = self.all_nearest(item.start..item.middle, true);
            let right = self.all_nearest(item.middle..item.end, false);
            // Two characters are there more rarely than one.
            let name_two = |side: &[(Nearest, u32)]| {
                let mut side = side.iter();
                side.all(|(near, _)| matches!(near, Nearest::LeftTwo(..) | Nearest::RightTwo(..)))
            };
            match (left, right) {
                (Some(left), Some(right)) if name_two(&right) && !name_two(&left) => {
                    all.extend(right);
                }
                (Some(left), _) => all.extend(left),
                (None, Some(right)) => all.extend(right),
                (None, None) => all.push((Nearest::Any, item.start)),
            }
        }
        all
    }

    /// What each of a side's alternatives asks for, if each asks for something.
    fn all_nearest(&self, alternatives: Range<u32>, is_left: bool) -> Option<Vec<(Nearest, u32)>> {
        let nearest = alternatives.map(|at| {
            let nearest = match (is_left, self.signs(at)) {
                (true, [Atom::Literal(near), Atom::Literal(next), ..]) => {
                    Nearest::LeftTwo(*near, *next)
                }
                (true, [Atom::Literal(near), ..]) => Nearest::Left(*near),
                (false, [Atom::Literal(near), Atom::Literal(next), ..]) => {
                    Nearest::RightTwo(*near, *next)
                }
                (false, [Atom::Literal(near), ..]) => Nearest::Right(*near),
                _ => return None,
            };
            Some((nearest, at))
        });
        nearest.collect()
    }

    /// Of the contexts of some alternatives the one that decides, with its alternatives,
    /// and what it decides.
    pub(crate) fn first(
        &self,
        nearest: impl Iterator<Item = (u64, u32)>,
        around: &Surroundings<'_>,
    ) -> Option<(Pattern<'_>, u32)> {
        let any = Nearest::Any.key();
        let mut best: Option<Match> = None;
        for (key, alternative) in nearest {
            let found = self.matches(alternative, key == any, around);
            if let Some(found) = found.filter(|f| best.is_none_or(|best| f.goes_before(best))) {
                best = Some(found);
            }
        }
        let best = best?;
        let pattern = Pattern {
            left: self.signs(best.left),
            right: self.signs(best.right),
        };
        let item = self.alternatives.get(best.left as usize)?.item;
        Some((pattern, self.items.get(item as usize)?.decides))
    }

    /// How the context of an alternative matches with it, or with any of its side.
    fn matches(&self, alternative: u32, is_any: bool, around: &Surroundings<'_>) -> Option<Match> {
        let item = self.alternatives.get(alternative as usize)?.item;
        let item = self.items.get(item as usize)?;
        let (mut left, mut right) = (item.start..item.middle, item.middle..item.end);
        if !is_any && left.contains(&alternative) {
            left = alternative..alternative + 1;
        } else if !is_any {
            right = alternative..alternative + 1;
        }
        let side = |alternatives: Range<u32>, is_left| {
            let mut best: Option<(u32, u32)> = None;
            for at in alternatives {
                let literals = self.alternatives[at as usize].literals;
                let is_better = best.is_none_or(|(most, _)| literals > most);
                if is_better && Pattern::of(self.signs(at), is_left).matches(around) {
                    best = Some((literals, at));
                }
            }
            best
        };
        // What one alternative asks for is known to be there, so that side is first.
        let (left, right) = match left.len() > right.len() {
            true => {
                let right = side(right, false)?;
                (side(left, true)?, right)
            }
            false => (side(left, true)?, side(right, false)?),
        };
        Some(Match {
            literals: left.0 + right.0,
            left: left.1,
            right: right.1,
        })
    }

    fn signs(&self, alternative: u32) -> &[Atom] {
        let Alternative { start, end, .. } = self.alternatives[alternative as usize];
        &self.atoms[start as usize..end as usize]
    }
}
