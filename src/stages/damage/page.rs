//! What a page shows of the filter that garbled it and of the decoder that
//! read it.

use std::borrow::Cow;
use std::cell::OnceCell;

use memchr::{memchr, memchr_iter, memchr2_iter, memchr3_iter};

use crate::language::is_han;
use crate::language::ngram::Symbol;
use crate::language::pinyin::Syllable;
use crate::stages::gloss::scan::{self, Gloss};

use super::codec::{Codec, WIDE_ASCII, WIDENED};
use super::eaten::is_tag_end;
use super::neighbours::{Behind, Neighbours};
use super::token::{Token, gloss_before, is_glossed_letter};

/// Glosses that fit a filter's table, from which on one is taken to have been
/// at work, and how many characters they must be on.
const LEAST_GLOSSES: usize = 3;
const LEAST_CHARACTERS: usize = 2;

/// Punctuation that is left of a page whose full-width ASCII was not narrowed.
const WIDE: [char; 6] = ['，', '！', '？', '；', '：', '（'];

/// How much of a filter a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing of it.
    #[default]
    Nothing,
    /// Glosses as it makes them, few.
    Glosses,
    /// Its work.
    Filter,
}

/// What follows `?` where it stands for half a character, the tails of glosses
/// apart.
const BEHIND_HALF: [char; 10] = ['，', '！', '？', '；', ',', '!', '?', ';', '。', '“'];

/// What a page shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// How much shows that a filter was at work.
    pub(super) evidence: Shown,
    /// Whether full-width ASCII became ASCII.
    pub(super) narrow: bool,
    /// Whether punctuation marks show that.
    pub(super) has_marks: bool,
    /// Whether private-use characters may have vanished.
    pub(super) hides: bool,
    /// Whether the decoder dropped what it could not read instead of writing `?`.
    pub(super) drops: bool,
    /// Whether there are glosses behind letters.
    pub(super) has_letters: bool,
    /// Where the glosses begin that are readings of the characters before them; by place.
    pub(super) readings: Vec<usize>,
    /// The characters with a gloss, and it; by character.
    table: Vec<(char, Syllable)>,
    /// The page's neighbours, once a search asks for them.
    neighbours: OnceCell<Neighbours>,
}

/// Whether a run may begin at the character on a page whose decoder dropped what
/// it could not read.
pub(super) fn is_seed(character: char) -> bool {
    // Han characters, the most, are none.
    if matches!(character, '\u{3400}'..='\u{9FFF}') {
        return false;
    }
    BEHIND_HALF.contains(&character) || matches!(character, '(' | '（')
}

impl Page {
    /// Looks through the whole text, whose glosses may be known; `None` if nothing in it
    /// can be damage.
    pub(super) fn survey(text: &str, glosses: Option<&[Gloss]>) -> Option<Page> {
        let marks = marks(text);
        // Where `?` stands for nothing broken, only a decoder that drops can
        // have been at work, and that shows by glosses on wrong characters.
        if marks == 0 && memchr(b'(', text.as_bytes()).is_none() {
            return None;
        }
        let glosses = glosses.map_or_else(|| scan::glosses(text).into(), Cow::Borrowed);
        let brackets = memchr_iter(b'(', text.as_bytes());
        let letters: Vec<usize> = brackets
            .filter(|&bracket| is_glossed_letter(text, bracket))
            .collect();
        if marks == 0 && glosses.is_empty() && letters.is_empty() {
            return None;
        }
        let codec = Codec::get();
        let mut page = Page {
            narrow: !text.contains(WIDE),
            has_marks: text.contains(WIDE) || has_narrow_marks(text),
            hides: !has_private(text),
            ..Page::default()
        };
        let (mut fitting, mut misfits) = (0, 0);
        for gloss in glosses.iter() {
            if gloss.is_listed() {
                page.readings.push(gloss.range.start);
            }
            if gloss.fits_a_table() {
                fitting += 1;
                page.table.push((gloss.character, gloss.syllable));
            } else if !gloss.is_listed()
                && gloss.is_toned()
                && opens(codec, gloss.character, gloss.syllable)
            {
                misfits += 1;
            }
        }
        // Of a character's glosses the first one stays: the sort is stable.
        page.table.sort_by_key(|&(character, _)| character);
        page.table.dedup_by_key(|&mut (character, _)| character);
        let many = fitting >= LEAST_GLOSSES && page.table.len() >= LEAST_CHARACTERS;
        let tails = count_tails(text);
        page.evidence = match (tails, fitting) {
            (0, _) if has_broken_tag(text) => Shown::Filter,
            (0, 0) => Shown::Nothing,
            (0, _) if !many => Shown::Glosses,
            _ => Shown::Filter,
        };
        page.drops = tails == 0
            && (misfits > 0 || (many && (marks == 0 || ends_without_mark(text, &letters))));
        if marks == 0 && letters.is_empty() && !page.drops {
            return None;
        }
        page.has_letters = !letters.is_empty();
        Some(page)
    }

