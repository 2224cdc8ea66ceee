use std::io::BufReader;

use data_encoding::BASE32;
use proptest::prelude::*;
use sha1::{Digest, Sha1};

use super::*;
use crate::records::tests::Halting;
use crate::{Cleaner, Encoding, RuleSet};

fn cleaner() -> Cleaner {
    let rules = RuleSet::named("script").expect("a stage");
    Cleaner::builder().rules(rules).build()
}

fn sha1(bytes: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(bytes)))
}

/// A record with all fields that it has to have.
fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\n\
         WARC-Date: 2026-01-01T00:00:00Z\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn text(text: &str) -> Vec<u8> {
    let digest = sha1(text.as_bytes());
    let fields = format!("WARC-Block-Digest: {digest}\r\nContent-Type: text/plain\r\n");
    record("conversion", &fields, text.as_bytes())
}

/// The records as they are cleaned, and the numbers and faults of those that failed.
fn cleaned(
    input: &[u8],
    with: impl for<'c> FnOnce(WarcCleaner<'c>) -> WarcCleaner<'c>,
) -> (Vec<u8>, Vec<(u64, WarcError)>, RecordTotals) {
    let cleaner = cleaner();
    let (mut out, mut failed) = (Vec::new(), Vec::new());
    let records = with(WarcCleaner::new(&cleaner));
    let totals = clean(&records, input, &mut out, &mut |event| {
        if let Event::Failed { record, error } = event {
            failed.push((record, error));
        }
    });
    (out, failed, totals.expect("memory does not fail"))
}

/// Where the bytes differ from what they should be, in words.
fn assert_same(actual: &[u8], expected: &[u8]) {
    let [actual, expected] = [actual, expected].map(String::from_utf8_lossy);
    assert_eq!(actual, expected);
}

#[test]
fn of_conversions_the_text_its_length_and_its_digests_are_written_anew() {
    let of = |text: &str, length: &str, digest: &str| {
        format!(
            "WARC/1.0\nx: 漢語\nwarc-block-digest:  {digest} \nCONTENT-LENGTH:{length}\n\
             WARC-Payload-Digest: {digest}\nWARC-Type: Conversion\n\
             Content-Type: TEXT/PLAIN; charset=UTF-8\n\n{text}\n\n\n"
        )
    };
    let (old, new) = ("網絡上的電腦", "网络上的电脑");
    let hex = |text: &str| {
        let digest = Sha1::digest(text.as_bytes());
        format!("SHA1:{}", data_encoding::HEXLOWER.encode(&digest))
    };
    let others = [
        "warcinfo",
        "request",
        "metadata",
        "revisit",
        "continuation",
        "漢",
    ];
    let plain = "Content-Type: text/plain\r\n";
    let others = others
        .map(|kind| record(kind, plain, old.as_bytes()))
        .concat();
    let segment = format!("{plain}WARC-Segment-Number: 1\r\n");
    let others = [
        others,
        record("conversion", &segment, old.as_bytes()),
        record(
            "conversion",
            "Content-Type: application/json\r\n",
            old.as_bytes(),
        ),
        record("conversion", "", old.as_bytes()),
        text("没有"),
    ];
    let around = |record: String| [&others.concat(), record.as_bytes(), &others.concat()].concat();
    let input = around(of(old, "18", &hex(old)));
    let (out, failed, totals) = cleaned(&input, |c| c);
    assert_same(&out, &around(of(new, "18", &hex(new))));
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!((totals.records, totals.changed, totals.fields), (21, 1, 3));
    // Another length: a gloss goes.
    let glossed = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚";
    let cleaner = Cleaner::new();
    let new = cleaner.clean(glossed);
    let mut out = Vec::new();
    let totals = clean(
        &WarcCleaner::new(&cleaner),
        &*text(glossed),
        &mut out,
        &mut |_| {},
    );
    assert_same(&out, &text(new.text()));
    assert_eq!(totals.expect("memory does not fail").changed, 1);
}

