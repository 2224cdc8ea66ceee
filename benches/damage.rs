//! The search for broken characters alone, in MB/s of input.
//!
//! The damaged text is `examples/broken.txt` over and over, documents of about 16
//! KB: four broken places in 290 bytes, many times what real pages have. The
//! whole one is `examples/reprint.restored.txt`: it costs a
//! look at the question marks and the brackets. Other files of damaged text, a
//! document each, are taken from the folder `ZHENGBEN_DAMAGED`.

mod documents;

use divan::Bencher;
use divan::counter::BytesCount;
use zhengben::workshop::repairs;

static BROKEN: &str = include_str!("../examples/broken.txt");
static WHOLE: &str = include_str!("../examples/reprint.restored.txt");

fn main() {
    divan::main();
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
    search(bencher, &documents::of_folder("ZHENGBEN_DAMAGED", BROKEN));
}

#[divan::bench]
fn whole_text(bencher: Bencher) {
    search(bencher, &documents::repeated(WHOLE));
}
