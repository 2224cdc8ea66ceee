//! The mojibake stage alone, in MB/s of input: the gate on clean text, which is
//! all that most texts cost, and the way back on text that is garbled throughout.
//!
//! The text is `examples/reprint.restored.txt` over and over in documents of about
//! 16 KB, as it is, in Traditional characters, in ASCII and garbled in several ways.
//! Repeated text flatters caches; another one is taken from the file
//! `ZHENGBEN_CLEAN`, its lines shared out among documents.

mod documents;

use std::fs;

use divan::Bencher;
use divan::counter::BytesCount;
use encoding_rs::{GBK, WINDOWS_1252};
use zhengben::workshop::suspects;
use zhengben::{Cleaner, RuleSet};

static TEXT: &str = include_str!("../examples/reprint.restored.txt");

/// The least size of a document: that of a page of the web.
const DOCUMENT: usize = 16 << 10;

/// How many documents to look at, and how many garbled ones to restore.
const DOCUMENTS: usize = 32;
const GARBLED: usize = 2;

fn main() {
    divan::main();
}

fn samples(count: usize) -> Vec<String> {
    let Some(file) = std::env::var_os("ZHENGBEN_CLEAN") else {
        return vec![TEXT.repeat(DOCUMENT.div_ceil(TEXT.len())); count];
    };
    let text = fs::read_to_string(file).expect("ZHENGBEN_CLEAN is a text");
    let mut documents = vec![String::new()];
    for line in text.lines() {
        if let Some(last) = documents.last_mut() {
            *last += line;
            last.push('\n');
        }
        if documents.last().is_some_and(|last| last.len() >= DOCUMENT) {
            documents.push(String::new());
        }
    }
    documents.truncate(count);
    documents
}

/// The clean texts.
#[derive(Clone, Copy, Debug)]
enum Clean {
    Simplified,
    Traditional,
    Ascii,
}

/// Ways to garble a text.
#[derive(Clone, Copy, Debug)]
enum Garbled {
    Utf8AsGbk,
    Utf8AsWindows1252,
    GbkAsWindows1252,
    Utf8AsGbkTwice,
}

fn clean(text: Clean) -> Vec<String> {
    let documents = samples(DOCUMENTS).into_iter();
    let converted = |document: String| match text {
        Clean::Simplified => document,
        Clean::Traditional => documents::traditional(&document),
        Clean::Ascii => document
            .chars()
            .map(|c| if c.is_ascii() { c } else { 'a' })
            .collect(),
    };
    documents.map(converted).collect()
}

fn garbled(way: Garbled) -> Vec<String> {
    let read = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    };
    let garble = |text: String| match way {
        Garbled::Utf8AsGbk => read(GBK, text.as_bytes()),
        Garbled::Utf8AsWindows1252 => read(WINDOWS_1252, text.as_bytes()),
        Garbled::GbkAsWindows1252 => read(WINDOWS_1252, &GBK.encode(&text).0),
        Garbled::Utf8AsGbkTwice => read(GBK, read(GBK, text.as_bytes()).as_bytes()),
    };
    samples(GARBLED).into_iter().map(garble).collect()
}

fn bytes(documents: &[String]) -> BytesCount {
    BytesCount::new(documents.iter().map(String::len).sum::<usize>())
}

#[divan::bench(args = [Clean::Simplified, Clean::Traditional, Clean::Ascii])]
fn gate(bencher: Bencher, text: Clean) {
    let documents = clean(text);
    bencher.counter(bytes(&documents)).bench(|| {
        let found = documents.iter().map(|text| suspects(text).len());
        found.sum::<usize>()
    });
}

#[divan::bench(sample_count = 10, args = [
    Garbled::Utf8AsGbk,
    Garbled::Utf8AsWindows1252,
    Garbled::GbkAsWindows1252,
    Garbled::Utf8AsGbkTwice,
])]
fn restore(bencher: Bencher, way: Garbled) {
    let documents = garbled(way);
    let rules = RuleSet::named("mojibake").expect("it is a stage");
    let cleaner = Cleaner::builder().rules(rules).script(None).build();
    bencher.counter(bytes(&documents)).bench(|| {
        let cleaned = documents.iter().map(|text| cleaner.clean(text.as_str()));
        cleaned.map(|cleaned| cleaned.text().len()).sum::<usize>()
    });
}
