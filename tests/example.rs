//! The shipped example comes out as its author wrote it.

use zhengben::Cleaner;

#[test]
fn the_reprint_is_restored() {
    let cleaned = Cleaner::new();
    let cleaned = cleaned.clean(include_str!("../examples/reprint.txt"));
    assert_eq!(
        cleaned.text(),
        include_str!("../examples/reprint.restored.txt")
    );
}

#[test]
fn the_restored_article_is_clean() {
    let cleaner = Cleaner::new();
    let cleaned = cleaner.clean(include_str!("../examples/reprint.restored.txt"));
    assert!(
        cleaned.is_clean(),
        "{:?}",
        cleaned.edits().collect::<Vec<_>>()
    );
}
