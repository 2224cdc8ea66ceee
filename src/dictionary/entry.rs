//! The rows of the dictionary and their parser.

use std::cmp::Reverse;
use std::iter;

use memchr::{memchr, memchr_iter};

use super::context::Context;
use super::patterns::Patterns;
use super::surroundings::Surroundings;
use super::{ContextError, DictionaryError, Place, Problem};
use crate::edit::Safety;

/// The columns, in their order.
pub(super) const HEADER: [&str; 9] = [
    "spun",
    "originals",
    "family",
    "domain",
    "keep",
    "fix",
    "safety",
    "source",
    "reason",
];

/// Separates the items of a cell.
const ITEMS: char = '|';

/// One row: a substitution and the contexts that decide on it.
///
/// Contexts are kept as they are written until an occurrence asks for them:
/// most documents need none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'d> {
    /// The spinner's word.
    pub spun: &'d str,
    /// The words it can stand for, likeliest first; at least one.
    pub originals: Vec<&'d str>,
    /// The families of spinners that make the substitution; at least one.
    pub families: Vec<&'d str>,
    /// The subject.
    pub domain: &'d str,
    /// How sure an edit can be by it.
    pub safety: Safety,
    /// Whether its fix contexts show a substitution by themselves, and are not only
    /// signs of one.
    pub has_sure_contexts: bool,
    /// Where the substitution is attested.
    pub source: &'d str,
    /// Why a reader can tell, in a sentence.
    pub reason: &'d str,
    /// Where the row stands.
    pub place: Place<'d>,
    keep: Cell<'d>,
    fix: Cell<'d>,
}

/// A cell of contexts as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell<'d> {
    row: &'d str,
    text: &'d str,
}

/// A context that shows a substitution, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix<'d> {
    /// The context.
    pub context: Context,
    /// The original that it gives back.
    pub original: &'d str,
}

/// A row's contexts, in the order in which they decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contexts<'d> {
    /// Those in which the word is native.
    pub keep: Vec<Context>,
    /// Those that show a substitution.
    pub fix: Vec<Fix<'d>>,
}

/// What a row's contexts say of an occurrence of its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'d> {
    /// It is the author's own word.
    Native,
    /// It is the spinner's, for this original.
    Substituted(&'d str),
    /// No context matches.
    Undecided,
}

impl<'d> Contexts<'d> {
    /// Decides on the word between two pieces of text.
    pub fn decide(&self, left: &str, right: &str) -> Decision<'d> {
        self.decide_in(&Surroundings::new(left, right))
    }

    pub(crate) fn decide_in(&self, surroundings: &Surroundings<'_>) -> Decision<'d> {
        // Sorted by how much they name: the first match is the strongest.
        let fix = self
            .fix
            .iter()
            .find(|fix| fix.context.pattern().matches(surroundings));
        let keep = self
            .keep
            .iter()
            .find(|context| context.pattern().matches(surroundings));
        match (fix, keep) {
            (Some(fix), Some(keep)) if keep.literals() >= fix.context.literals() => {
                Decision::Native
            }
            (Some(fix), _) => Decision::Substituted(fix.original),
            (None, Some(_)) => Decision::Native,
            (None, None) => Decision::Undecided,
        }
    }
}

