//! What is known of the language: data, and how to look things up in them.

pub(crate) mod choice;
pub(crate) mod conversion;
pub(crate) mod gazetteer;
pub(crate) mod japanese;
pub(crate) mod ngram;
pub(crate) mod pinyin;
pub(crate) mod readings;

/// Whether the character is a Han character, of whatever plane.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether the character is of the private-use area of the basic plane, which
/// text extractors drop.
pub(crate) fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}')
}
