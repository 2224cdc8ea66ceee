//! Words by number, and where they occur in a text.

use std::ops::Range;

/// Distinct words in the order of their code points; a word's number is its
/// place.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// All words, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Vocabulary {
    /// That of some words, and the number that each of them has in it.
    pub(super) fn numbered<'w>(words: impl Iterator<Item = &'w str>) -> (Self, Vec<u32>) {
        let mut words: Vec<(&str, u32)> = words.zip(0..).collect();
        // Most come in a few sorted runs, or many times, which this sort makes use of.
        words.sort_by_key(|(word, _)| *word);
        let mut vocabulary = Vocabulary::default();
        let mut numbers = vec![0; words.len()];
        let mut last = None;
        for (word, place) in words {
            if last.replace(word) != Some(word) {
                vocabulary.text.push_str(word);
                vocabulary.ends.push(vocabulary.text.len());
            }
            numbers[place as usize] = vocabulary.ends.len() as u32 - 1;
        }
        (vocabulary, numbers)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|number| self.word(number))
    }

    /// The number of a word.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.word(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// Finds the words of a vocabulary in a text, overlapping ones too.
///
/// Most words have two characters, and most pairs of characters of a text begin
/// none: a bit says so for each pair, by a hash.
#[derive(Debug)]
pub(super) struct Scanner {
    /// By [`Scanner::hash`] of two characters: whether a word may begin so.
    filter: Box<[u64]>,
    /// The words that begin with two characters, by their hash, or in the next
    /// places that are free.
    places: Box<[Place]>,
    /// All words but those of one character, grouped by how they begin.
    words: Vec<Listed>,
    /// The words of one character, sorted.
    single: Vec<(char, u32)>,
    /// By the low bits of a character: whether it may be one of them.
    single_filter: [u64; SINGLE / 64],
}

/// A word of two characters or more.
#[derive(Clone, Copy, Debug)]
struct Listed {
    number: u32,
    /// What it has behind the first two characters, in the vocabulary's text.
    rest: u32,
    end: u32,
}

/// The words that begin with two characters.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    first: char,
    second: char,
    /// In [`Scanner::words`]; empty if the place is free.
    start: u32,
    end: u32,
}

/// The bits of the filter: 8 KB, which a first-level cache holds.
const FILTER: u32 = 16;

/// The bits of that for words of one character, of which there are few.
const SINGLE: usize = 1024;

