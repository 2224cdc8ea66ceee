//! The languages of source code: where their comments and strings begin and end, as
//! their manuals say.

mod table;

use std::fmt;

use table::{SCRIPT, TABLE};

/// A language of source code; one of a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(u8);

/// A row of the table.
pub(super) struct Lexis {
    pub(super) name: &'static str,
    pub(super) extensions: &'static [&'static str],
    /// What `#!` names.
    interpreters: &'static [&'static str],
    /// Signs of comments up to the end of the line.
    pub(super) line: &'static [&'static str],
    /// Signs around other comments.
    pub(super) block: &'static [(&'static str, &'static str)],
    /// Whether these can be in each other.
    pub(super) nested: bool,
    pub(super) strings: &'static [Quotes],
    /// What else has to be known.
    pub(super) quirks: &'static [Quirk],
}

/// A kind of string.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotes {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether a backslash takes the next character's meaning away.
    pub(super) escapes: bool,
    /// Whether it can go over several lines.
    pub(super) lines: bool,
    /// The signs around code in it: what begins it, and the brackets that are counted
    /// up to its end.
    pub(super) code: Option<(&'static str, char, char)>,
}

/// What a table of signs cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quirk {
    /// `'x'` is a character and no string; other single quotes are something else.
    Characters,
    /// A backslash outside strings takes the next character's meaning away.
    Backslash,
    /// The signs of a comment count only at the beginning of a line or behind a space.
    SpacedComments,
    /// The same of quotes, or behind a bracket, a comma, a colon or `=`.
    SpacedQuotes,
    /// `--` is a comment only if no other sign of an operator is behind it.
    Operators,
    /// `<<WORD`: a string up to a line that is the word.
    HereDocuments,
    /// The same, also with a space before the word.
    SpacedHereDocuments,
    /// `#[…]` is no comment.
    Attributes,
    /// `r"…"`, `r#"…"#`.
    RustStrings,
    /// `R"x(…)x"`.
    CppStrings,
    /// `[[…]]`, `[=[…]=]`, and comments `--[[…]]`.
    LuaBrackets,
    /// `/…/` where a value can begin.
    Regexes,
    /// Code is only between these signs.
    Within(&'static str, &'static str),
    /// A value that is `|` or `>` is the indented lines below.
    BlockScalars,
    /// Text between lines that begin with these words is a comment.
    LineBlocks(&'static str, &'static str),
    /// `$tag$…$tag$`.
    DollarQuotes,
}

impl Language {
    /// Every language that is known.
    pub fn all() -> impl Iterator<Item = Language> {
        (0..TABLE.len()).map(|row| Language(row as u8))
    }

    /// The name, in small letters.
    pub fn name(self) -> &'static str {
        self.lexis().name
    }

    /// The extensions of its files, without the dot.
    pub fn extensions(self) -> impl Iterator<Item = &'static str> {
        self.lexis().extensions.iter().copied()
    }

    pub(super) fn lexis(self) -> &'static Lexis {
        &TABLE[usize::from(self.0)]
    }

    pub(super) fn of_extension(extension: &str) -> Option<Self> {
        Self::all().find(|language| language.lexis().extensions.contains(&extension))
    }

    /// The language of the program behind `#!`; one that is not known has comments as
    /// the shell has.
    pub(super) fn of_interpreter(line: &str) -> Self {
        let mut words = line.split_ascii_whitespace();
        let name = |word: &str| word.rsplit('/').next().map(str::to_owned);
        let mut program = words.next().and_then(name).unwrap_or_default();
        if program == "env" {
            let argument = words.find(|word| !word.starts_with('-') && !word.contains('='));
            program = argument.and_then(name).unwrap_or_default();
        }
        let version = |c: char| c.is_ascii_digit() || c == '.';
        let bare = program.trim_end_matches(version);
        let is_it = |language: &Language| {
            let names = language.lexis().interpreters;
            names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&program) || name.eq_ignore_ascii_case(bare))
        };
        let shell = Self::of_extension(SCRIPT.extensions[0]);
        Self::all().find(is_it).or(shell).unwrap_or(Language(0))
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.name())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
