//! Characters that only Japanese has.

use std::sync::LazyLock;

/// One character a line, sorted by code point; comments come first.
/// `dictionaries/japanese/README.md` says which they are, `cargo xtask verify
/// japanese` keeps the promise.
pub(crate) static TABLE: &str = include_str!("../../dictionaries/japanese/characters.txt");

/// Whether Japanese has the character and no standard of Chinese: 訳, 図.
pub(crate) fn is_japanese(character: char) -> bool {
    static CHARACTERS: LazyLock<Vec<char>> = LazyLock::new(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.chars().next()).collect()
    });
    CHARACTERS.binary_search(&character).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::is_han;

    #[test]
    fn every_line_is_a_character_in_order() {
        let lines: Vec<&str> = TABLE.lines().skip_while(|l| l.starts_with('#')).collect();
        assert!(lines.is_sorted_by(|a, b| a < b));
        assert!(lines.len() > 100);
        for line in lines {
            let mut characters = line.chars();
            assert!(characters.next().is_some_and(is_han), "{line}");
            assert_eq!(characters.next(), None, "{line}");
        }
    }

    #[test]
    fn neither_script_of_chinese_has_one() {
        assert!("訳価対図読峠".chars().all(is_japanese));
        let chinese = "日本語說説産産國国学學为為爲裏里";
        assert!(!chinese.chars().any(is_japanese));
    }
}