impl Scanner {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        // Sorted words that begin alike stand together.
        let mut groups: Vec<(char, char, Vec<Listed>)> = Vec::new();
        let mut single = Vec::new();
        for (number, word) in (0..).zip(vocabulary.words()) {
            let mut characters = word.chars();
            match (characters.next(), characters.next()) {
                (Some(first), Some(second)) => {
                    let end = vocabulary.ends[number as usize];
                    let listed = Listed {
                        number,
                        rest: (end - characters.as_str().len()) as u32,
                        end: end as u32,
                    };
                    match groups.last_mut() {
                        Some((a, b, words)) if (*a, *b) == (first, second) => words.push(listed),
                        _ => groups.push((first, second, vec![listed])),
                    }
                }
                (Some(only), None) => single.push((only, number)),
                (None, _) => {}
            }
        }
        let mut scanner = Scanner {
            filter: vec![0; 1 << (FILTER - 6)].into(),
            places: vec![Place::default(); (2 * groups.len()).next_power_of_two()].into(),
            words: Vec::with_capacity(vocabulary.len()),
            single,
            single_filter: [0; SINGLE / 64],
        };
        for &(only, _) in &scanner.single {
            let bit = only as usize % SINGLE;
            scanner.single_filter[bit / 64] |= 1 << (bit % 64);
        }
        for (first, second, words) in groups {
            let start = scanner.words.len() as u32;
            scanner.words.extend(words);
            let end = scanner.words.len() as u32;
            let hash = Self::hash(first, second);
            let bit = hash >> (64 - FILTER);
            scanner.filter[(bit >> 6) as usize] |= 1 << (bit & 63);
            let mut at = scanner.first_place(hash);
            while scanner.places[at].end > 0 {
                at = (at + 1) % scanner.places.len();
            }
            scanner.places[at] = Place {
                first,
                second,
                start,
                end,
            };
        }
        scanner
    }

    /// Calls for every word of the vocabulary it was made for, in the order in
    /// which they begin.
    pub(super) fn scan(
        &self,
        vocabulary: &Vocabulary,
        text: &str,
        mut each: impl FnMut(Range<usize>, u32),
    ) {
        let mut before = None;
        let has_single = !self.single.is_empty();
        for (next, second) in text.char_indices() {
            if let Some((at, first)) = before {
                let hash = Self::hash(first, second);
                let bit = hash >> (64 - FILTER);
                if self.filter[(bit >> 6) as usize] >> (bit & 63) & 1 != 0 {
                    let pair = at..next + second.len_utf8();
                    self.words_at(vocabulary, text, pair, (first, second, hash), &mut each);
                }
            }
            if has_single {
                self.single_at(next, second, &mut each);
            }
            before = Some((next, second));
        }
    }

    #[inline]
    fn single_at(&self, at: usize, only: char, each: &mut impl FnMut(Range<usize>, u32)) {
        let bit = only as usize % SINGLE;
        if self.single_filter[bit / 64] >> (bit % 64) & 1 != 0 {
            let found = self.single.binary_search_by_key(&only, |&(c, _)| c);
            if let Ok(index) = found {
                each(at..at + only.len_utf8(), self.single[index].1);
            }
        }
    }

    #[inline(never)]
    fn words_at(
        &self,
        vocabulary: &Vocabulary,
        text: &str,
        pair: Range<usize>,
        (first, second, hash): (char, char, u64),
        each: &mut impl FnMut(Range<usize>, u32),
    ) {
        let mut place = self.first_place(hash);
        let found = loop {
            let found = self.places[place];
            if found.end == 0 {
                return;
            }
            if (found.first, found.second) == (first, second) {
                break found;
            }
            place = (place + 1) % self.places.len();
        };
        let behind = &text.as_bytes()[pair.end..];
        for listed in &self.words[found.start as usize..found.end as usize] {
            let rest = &vocabulary.text.as_bytes()[listed.rest as usize..listed.end as usize];
            if rest.is_empty() || behind.starts_with(rest) {
                each(pair.start..pair.end + rest.len(), listed.number);
            }
        }
    }

    fn first_place(&self, hash: u64) -> usize {
        (hash >> 36) as usize & (self.places.len() - 1)
    }

    fn hash(first: char, second: char) -> u64 {
        let both = u64::from(u32::from(first)) << 32 | u64::from(u32::from(second));
        both.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, as pieces of the text.
    fn found<'t>(words: &[&str], text: &'t str) -> Vec<&'t str> {
        let (vocabulary, _) = Vocabulary::numbered(words.iter().copied());
        let mut found = Vec::new();
        Scanner::new(&vocabulary).scan(&vocabulary, text, |range, number| {
            assert_eq!(&text[range.clone()], vocabulary.word(number));
            found.push(&text[range]);
        });
        found
    }

    #[test]
    fn all_words_are_found_wherever_they_stand() {
        let words = ["工业", "工业链", "业链", "大", "U盘", "a", "a b", "👩‍🌾"];
        assert_eq!(
            found(&words, "工业链大U盘a ba👩‍🌾工业"),
            [
                "工业",
                "工业链",
                "业链",
                "大",
                "U盘",
                "a",
                "a b",
                "a",
                "👩‍🌾",
                "工业"
            ]
        );
        assert!(found(&words, "工").is_empty() && found(&words, "").is_empty());
        assert!(found(&[], "工业").is_empty());
    }

    #[test]
    fn a_word_is_found_by_its_number() {
        let (vocabulary, numbers) = Vocabulary::numbered(["乙", "甲", "乙", "丙丁"].into_iter());
        assert_eq!(numbers, [1, 2, 1, 0]);
        let words: Vec<&str> = vocabulary.words().collect();
        assert_eq!(words, ["丙丁", "乙", "甲"]);
        assert_eq!(vocabulary.number("甲"), Some(2));
        assert_eq!(vocabulary.number("丙"), None);
    }

    #[test]
    fn it_finds_what_a_search_for_each_word_finds() {
        let dictionary = crate::dictionary::built_in();
        let (vocabulary, _) = Vocabulary::numbered(dictionary.iter().map(|entry| entry.spun));
        let scanner = Scanner::new(&vocabulary);
        let text = include_str!("../../../dictionaries/wording/education.tsv");
        let mut found = Vec::new();
        scanner.scan(&vocabulary, text, |range, number| {
            found.push((range.start, number))
        });
        let mut expected: Vec<(usize, u32)> = (0..)
            .zip(vocabulary.words())
            .flat_map(|(number, word)| {
                // Occurrences that overlap too.
                let starts = text.char_indices().map(|(start, _)| start);
                starts
                    .filter(|&start| text[start..].starts_with(word))
                    .map(move |start| (start, number))
                    .collect::<Vec<_>>()
            })
            .collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected);
    }
}
