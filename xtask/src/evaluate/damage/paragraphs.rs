//! Undamaged paragraphs such as authors write, which look a little like
//! damage.

use crate::evaluate::documents::ends_sentence;
use crate::simulate::{Random, bytes_of, convert, customary_reading, narrow};

const GLOSSES: &str = include_str!("../../../data/injected/glosses.txt");
const QUESTIONS: &str = include_str!("../../../data/injected/questions.txt");
const ASCII: &str = include_str!("../../../data/injected/ascii.txt");
const ENGLISH: &str = include_str!("../../../data/injected/english.txt");

/// Marks of excited authors.
const MARKS: [&str; 8] = ["??", "??,", "?!", "？？", "？？，", "？！", "???", "??;"];

/// The lengths of held-out sentences that are taken.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=80;

/// The lead bytes of the common half of GB 2312's characters.
const COMMON_LEADS: std::ops::RangeInclusive<u8> = 0xB0..=0xD7;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// From our list of sentences with glosses.
    WrittenGlosses,
    /// A held-out sentence with glosses on some characters.
    Glosses,
    WrittenQuestions,
    /// A held-out sentence with other marks.
    Questions,
    /// A held-out sentence with ASCII between two characters.
    Ascii,
    English,
    /// A held-out sentence as the page's script has it.
    Converted,
    /// A held-out sentence in Simplified script.
    Simplified,
}

impl Style {
    pub(super) const ALL: [Style; 8] = [
        Style::WrittenGlosses,
        Style::Glosses,
        Style::WrittenQuestions,
        Style::Questions,
        Style::Ascii,
        Style::English,
        Style::Converted,
        Style::Simplified,
    ];

    /// A paragraph of the style, in the page's script and widths. `None` if
    /// the sentence does not lend itself to it.
    pub(super) fn paragraph(
        self,
        sentence: &str,
        narrows: bool,
        random: &mut Random,
    ) -> Option<String> {
        let text = match self {
            Style::WrittenGlosses => drawn(GLOSSES, random).to_owned(),
            Style::WrittenQuestions => drawn(QUESTIONS, random).to_owned(),
            Style::English => drawn(ENGLISH, random).to_owned(),
            Style::Glosses => with_glosses(sentence, random)?,
            Style::Questions => with_marks(sentence, random),
            Style::Ascii => with_ascii(sentence, random)?,
            Style::Converted => sentence.to_owned(),
            Style::Simplified => return Some(sentence.to_owned()),
        };
        let as_page = |character| match convert(character) {
            character if narrows => narrow(character),
            character => character,
        };
        Some(text.chars().map(as_page).collect())
    }
}

/// The sentences of a document that GBK holds, with their marks.
pub(super) fn sentences(document: &str) -> Vec<&str> {
    document
        .split_inclusive(ends_sentence)
        .map(str::trim)
        .filter(|sentence| LENGTHS.contains(&sentence.chars().count()))
        .filter(|sentence| {
            let holds = |c: char| c.is_ascii() || bytes_of(convert(c)).is_some();
            sentence.chars().all(holds)
        })
        .collect()
}

fn drawn(list: &'static str, random: &mut Random) -> &'static str {
    let lines: Vec<&str> = list
        .lines()
        .filter(|line| !line.starts_with("# "))
        .collect();
    lines[random.below(lines.len() as u64) as usize]
}

/// Puts glosses behind one to three characters, rather behind rare ones.
fn with_glosses(sentence: &str, random: &mut Random) -> Option<String> {
    let characters: Vec<char> = sentence.chars().collect();
    let candidates: Vec<(usize, u32)> = characters
        .iter()
        .enumerate()
        .filter(|(_, character)| customary_reading(convert(**character)).is_some())
        .map(|(at, &character)| (at, if is_rare(character) { 20 } else { 1 }))
        .collect();
    if candidates.is_empty() {
        return None;
    }
    let count = random.between(1, 3);
    let glossed: Vec<usize> = (0..count).map(|_| random.weighted(&candidates)).collect();
    let mut text = String::new();
    for (at, &character) in characters.iter().enumerate() {
        text.push(character);
        if glossed.contains(&at)
            && let Some(reading) = customary_reading(convert(character))
        {
            text.extend(["(", reading, ")"]);
        }
    }
    Some(text)
}

/// Whether the character is in the second half of GB 2312, or not in it.
fn is_rare(character: char) -> bool {
    bytes_of(character).is_some_and(|[lead, trail]| !COMMON_LEADS.contains(&lead) || trail < 0xA1)
}

/// Other marks in place of a comma or of the last mark.
fn with_marks(sentence: &str, random: &mut Random) -> String {
    let mark = MARKS[random.below(MARKS.len() as u64) as usize];
    let commas: Vec<usize> = sentence.match_indices('，').map(|(at, _)| at).collect();
    if !commas.is_empty() && random.chance(0.5) {
        let at = commas[random.below(commas.len() as u64) as usize];
        let rest = &sentence[at + '，'.len_utf8()..];
        return format!("{}{mark}{rest}", &sentence[..at]);
    }
    let ends = |c: char| ends_sentence(c) || c.is_ascii_punctuation();
    format!("{}{mark}", sentence.trim_end_matches(ends))
}

/// A word, a formula or code between two Han characters.
fn with_ascii(sentence: &str, random: &mut Random) -> Option<String> {
    let is_han = |character: char| ('\u{4E00}'..='\u{9FFF}').contains(&character);
    let places: Vec<usize> = sentence
        .char_indices()
        .skip(1)
        .filter(|&(at, character)| {
            is_han(character) && sentence[..at].chars().next_back().is_some_and(is_han)
        })
        .map(|(at, _)| at)
        .collect();
    if places.is_empty() {
        return None;
    }
    let at = places[random.below(places.len() as u64) as usize];
    let (head, tail) = sentence.split_at(at);
    Some(format!("{head}{}{tail}", drawn(ASCII, random)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_makes_paragraphs() {
        let mut random = Random::of_document(1, 1);
        let sentence = "饕餮是古代传说中的一种野兽，很贪吃。";
        for style in Style::ALL {
            let made = style.paragraph(sentence, false, &mut random).unwrap();
            assert!(!made.is_empty());
            let same = made.chars().map(convert).eq(sentence.chars().map(convert));
            assert_eq!(same, style >= Style::Converted, "{style:?}: {made}");
        }
    }

    #[test]
    fn gbk_holds_what_we_wrote() {
        for list in [GLOSSES, QUESTIONS, ASCII, ENGLISH] {
            assert!(list.starts_with("# ") && list.lines().count() > 20);
            let holds = |c: char| c.is_ascii() || bytes_of(convert(c)).is_some();
            let lacks: Vec<char> = list.chars().filter(|&c| !holds(c)).collect();
            assert!(lacks.is_empty(), "{lacks:?}");
        }
    }

    #[test]
    fn sentences_end_with_their_marks() {
        let found =
            sentences("太短。这一句话足够长了！\n这一句里有表情😀不能要。末尾没有标点的一句话");
        assert_eq!(found, ["这一句话足够长了！", "末尾没有标点的一句话"]);
    }
}
