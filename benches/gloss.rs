//! The gloss stage alone, in MB/s of input: looking at a document and proposing its
//! edits once.
//!
//! The glossed text is `examples/reprint.txt` over and over, in documents of about 16
//! KB, in which every fourth Han character has a gloss; the others, without any, are
//! `examples/reprint.restored.txt` as it is and in Traditional characters. Other glossed
//! text, a document a file, is taken from the folder `ZHENGBEN_GLOSSED`.

mod documents;

use divan::Bencher;
use documents::{measure, of_folder, repeated};
use zhengben::workshop::gloss_edits;

static GLOSSED: &str = include_str!("../examples/reprint.txt");
static CLEAN: &str = include_str!("../examples/reprint.restored.txt");

fn main() {
    divan::main();
}

#[divan::bench]
fn glossed_text(bencher: Bencher) {
    measure(
        bencher,
        &of_folder("ZHENGBEN_GLOSSED", GLOSSED),
        gloss_edits,
    );
}

#[divan::bench]
fn clean_simplified(bencher: Bencher) {
    measure(bencher, &repeated(CLEAN), gloss_edits);
}

#[divan::bench]
fn clean_traditional(bencher: Bencher) {
    let text = documents::traditional(CLEAN);
    measure(bencher, &repeated(&text), gloss_edits);
}
