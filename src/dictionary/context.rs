//! Contexts: patterns around one occurrence of a spun word, as they are written.

use std::fmt;

use super::pattern::{Atom, Pattern, reach};
use super::surroundings::{Surroundings, WINDOW};

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
        let mut contexts = Vec::new();
        let mut atoms = Vec::new();
        each(pattern, &mut |plain| {
            atoms.clear();
            let left = put(plain, &mut atoms)?;
            let (left, right) = atoms.split_at(left);
            contexts.push(Context {
                left: left.into(),
                right: right.into(),
            });
            Ok(())
        })?;
        Ok(contexts)
    }

    /// How many characters it names; of two contexts that match, the one that
    /// names more decides.
    pub fn literals(&self) -> usize {
        self.pattern().literals()
    }

    /// Whether it matches a word between two pieces of text, of which the
    /// nearest [`WINDOW`] characters are looked at.
    pub fn matches(&self, left: &str, right: &str) -> bool {
        self.pattern().matches(&Surroundings::new(left, right))
    }

    /// The shortest texts, left and right of the word, that it matches.
    pub fn sample(&self) -> (String, String) {
        self.pattern().sample()
    }

    pub(super) fn pattern(&self) -> Pattern<'_> {
        Pattern {
            left: &self.left,
            right: &self.right,
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pattern().fmt(f)
    }
}

/// Calls for the pattern with each alternative of each pair of braces in turn.
pub(super) fn each(
    pattern: &str,
    to: &mut impl FnMut(&str) -> Result<(), ContextError>,
) -> Result<(), ContextError> {
    let context = || pattern.to_owned();
    let parts = parts(pattern);
    let all = parts.iter().flatten().map(|part| match part {
        Part::Text(_) => 1,
        Part::Either(inside) => inside.split('/').count(),
    });
    if all.fold(1, usize::saturating_mul) > MOST {
        return Err(ContextError::Many { context: context() });
    }
    let parts = parts.ok_or_else(|| ContextError::Braces { context: context() })?;
    fill(&parts, &mut String::with_capacity(pattern.len()), to)
}

/// What is before the word in a pattern and what is behind it, if no alternative holds
/// the sign for the word.
pub(super) fn sides(pattern: &str) -> Option<(&str, &str)> {
    let (left, right) = pattern.split_once('~')?;
    let is_whole = |side: &str| side.matches('{').count() == side.matches('}').count();
    (!right.contains('~') && is_whole(left) && is_whole(right)).then_some((left, right))
}

/// A part of a pattern.
#[derive(Clone, Copy, Debug)]
enum Part<'p> {
    Text(&'p str),
    /// Alternatives, separated by `/`.
    Either(&'p str),
}

/// The parts of a pattern; `None` if braces are unbalanced or nested.
fn parts(pattern: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some((head, behind)) = rest.split_once('{') {
        let (inside, tail) = behind.split_once('}')?;
        if head.contains('}') || inside.contains('{') {
            return None;
        }
        parts.extend([Part::Text(head), Part::Either(inside)]);
        rest = tail;
    }
    parts.push(Part::Text(rest));
    (!rest.contains('}')).then_some(parts)
}

/// Calls for what has been put together and each way to go on.
fn fill(
    parts: &[Part<'_>],
    plain: &mut String,
    to: &mut impl FnMut(&str) -> Result<(), ContextError>,
) -> Result<(), ContextError> {
    let Some((part, rest)) = parts.split_first() else {
        return to(plain);
    };
    let length = plain.len();
    let mut with = |text: &str| {
        plain.truncate(length);
        plain.push_str(text);
        fill(rest, plain, to)
    };
    match part {
        Part::Text(text) => with(text),
        Part::Either(inside) => inside.split('/').try_for_each(with),
    }
}

/// Appends the signs of a pattern without alternatives, from the word towards the start
/// of the text and then from it towards the end; returns how many the first are.
pub(super) fn put(plain: &str, atoms: &mut Vec<Atom>) -> Result<usize, ContextError> {
    let context = || plain.to_owned();
    let (left, right) = plain
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
    let first = atoms.len();
    atoms.extend(left.chars().rev().map(Atom::new));
    let middle = atoms.len();
    atoms.extend(right.chars().map(Atom::new));
    if reach(&atoms[first..middle]).max(reach(&atoms[middle..])) > WINDOW {
        return Err(ContextError::Long { context: context() });
    }
    Ok(middle - first)
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