impl<'d> Entry<'d> {
    /// Parses the row's contexts.
    ///
    /// # Errors
    /// None for a row that [`parse`] returned, which has tried them.
    pub fn contexts(&self) -> Result<Contexts<'d>, DictionaryError> {
        let mut contexts = Contexts::default();
        self.each_context(|pattern, original| {
            let parsed = Context::parse(pattern)?.into_iter();
            match original {
                None => contexts.keep.extend(parsed),
                Some(place) => contexts.fix.extend(parsed.map(|context| Fix {
                    context,
                    original: self.originals[place],
                })),
            }
            Ok(())
        })?;
        // Stable: of those that name as much, the first decides.
        contexts
            .keep
            .sort_by_key(|context| Reverse(context.literals()));
        contexts
            .fix
            .sort_by_key(|fix| Reverse(fix.context.literals()));
        Ok(contexts)
    }

    /// The same as patterns: those in which the word is native, and those that show a
    /// substitution, each with the number of what it gives back, by its place among the
    /// originals.
    pub(crate) fn patterns(
        &self,
        number: impl Fn(usize) -> u32,
    ) -> Result<(Patterns, Patterns), DictionaryError> {
        let (mut keep, mut fix) = (Patterns::default(), Patterns::default());
        self.each_context(|pattern, original| match original {
            None => keep.add(pattern, 0),
            Some(place) => fix.add(pattern, number(place)),
        })?;
        keep.shrink();
        fix.shrink();
        Ok((keep, fix))
    }

    /// Calls for every context as it is written; with the place of what it gives back
    /// among the originals if it shows a substitution.
    fn each_context(
        &self,
        mut to: impl FnMut(&str, Option<usize>) -> Result<(), ContextError>,
    ) -> Result<(), DictionaryError> {
        for (item, column) in self.keep.items() {
            to(item, None).map_err(|error| self.error(column(), error.into()))?;
        }
        for (item, column) in self.fix.items() {
            let (pattern, original) = match item.split_once("=>") {
                Some((pattern, word)) => (pattern, word),
                None => (item, self.originals[0]),
            };
            let place = self.originals.iter().position(|own| *own == original);
            let Some(place) = place else {
                let problem = Problem::Original {
                    word: original.to_owned(),
                };
                return Err(self.error(column(), problem));
            };
            to(pattern, Some(place)).map_err(|error| self.error(column(), error.into()))?;
        }
        Ok(())
    }

    pub(super) fn error(&self, column: usize, problem: Problem) -> DictionaryError {
        let Place { file, line } = self.place;
        DictionaryError {
            file: file.to_owned(),
            line,
            column,
            problem,
        }
    }
}

/// Parses a dictionary file and tries every context.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn parse<'d>(file: &'d str, text: &'d str) -> Result<Vec<Entry<'d>>, DictionaryError> {
    let entries = rows(file, text)?;
    for entry in &entries {
        entry.contexts()?;
    }
    Ok(entries)
}

/// Like [`parse`], with the contexts left untried.
pub(super) fn rows<'d>(file: &'d str, text: &'d str) -> Result<Vec<Entry<'d>>, DictionaryError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines = lines(text)
        .zip(1..)
        .filter(|(line, _)| !line.starts_with("# "));
    let header = lines.next();
    if !header.is_some_and(|(line, _)| line.split('\t').eq(HEADER)) {
        let file = file.to_owned();
        return Err(DictionaryError {
            file,
            line: header.map_or(1, |(_, line)| line),
            column: 1,
            problem: Problem::Header,
        });
    }
    lines
        .map(|(row, line)| entry(row, Place { file, line }))
        .collect()
}

/// The lines of a text, as [`str::lines`] has them: rows can have thousands of bytes.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    iter::from_fn(move || {
        let text = rest?;
        let (line, behind) = match memchr(b'\n', text.as_bytes()) {
            Some(end) => (&text[..end], Some(&text[end + 1..])),
            None => (text, None),
        };
        rest = behind.filter(|behind| !behind.is_empty());
        match line.strip_suffix('\r') {
            Some(line) if behind.is_some() => Some(line),
            _ => Some(line),
        }
    })
}

/// The cells of a row, or how many there are if it is another number.
fn cells(row: &str) -> Result<[&str; HEADER.len()], usize> {
    let mut cells = [""; HEADER.len()];
    let (mut start, mut count) = (0, 0);
    let ends = memchr_iter(b'\t', row.as_bytes()).chain([row.len()]);
    for end in ends {
        if let Some(cell) = cells.get_mut(count) {
            *cell = &row[start..end];
        }
        (start, count) = (end + 1, count + 1);
    }
    match count == cells.len() {
        true => Ok(cells),
        false => Err(count),
    }
}

