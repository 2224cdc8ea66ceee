//! All stages, in MB/s of input, as `Cleaner::clean` runs them, with a cleaner that is
//! made once.
//!
//! The texts are the examples over and over, in documents of about 16 KB: of the glossed
//! and spun one and of the broken one, every line is damaged. Repeated text flatters
//! caches; `cargo xtask compare` measures on other texts.

mod documents;

use divan::Bencher;
use divan::counter::BytesCount;
use documents::repeated;
use encoding_rs::{GBK, WINDOWS_1252};
use zhengben::{Cleaner, Source, Syntax};

static CLEAN: &str = include_str!("../examples/reprint.restored.txt");
static REPRINT: &str = include_str!("../examples/reprint.txt");
static BROKEN: &str = include_str!("../examples/broken.txt");

/// How many documents to restore where that takes long.
const FEW: usize = 2;

fn main() {
    divan::main();
}

fn clean(bencher: Bencher, documents: &[String], syntax: Syntax) {
    let cleaner = Cleaner::new();
    documents::measure(bencher, documents, |text| {
        let source = Source::from(text).with_syntax(syntax);
        cleaner.clean(source).text().len()
    });
}

#[divan::bench]
fn clean_simplified(bencher: Bencher) {
    clean(bencher, &repeated(CLEAN), Syntax::Plain);
}

#[divan::bench]
fn clean_traditional(bencher: Bencher) {
    let text = documents::traditional(CLEAN);
    clean(bencher, &repeated(&text), Syntax::Plain);
}

#[divan::bench]
fn clean_html(bencher: Bencher) {
    let text = documents::html(CLEAN);
    clean(bencher, &repeated(&text), Syntax::Html);
}

#[divan::bench(sample_count = 10)]
fn glossed_and_spun(bencher: Bencher) {
    clean(bencher, &repeated(REPRINT)[..FEW], Syntax::Plain);
}

#[divan::bench(sample_count = 10)]
fn broken(bencher: Bencher) {
    clean(bencher, &repeated(BROKEN)[..FEW], Syntax::Plain);
}

#[divan::bench(sample_count = 10)]
fn wrongly_decoded(bencher: Bencher) {
    let text = GBK.decode_without_bom_handling(CLEAN.as_bytes()).0;
    clean(bencher, &repeated(&text)[..FEW], Syntax::Plain);
}

#[divan::bench(sample_count = 10)]
fn wrongly_decoded_western(bencher: Bencher) {
    let (bytes, _, _) = GBK.encode(CLEAN);
    let text = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
    clean(bencher, &repeated(&text)[..FEW], Syntax::Plain);
}

/// From the bytes of a file whose encoding is not known.
#[divan::bench]
fn clean_gbk(bencher: Bencher) {
    let documents: Vec<Vec<u8>> = repeated(CLEAN)
        .iter()
        .map(|text| GBK.encode(text).0.into_owned())
        .collect();
    let bytes: usize = documents.iter().map(Vec::len).sum();
    let cleaner = Cleaner::new();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let sources = documents
            .iter()
            .map(|bytes| Source::decode(bytes).expect("GBK"));
        sources
            .map(|source| cleaner.clean(source).text().len())
            .sum::<usize>()
    });
}

/// What a cleaner costs before it sees any text.
#[divan::bench]
fn start() -> Cleaner {
    Cleaner::new()
}
