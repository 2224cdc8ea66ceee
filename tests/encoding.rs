//! Files in every encoding are read as what they are.

use zhengben::{Cleaner, Source, detect};

/// Bytes in hexadecimal.
fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<char> = hexadecimal.chars().collect();
    let byte = |pair: &[char]| {
        u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect(hexadecimal)
    };
    digits.chunks(2).map(byte).collect()
}

fn rows(text: &str) -> impl Iterator<Item = [&str; 3]> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().expect("three cells")
    })
}

#[test]
fn cases() {
    for [hexadecimal, encoding, text] in rows(include_str!("cases/encoding.tsv")) {
        let bytes = bytes(hexadecimal);
        let source = Source::decode(&bytes).expect(text);
        assert_eq!((source.encoding().name(), source.text()), (encoding, text));
    }
}

/// Nothing is lost by reading a file with damaged bytes.
#[test]
fn damaged_bytes_are_read_and_kept() {
    for [hexadecimal, encoding, text] in rows(include_str!("cases/encoding-damaged.tsv")) {
        let bytes = bytes(hexadecimal);
        assert_eq!(
            detect(&bytes, None).encoding.map(|e| e.name()),
            Some(encoding),
            "{text}"
        );
        assert!(Source::decode(&bytes).is_err(), "{text}: it is said");
        let source = Source::decode_damaged(&bytes, None).expect(text);
        assert_eq!(source.text(), text);
        let cleaned = Cleaner::new().clean(source);
        assert!(cleaned.edits().all(|edit| !edit.applied), "{text}");
        assert_eq!(
            *cleaned.to_bytes().expect("it is written back"),
            bytes,
            "{text}"
        );
    }
}
