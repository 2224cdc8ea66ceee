use std::io::{self, BufReader, Read};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Cleaner, Conversion, RuleSet, Scope};

fn cleaner() -> Cleaner {
    let rules = RuleSet::named("script").expect("a stage");
    Cleaner::builder().rules(rules).build()
}

/// The records as they are cleaned, and the lines that failed.
fn cleaned(fields: &[&str], input: &[u8]) -> (Vec<u8>, Vec<u64>, RecordTotals) {
    let cleaner = cleaner();
    let scope = fields.iter().fold(Scope::new(), Scope::field);
    let records = RecordCleaner::new(&cleaner, scope);
    let (mut out, mut failed) = (Vec::new(), Vec::new());
    let totals = clean(&records, input, &mut out, &mut |event| {
        if let Event::Failed { line, .. } = event {
            failed.push(line);
        }
    });
    (out, failed, totals.expect("memory does not fail"))
}

#[test]
fn only_what_is_edited_is_written_anew() {
    let cases: [(&str, &str); 14] = [
        (r#"{"a":"開發"}"#, r#"{"a":"开发"}"#),
        (
            r#" { "a" : "開發" , "b":"開發"} "#,
            r#" { "a" : "开发" , "b":"開發"} "#,
        ),
        // As it is written: with escapes, without, or both.
        (r#"{"a":"\u958b\u767c"}"#, r#"{"a":"\u5f00\u53d1"}"#),
        (r#"{"a":"\u958B發"}"#, r#"{"a":"开发"}"#),
        (r#"{"a":"\u4e2d\n\u958b"}"#, r#"{"a":"\u4e2d\n\u5f00"}"#),
        (r#"{"a":"\"\/\\\u0000開"}"#, r#"{"a":"\"\/\\\u0000开"}"#),
        // A pair, and halves of pairs.
        (r#"{"a":"\ud83d\ude00開"}"#, r#"{"a":"\ud83d\ude00开"}"#),
        (r#"{"a":"\ud83d開\ude00"}"#, r#"{"a":"\ud83d开\ude00"}"#),
        (r#"{"a":"\ud83d\u958b"}"#, r#"{"a":"\ud83d\u5f00"}"#),
        (
            r#"{"a":["開",{"a":"開","b":"開"}],"c":1.50e3}"#,
            r#"{"a":["开",{"a":"开","b":"開"}],"c":1.50e3}"#,
        ),
        (r#"{"a":"開","a":"開"}"#, r#"{"a":"开","a":"开"}"#),
        (r#"{"\u0061":"開"}"#, r#"{"\u0061":"开"}"#),
        ("\u{FEFF}{\"a\":\"開\"}", "\u{FEFF}{\"a\":\"开\"}"),
        ("{\"a\":\"開\"}\r", "{\"a\":\"开\"}\r"),
    ];
    for (input, expected) in cases {
        for end in ["", "\n"] {
            let (out, failed, totals) = cleaned(&["a"], [input, end].concat().as_bytes());
            let out = String::from_utf8(out).expect("UTF-8");
            assert_eq!(out, [expected, end].concat());
            assert_eq!((failed.len(), totals.changed), (0, 1), "{input}");
        }
    }
}

#[test]
fn a_record_that_cannot_be_read_is_passed_through_with_its_number() {
    let broken: [&[u8]; 9] = [
        br#"{"a":"\u958b""#,
        "{\"a\":\"開\"} {\"a\":\"開\"}".as_bytes(),
        "{\"a\":\"開\\x\"}".as_bytes(),
        "{\"a\":\"開}".as_bytes(),
        b"{\"a\":\"\xBF\xAA\"}",
        b"\xFF",
        b"}",
        b"{\"a\":\"\\u12\"}",
        "\u{FEFF}{}".as_bytes(),
    ];
    for line in broken {
        let around = "{\"a\":\"開\"}\n\n".as_bytes();
        let input = [around, line, b"\n", around].concat();
        let (out, failed, totals) = cleaned(&["a"], &input);
        let clean = "{\"a\":\"开\"}\n\n".as_bytes();
        assert_eq!(out, [clean, line, b"\n", clean].concat());
        assert_eq!(failed, [3], "{line:?}");
        assert_eq!((totals.records, totals.changed, totals.failed), (5, 2, 1));
    }
}

#[test]
fn each_string_is_a_document() {
    let glossed = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚";
    let alone = "他說動(dòng)吧";
    let cleaner = Cleaner::new();
    let records = RecordCleaner::new(&cleaner, Scope::new().field("a").field("b.c"));
    let input = json!({"a": glossed, "b": {"c": alone}}).to_string() + "\n";
    let mut texts = Vec::new();
    clean(&records, input.as_bytes(), io::sink(), &mut |event| {
        if let Event::Field {
            line,
            field,
            cleaned,
        } = event
        {
            texts.push((line, field.to_owned(), cleaned.text().to_owned()));
        }
    })
    .expect("memory does not fail");
    let expected = |text| cleaner.clean(text).text().to_owned();
    assert_eq!(texts[0], (1, "a".to_owned(), expected(glossed)));
    assert_eq!(texts[1], (1, "b.c".to_owned(), expected(alone)));
}

#[test]
fn a_line_that_is_too_long_is_passed_through_in_pieces() {
    let long = format!("{{\"a\":\"{}\"}}", "開".repeat(900_000));
    let input = format!("{{\"a\":\"開\"}}\n{long}\n{{\"a\":\"開\"}}\n{long}");
    let mut batches = Batches::new(input.as_bytes()).with_longest(64 << 10);
    let cleaner = cleaner();
    let records = RecordCleaner::new(&cleaner, Scope::new().field("a"));
    let (mut out, mut failed) = (Vec::new(), Vec::new());
    let mut totals = RecordTotals::default();
    while let Some(batch) = batches.next_batch().expect("memory does not fail") {
        assert!(batch.bytes.len() <= 2 << 20);
        totals += records.batch(&batch, &mut out, &mut |event| {
            if let Event::Failed { line, error } = event {
                assert_eq!(error, RecordError::Long);
                failed.push(line);
            }
        });
    }
    let expected = format!("{{\"a\":\"开\"}}\n{long}\n{{\"a\":\"开\"}}\n{long}");
    assert_eq!(out, expected.as_bytes());
    assert_eq!(failed, [2, 4]);
    assert_eq!((totals.records, totals.changed, totals.failed), (4, 2, 2));
}

/// A reader that gives some bytes, at most so many, then an interruption, and so on.
pub(super) struct Halting<'b> {
    bytes: &'b [u8],
    most: usize,
    calls: usize,
}

impl<'b> Halting<'b> {
    pub(super) fn new(bytes: &'b [u8], most: usize) -> Self {
        Halting {
            bytes,
            most,
            calls: 0,
        }
    }
}

impl Read for Halting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.calls.is_multiple_of(3) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = self.calls % self.most + 1;
        let length = length.min(self.bytes.len()).min(buffer.len());
        buffer[..length].copy_from_slice(&self.bytes[..length]);
        self.bytes = &self.bytes[length..];
        Ok(length)
    }
}

#[test]
fn batches_are_the_same_however_the_stream_comes_and_wherever_it_is_taken_up() {
    let lines = (0..5_000).map(|n| format!("{{\"a\":\"{}\"}}\n", "開".repeat(n % 300)));
    let input: String = lines.collect();
    let mut batches = Batches::new(input.as_bytes());
    let mut slow = Batches::new(BufReader::new(Halting::new(input.as_bytes(), 7)));
    let (mut at, mut count) = (0, 0);
    while let Some(batch) = batches.next_batch().expect("memory does not fail") {
        assert_eq!(slow.next_batch().expect("it goes on"), Some(batch.clone()));
        let mut later = Batches::from_line(&input.as_bytes()[at..], batch.line);
        assert_eq!(later.next_batch().expect("memory"), Some(batch.clone()));
        at += batch.bytes.len();
        count += 1;
    }
    assert_eq!(at, input.len());
    assert!(count > 4);
}

/// Any JSON, with Traditional characters and everything that has to be escaped.
fn values() -> impl Strategy<Value = Value> {
    let text = "[開發漢語a\"\\\\\n\u{1}/😀 ]{0,6}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let key = "[abc]";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// What is expected: the strings of `a`, and of arrays in it, are converted.
fn converted(value: &Value, is_named: bool) -> Value {
    match value {
        Value::String(text) if is_named => {
            let simple = Conversion::default();
            let cleaner = Cleaner::builder()
                .rules(RuleSet::named("script").expect("a stage"))
                .script(Some(simple))
                .build();
            Value::from(cleaner.clean(text.as_str()).text())
        }
        Value::Array(values) => values
            .iter()
            .map(|value| converted(value, is_named))
            .collect(),
        Value::Object(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(key, value)| (key.clone(), converted(value, key == "a")));
            Value::Object(pairs.collect())
        }
        other => other.clone(),
    }
}

/// The value, with escapes for all but ASCII if asked for.
fn written(value: &Value, ascii: bool) -> String {
    let text = value.to_string();
    if !ascii {
        return text;
    }
    let mut out = String::new();
    for character in text.chars() {
        match character.is_ascii() {
            true => out.push(character),
            false => character
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out += &format!("\\u{unit:04x}")),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_output_is_the_same_json_but_for_the_cleaned_fields(
        records in prop::collection::vec((values(), any::<bool>()), 0..8)
    ) {
        let lines: Vec<String> = records.iter().map(|(value, ascii)| written(value, *ascii)).collect();
        let input = lines.join("\n");
        let (out, failed, _) = cleaned(&["a"], input.as_bytes());
        prop_assert!(failed.is_empty());
        let out = String::from_utf8(out).expect("UTF-8");
        if lines.is_empty() {
            prop_assert_eq!(&out, "");
            return Ok(());
        }
        for ((line, (value, ascii)), new) in lines.iter().zip(&records).zip(out.split('\n')) {
            let expected = converted(value, false);
            let parsed: Value = serde_json::from_str(new).expect("JSON");
            prop_assert_eq!(&parsed, &expected);
            match expected == *value {
                true => prop_assert_eq!(new, line),
                // The style of each string stays too.
                false => prop_assert_eq!(new.is_ascii(), line.is_ascii(), "{}", ascii),
            }
        }
        prop_assert_eq!(out.matches('\n').count(), input.matches('\n').count());
    }
}
