//! Contexts: patterns around one occurrence of a spun word.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use super::surroundings::{Nearest, Surroundings, WINDOW, fold};

/// The longest stretch that `…` stands for, in characters.
const MAX_GAP: usize = 8;

/// How many contexts one with alternatives may stand for.
const MOST: usize = 10_000;

/// A pattern around one occurrence of a word; see the dictionary's README
/// for the signs.
///
/// ```
/// use zhengben::dictionary::Context;
/// let contexts = Context::parse("新~{汽车/电池}")?;
/// let matches = |left, right| contexts.iter().any(|c| c.matches(left, right));
/// assert!(matches("我国新", "电池产业"));
/// assert!(!matches("注入新", ""));
/// # Ok::<(), zhengben::dictionary::ContextError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Context {
    /// From the word towards the start of the text.
    left: Box<[Atom]>,
    /// From the word towards the end.
    right: Box<[Atom]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Atom {
    Literal(char),
    Gap,
    Numerals,
    Edge,
}

/// A context does not parse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContextError {
    /// The sign for the word is missing, or stands twice.
    #[error("`{context}` must have the sign ~ for the word exactly once")]
    Word {
        /// The context.
        context: String,
    },
    /// A brace has no partner, or stands inside another pair.
    #[error("`{context}` has unbalanced or nested braces")]
    Braces {
        /// The context.
        context: String,
    },
    /// `^` is not first or `$` is not last.
    #[error("`{context}`: ^ can only be the first sign, and $ only the last")]
    Edge {
        /// The context.
        context: String,
    },
    /// It stands for too many contexts.
    #[error("`{context}` stands for more than {MOST} contexts: write it as several")]
    Many {
        /// The context.
        context: String,
    },
    /// A side is longer than what is looked at.
    #[error("`{context}` can reach over more than {WINDOW} characters on a side")]
    Long {
        /// The context.
        context: String,
    },
}

impl Context {
    /// Parses a pattern; one with alternatives is several contexts.
    ///
    /// # Errors
    /// [`ContextError`] says which sign is wrong.
    pub fn parse(pattern: &str) -> Result<Vec<Context>, ContextError> {
        let braces = pattern.split('{').skip(1);
        let alternatives = braces.map(|inside| {
            let inside = inside.split('}').next().unwrap_or_default();
            inside.split('/').count()
        });
        if alternatives.fold(1, usize::saturating_mul) > MOST {
            let context = pattern.to_owned();
            return Err(ContextError::Many { context });
        }
        expand(pattern)
            .ok_or_else(|| ContextError::Braces {
                context: pattern.to_owned(),
            })?
            .iter()
            .map(|plain| Self::parse_plain(plain))
            .collect()
    }

    fn parse_plain(pattern: &str) -> Result<Context, ContextError> {
        let context = || pattern.to_owned();
        let (left, right) = pattern
            .split_once('~')
            .filter(|(_, right)| !right.contains('~'))
            .ok_or_else(|| ContextError::Word { context: context() })?;
        if left.rfind('^').unwrap_or(0) != 0
            || right.contains('^')
            || left.contains('$')
            || right
                .find('$')
                .is_some_and(|place| place + 1 != right.len())
        {
            return Err(ContextError::Edge { context: context() });
        }
        let left: Box<[Atom]> = left.chars().rev().map(Atom::new).collect();
        let right: Box<[Atom]> = right.chars().map(Atom::new).collect();
        if reach(&left).max(reach(&right)) > WINDOW {
            return Err(ContextError::Long { context: context() });
        }
        Ok(Context { left, right })
    }

    /// How many characters it names; of two contexts that match, the one that
    /// names more decides.
    pub fn literals(&self) -> usize {
        let is_literal = |atom: &&Atom| matches!(atom, Atom::Literal(_));
        self.left
            .iter()
            .chain(&self.right)
            .filter(is_literal)
            .count()
    }

    /// Whether it matches a word between two pieces of text, of which the
    /// nearest [`WINDOW`] characters are looked at.
    pub fn matches(&self, left: &str, right: &str) -> bool {
        self.matches_in(&Surroundings::new(left, right))
    }

