//! Radicals that stand for the ideographs they look like. Extractors of PDF files
//! write the one for the other, and no search finds the word.
//!
//! A text that speaks of radicals means them: nothing is done in one that names them,
//! lists them in their order, or has one beside its own ideograph.

use std::sync::LazyLock;

use super::proposal;
use super::surroundings::{
    Lines, are_listed, before, behind, encloses, is_hanlike, is_radical, names_any,
};
use crate::edit::{Proposal, Safety};
use crate::language::is_han;
use crate::language::ngram::Model;
use crate::reason::Both;
use crate::rules::Rule;

const TABLE: &str = include_str!("../../../dictionaries/characters/radicals.tsv");

/// The first code point of the two blocks, and how many there are.
const FIRST: usize = 0x2E80;
const COUNT: usize = 0x160;

/// Words of texts that speak of radicals.
const WORDS: [&str; 17] = [
    "部首", "偏旁", "字旁", "字头", "字頭", "字底", "笔画", "笔划", "筆畫", "筆劃", "字根", "造字",
    "说文", "說文", "Unicode", "adical", "U+2",
];

/// The least log-probability (nats) of an ideograph that running text has. Of the
/// supplement's, 47 are above, from 小 to 冗; below are parts of characters such as 亻
/// and 氵, at -13.95, with some rare ones between.
const RUNNING: f32 = -10.5;

/// The ideographs that the radicals look like.
fn ideographs() -> &'static [Option<char>] {
    static IDEOGRAPHS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
        let mut table = vec![None; COUNT];
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t').map(|cell| cell.chars().next());
            if let (Some(Some(radical)), Some(ideograph)) = (cells.next(), cells.next())
                && let Some(entry) = table.get_mut(radical as usize - FIRST)
            {
                *entry = ideograph;
            }
        }
        table
    });
    &IDEOGRAPHS
}

/// The ideograph that a radical looks like.
pub(super) fn ideograph(radical: char) -> Option<char> {
    let place = (radical as usize).checked_sub(FIRST)?;
    ideographs().get(place).copied().flatten()
}

/// Proposes to write ideographs for radicals.
pub(super) fn propose(text: &str, lines: &mut Lines<'_>, found: &mut Vec<Proposal>) {
    let radicals: Vec<(usize, char, char)> = text
        .char_indices()
        .filter(|&(_, c)| is_radical(c))
        .filter_map(|(at, c)| Some((at, c, ideograph(c)?)))
        .collect();
    if radicals.is_empty() || speaks_of_radicals(text, &radicals) {
        return;
    }
    let runs = |&(at, c, _): &(usize, char, char)| is_in_word(text, at, at + c.len_utf8());
    let is_running_text = radicals.iter().any(runs);
    for (at, radical, ideograph) in radicals {
        let range = at..at + radical.len_utf8();
        if lines.is_foreign_at(at) || describes(text, at) {
            continue;
        }
        let safety = match is_running_text && is_ordinary(radical, ideograph) {
            true => Safety::Safe,
            false => Safety::Unsafe,
        };
        found.push(proposal(
            range,
            String::from(ideograph),
            Rule::CharRadical,
            safety,
            &Both {
                en: "a radical in running text stands for the ideograph that it looks like",
                zh: "正文里的部首符号代表形似的汉字",
            },
        ));
    }
}

fn speaks_of_radicals(text: &str, radicals: &[(usize, char, char)]) -> bool {
    let is_beside_itself = |&(at, radical, ideograph): &(usize, char, char)| {
        // With a space or a bracket between at most.
        let mut near = text[..at].chars().rev().take(2);
        let mut far = text[at + radical.len_utf8()..].chars().take(2);
        let is_between = |c: Option<char>| c.is_some_and(|c| !is_han(c));
        let (before, behind) = (near.next(), far.next());
        (is_between(before) && near.next() == Some(ideograph))
            || (is_between(behind) && far.next() == Some(ideograph))
    };
    // The head of a dictionary's part, such as ⼈部.
    let is_head = |&(at, radical, _): &(usize, char, char)| {
        let mut far = text[at + radical.len_utf8()..].chars();
        !before(text, at).is_some_and(is_hanlike)
            && far.next() == Some('部')
            && !far.next().is_some_and(is_hanlike)
    };
    are_listed(radicals.iter().map(|&(_, radical, _)| radical))
        || radicals.iter().any(is_beside_itself)
        || radicals.iter().any(is_head)
        || names_any(text, &WORDS)
}

/// Whether what is between the two places has a Han character or a radical beside it,
/// as in a word.
fn is_in_word(text: &str, start: usize, end: usize) -> bool {
    let is_beside = |c: Option<char>| c.is_some_and(is_hanlike);
    let (before, behind) = (before(text, start), behind(text, end));
    (is_beside(before) || is_beside(behind)) && !encloses(before, behind)
}

/// Whether it is a part in the description of a character, such as ⿰⺡工.
fn describes(text: &str, at: usize) -> bool {
    let is_operator = |c| matches!(c, '\u{2FF0}'..='\u{2FFF}');
    let mut before = text[..at].chars().rev();
    before.next().is_some_and(is_operator) || before.next().is_some_and(is_operator)
}

/// Whether the ideograph is one of running text: all Kangxi radicals are, of the
/// supplement many are parts of characters only.
fn is_ordinary(radical: char, ideograph: char) -> bool {
    radical >= '\u{2F00}' || Model::embedded().unigram_log_prob(ideograph) >= RUNNING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_all_radicals_but_one() {
        assert_eq!(ideographs().iter().flatten().count(), 214 + 114);
        assert_eq!(ideograph('⺀'), None);
        assert_eq!(ideograph('⻢'), Some('马'));
        assert_eq!(ideograph('⿕'), Some('龠'));
        assert_eq!(ideograph('一'), None);
    }

    #[test]
    fn parts_of_characters_are_not_ordinary() {
        let supplement = ('\u{2E80}'..='\u{2EFF}').filter_map(|c| Some((c, ideograph(c)?)));
        let ordinary = supplement.filter(|&(radical, ideograph)| is_ordinary(radical, ideograph));
        assert_eq!(ordinary.count(), 47);
        for (radical, expected) in [('⻓', true), ('⻢', true), ('⺡', false), ('⺅', false)] {
            assert_eq!(is_ordinary(radical, ideograph(radical).unwrap()), expected);
        }
    }
}
