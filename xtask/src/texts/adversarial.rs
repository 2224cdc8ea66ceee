//! Texts that are made to take long.

use std::collections::BTreeSet;

const PHRASES: &str = include_str!("../../../dictionaries/opencc/TSPhrases.txt");
const CHARACTERS: &str = include_str!("../../../dictionaries/opencc/TSCharacters.txt");

/// Where the private-use area of the basic plane begins and ends.
const PRIVATE: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';

/// A kind of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adversary {
    Parentheses,
    QuestionMarks,
    OneLine,
    PhraseStarts,
    Brackets,
    PrivateUse,
    Ambiguous,
}

impl Adversary {
    pub(crate) const ALL: [Adversary; 7] = [
        Adversary::Parentheses,
        Adversary::QuestionMarks,
        Adversary::OneLine,
        Adversary::PhraseStarts,
        Adversary::Brackets,
        Adversary::PrivateUse,
        Adversary::Ambiguous,
    ];

    /// In tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Adversary::Parentheses => "only `(`",
            Adversary::QuestionMarks => "only `?`",
            Adversary::OneLine => "clean text in one line",
            Adversary::PhraseStarts => "only first characters of phrases",
            Adversary::Brackets => "`<??>` over and over",
            Adversary::PrivateUse => "only private-use characters",
            Adversary::Ambiguous => "only characters with several conversions",
        }
    }

    /// About so many bytes of it, or what of it the plain text gives.
    pub(crate) fn make(self, plain: &str, size: usize) -> String {
        let unit = match self {
            Adversary::Parentheses => "(".to_owned(),
            Adversary::QuestionMarks => "?".to_owned(),
            Adversary::OneLine => plain.replace(['\n', '\r'], " "),
            Adversary::PhraseStarts => first_characters(rows(PHRASES)),
            Adversary::Brackets => "<??>".to_owned(),
            Adversary::PrivateUse => PRIVATE.collect(),
            Adversary::Ambiguous => {
                first_characters(rows(CHARACTERS).filter(|(_, to)| to.contains(' ')))
            }
        };
        cut_to(&unit.repeat(size.div_ceil(unit.len().max(1))), size).to_owned()
    }
}

/// The beginning of a text, of so many bytes at most.
pub(crate) fn cut_to(text: &str, size: usize) -> &str {
    let mut end = size.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = table.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
}

fn first_characters<'t>(rows: impl Iterator<Item = (&'t str, &'t str)>) -> String {
    let all: BTreeSet<char> = rows.filter_map(|(from, _)| from.chars().next()).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_the_size_that_is_asked_for_and_no_other_characters() {
        for adversary in Adversary::ALL {
            let made = adversary.make("今年\n产值增长。\n", 10_000);
            assert!((9_997..=10_000).contains(&made.len()), "{adversary:?}");
            assert!(!made.contains('\n'), "{adversary:?}");
        }
        let phrases = Adversary::PhraseStarts.make("", 1_000);
        assert!(phrases.contains('乾'), "{phrases}");
        assert!(Adversary::Ambiguous.make("", 1_000).contains('乾'));
        assert!(
            Adversary::PrivateUse
                .make("", 100)
                .chars()
                .all(|c| PRIVATE.contains(&c))
        );
    }
}
