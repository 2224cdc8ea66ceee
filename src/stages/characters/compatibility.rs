//! Compatibility ideographs: second code points of the same character, which
//! normalisation (NFC) folds. Of the 1,014 of the two blocks 12 are characters of their
//! own and have no row.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::proposal;
use super::surroundings::{Lines, are_listed, names_any};
use crate::edit::{Proposal, Safety};
use crate::reason::Both;
use crate::rules::Rule;

/// OpenCC's rows are Unicode's canonical decompositions; `cargo xtask verify
/// characters` compares them.
const TABLE: &str = include_str!("../../../dictionaries/opencc/CJK_Compatibility_Ideographs.txt");

/// Words of texts that speak of code points.
const WORDS: [&str; 5] = ["Unicode", "U+", "兼容汉字", "兼容字", "相容字"];

fn unified() -> &'static HashMap<char, char> {
    static UNIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| {
            let (key, value) = line.split_once('\t')?;
            Some((key.chars().next()?, value.chars().next()?))
        })
        .collect()
    });
    &UNIFIED
}

fn is_compatibility(character: char) -> bool {
    matches!(character, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Proposes to fold them, unless the text lists them or speaks of them.
pub(super) fn propose(text: &str, lines: &mut Lines<'_>, found: &mut Vec<Proposal>) {
    let all = || text.char_indices().filter(|&(_, c)| is_compatibility(c));
    if all().next().is_none() || are_listed(all().map(|(_, c)| c)) || names_any(text, &WORDS) {
        return;
    }
    for (at, character) in all() {
        let Some(&unified) = unified().get(&character) else {
            continue;
        };
        if !lines.is_foreign_at(at) {
            found.push(proposal(
                at..at + character.len_utf8(),
                String::from(unified),
                Rule::CharCompatibility,
                Safety::Safe,
                &Both {
                    en: "a compatibility ideograph is another code point of the same character",
                    zh: "兼容汉字是同一个字的另一个码位",
                },
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unified_ideographs_of_the_blocks_stay() {
        assert_eq!(unified().len(), 1002);
        let stay = ('\u{FA0E}'..='\u{FA29}').filter(|c| !unified().contains_key(c));
        assert_eq!(stay.count(), 12);
    }
}