    /// The shortest texts, left and right of the word, that it matches.
    pub fn sample(&self) -> (String, String) {
        let left: String = sample(&self.left).chars().rev().collect();
        (left, sample(&self.right))
    }

    pub(crate) fn matches_in(&self, surroundings: &Surroundings<'_>) -> bool {
        (self.left.is_empty() || side_matches(&self.left, surroundings.left()))
            && (self.right.is_empty() || side_matches(&self.right, surroundings.right()))
    }

    /// What must stand next to the word for the context to match.
    pub(crate) fn nearest(&self) -> Nearest {
        let literal = |side: &[Atom], index: usize| match side.get(index) {
            Some(Atom::Literal(character)) => Some(*character),
            _ => None,
        };
        let side = |side| literal(side, 0).map(|near| (near, literal(side, 1)));
        match (side(&self.left), side(&self.right)) {
            (Some((left, _)), Some((right, _))) => Nearest::Both(left, right),
            (None, Some((near, Some(next)))) => Nearest::RightTwo(near, next),
            (Some((near, Some(next))), None) => Nearest::LeftTwo(near, next),
            (None, Some((near, None))) => Nearest::Right(near),
            (Some((near, None)), None) => Nearest::Left(near),
            (None, None) => Nearest::Any,
        }
    }
}

impl fmt::Display for Context {
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

    fn new(sign: char) -> Self {
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
fn reach(side: &[Atom]) -> usize {
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

/// The pattern with each alternative of each pair of braces in turn; `None`
/// if braces are unbalanced or nested.
fn expand(pattern: &str) -> Option<Vec<String>> {
    let Some((head, rest)) = pattern.split_once('{') else {
        return (!pattern.contains('}')).then(|| vec![pattern.to_owned()]);
    };
    let (inner, tail) = rest.split_once('}')?;
    if head.contains('}') || inner.contains('{') {
        return None;
    }
    let tails = expand(tail)?;
    let alternatives = inner.split('/');
    Some(
        alternatives
            .flat_map(|a| tails.iter().map(move |t| [head, a, t].concat()))
            .collect(),
    )
}

/// Orders contexts so that the first match decides.
pub(crate) fn most_literal_first(a: &Context, b: &Context) -> Ordering {
    b.literals().cmp(&a.literals())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let (left, right) = text.split_once('~').expect("a sign for the word");
        let contexts = Context::parse(pattern).expect(pattern);
        contexts.iter().any(|context| context.matches(left, right))
    }

    #[test]
    fn every_sign() {
        let cases = [
            ("新~汽车", "我国新~汽车工业", true),
            ("新~汽车", "我国新~电池", false),
            ("以…为~", "以电池材料为~，", true),
            ("以…为~", "以为~", true),
            ("以…为~", "以电池，材料为~", false),
            ("以…为~", "以一二三四五六七八九为~", false),
            ("~#", "~1,638", true),
            ("~#亿", "~1638亿元", true),
            ("~#亿", "~三千亿元", true),
            ("~#", "~许多", false),
            ("^~,", "据了解，~，全省", true),
            ("^~,", "~,全省", true),
            ("^~,", "第一行\n~,全省", true),
            ("^~,", "到~，", false),
            ("~$", "促进~。", true),
            ("~$", "促进~", true),
            ("~$", "促进~了", false),
            ("{新/旧}~{汽车/电池}", "旧~电池", true),
            ("{新/}~", "~", true),
            ("\"~\"", "“~”", true),
            ("~(", "~（", true),
            ("~", "任何~地方", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn what_does_not_parse() {
        for (pattern, message) in [
            ("新汽车", "exactly once"),
            ("~新~", "exactly once"),
            ("{新~", "braces"),
            (&format!("~{}", "{一/二}".repeat(14)), "more than 10000"),
            ("{新/{旧}}~", "braces"),
            ("新^~", "only be the first"),
            ("~$了", "only the last"),
            ("…一…二…三…四…五~", "40 characters"),
        ] {
            let error = Context::parse(pattern).expect_err(pattern);
            assert!(error.to_string().contains(message), "{error}");
        }
    }
}
