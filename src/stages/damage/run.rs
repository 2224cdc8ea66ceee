//! The repairs that a reading makes, and how sure they are.

use std::ops::Range;

use super::beam::{Node, Output, mark};
use super::page::{Page, Shown};
use super::repair::{Certainty, Kind, Repair};
use super::token::is_toned_gloss;
use crate::language::is_han;

/// The margins, in nats, from which on a repair is taken to be right.
///
/// Chosen on a tenth of the news and the reviews that `dictionaries/models/README.md`
/// names and on the tuning part of the other texts, damaged with several seeds.
/// On the other nine tenths and on the test part, with private-use characters
/// kept, nine of 6,896 repairs from there on were wrong; where they vanish, 30
/// of 5,316. Both is more than [`crate::Safety::Safe`] promises.
struct Least {
    /// With nothing chosen by the language model.
    certain: f32,
    /// With nothing chosen but a full stop before a cut.
    stop: f32,
    /// With a full stop and one other character chosen.
    stop_and_one: f32,
    /// With one character chosen.
    one: f32,
    /// With more.
    several: f32,
}

const LEAST: Least = Least {
    certain: 3.0,
    stop: 4.5,
    stop_and_one: 4.5,
    one: 5.0,
    several: 5.5,
};

/// The same on a page of which private-use characters may have vanished: each
/// reading has rivals then that are not all looked at.
const LEAST_IF_HIDDEN: Least = Least {
    certain: 5.0,
    stop: 3.5,
    stop_and_one: 3.5,
    one: 5.0,
    several: 6.0,
};

/// What is added on such a page for each character of a run from the fourth on:
/// the longer it is, the likelier one has vanished in it.
const LENGTH: f32 = 0.3;
const SHORT: usize = 3;

/// The same for a run in which one is taken to have vanished.
const VANISHED: f32 = 12.0;

/// Punctuation marks from which on they are a row: they say nothing of each other,
/// so that none of it is known.
const ROW: usize = 3;

/// A reading that was found to be the best.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) path: &'a [Node],
    /// Where its last step ends.
    pub(super) end: usize,
    /// How much likelier it is than all others together, in nats.
    pub(super) margin: f32,
    /// The page that it is of.
    pub(super) page: &'a Page,
}

impl Reading<'_> {
    /// Pushes its repairs: one for each row of steps that change the text.
    pub(super) fn repairs(&self, found: &mut Vec<Repair>) {
        let mut run: Option<Run> = None;
        for node in self.path {
            match node.output {
                Output::Same => {
                    found.extend(run.take().and_then(|run| run.close(self, node.from)));
                }
                Output::Characters(characters) => {
                    let run = run.get_or_insert_with(|| Run {
                        start: node.from,
                        ..Run::default()
                    });
                    run.add(characters, node.marks);
                }
            }
        }
        found.extend(run.and_then(|run| run.close(self, self.end)));
    }
}

/// Steps that change the text, one behind the other.
#[derive(Default)]
struct Run {
    start: usize,
    replacement: String,
    marks: u8,
    /// How many characters the model has chosen, and how many of them are full
    /// stops.
    guesses: usize,
    stops: usize,
}

impl Run {
    fn add(&mut self, characters: [char; 2], marks: u8) {
        if marks & mark::GUESS != 0 {
            self.guesses += 1;
            self.stops += usize::from(characters[0] == '。');
        }
        self.replacement
            .extend(characters.into_iter().filter(|&c| c != '\0'));
        self.marks |= marks;
    }

