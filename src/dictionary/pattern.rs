//! What contexts consist of, and whether it matches.

use std::fmt::{self, Write};

use super::surroundings::{Surroundings, fold};

/// The longest stretch that `…` stands for, in characters.
const MAX_GAP: usize = 8;

/// A sign of a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    Literal(char),
    Gap,
    Numerals,
    Edge,
}

/// A context, wherever its signs are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern<'a> {
    /// From the word towards the start of the text.
    pub(super) left: &'a [Atom],
    /// From the word towards the end.
    pub(super) right: &'a [Atom],
}

impl<'a> Pattern<'a> {
    /// One of whose sides one asks for nothing.
    pub(super) fn of(side: &'a [Atom], is_left: bool) -> Self {
        match is_left {
            true => Pattern {
                left: side,
                right: &[],
            },
            false => Pattern {
                left: &[],
                right: side,
            },
        }
    }

    /// Whether it asks for nothing.
    pub(crate) fn is_empty(self) -> bool {
        self.left.is_empty() && self.right.is_empty()
    }

    /// How many characters it names.
    pub(crate) fn literals(self) -> usize {
        let signs = self.left.iter().chain(self.right);
        signs
            .filter(|atom| matches!(atom, Atom::Literal(_)))
            .count()
    }

    /// The shortest texts, left and right of the word, that it matches.
    pub(super) fn sample(self) -> (String, String) {
        let left: String = sample(self.left).chars().rev().collect();
        (left, sample(self.right))
    }

    /// Whether it matches there.
    pub(crate) fn matches(self, surroundings: &Surroundings<'_>) -> bool {
        (self.left.is_empty() || side_matches(self.left, surroundings.left()))
            && (self.right.is_empty() || side_matches(self.right, surroundings.right()))
    }
}

impl fmt::Display for Pattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for atom in self.left.iter().rev() {
            f.write_char(atom.sign('^'))?;
        }
        f.write_char('~')?;
        self.right
            .iter()
            .try_for_each(|atom| f.write_char(atom.sign('$')))
    }
}

impl Atom {
    fn sign(&self, edge: char) -> char {
        match self {
            Atom::Literal(character) => *character,
            Atom::Gap => '…',
            Atom::Numerals => '#',
            Atom::Edge => edge,
        }
    }

    pub(super) fn new(sign: char) -> Self {
        match sign {
            '…' => Atom::Gap,
            '#' => Atom::Numerals,
            '^' | '$' => Atom::Edge,
            _ => Atom::Literal(fold(sign)),
        }
    }
}

/// How far a side can reach, in characters. Numerals count as a short number;
/// of a longer one the nearest part is looked at.
pub(super) fn reach(side: &[Atom]) -> usize {
    side.iter()
        .map(|atom| match atom {
            Atom::Literal(_) => 1,
            Atom::Gap | Atom::Numerals => MAX_GAP,
            Atom::Edge => 0,
        })
        .sum()
}

fn side_matches(atoms: &[Atom], text: &[char]) -> bool {
    let Some((atom, rest)) = atoms.split_first() else {
        return true;
    };
    match atom {
        Atom::Literal(expected) => text.first() == Some(expected) && side_matches(rest, &text[1..]),
        Atom::Edge => text.first().is_none_or(|&c| is_separator(c)) && side_matches(rest, text),
        Atom::Gap => {
            let gap = text
                .iter()
                .take(MAX_GAP)
                .take_while(|&&c| !is_separator(c))
                .count();
            (0..=gap).any(|skipped| side_matches(rest, &text[skipped..]))
        }
        Atom::Numerals => {
            let run = text.iter().take_while(|&&c| is_numeral(c)).count();
            (1..=run).any(|taken| side_matches(rest, &text[taken..]))
        }
    }
}

/// The shortest text that a side matches, from the word on.
fn sample(side: &[Atom]) -> String {
    let sign = |atom: &Atom| match atom {
        Atom::Literal(character) => Some(*character),
        Atom::Numerals => Some('一'),
        Atom::Gap | Atom::Edge => None,
    };
    side.iter().filter_map(sign).collect()
}

/// Whether a folded character ends a phrase.
fn is_separator(character: char) -> bool {
    match character.is_alphanumeric() {
        true => false,
        false => !matches!(
            character,
            '%' | '‰' | '℃' | '°' | '+' | '/' | '&' | '@' | '_'
        ),
    }
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "〇零一二两三四五六七八九十百千万亿几数半.%".contains(character)
}
