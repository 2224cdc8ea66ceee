//! Characters that nobody sees between Han characters: editors, converters and those
//! who mark their text leave them, and no search finds the word.
//!
//! They have their uses in other scripts, in emoji and in markup, so that what stands
//! on both sides decides.

use super::proposal;
use super::surroundings::{
    Lines, before, behind, encloses, is_chinese, is_hanlike, is_only_chinese,
};
use crate::edit::{Proposal, Safety};
use crate::reason::Both;
use crate::regions::Syntax;
use crate::rules::Rule;
use crate::stages::View;

/// What an invisible character is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A place where a line may or may not be broken, or a byte order mark.
    Break,
    /// It joins letters or keeps them apart.
    Joiner,
    /// A place for a hyphen.
    Hyphen,
    /// The direction of what follows.
    Direction,
    /// The form of the character before.
    Variation,
}

impl Kind {
    fn of(character: char) -> Option<Kind> {
        Some(match character {
            '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Kind::Break,
            '\u{200C}' | '\u{200D}' => Kind::Joiner,
            '\u{AD}' => Kind::Hyphen,
            '\u{200E}' | '\u{200F}' | '\u{61C}' => Kind::Direction,
            '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' => Kind::Direction,
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Kind::Variation,
            _ => return None,
        })
    }
}

/// Invisible characters in a row.
#[derive(Debug)]
struct Run<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// Whether all of the text goes from left to right.
    is_one_way: bool,
}

/// Proposes to take out what has no use.
pub(super) fn propose(view: View<'_>, lines: &mut Lines<'_>, found: &mut Vec<Proposal>) {
    let text = view.text;
    let is_one_way = !text.chars().any(|c| is_from_right(c) || turns_round(c));
    let mut done = 0;
    for (at, character) in text.char_indices() {
        if at < done || Kind::of(character).is_none() {
            continue;
        }
        let rest = text[at..].char_indices();
        let length = rest
            .map(|(place, c)| (place + c.len_utf8(), c))
            .take_while(|&(_, c)| Kind::of(c).is_some())
            .last()
            .map_or(0, |(length, _)| length);
        done = at + length;
        let run = Run {
            text,
            start: at,
            end: done,
            is_one_way,
        };
        if let Some(proposal) = run.proposal(view.syntax)
            && !lines.is_foreign_at(at)
        {
            found.push(proposal);
        }
    }
}

impl Run<'_> {
    fn proposal(&self, syntax: Syntax) -> Option<Proposal> {
        let Run {
            text, start, end, ..
        } = *self;
        // A byte order mark where a line begins has a rule of its own.
        if before(text, start).is_none() && text[start..].starts_with('\u{FEFF}') {
            return None;
        }
        let selectors = self.selectors();
        let base = before(text, start);
        let end = match selectors {
            0 if self.is_useless(start, syntax) => end,
            0 => return None,
            _ if !base.is_some_and(is_hanlike) => return None,
            _ if self.is_useless(start + selectors, syntax) => end,
            _ => start + selectors,
        };
        let reason = match selectors {
            0 => &Both {
                en: "an invisible character beside Han characters",
                zh: "汉字旁边有看不见的字符",
            },
            _ => &Both {
                en: "a variation selector behind a Han character asks for another form of it",
                zh: "汉字后面的异体字选择符要求显示该字的另一种写法",
            },
        };
        // Some of them belong to the character before, and it must not be cut.
        let (start, kept) = match base.filter(|_| !is_apart(text, start..end)) {
            Some(base) => (start - base.len_utf8(), String::from(base)),
            None => (start, String::new()),
        };
        Some(proposal(
            start..end,
            kept,
            Rule::CharInvisible,
            Safety::Safe,
            reason,
        ))
    }

    /// The length of the variation selectors that the run begins with.
    fn selectors(&self) -> usize {
        let is_selector = |&c: &char| Kind::of(c) == Some(Kind::Variation);
        let selectors = self.text[self.start..self.end].chars();
        selectors.take_while(is_selector).map(char::len_utf8).sum()
    }

    /// Whether all of the run from a place on has no use where it stands.
    fn is_useless(&self, from: usize, syntax: Syntax) -> bool {
        let Run {
            text, start, end, ..
        } = *self;
        let (before, behind) = (before(text, start), behind(text, end));
        let is_there = |c: Option<char>| c.is_some_and(is_only_chinese);
        if encloses(before, behind) || !(is_there(before) || is_there(behind)) {
            return false;
        }
        // It keeps an accent from the character before.
        if behind.is_some_and(is_accent) {
            return false;
        }
        let both = |allows: fn(char) -> bool| {
            before.is_none_or(|c| is_chinese(c) || allows(c))
                && behind.is_none_or(|c| is_chinese(c) || allows(c))
        };
        let is_markup = |c: Option<char>| {
            syntax == Syntax::Markdown && c.is_some_and(|c| c.is_ascii_punctuation())
        };
        // It keeps asterisks from being taken for text, or the other way round.
        if is_markup(before) || is_markup(behind) {
            return false;
        }
        text[from..end].chars().all(|c| match Kind::of(c) {
            Some(Kind::Break) => both(|c| c.is_ascii() || !c.is_alphanumeric()),
            Some(Kind::Joiner) => both(|_| false),
            Some(Kind::Hyphen) => both(|c| c.is_ascii_alphanumeric()),
            Some(Kind::Direction) => self.is_one_way && both(|c| c.is_ascii()),
            Some(Kind::Variation) => before.is_some_and(is_hanlike),
            None => false,
        })
    }
}

/// Marks that join the character before, in the blocks for them.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Whether the invisible characters stand apart from the one before.
fn is_apart(text: &str, range: std::ops::Range<usize>) -> bool {
    let is_mark = |c| matches!(Kind::of(c), Some(Kind::Joiner | Kind::Variation));
    !text[range].chars().next().is_some_and(is_mark)
}

/// Overrides, which show the text behind them in the other direction.
fn turns_round(character: char) -> bool {
    matches!(character, '\u{202D}' | '\u{202E}')
}

/// Letters that are written from the right: Hebrew, Arabic and their like.
fn is_from_right(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        // The mark itself is no letter.
        && character != '\u{61C}'
}
