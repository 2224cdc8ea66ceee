//! Dictionaries of one's own: one that is taken is used on its own words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengben::Cleaner;
use zhengben::dictionary::Dictionary;
use zhengben_fuzz::{hold, text};

fuzz_target!(|data: (bool, &[u8])| {
    let (pieces, bytes) = data;
    let file = match pieces {
        true => text(
            bytes,
            &[
                "\t",
                "\n",
                "|",
                ",",
                "safe",
                "unsafe",
                "_",
                "# ",
                "spun\toriginal",
            ],
        ),
        false => String::from_utf8_lossy(bytes).into_owned(),
    };
    let Ok(dictionary) = Dictionary::parse("own.tsv", file) else {
        return;
    };
    let words: Vec<String> = dictionary
        .entries()
        .map(|entry| entry.spun.to_owned())
        .collect();
    let cleaner = Cleaner::builder()
        .built_in_dictionary(false)
        .dictionary(dictionary)
        .build();
    hold(&cleaner.clean(words.join("，").as_str()));
});