/// Parses one row, with the contexts left untried.
pub(super) fn entry<'d>(row: &'d str, place: Place<'d>) -> Result<Entry<'d>, DictionaryError> {
    let error = |column, problem| {
        let Place { file, line } = place;
        DictionaryError {
            file: file.to_owned(),
            line,
            column,
            problem,
        }
    };
    let cells = cells(row).map_err(|found| error(1, Problem::Columns { found }))?;
    let [
        spun,
        originals,
        families,
        domain,
        keep,
        fix,
        safety,
        source,
        reason,
    ] = cells;
    for (index, &column) in HEADER.iter().enumerate() {
        if cells[index].is_empty() && !matches!(column, "keep" | "fix") {
            return Err(error(
                column_of(row, cells[index]),
                Problem::Empty { column },
            ));
        }
    }
    for (column, cell, separator) in [("originals", originals, ITEMS), ("family", families, ',')] {
        if let Some(item) = cell.split(separator).find(|item| item.is_empty()) {
            return Err(error(column_of(row, item), Problem::Empty { column }));
        }
    }
    if spun.chars().nth(1).is_none() {
        return Err(error(1, Problem::Short));
    }
    let (safety, has_sure_contexts) = match safety {
        "safe" => (Safety::Safe, true),
        "model" => (Safety::Safe, false),
        "unsafe" => (Safety::Unsafe, false),
        "display" => (Safety::Display, false),
        _ => return Err(error(column_of(row, safety), Problem::Safety)),
    };
    Ok(Entry {
        spun,
        originals: originals.split(ITEMS).collect(),
        families: families.split(',').collect(),
        domain,
        safety,
        has_sure_contexts,
        source,
        reason,
        place,
        keep: Cell { row, text: keep },
        fix: Cell { row, text: fix },
    })
}

impl<'d> Cell<'d> {
    /// The items, each with what tells its column in the row.
    fn items(self) -> impl Iterator<Item = (&'d str, impl Fn() -> usize)> {
        let items = self.text.split(ITEMS).filter(|item| !item.is_empty());
        items.map(move |item| {
            let column = move || self.column() - 1 + column_of(self.text, item);
            (item, column)
        })
    }

    /// Where it begins, in characters from 1.
    fn column(self) -> usize {
        column_of(self.row, self.text)
    }
}

/// The column, in characters from 1, of a part of a line.
fn column_of(line: &str, part: &str) -> usize {
    let offset = part.as_ptr() as usize - line.as_ptr() as usize;
    line[..offset].chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(row: &str) -> String {
        let text = format!("{}\n{row}\n", HEADER.join("\t"));
        parse("test.tsv", &text)
            .expect_err("made to be wrong")
            .to_string()
    }

    #[test]
    fn errors_name_the_place() {
        let cases = [
            (
                "动力\t能源",
                "test.tsv:2:1: 2 columns, where 9 are expected",
            ),
            (
                "动力\t\tA\tenergy\t\t~\tsafe\tseed\twhy",
                "test.tsv:2:4: the column originals must",
            ),
            (
                "动力\t能源||电力\tA\tenergy\t\t~\tsafe\tseed\twhy",
                "test.tsv:2:7: the column originals must",
            ),
            (
                "动\t能\tA\tenergy\t\t~\tsafe\tseed\twhy",
                "test.tsv:2:1: a spun word has two",
            ),
            (
                "动力\t能源\tA\tenergy\t\t~\tsure\tseed\twhy",
                "test.tsv:2:19: safety is `safe`",
            ),
            (
                "动力\t能源\tA\tenergy\t~源|新动力\t~\tsafe\tseed\twhy",
                "test.tsv:2:19: `新动力` must",
            ),
            (
                "动力\t能源\tA\tenergy\t\t新~=>电力\tsafe\tseed\twhy",
                "test.tsv:2:17: 电力 is not among",
            ),
        ];
        for (row, expected) in cases {
            assert!(error(row).starts_with(expected), "{}", error(row));
        }
        let problem = parse("test.tsv", "spun\n").unwrap_err().problem;
        assert_eq!(problem, Problem::Header);
    }
}