    /// The bytes that a character of the page had, which may have been a
    /// full-width one.
    pub(super) fn pair(&self, codec: &Codec, character: char) -> Option<[u8; 2]> {
        match character {
            '!'..='}' if self.narrow => Some([WIDE_ASCII, character as u8 + WIDENED]),
            _ => codec.pair(character),
        }
    }

    /// What has stood behind a symbol on the page, which is that of the text.
    pub(super) fn behind(&self, text: &str, first: Symbol) -> Behind<'_> {
        let neighbours = self.neighbours.get_or_init(|| Neighbours::of(text));
        neighbours.behind(first)
    }

    /// Whether the page has glossed the character.
    pub(super) fn glosses(&self, character: char) -> bool {
        self.gloss_of(character).is_some()
    }

    /// The page's gloss of the character.
    pub(super) fn gloss_of(&self, character: char) -> Option<&Syllable> {
        let place = self.table.binary_search_by_key(&character, |&(c, _)| c);
        place.ok().map(|place| &self.table[place].1)
    }
}

/// In how many bytes from a place on is looked whether it is hopeless, and how many `?`
/// may be among them. A `?` stands for half a character and the piece behind it, so that
/// damaged text has one in five bytes at most; a run of a few is one in places.
const NEAR: usize = 32;
const HOPELESS: usize = 12;

/// Whether so much is lost from a place of a text on that nothing can tell what it was.
/// A search would take as long there as through many times as much of a damaged page.
pub(super) fn is_hopeless(text: &str, at: usize) -> bool {
    let bytes = &text.as_bytes()[at..];
    let near = &bytes[..bytes.len().min(NEAR)];
    bytes.first() == Some(&b'?') && memchr_iter(b'?', near).count() > HOPELESS
}

/// Whether a text has a character of the private-use area.
fn has_private(text: &str) -> bool {
    // U+E000 to U+EFFF begin with EE, U+F000 to U+F8FF with EF 80 to EF A3.
    let bytes = text.as_bytes();
    let mut found = memchr2_iter(0xEE, 0xEF, bytes);
    found.any(|place| bytes[place] == 0xEE || bytes[place + 1] <= 0xA3)
}

/// Whether a character's last byte can begin one that has that reading.
fn opens(codec: &Codec, before: char, syllable: Syllable) -> bool {
    let pair = codec.pair(before);
    pair.is_some_and(|[_, trail]| codec.needles(trail, syllable).next().is_some())
}

/// How many `?` of a text can stand for half a character.
fn marks(text: &str) -> usize {
    memchr_iter(b'?', text.as_bytes())
        .filter(|&mark| {
            text[mark + 1..].starts_with(BEHIND_HALF)
                || matches!(Token::at(text, mark), Some((Token::Tail(_), _)))
        })
        .count()
}

/// Whether a text has an ASCII mark where Chinese text has a full-width one: behind
/// a Han character.
fn has_narrow_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut marks = memchr3_iter(b',', b':', b';', bytes).chain(memchr_iter(b'!', bytes));
    marks.any(|mark| text[..mark].chars().next_back().is_some_and(is_han))
}

/// Whether a tag has lost its first bracket to a `?`.
fn has_broken_tag(text: &str) -> bool {
    memchr_iter(b'?', text.as_bytes()).any(|mark| is_tag_end(&text[mark + 1..]))
}

/// Whether a run ends, at a letter with a gloss, before which no `?` stands.
fn ends_without_mark(text: &str, letters: &[usize]) -> bool {
    /// About the length of a run, in bytes.
    const BEFORE: usize = 90;
    letters.iter().any(|&bracket| {
        let near = bracket.saturating_sub(BEFORE)..bracket;
        memchr(b'?', &text.as_bytes()[near]).is_none()
    })
}

/// How many glosses inside characters a text shows.
pub(super) fn count_tails(text: &str) -> usize {
    memchr_iter(b'?', text.as_bytes())
        .filter(|&mark| is_tail(text, mark))
        .count()
}

/// Whether a `?` begins what is left of a gloss inside a character.
fn is_tail(text: &str, mark: usize) -> bool {
    let Some((Token::Tail(syllable), _)) = Token::at(text, mark) else {
        return false;
    };
    let mut end = mark;
    while let Some(start) = gloss_before(text, end) {
        end = start;
    }
    let before = text[..end].chars().next_back();
    syllable.is_toned() && before.is_some_and(|before| opens(Codec::get(), before, syllable))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::damage::codec::is_private;

    #[test]
    fn private_characters_are_told_by_their_bytes() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            assert_eq!(has_private(&text), is_private(character), "{character:?}");
        }
    }
}
