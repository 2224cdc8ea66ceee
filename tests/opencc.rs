//! The built-in engine against the OpenCC library, byte for byte.
//!
//! `ci/opencc.sh` builds the library and says how to link it. With
//! `ZHENGBEN_CORPORA` set to a folder, its `.txt` files are compared too.
#![cfg(feature = "opencc")]

mod common;

use std::fs;

use zhengben::{Conversion, Converter};

/// How much text is made of the dictionaries' rows, for each conversion.
const GENERATED: usize = 5 << 20;

/// Both converters of each conversion.
fn converters() -> impl Iterator<Item = (Converter, Converter)> {
    Conversion::ALL.into_iter().map(|conversion| {
        let library = Converter::opencc(conversion).expect("OpenCC's data");
        (Converter::exact(conversion), library)
    })
}

/// Compares line by line, so that a failure shows where.
fn compare(text: &str) {
    for (own, library) in converters() {
        if own.convert(text) == library.convert(text) {
            continue;
        }
        for line in text.lines() {
            assert_eq!(
                own.convert(line),
                library.convert(line),
                "{} {line}",
                own.conversion()
            );
        }
        panic!(
            "{}: the lines are the same, the texts are not",
            own.conversion()
        );
    }
}

#[test]
fn test_cases_of_all_configurations() {
    let cases = common::opencc_cases();
    let inputs: Vec<_> = cases
        .iter()
        .filter_map(|case| case["input"].as_str())
        .collect();
    assert!(inputs.len() > 200, "{}", inputs.len());
    for input in &inputs {
        compare(input);
    }
    compare(&inputs.join("\n"));
}

#[test]
fn description_sequences() {
    for text in [
        "⿰門口 ⿱⿰門口東 ⿲門口",
        "⿰\n門東",
        "⿰臺灣隆乾隆",
        "⿲乾隆",
        "⿾門⿿東⿻臺灣",
        "㇯門口⿰⿰⿰⿰門",
        "⿰門",
        "車⿰車車車",
    ] {
        compare(text);
    }
    for count in [14, 15, 16, 17, 62, 63, 64, 65] {
        compare(&format!("{}門東車", "⿾".repeat(count)));
        compare(&format!("{}{}", "⿰門".repeat(count), "東車".repeat(9)));
    }
}

#[test]
fn text_made_of_the_dictionaries() {
    let mut pieces: Vec<&str> = Vec::new();
    let texts: Vec<String> = fs::read_dir("dictionaries/opencc")
        .expect("the dictionaries")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| fs::read_to_string(path).expect("a dictionary"))
        .collect();
    for line in texts.iter().flat_map(|text| text.lines()) {
        if !line.starts_with('#') {
            pieces.extend(line.split(['\t', ' ']));
        }
    }
    let phrases: Vec<_> = pieces
        .iter()
        .copied()
        .filter(|p| p.chars().count() > 1)
        .collect();
    let others = [
        "\n", "，", "。", " ", "a", "SQL", "⿰", "⿲", "⿿", "の", "😀", "\u{FE00}",
    ];
    let mut random = Random(20_261_123);
    let mut text = String::with_capacity(GENERATED + 64);
    while text.len() < GENERATED {
        match random.below(16) {
            0 => text.push_str(others[random.below(others.len())]),
            1..=4 => text.push_str(phrases[random.below(phrases.len())]),
            5..=8 => {
                // A part of a phrase, for matches that nearly are.
                let phrase = phrases[random.below(phrases.len())];
                let count = 1 + random.below(phrase.chars().count());
                text.extend(phrase.chars().take(count));
            }
            _ => text.push_str(pieces[random.below(pieces.len())]),
        }
    }
    compare(&text);
}

#[test]
fn real_text() {
    let Some(folder) = std::env::var_os("ZHENGBEN_CORPORA") else {
        return;
    };
    let mut bytes = 0;
    for entry in fs::read_dir(folder).expect("the folder of ZHENGBEN_CORPORA") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(&path).expect("a text").replace('\0', "");
            compare(&text);
            bytes += text.len();
        }
    }
    assert!(bytes > 0, "no text in the folder of ZHENGBEN_CORPORA");
}

/// The generator xorshift64*: the same text each time.
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }
}
