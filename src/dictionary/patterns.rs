//! The patterns of a row, side by side in memory: a row can have hundreds.

use std::cmp::Reverse;

use super::ContextError;
use super::context::{each, put};
use super::pattern::{Atom, Pattern};

/// Patterns in the order in which they decide, each with a number that says what it
/// decides.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    atoms: Vec<Atom>,
    items: Vec<Item>,
}

/// A pattern, and what it decides.
#[derive(Clone, Copy, Debug)]
struct Item {
    /// Where its signs begin, where those behind the word do, and where they end.
    start: u32,
    middle: u32,
    end: u32,
    literals: u32,
    decides: u32,
}

impl Patterns {
    /// Adds a context as it is written, with all its alternatives.
    ///
    /// # Errors
    /// If a sign is wrong.
    pub(super) fn add(&mut self, context: &str, decides: u32) -> Result<(), ContextError> {
        let Patterns { atoms, items } = self;
        each(context, &mut |plain| {
            let start = atoms.len();
            let left = put(plain, atoms)?;
            let (before, behind) = atoms[start..].split_at(left);
            let pattern = Pattern {
                left: before,
                right: behind,
            };
            items.push(Item {
                start: start as u32,
                middle: (start + left) as u32,
                end: atoms.len() as u32,
                literals: pattern.literals() as u32,
                decides,
            });
            Ok(())
        })
    }

    /// Brings them into the order in which they decide: those first that name most
    /// characters, and of these those that were added first.
    pub(super) fn sort(&mut self) {
        self.items.sort_by_key(|item| Reverse(item.literals));
        self.atoms.shrink_to_fit();
        self.items.shrink_to_fit();
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// One of them, and what it decides.
    pub(crate) fn get(&self, index: usize) -> Option<(Pattern<'_>, u32)> {
        self.items.get(index).map(|item| self.of(item))
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Pattern<'_>, u32)> {
        self.items.iter().map(|item| self.of(item))
    }

    fn of(&self, item: &Item) -> (Pattern<'_>, u32) {
        let place = |from: u32, to: u32| &self.atoms[from as usize..to as usize];
        let pattern = Pattern {
            left: place(item.start, item.middle),
            right: place(item.middle, item.end),
        };
        (pattern, item.decides)
    }
}
