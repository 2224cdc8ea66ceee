//! What texts for every property are made of, and what holds for each of them. The
//! fuzz targets use it too.

use std::sync::LazyLock;

use zhengben::Cleaned;

/// Pieces of garbled and clean text and of files' structure, so that stages meet each
/// other's output: those of `tests/data/pieces.json`.
pub(crate) static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/pieces.json")).expect("a list of strings")
});

/// The text that comes out when the applied edits are replayed on the input.
///
/// # Panics
/// If the edits are not what they are said to be: sorted, disjoint, each with its
/// original and a cause.
pub(crate) fn replayed(cleaned: &Cleaned<'_>) -> String {
    let source = cleaned.source().text();
    let mut out = String::new();
    let mut done = 0;
    for edit in cleaned.edits().filter(|edit| edit.applied) {
        assert!(done <= edit.range.start, "sorted and disjoint");
        assert_eq!(&source[edit.range.clone()], edit.original);
        assert!(!edit.causes.is_empty());
        out.push_str(&source[done..edit.range.start]);
        out.push_str(edit.replacement);
        done = edit.range.end;
    }
    out.push_str(&source[done..]);
    out
}
