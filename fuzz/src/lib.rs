//! What the fuzz targets share: texts made of bytes, and what holds for every one.

#[path = "../../tests/common/pieces.rs"]
mod pieces;

use std::sync::LazyLock;

use zhengben::{Cleaned, Cleaner, Source};

/// The cleaner with everything on.
pub static CLEANER: LazyLock<Cleaner> = LazyLock::new(Cleaner::new);

/// The same that also applies what is not safe.
pub static BOLD: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::builder().apply_unsafe(true).build());

/// What no target cleans more of at a time, in bytes: fuzzers find a way to be slow.
pub const LONGEST: usize = 4096;

/// A text in which a byte stands for a piece of garbled text, of a file's structure or
/// for itself, so that a change of a byte is a change of a piece.
///
/// Where a byte stands for a word of a list, the one behind it says for which.
pub fn text(data: &[u8], words: &[&str]) -> String {
    let mut text = String::new();
    let mut bytes = data.iter().map(|&byte| usize::from(byte));
    while let Some(byte) = bytes.next()
        && text.len() < LONGEST
    {
        let second = bytes.clone().next().unwrap_or_default();
        match byte {
            // ASCII is itself.
            ..0x80 => text.push(byte as u8 as char),
            0x80..0xC0 if !words.is_empty() => {
                bytes.next();
                text.push_str(words[((byte - 0x80) << 8 | second) % words.len()]);
            }
            0x80..0xE0 => text.push_str(&pieces::PIECES[byte % pieces::PIECES.len()]),
            // Ideographs that are used.
            _ => {
                bytes.next();
                let character = 0x4E00 + (((byte - 0xE0) << 8 | second) % 0x51A6) as u32;
                text.extend(char::from_u32(character));
            }
        }
    }
    text
}

/// Cleans a document with both cleaners and holds the result to what is promised of
/// every one.
///
/// # Panics
/// If it is not kept.
pub fn clean(source: &Source<'_>) {
    for cleaner in [&*CLEANER, &*BOLD] {
        let cleaned = cleaner.clean(source.clone());
        hold(&cleaned);
        let again = Source::from(cleaned.text()).with_syntax(source.syntax());
        // With bytes something was cleaned that a text does not have.
        if source.bytes() == source.text().as_bytes() && source.closed().is_none() {
            assert_eq!(
                cleaner.clean(again).text(),
                cleaned.text(),
                "not idempotent"
            );
        }
    }
}

/// Holds a result to what is promised of every one.
///
/// # Panics
/// If it is not kept.
pub fn hold(cleaned: &Cleaned<'_>) {
    assert_eq!(
        pieces::replayed(cleaned),
        cleaned.text(),
        "edits do not replay"
    );
    if cleaned.is_clean() {
        assert_eq!(cleaned.text(), cleaned.source().text());
    }
    if cleaned.text() == cleaned.source().text() && !cleaned.edits().any(|edit| edit.applied) {
        let written = cleaned.to_bytes().expect("what was read can be written");
        assert_eq!(
            *written,
            *cleaned.source().bytes(),
            "an untouched file is another one"
        );
    }
}
