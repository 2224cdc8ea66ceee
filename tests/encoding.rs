//! Files in every encoding are read as what they are.

use zhengben::{Cleaner, Confidence, DecodeError, Encoding, Ground, Source, detect};

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

/// Their bytes are characters in GBK, but not in an order in which they are written.
#[test]
fn other_languages_are_not_chinese() {
    let rows = include_str!("cases/encoding-foreign.tsv").lines();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let (label, sentence) = row.split_once('\t').expect("two cells");
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect(label);
        let (bytes, _, is_lossy) = encoding.encode(sentence);
        assert!(!is_lossy, "{sentence}");
        assert_eq!(detect(&bytes, None).encoding, None, "{label} {sentence}");
        let error = Source::decode(&bytes).expect_err(sentence);
        assert!(
            matches!(error, DecodeError::Foreign { .. }),
            "{label} {error}"
        );
    }
}

/// What is hardly a text is answered as well.
#[test]
fn files_with_next_to_nothing_in_them() {
    // Bytes, the encoding, and what showed it.
    let cases: [(&[u8], Encoding, Ground); 6] = [
        (b"", Encoding::Utf8, Ground::Ascii),
        (b"\xEF\xBB\xBF", Encoding::Utf8, Ground::Mark),
        (b"\xFF\xFE", Encoding::Utf16Le, Ground::Mark),
        (b"\xFE\xFF", Encoding::Utf16Be, Ground::Mark),
        (b"\n", Encoding::Utf8, Ground::Ascii),
        (b"\0\0\0\0", Encoding::Utf8, Ground::Ascii),
    ];
    for (bytes, encoding, ground) in cases {
        let found = detect(bytes, None);
        assert_eq!(
            (found.encoding, found.ground),
            (Some(encoding), ground),
            "{bytes:?}"
        );
        let source = Source::decode(bytes).expect("it is valid");
        let cleaned = Cleaner::new().clean(source);
        assert_eq!(*cleaned.to_bytes().expect("as it was"), *bytes, "{bytes:?}");
    }
}

#[test]
fn half_a_unit_of_utf_16_is_an_error_with_its_place() {
    let bytes = b"\xFF\xFE\x2D\x4E\x87\x65\x51";
    let error = Source::decode(bytes).expect_err("it is cut");
    let expected = DecodeError::Malformed {
        encoding: Encoding::Utf16Le,
        offset: 6,
        byte: 0x51,
    };
    assert_eq!(error, expected);
    let source = Source::decode_damaged(bytes, None).expect("it is known what it is");
    assert_eq!(source.text(), "中文\u{FFFD}");
    let cleaned = Cleaner::new().clean(source);
    assert_eq!(*cleaned.to_bytes().expect("it is written back"), *bytes);
}

#[test]
fn binary_files_are_no_chinese() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\x80\x08\x06\0\0\0\xAC\x21\x6B\xD5";
    let gzip = b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xCB\x48\xCD\xC9\xC9\x57\x28\xCF\x2F\xCA\x49\xE1\x02\0\x2D\x3B\x08\xAF";
    let elf = b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3E\0\x01\0\0\0\x50\xA5\xE4\0\0\0\0\0";
    for bytes in [&png[..], gzip, elf] {
        assert_eq!(detect(bytes, None).encoding, None, "{bytes:X?}");
        let error = Source::decode(bytes).expect_err("it is no text");
        assert!(matches!(error, DecodeError::Unknown { .. }), "{error}");
    }
}

/// A word or two can be many things.
#[test]
fn how_sure_it_is_is_said() {
    let sure = |bytes: &[u8]| detect(bytes, None).confidence;
    assert_eq!(sure("中".as_bytes()), Confidence::Low);
    assert_eq!(sure(b"\xC4\xE3\xBA\xC3"), Confidence::Low);
    assert_eq!(sure(b"T8O\\u(f/"), Confidence::Low, "or 吸作用是 in UTF-16");
    assert_eq!(sure(b"It is a sentence."), Confidence::Certain);
}