#[test]
fn a_digest_that_is_wrong_or_unknown_stays_with_what_it_is_of() {
    let input = |digest: &str| {
        let fields = format!("WARC-Block-Digest: {digest}\r\nContent-Type: text/plain\r\n");
        record("conversion", &fields, "漢語".as_bytes())
    };
    let wrong = input(&sha1("汉语".as_bytes()));
    let unknown = input("blake3:abc");
    let (out, failed, totals) = cleaned(&[&*wrong, &unknown].concat(), |c| c);
    assert_same(&out, &[&*wrong, &unknown].concat());
    assert_eq!((totals.changed, totals.failed), (0, 2));
    assert!(matches!(failed[0].1.fault, WarcFault::WrongDigest { .. }));
    assert!(matches!(failed[1].1.fault, WarcFault::UnknownDigest { .. }));
    assert_eq!(failed[1].0, 2);
    assert_eq!(failed[1].1.offset, wrong.len() as u64);
    let id = failed[1].1.id.as_deref();
    assert_eq!(id, Some("<urn:uuid:conversion>"));
}

#[test]
fn what_servers_sent_is_cleaned_only_if_it_is_asked_for_and_there() {
    let response = |fields: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n");
        let block = [head.as_bytes(), body].concat();
        let fields = format!(
            "WARC-Payload-Digest: {}\r\nWARC-Block-Digest: {}\r\n\
             Content-Type: application/http; msgtype=response\r\n",
            sha1(body),
            sha1(&block)
        );
        record("response", &fields, &block)
    };
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let html = |declared: &str, body: &[u8]| {
        let fields = format!(
            "Content-Type: text/html{declared}\r\nContent-Length: {}\r\n",
            body.len()
        );
        response(&fields, body)
    };
    let page = |text: &str| format!("<html><p lang=\"漢語\">{text}</p></html>");
    let resource = |text: &str| record("resource", "Content-Type: text/plain\r\n", text.as_bytes());
    let all = |text: &str| {
        [
            html("; charset=gb2312", &gbk(&page(text))),
            html("", page(text).as_bytes()),
            response("Content-Type: text/plain\r\n", text.as_bytes()),
            resource(text),
            // And what stays.
            response(
                "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
                "2\r\n漢\r\n".as_bytes(),
            ),
            response(
                "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                "漢".as_bytes(),
            ),
            response(
                "Content-Type: text/html\r\nContent-Length: 4\r\n",
                "漢".as_bytes(),
            ),
            response("Content-Type: text/css\r\n", "漢".as_bytes()),
            record("response", "Content-Type: text/dns\r\n", "漢".as_bytes()),
        ]
        .concat()
    };
    let (old, new) = (
        "這些書裡面有許多關於歷史的記載",
        "这些书里面有许多关于历史的记载",
    );
    let (out, failed, totals) = cleaned(&all(old), |c| c.responses(true));
    assert!(failed.is_empty(), "{failed:?}");
    assert_same(&out, &all(new));
    assert_eq!((totals.changed, totals.coded, totals.closed), (4, 3, 0));
    let (out, _, totals) = cleaned(&all(old), |c| c);
    assert_same(&out, &all(old));
    assert_eq!((totals.changed, totals.coded, totals.closed), (0, 0, 8));
    let page = page("日本語のページです。これは漢字とかなで書かれた文章で、中国語ではありません。");
    let (page, _, _) = encoding_rs::SHIFT_JIS.encode(&page);
    let foreign = html("; charset=shift_jis", &page);
    let (out, failed, totals) = cleaned(&foreign, |c| c.responses(true));
    assert!(out == foreign && failed.is_empty(), "{failed:?}");
    assert_eq!((totals.foreign, totals.fields), (1, 0));
}

