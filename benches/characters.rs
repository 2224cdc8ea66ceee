//! The characters stage alone, in MB/s of input: on text that needs nothing, which
//! costs a look at each byte, and on text in which one character in seven is a radical.
//!
//! The clean text is `examples/reprint.restored.txt` over and over, in documents of
//! about 16 KB; other text, a document a file, is taken from the folder
//! `ZHENGBEN_CLEAN`.

mod documents;

use divan::Bencher;
use divan::counter::BytesCount;
use zhengben::workshop::character_edits;

static CLEAN: &str = include_str!("../examples/reprint.restored.txt");

/// As an extractor of PDF files leaves it.
static RADICALS: &str = "在单体应用中，⼀个函数可以调⽤其他任何⼀个公共函数，⽽且⾮常⾼效。\n";

fn main() {
    divan::main();
}

fn look(bencher: Bencher, documents: &[String]) {
    let bytes: usize = documents.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let found = documents.iter().map(|text| character_edits(text));
        found.sum::<usize>()
    });
}

#[divan::bench]
fn clean_text(bencher: Bencher) {
    look(bencher, &documents::of_folder("ZHENGBEN_CLEAN", CLEAN));
}

#[divan::bench]
fn radicals(bencher: Bencher) {
    look(bencher, &documents::repeated(RADICALS));
}