    /// The repair, if there is one; the run's last step ends at `end`.
    fn close(self, reading: &Reading<'_>, end: usize) -> Option<Repair> {
        let &Reading {
            text, margin, page, ..
        } = reading;
        let range = changed(text, self.start..end, &self.replacement);
        let from = range.start - self.start;
        let to = self.replacement.len() - (end - range.end);
        let replacement = self.replacement.get(from..to)?;
        let is_none = (range.is_empty() && replacement.is_empty())
            // Formulas look like that: `f(a)?,F(b)`.
            || (page.evidence == Shown::Nothing
                && text[self.start..end].is_ascii()
                && !is_toned_gloss(text, end)
                && !self.replacement.ends_with('<'))
            || (self.kind() == Kind::Dropped && ends_at_cut(&text[range.start..]));
        (!is_none).then(|| Repair {
            range: range.clone(),
            replacement: replacement.to_owned(),
            kind: self.kind(),
            certainty: self.certainty(reading, self.start..end, &text[range.end..]),
            margin,
        })
    }

    fn has(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    fn kind(&self) -> Kind {
        if self.has(mark::HIDDEN) {
            Kind::Hidden
        } else if self.has(mark::DROPPED) {
            Kind::Dropped
        } else if self.has(mark::GLOSS) {
            Kind::Gloss
        } else {
            Kind::Cut
        }
    }

    /// How sure the run is, which stood at a place of the text; `rest` is what
    /// stands behind it.
    fn certainty(&self, reading: &Reading<'_>, place: Range<usize>, rest: &str) -> Certainty {
        let characters = self.replacement.chars().count();
        let is_open = (characters >= ROW && !self.replacement.contains(is_han))
            || has_row(&reading.text[place])
            || self.has(mark::WHOLE)
            || self.has(mark::SIGN)
            // That one may be half a character too.
            || reading.text[..self.start].ends_with('?')
            || (!reading.page.has_marks && self.replacement.contains(has_width));
        let drops_on = self.kind() == Kind::Dropped && ends_at_cut(rest);
        if self.has(mark::LOST) {
            Certainty::Lost
        } else if reading.margin < self.least(reading.page) || is_open || drops_on {
            Certainty::Weak
        } else if self.guesses == 0 {
            Certainty::Certain
        } else {
            Certainty::Margin
        }
    }

    /// The margin from which on the run is taken to be right.
    fn least(&self, page: &Page) -> f32 {
        let least = if page.hides { LEAST_IF_HIDDEN } else { LEAST };
        let least = match self.guesses {
            _ if self.has(mark::HIDDEN) => VANISHED,
            0 => least.certain,
            1 if self.stops == 1 => least.stop,
            2 if self.stops == 1 => least.stop_and_one,
            1 => least.one,
            _ => least.several,
        };
        let longer = self.replacement.chars().count().saturating_sub(SHORT);
        match page.hides {
            true if self.stops == 0 => least + LENGTH * longer as f32,
            _ => least,
        }
    }
}

/// Whether a character has a full-width and a narrow form.
fn has_width(character: char) -> bool {
    matches!(
        character,
        ',' | '!' | '?' | ';' | ':' | '(' | ')' | '\u{FF01}'..='\u{FF5E}'
    )
}

/// The part of a range that a replacement changes: without what comes out as it
/// was at both ends.
fn changed(text: &str, range: Range<usize>, replacement: &str) -> Range<usize> {
    let garbled = &text[range.clone()];
    let same = |(a, b): &(char, char)| a == b;
    let length = |(a, _): (char, char)| a.len_utf8();
    let pairs = garbled.chars().zip(replacement.chars());
    let before: usize = pairs.take_while(same).map(length).sum();
    let (left, right) = (&garbled[before..], &replacement[before..]);
    let pairs = left.chars().rev().zip(right.chars().rev());
    let after: usize = pairs.take_while(same).map(length).sum();
    range.start + before..range.end - after
}

/// Whether a line ends with a mark behind which half a character may have been
/// dropped too: nothing shows it.
fn ends_at_cut(rest: &str) -> bool {
    let behind = rest.strip_prefix(['，', '！', '？', '；', ',', '!', '?', ';']);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(['\n', '\r', '<']))
}

/// Whether a text has the same mark that pages are cut at again and again.
fn has_row(text: &str) -> bool {
    ["！！！", "？？？", "，，，", "!!!", "???", ",,,"]
        .iter()
        .any(|row| text.contains(row))
}
