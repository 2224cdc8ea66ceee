//! Whether an escape stands in prose, or in code where it is right.

use std::ops::Range;

use super::notation::Notation;
use super::run::Run;
use crate::language::is_han;
use crate::regions::Protected;
use crate::stages::characters::surroundings::{before, behind, is_chinese, line_of};

/// What an escape stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Text that was Chinese.
    Prose,
    /// It is not clear: where most of the text is written plainly, somebody may be
    /// writing about it.
    Mixed,
    /// Code, or a text that shows it.
    Code,
}

/// Signs that prose hardly has and code hardly does without.
const SIGNS: &str = "\"[]{}=<>|$\\`^";

/// A sign next to an escape of a single character that makes them an example: from it,
/// to it, between it.
const EXAMPLE: &str = "-~–到至和与與或、/'";

/// So many Han characters, at least, for each word in Latin letters make a line Chinese.
const HAN_A_WORD: usize = 4;

/// So many times as many Han characters as are not escaped make a text an escaped one.
const ESCAPED: usize = 2;

/// Whether the run is a part of a URL without a scheme.
pub(super) fn is_part_of_url(text: &str, run: &Run) -> bool {
    let is_sign = |c: Option<char>| c.is_some_and(|c| "/?=&#".contains(c));
    let Run {
        range, notation, ..
    } = run;
    matches!(notation, Notation::Percent | Notation::PercentUnit)
        && (is_sign(before(text, range.start)) || is_sign(behind(text, range.end)))
}

/// The runs of a text, and what is around them.
#[derive(Debug)]
pub(super) struct Prose<'t> {
    text: &'t str,
    runs: &'t [Run],
    protected: &'t Protected,
    /// Whether most of the text's Han characters are escaped: then nobody has written
    /// it so, and nobody writes about it.
    is_escaped: bool,
    /// Where the line looked at last ends, and what it holds.
    last: Option<(usize, Option<Line>)>,
}

impl<'t> Prose<'t> {
    pub(super) fn new(text: &'t str, runs: &'t [Run], protected: &'t Protected) -> Self {
        let plain = text.chars().filter(|&c| is_han(c)).count();
        let escaped: usize = runs.iter().map(Run::han).sum();
        Prose {
            text,
            runs,
            protected,
            is_escaped: escaped >= ESCAPED * plain,
            last: None,
        }
    }

    /// What the run's line holds; the runs are asked about in their order.
    fn line(&mut self, run: &Run) -> Option<Line> {
        match self.last {
            Some((end, line)) if run.range.start < end => line,
            _ => {
                let (end, line) = Line::of(self.text, run, self.runs, self.protected);
                self.last = Some((end, line));
                line
            }
        }
    }
}

impl Prose<'_> {
    /// How a run stands in its line. Other runs and what is protected do not count.
    pub(super) fn standing(&mut self, run: &Run) -> Standing {
        let Prose { text, .. } = *self;
        let Run { range, .. } = run;
        let (left, right) = (before(text, range.start), behind(text, range.end));
        let is_quote = |c: Option<char>| matches!(c, Some('\'' | '"'));
        if is_quote(left) || is_quote(right) {
            return Standing::Code;
        }
        let Some(line) = self.line(run) else {
            return Standing::Code;
        };
        let (han, characters) = (run.han(), run.characters());
        let is_example = |c: Option<char>| c.is_some_and(|c| EXAMPLE.contains(c));
        if han == 1 && characters == 1 && (is_example(left) || is_example(right)) {
            return Standing::Code;
        }
        let is_all = text.trim() == &text[range.clone()];
        let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_chinese = |c: Option<char>| c.is_some_and(is_chinese);
        let is_meant = match (han, characters) {
            // Punctuation and emoji in a text of Chinese are what some programs escape.
            (0, _) => is_chinese(left) || is_chinese(right),
            (1, 1) => self.is_escaped && (is_figure(left) || is_figure(right)),
            _ => self.is_escaped,
        };
        let is_chinese = line.words == 0 || line.han >= HAN_A_WORD * line.words;
        match is_all || (is_meant && is_chinese) {
            true => Standing::Prose,
            false => Standing::Mixed,
        }
    }
}

/// What a line holds once its escapes are undone.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    han: usize,
    /// In Latin letters.
    words: usize,
}

impl Line {
    /// The run's line, and where it ends; no line if it looks like code.
    fn of(text: &str, run: &Run, runs: &[Run], protected: &Protected) -> (usize, Option<Line>) {
        let Range { start, end } = line_of(text, run.range.start);
        // A run can go on over the ends of lines.
        let end = end.max(line_of(text, run.range.end).end);
        (end, Line::between(text, start..end, runs, protected))
    }

    fn between(
        text: &str,
        range: Range<usize>,
        runs: &[Run],
        protected: &Protected,
    ) -> Option<Line> {
        let Range { start, end } = range;
        let mut line = Line::default();
        let mut is_word = false;
        let mut at = start;
        let first = runs.partition_point(|run| run.range.end <= start);
        let mut runs = runs[first..].iter().peekable();
        while at < end {
            if let Some(run) = runs.next_if(|run| run.range.start <= at) {
                line.han += run.han();
                at = run.range.end;
                is_word = false;
                continue;
            }
            let rest = &text[at..];
            let character = rest.chars().next()?;
            let here = at..at + character.len_utf8();
            at = here.end;
            if protected.touches(&here) {
                continue;
            }
            if character == '\\' && rest[1..].starts_with(['n', 'r', 't']) {
                // A line end of the string that it was.
                at += 1;
                is_word = false;
                continue;
            }
            if SIGNS.contains(character) || rest.starts_with("//") {
                return None;
            }
            line.han += usize::from(is_han(character));
            let is_letter = character.is_alphabetic() && !is_han(character);
            line.words += usize::from(is_letter && !is_word);
            is_word = is_letter;
        }
        Some(line)
    }
}
