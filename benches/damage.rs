//! The search for broken characters alone, in MB/s of input.
//!
//! The damaged text is `examples/broken.txt` over and over, documents of about 16
//! KB: four broken places in 290 bytes, many times what real pages have. The
//! whole one is `examples/reprint.restored.txt`: it costs a
//! look at the question marks and the brackets. Other files of damaged text, a
//! document each, are taken from the folder `ZHENGBEN_DAMAGED`.

use std::fs;

use divan::Bencher;
use divan::counter::BytesCount;
use zhengben::workshop::repairs;

static BROKEN: &str = include_str!("../examples/broken.txt");
static WHOLE: &str = include_str!("../examples/reprint.restored.txt");

/// The least size of a document: that of a page of the web.
const DOCUMENT: usize = 16 << 10;

/// How many documents to search.
const DOCUMENTS: usize = 32;

fn main() {
    divan::main();
}

fn documents(text: &str) -> Vec<String> {
    vec![text.repeat(DOCUMENT.div_ceil(text.len())); DOCUMENTS]
}

fn damaged() -> Vec<String> {
    let Some(folder) = std::env::var_os("ZHENGBEN_DAMAGED") else {
        return documents(BROKEN);
    };
    let files = fs::read_dir(folder).expect("ZHENGBEN_DAMAGED is a folder");
    files
        .map(|file| fs::read_to_string(file.expect("readable").path()).expect("text"))
        .collect()
}

fn search(bencher: Bencher, documents: &[String]) {
    let bytes: usize = documents.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let found = documents.iter().map(|text| repairs(text).len());
        found.sum::<usize>()
    });
}

#[divan::bench]
fn damaged_text(bencher: Bencher) {
    search(bencher, &damaged());
}

#[divan::bench]
fn whole_text(bencher: Bencher) {
    search(bencher, &documents(WHOLE));
}
