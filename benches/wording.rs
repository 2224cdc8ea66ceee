//! The wording stage alone, in MB/s of input: looking at a document and proposing
//! its edits once, on text that a spinner has rewritten and on text that nobody
//! has.
//!
//! The spun text is `examples/reprint.txt` with everything but its words
//! restored, the other one `examples/reprint.restored.txt`, each over and over in
//! documents of about 16 KB. Of the 297 characters of the spun one 85 are in words
//! that are looked at closely, and most are given back: many times what most spun
//! pages have. Repeated text flatters caches; files of other text, a document each,
//! are taken from the folders `ZHENGBEN_SPUN` and `ZHENGBEN_CLEAN`.

mod documents;

use divan::Bencher;
use divan::counter::BytesCount;
use zhengben::workshop::Wording;
use zhengben::{Cleaner, RuleSet};

static REPRINT: &str = include_str!("../examples/reprint.txt");
static RESTORED: &str = include_str!("../examples/reprint.restored.txt");

fn main() {
    divan::main();
}

/// The reprint with its words as the spinner has left them.
fn spun() -> Vec<String> {
    let mut rules = RuleSet::all();
    rules.remove(RuleSet::named("wording").expect("it is a stage"));
    let cleaner = Cleaner::builder().rules(rules).build();
    documents::of_folder("ZHENGBEN_SPUN", cleaner.clean(REPRINT).text())
}

fn look(bencher: Bencher, documents: &[String]) {
    let stage = Wording::default();
    let bytes: usize = documents.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let found = documents.iter().map(|text| stage.proposals(text));
        found.sum::<usize>()
    });
}

#[divan::bench]
fn spun_text(bencher: Bencher) {
    look(bencher, &spun());
}

#[divan::bench]
fn clean_text(bencher: Bencher) {
    look(bencher, &documents::of_folder("ZHENGBEN_CLEAN", RESTORED));
}

/// What a cleaner costs before it sees any text.
#[divan::bench]
fn start() -> Wording {
    Wording::default()
}
