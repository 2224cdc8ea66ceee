//! The markup stage alone, in MB/s of input: on text that needs nothing, which costs a
//! look for two characters, and on text with a line break or an entity in each line.
//!
//! The clean text is `examples/reprint.restored.txt` over and over, in documents of about
//! 16 KB.

mod documents;

use divan::Bencher;
use documents::{measure, repeated};
use zhengben::workshop::markup_edits;

static CLEAN: &str = include_str!("../examples/reprint.restored.txt");

/// As a copier of pages leaves it.
static REMAINS: &str = "工业园区的扩建，提供了动力源。<br />\n记者&nbsp;李明&amp;nbsp;报道\n";

fn main() {
    divan::main();
}

#[divan::bench]
fn clean_text(bencher: Bencher) {
    measure(bencher, &repeated(CLEAN), markup_edits);
}

#[divan::bench]
fn remains(bencher: Bencher) {
    measure(bencher, &repeated(REMAINS), markup_edits);
}
