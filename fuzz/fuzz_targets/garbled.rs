//! Text that some decoder has read wrongly, with pieces of what filters leave: what the
//! solvers of damage and of mojibake get to see.
#![no_main]

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
use libfuzzer_sys::fuzz_target;
use zhengben::Source;
use zhengben_fuzz::{LONGEST, clean, text};

static DECODERS: [&Encoding; 6] = [GBK, BIG5, UTF_8, WINDOWS_1252, SHIFT_JIS, EUC_KR];

fuzz_target!(|data: (u8, u8, &[u8], &[u8])| {
    let (was, read, bytes, pieces) = data;
    let mut document = text(pieces, &[]);
    let was = DECODERS[usize::from(was) % DECODERS.len()];
    let read = DECODERS[usize::from(read) % DECODERS.len()];
    // Once as given, and once as if its own bytes had been read so.
    let given = &bytes[..bytes.len().min(LONGEST / 4)];
    document.push_str(&read.decode_without_bom_handling(given).0);
    let (encoded, ..) = was.encode(&document);
    let (garbled, _) = read.decode_without_bom_handling(&encoded);
    clean(&Source::from(&*garbled));
    clean(&Source::from(document.as_str()));
});