#[test]
fn texts_in_other_encodings_are_read_if_that_is_said() {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let fields = "Content-Type: text/plain; charset=gbk\r\n";
    let said = |text: &str| record("conversion", fields, &gbk(text));
    let unsaid = |text: &str| record("conversion", "Content-Type: text/plain\r\n", &gbk(text));
    let (old, new) = ("這些書裡面有許多歷史", "这些书里面有许多历史");
    let input = [said(old), unsaid(old)].concat();
    let (out, failed, _) = cleaned(&input, |c| c);
    assert_same(&out, &[said(new), unsaid(old)].concat());
    assert!(matches!(
        failed[0],
        (
            2,
            WarcError {
                fault: WarcFault::Decode(_),
                ..
            }
        )
    ));
    let (out, failed, _) = cleaned(&input, |c| c.encoding(Some(Encoding::Gbk)));
    assert_same(&out, &[said(new), unsaid(new)].concat());
    assert!(failed.is_empty());
}

#[test]
fn behind_a_broken_record_the_next_is_found() {
    let good = text("漢語");
    let become_good = text("汉语");
    let with_length = |length: &str| {
        let record = text("漢語在這裡");
        let record = String::from_utf8(record).expect("UTF-8");
        record.replace("Content-Length: 15", &format!("Content-Length: {length}"))
    };
    let about = "WARC 的記錄這樣開頭：\r\n\r\nWARC/1.0\r\nContent-Length: 3\r\n\r\n漢\r\n\r\n";
    let broken: [(Vec<u8>, Misframed); 9] = [
        (with_length("14").into(), Misframed::Length),
        (with_length("3").into(), Misframed::Length),
        (with_length("16").into(), Misframed::Length),
        (with_length("400").into(), Misframed::Length),
        (with_length("-1").into(), Misframed::Head),
        (
            with_length("15\r\nContent-Length: 15").into(),
            Misframed::Head,
        ),
        (with_length("15\r\nno field").into(), Misframed::Head),
        ("漢語\r\n\r\n".into(), Misframed::Beginning),
        (
            [&with_length("7")[..], about].concat().into(),
            Misframed::Length,
        ),
    ];
    for (broken, expected) in broken {
        let around = |good: &[u8]| [good, &broken, good, good].concat();
        let (out, failed, totals) = cleaned(&around(&good), |c| c);
        assert_same(&out, &around(&become_good));
        assert_eq!((totals.records, totals.changed), (4, 3), "{failed:?}");
        let (number, error) = &failed[0];
        assert!(
            matches!(error.fault, WarcFault::Misframed(fault) if fault == expected),
            "{error}"
        );
        assert_eq!(
            (failed.len(), *number, error.offset),
            (1, 2, good.len() as u64)
        );
    }
    // A text about records is not broken, and its records are none.
    let (out, failed, totals) = cleaned(&text(about), |c| c);
    assert!(failed.is_empty() && totals.records == 1, "{failed:?}");
    assert!(String::from_utf8_lossy(&out).contains("汉\r\n\r\n"));
    // At the end there is no next.
    for end in [&good[..good.len() - 7], &good[..30], b"\r\n\r\n\r\n"] {
        let input = [&*good, &good, end].concat();
        let (out, failed, totals) = cleaned(&input, |c| c);
        let is_in_line_ends = end == b"\r\n\r\n\r\n";
        assert_same(&out, &[&*become_good, &become_good, end].concat());
        assert_eq!(
            (failed.len(), totals.changed),
            (usize::from(!is_in_line_ends), 2)
        );
    }
}

