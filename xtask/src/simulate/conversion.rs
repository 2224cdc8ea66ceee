//! The filter's own conversion from Simplified to Traditional script: a
//! character for a character, without phrases.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::gbk;

static CHOICES: &str = include_str!("../../data/opencc/STCharacters.txt");
static EXCEPTIONS: &str = include_str!("../../data/conversion.tsv");

static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let rows = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    let mut table: HashMap<char, char> = rows(CHOICES)
        .filter_map(|line| {
            let (from, choices) = line.split_once('\t')?;
            let from = from.chars().next()?;
            let first = choices.chars().next()?;
            let stays = choices.contains(from) || gbk::pair(first).is_none();
            (!stays).then_some((from, first))
        })
        .collect();
    table.extend(rows(EXCEPTIONS).filter_map(|line| {
        let mut cells = line.split('\t').map(|cell| cell.chars().next());
        Some((cells.next()??, cells.next()??))
    }));
    table
});

/// What the filter makes of a character; most stay.
pub(crate) fn convert(character: char) -> char {
    TABLE.get(&character).copied().unwrap_or(character)
}

/// The characters that the filter makes others of, and what it makes, sorted.
pub(crate) fn pairs() -> Vec<(char, char)> {
    let mut pairs: Vec<_> = TABLE
        .iter()
        .filter(|(from, to)| from != to)
        .map(|(&from, &to)| (from, to))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// The characters that the conversion makes out of others, sorted.
pub(crate) fn made() -> Vec<char> {
    let mut made: Vec<char> = pairs().into_iter().map(|(_, to)| to).collect();
    made.sort_unstable();
    made.dedup();
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        text.chars().map(convert).collect()
    }

    #[test]
    fn it_is_the_conversion_of_the_pages_seen() {
        assert_eq!(
            converted("后里云于面制并只范干征"),
            "后里云于面制并只范干征"
        );
        assert_eq!(converted("为墙钟万价适冲没"), "為墻鐘萬價適沖沒");
        assert_eq!(converted("因为在幼儿园"), "因為在幼兒園");
    }

    #[test]
    fn everything_that_it_makes_is_in_gbk() {
        let made = made();
        assert!(made.iter().all(|&character| gbk::pair(character).is_some()));
        assert!(made.len() > 3000);
    }

    #[test]
    fn every_exception_is_one_and_has_a_reason() {
        let lines: Vec<_> = EXCEPTIONS.lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.is_sorted());
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let [from, _, reason] = cells[..] else {
                panic!("three columns: {line}")
            };
            assert!(from.chars().count() == 1 && !reason.is_empty(), "{line}");
        }
    }
}
