//! Text of GBK with glosses put between its bytes wherever the fuzzer likes.
#![no_main]

use encoding_rs::GBK;
use libfuzzer_sys::fuzz_target;
use zhengben::Source;
use zhengben_fuzz::{clean, text};

const GLOSSES: [&[u8]; 6] = [
    b"(xin)",
    b"(dong)",
    b"(guo)(guo)",
    b"(k\xA8\xA1i)",
    b"(zh\xA8\xA8)",
    b"(",
];

fuzz_target!(|data: (&[u8], &[u8])| {
    let (places, characters) = data;
    let text = text(characters, &[]);
    let (encoded, ..) = GBK.encode(&text);
    let mut bytes = Vec::new();
    let mut rest = &encoded[..];
    for &place in places {
        let (before, behind) = rest.split_at(rest.len().min(usize::from(place & 31)));
        bytes.extend_from_slice(before);
        bytes.extend_from_slice(GLOSSES[usize::from(place >> 5) % GLOSSES.len()]);
        rest = behind;
    }
    bytes.extend_from_slice(rest);
    if let Ok(source) = Source::decode(&bytes) {
        clean(&source);
    }
});