#[test]
fn what_is_too_long_is_passed_through_in_pieces() {
    let good = text("漢語");
    let become_good = text("汉语");
    let long = "漢".repeat(1_200_000);
    let video = record(
        "response",
        "Content-Type: application/http\r\n",
        long.as_bytes(),
    );
    let mut lost = text(&"漢語".repeat(900_000));
    lost[7] = b'!';
    lost[..5].copy_from_slice(b"MARC/");
    let mut cut = text(&long);
    cut.truncate(cut.len() - 100);
    let with = |good: &[u8]| [good, &text(&long), good, &video, good, &lost, good, &cut].concat();
    let input = with(&good);
    let cleaner = cleaner();
    let records = WarcCleaner::new(&cleaner).responses(true);
    let mut batches = Batches::new(&*input).with_longest(2 << 20);
    let (mut out, mut failed) = (Vec::new(), Vec::new());
    let mut totals = RecordTotals::default();
    while let Some(batch) = batches.next_batch().expect("memory does not fail") {
        assert!(batch.bytes.len() <= 3 << 20);
        for (place, part, bytes) in batch.parts() {
            totals += records.part(place, part, bytes, &mut out, &mut |event| {
                if let Event::Failed { record, error } = event {
                    failed.push((record, error.to_string()));
                }
            });
        }
    }
    assert!(out == with(&become_good));
    let numbers: Vec<u64> = failed.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [2, 6, 8, 8], "{failed:?}");
    assert!(
        failed[3].1.starts_with("the file ends within the record"),
        "{failed:?}"
    );
    assert_eq!((totals.records, totals.changed), (8, 4));
}

#[test]
fn batches_are_the_same_however_the_stream_comes_and_wherever_it_is_taken_up() {
    let mut input = Vec::new();
    for n in 0..3_000 {
        match n % 500 {
            77 => input.extend_from_slice(b"WARC/1.0\r\nno record"),
            78 => input.extend_from_slice(&text(&"漢".repeat(700_000))),
            _ => input.extend_from_slice(&text(&"漢".repeat(n % 300))),
        }
    }
    let new = |input: &[u8]| -> Batches<Box<dyn BufRead>> {
        Batches::new(Box::new(io::Cursor::new(input.to_vec())) as Box<dyn BufRead>)
            .with_longest(1 << 20)
    };
    let mut batches = new(&input);
    let mut slow = Batches::new(BufReader::new(Halting::new(&input, 7_000))).with_longest(1 << 20);
    let (mut at, mut count) = (0, 0);
    let mut is_inside = false;
    while let Some(batch) = batches.next_batch().expect("memory does not fail") {
        assert_eq!(slow.next_batch().expect("it goes on"), Some(batch.clone()));
        if !is_inside {
            let mut later = Batches::from_place(&input[at..], batch.place).with_longest(1 << 20);
            assert_eq!(later.next_batch().expect("memory"), Some(batch.clone()));
        }
        assert_eq!(batch.place.offset, at as u64);
        at += batch.bytes.len();
        is_inside = batch.is_inside;
        count += 1;
    }
    assert_eq!(at, input.len());
    assert!(count > 10, "{count}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_byte_is_lost_and_whole_records_are_found_whatever_is_between(
        pieces in prop::collection::vec(0_usize..9, 0..24)
    ) {
        let good = text("漢語");
        let scraps: [&[u8]; 8] = [
            b"WARC/1.0\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n\r\n",
            b"\n",
            b"WARC/1.1\r\nContent-Length: 300\r\n\r\n",
            b"WARC",
            b"\xFF\x00",
            b"WARC-Type: x\r\n",
        ];
        let with = |good: &[u8]| {
            let pieces = pieces.iter().map(|&n| scraps.get(n).copied().unwrap_or(good));
            pieces.collect::<Vec<_>>().concat()
        };
        let (out, _, totals) = cleaned(&with(&good), |c| c);
        let records = pieces.iter().filter(|&&n| n >= scraps.len()).count() as u64;
        prop_assert!(totals.changed <= records);
        let kept = String::from_utf8_lossy(&out).replace("汉语", "漢語");
        let strip = |text: &str| {
            let lines = text.lines().filter(|line| !line.starts_with("WARC-Block-Digest"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let before = with(&good);
        prop_assert_eq!(strip(&kept), strip(&String::from_utf8_lossy(&before)));
    }
}
