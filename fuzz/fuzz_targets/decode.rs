//! Any bytes: what is read loses nothing, and what is not read is an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhengben::{Encoding, Source};
use zhengben_fuzz::{LONGEST, clean};

fuzz_target!(|data: (u8, &[u8])| {
    let (choice, bytes) = data;
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let labels = [
        "gbk",
        "gb18030",
        "big5",
        "big5-hkscs",
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
    ];
    let known = Encoding::for_label(labels[usize::from(choice >> 3) % labels.len()]);
    let source = match (choice & 3, known) {
        (0, _) | (_, None) => Source::decode(bytes),
        (1, Some(encoding)) => Source::decode_as(bytes, encoding),
        (2, Some(encoding)) => Source::decode_declared(bytes, encoding),
        (_, declared) => Source::decode_damaged(bytes, declared),
    };
    if let Ok(source) = source {
        clean(&source);
    }
});
