//! Text of the words that spinners write and of their originals, in any order.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zhengben::Source;
use zhengben_fuzz::{clean, text};

static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let entries = zhengben::dictionary::built_in();
    let words = entries
        .iter()
        .flat_map(|entry| [entry.spun, entry.originals[0]]);
    words.collect()
});

fuzz_target!(|data: &[u8]| clean(&Source::from(text(data, &WORDS).as_str())));
