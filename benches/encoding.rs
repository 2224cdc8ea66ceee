//! Finding out the encoding of files of some sizes, in MB/s of input.
//!
//! The text is that of `examples/reprint.restored.txt` over and over, for Big5 the
//! Traditional characters of `examples/reprint.txt`. Of a file a few hundred bytes are
//! weighed; the longer ones measure how fast it is seen that there are no others.

use divan::Bencher;
use divan::counter::BytesCount;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};
use zhengben::detect;

static SIMPLIFIED: &str = include_str!("../examples/reprint.restored.txt");
static TRADITIONAL: &str = include_str!("../examples/reprint.txt");

const LENGTHS: [usize; 4] = [64, 1 << 10, 4 << 10, 1 << 20];

fn main() {
    divan::main();
}

/// A file of so many bytes.
fn file(text: &str, encoding: &'static Encoding, length: usize) -> Vec<u8> {
    let held = |character: &char| {
        let is_latin = matches!(character, '\u{80}'..='\u{2FF}');
        !is_latin && !encoding.encode(character.encode_utf8(&mut [0; 4])).2
    };
    let text: String = text.chars().filter(held).collect();
    let (bytes, _, _) = encoding.encode(&text);
    let mut bytes = bytes.repeat(length.div_ceil(bytes.len()));
    bytes.truncate(length);
    if encoding == UTF_8 {
        bytes.truncate(
            String::from_utf8_lossy(&bytes)
                .trim_end_matches('\u{FFFD}')
                .len(),
        );
    }
    bytes
}

fn look(bencher: Bencher, bytes: &[u8]) {
    let bencher = bencher.counter(BytesCount::of_slice(bytes));
    bencher.bench(|| detect(divan::black_box(bytes), None).encoding);
}

#[divan::bench(args = LENGTHS)]
fn utf_8(bencher: Bencher, length: usize) {
    look(bencher, &file(SIMPLIFIED, UTF_8, length));
}

#[divan::bench(args = LENGTHS)]
fn gb18030(bencher: Bencher, length: usize) {
    look(bencher, &file(SIMPLIFIED, GB18030, length));
}

#[divan::bench(args = LENGTHS)]
fn big5(bencher: Bencher, length: usize) {
    look(bencher, &file(TRADITIONAL, BIG5, length));
}
