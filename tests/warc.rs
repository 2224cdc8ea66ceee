//! WARC and WET, read and written record by record: what the command writes, where, and
//! how it exits.
#![cfg(unix)]

#[path = "common/folder.rs"]
mod folder;
#[path = "common/gzip.rs"]
mod gzip;
#[path = "common/killed.rs"]
mod killed;

use std::fs;
use std::io::{Read, Write};

use flate2::bufread::GzDecoder;
use folder::Folder;
use gzip::{gunzip, gzip};
use killed::killed_in_the_middle;

const SAMPLE: &[u8] = include_bytes!("data/warc/sample.warc.gz");

/// The members of a gzip file, packed and unpacked.
fn members(mut bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let mut decoder = GzDecoder::new(bytes);
        let mut out = Vec::new();
        decoder.read_to_end(&mut out).expect("a whole member");
        let rest = decoder.into_inner();
        all.push((bytes[..bytes.len() - rest.len()].to_vec(), out));
        bytes = rest;
    }
    all
}

fn record(kind: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\n\
         WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: {content}\r\n\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn text(text: &str) -> Vec<u8> {
    record("conversion", "text/plain", text.as_bytes())
}

/// Records in which every third is Traditional, and what is to become of them.
fn records(count: usize) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let of = |n: usize, old: &str| text(&old.repeat(n % 40 + 1));
    let input = (0..count).map(|n| of(n, if n % 3 == 0 { "漢語" } else { "没有" }));
    let output = (0..count).map(|n| of(n, if n % 3 == 0 { "汉语" } else { "没有" }));
    (input.collect(), output.collect())
}

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn of_an_archive_by_another_tool_only_texts_change() {
    let folder = Folder::with(&[("a.warc.gz", SAMPLE)]);
    let output = folder.run(&["clean", "--output", "out", "a.warc.gz"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let [old, new] = [SAMPLE, &folder.read("out/a.warc.gz")].map(members);
    assert_eq!((old.len(), new.len()), (9, 9));
    for (number, (old, new)) in old.iter().zip(&new).enumerate() {
        // What is not changed is the same member.
        assert_eq!(old.0 == new.0, number != 6, "record {}", number + 1);
    }
    let [old, new] = [&old, &new].map(|all| String::from_utf8_lossy(&all[6].1).into_owned());
    let fields = |text: &str, with: &dyn Fn(&str) -> bool| -> Vec<String> {
        let lines = text.lines().filter(|line| with(line));
        lines.map(str::to_owned).collect()
    };
    let is_bound = |line: &str| line.contains("-Digest: ") || line.starts_with("Content-Length");
    let head = |text: &str| fields(text, &|line| line.is_ascii() && !is_bound(line));
    assert_eq!(head(&old), head(&new));
    let bound = |text: &str| fields(text, &is_bound);
    assert_eq!(bound(&old).len(), 3);
    assert!(
        bound(&old)
            .iter()
            .zip(bound(&new))
            .all(|(old, new)| *old != new)
    );
    assert!(new.contains("\n新能源电池产业链企业快速集聚\n"), "{new}");

    let arguments = ["clean", "--responses", "--output", "all", "a.warc.gz"];
    let output = folder.run(&arguments);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let all = members(&folder.read("all/a.warc.gz"));
    let same: Vec<bool> = members(SAMPLE)
        .iter()
        .zip(&all)
        .map(|(a, b)| a.0 == b.0)
        .collect();
    let expected = [true, false, true, true, true, true, false, true, false];
    assert_eq!(same, expected);
    let (page, _, _) = encoding_rs::GBK.decode(&all[1].1);
    assert!(page.contains("<p>本网站转载的文章</p>"), "{page}");
    assert!(
        page.contains("Content-Length: 112\r\nServer: sample\r\n"),
        "{page}"
    );
    // Nothing more is found in what is clean, and the digests are right.
    let again = folder.run(&["clean", "--responses", "--output", "again", "all/a.warc.gz"]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert!(folder.read("again/all/a.warc.gz") == folder.read("all/a.warc.gz"));
}

#[test]
fn many_threads_write_what_one_writes_however_it_is_compressed() {
    let (input, expected) = records(3_000);
    let (input_text, expected_text) = (input.concat(), expected.concat());
    let packed: Vec<u8> = input.iter().flat_map(|record| gzip(record)).collect();
    let frames = input
        .iter()
        .flat_map(|r| zstd::encode_all(&**r, 1).expect("memory"));
    let frames: Vec<u8> = frames.collect();
    let (head, tail) = input_text.split_at(input_text.len() / 2);
    let odd = [gzip(head), gzip(tail)].concat();
    let one_frame = zstd::encode_all(&*input_text, 1).expect("memory");
    let folder = Folder::with(&[
        ("a.wet", &input_text),
        ("a.wet.gz", &packed),
        ("b.warc.gz", &odd),
        ("a.warc.zst", &frames),
        ("b.warc.zst", &one_frame),
    ]);
    let names = ["a.wet", "a.wet.gz", "b.warc.gz", "a.warc.zst", "b.warc.zst"];
    for jobs in ["1", "2", "5"] {
        for more in [&["--output", "out"][..], &["--output", "out", "--resume"]] {
            let _ = fs::remove_dir_all(folder.path("out"));
            let output = folder.run(&[&["clean", "--jobs", jobs][..], more, &names].concat());
            assert_eq!(output.status.code(), Some(1), "{}", said(&output));
            let read = |name: &str| folder.read(&format!("out/{name}"));
            assert!(read("a.wet") == expected_text);
            for (name, input) in [("a.wet.gz", Some(&packed)), ("b.warc.gz", None)] {
                // A member for each record, whatever there was.
                let members = members(&read(name));
                let texts: Vec<&[u8]> = members.iter().map(|member| &*member.1).collect();
                assert!(texts == expected, "{name}, {jobs} threads");
                if let Some(input) = input {
                    let old = self::members(input);
                    let is_same = |n: usize| old[n].0 == members[n].0;
                    assert!((0..old.len()).all(|n| is_same(n) == (n % 3 != 0)));
                }
            }
            for name in ["a.warc.zst", "b.warc.zst"] {
                let bytes = read(name);
                let mut rest = &*bytes;
                for record in &expected {
                    let length =
                        zstd::zstd_safe::find_frame_compressed_size(rest).expect("a frame");
                    assert!(zstd::decode_all(&rest[..length]).expect("a frame") == *record);
                    rest = &rest[length..];
                }
                assert!(rest.is_empty());
            }
        }
    }
    for name in names {
        let output = folder.run(&["clean", name]);
        assert!(output.stdout == expected_text, "{name}");
    }
}

#[test]
fn a_dictionary_that_a_file_begins_with_is_used() {
    let (input, expected) = records(500);
    // Any bytes are one, if they do not say that they are another.
    let dictionary = input[..20].concat();
    let pack = |record: &[u8]| {
        let mut encoder =
            zstd::stream::Encoder::with_dictionary(Vec::new(), 3, &dictionary).expect("memory");
        encoder.write_all(record).expect("memory");
        encoder.finish().expect("memory")
    };
    for content in [
        dictionary.clone(),
        zstd::encode_all(&*dictionary, 3).expect("memory"),
    ] {
        let length = u32::try_from(content.len())
            .expect("a short one")
            .to_le_bytes();
        let head = [&0x184D_2A5D_u32.to_le_bytes()[..], &length, &content].concat();
        let mut file = head.clone();
        input.iter().for_each(|record| file.extend(pack(record)));
        let folder = Folder::with(&[("a.warc.zst", &file)]);
        let output = folder.run(&["clean", "--output", "out", "a.warc.zst"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let out = folder.read("out/a.warc.zst");
        let mut rest = out.strip_prefix(&*head).expect("the dictionary");
        let mut decoder = zstd::bulk::Decompressor::with_dictionary(&dictionary).expect("memory");
        for record in &expected {
            let length = zstd::zstd_safe::find_frame_compressed_size(rest).expect("a frame");
            let unpacked = decoder
                .decompress(&rest[..length], 1 << 20)
                .expect("a frame");
            assert!(unpacked == *record);
            rest = &rest[length..];
        }
        assert!(rest.is_empty());
    }
}

#[test]
fn what_is_broken_is_told_of_and_passed_through() {
    let good = text("漢語");
    let become_good = text("汉语");
    let long = "漢".repeat(2_000_000);
    let mut lost = text("漢語");
    lost[0] = b'X';
    let all = |good: &[u8]| -> Vec<Vec<u8>> {
        vec![
            good.to_vec(),
            lost.clone(),
            good.to_vec(),
            text(&long),
            record("response", "image/png", long.as_bytes()),
            good.to_vec(),
        ]
    };
    let plain = all(&good).concat();
    let packed: Vec<u8> = all(&good).iter().flat_map(|record| gzip(record)).collect();
    let odd = gzip(&plain);
    let frames = all(&good).into_iter();
    let frames = frames.flat_map(|record| zstd::encode_all(&*record, 1).expect("memory"));
    let frames: Vec<u8> = frames.collect();
    let files: [(&str, &[u8]); 4] = [
        ("a.warc", &plain),
        ("a.warc.gz", &packed),
        ("b.warc.gz", &odd),
        ("a.warc.zst", &frames),
    ];
    let folder = Folder::with(&files);
    for (name, _) in files {
        for more in [&["--output", "out"][..], &["--output", "out", "--resume"]] {
            let _ = fs::remove_dir_all(folder.path("out"));
            let output = folder.run(&[&["clean"], more, &[name]].concat());
            let said = said(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(
                said.contains(&format!("{name}:2: no record begins here (byte ")),
                "{said}"
            );
            assert!(
                said.contains(&format!("{name}:4: the record is too long (byte ")),
                "{said}"
            );
            assert_eq!(said.matches("left as it is").count(), 2, "{said}");
            assert!(said.contains("in 3 of 6 records"), "{said}");
            let out = folder.read(&format!("out/{name}"));
            let expected = all(&become_good).concat();
            match name.rsplit_once('.') {
                Some((_, "gz")) => {
                    let members = members(&out);
                    assert_eq!(members.len(), 6, "{name}");
                    assert!(gunzip(&out) == expected, "{name}");
                }
                Some((_, "zst")) => {
                    assert!(zstd::decode_all(&*out).expect("frames") == expected);
                }
                _ => assert!(out == expected),
            }
        }
    }
}

#[test]
fn what_is_no_archive_or_breaks_off_stays_as_it_is() {
    let (input, _) = records(200);
    let mut packed: Vec<u8> = input.iter().flat_map(|record| gzip(record)).collect();
    packed.truncate(packed.len() - 20);
    let mut odd = gzip(&input.concat());
    odd.truncate(odd.len() / 2);
    let files: [(&str, &[u8], &str); 5] = [
        ("a.warc", "漢語".as_bytes(), "does not begin with a record"),
        (
            "b.warc.gz",
            &gzip("漢語".as_bytes()),
            "does not begin with a record",
        ),
        ("c.warc.gz", &packed, "cannot read it"),
        ("d.warc.gz", &odd, "cannot read it"),
        ("e.warc.zst", b"WARC/1.0\r\n", "cannot read it"),
    ];
    for (name, bytes, expected) in files {
        let folder = Folder::with(&[(name, bytes)]);
        for place in [&["--write"][..], &["--output", "out"]] {
            let output = folder.run(&[&["clean"], place, &[name]].concat());
            let said = said(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(expected), "{said}");
            assert_eq!(folder.read(name), bytes);
            assert!(!folder.path(&format!("out/{name}")).exists());
        }
    }
    let folder = Folder::with(&[("empty.warc", b""), ("empty.warc.gz", &gzip(b""))]);
    let output = folder.run(&["clean", "--output", "out", "empty.warc", "empty.warc.gz"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(gunzip(&folder.read("out/empty.warc.gz")), b"");
}

#[test]
fn what_needs_the_whole_file_is_refused() {
    let folder = Folder::with(&[("a.warc.gz", SAMPLE), ("b.wet", &text("漢語"))]);
    let refused: [&[&str]; 4] = [
        &["clean", "--diff"],
        &["clean", "--to", "gbk"],
        &["check", "--format", "sarif"],
        &["check", "--baseline", "known.jsonl"],
    ];
    fs::write(folder.path("known.jsonl"), "").expect("a file");
    for arguments in refused {
        for name in ["a.warc.gz", "b.wet"] {
            let output = folder.run(&[arguments, &[name]].concat());
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let all = said(&output) + &String::from_utf8_lossy(&output.stdout);
            assert!(all.contains("only read record by record"), "{all}");
        }
    }
    // In a folder they are found, but not for that.
    let output = folder.run(&["clean", "--diff", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let output = folder.run(&["clean", "--write", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(folder.read("b.wet"), text("汉语"));
}

#[test]
fn stdin_is_taken_for_what_it_is_said_to_be() {
    for (name, bytes) in [("a.warc.gz", SAMPLE), ("-", &text("漢語"))] {
        let folder = Folder::with(&[("in", bytes)]);
        let arguments = ["clean", "--syntax", "warc", "--stdin-filename", name];
        let file = fs::File::open(folder.path("in")).expect("the file");
        let output = folder
            .command(&arguments)
            .stdin(file)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(output.stdout.starts_with(b"WARC/1."));
        assert!(!String::from_utf8_lossy(&output.stdout).contains("歡迎"));
    }
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_result() {
    /// Fifteen pieces, of which each takes a while.
    const RECORDS: usize = 15_000;
    let glossed = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚，這是我們的國家。".repeat(4);
    let of = |n: usize| match n % 10 {
        0 => text(&glossed),
        1 => record("response", "application/http", b"HTTP/1.1 200 OK\r\n\r\n"),
        2 if n % 1000 == 2 => b"no record\r\n\r\n".to_vec(),
        _ => text(&format!("没有問題{n}")),
    };
    let all: Vec<Vec<u8>> = (0..RECORDS).map(of).collect();
    let plain = all.concat();
    let packed: Vec<u8> = all.iter().flat_map(|record| gzip(record)).collect();
    let odd = gzip(&plain);
    let files: [(&str, &[u8]); 3] = [("a.wet", &plain), ("a.wet.gz", &packed), ("b.wet.gz", &odd)];
    for (name, bytes) in files {
        let folder = Folder::with(&[(name, bytes)]);
        let arguments = |out| ["clean", "--jobs", "1", "--resume", "--output", out, name];
        let output = folder.run(&arguments("whole"));
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        killed_in_the_middle(&folder, &arguments("out"), "out", name);
        let output = folder.run(&arguments("out"));
        let again = said(&output);
        assert_eq!(output.status.code(), Some(2), "{again}");
        assert!(
            again.starts_with(&format!("{name}: goes on at record ")),
            "{again}"
        );
        assert!(
            again.contains(&format!(" of {RECORDS} records\n")),
            "{again}"
        );
        assert!(
            again.contains(&format!("left alone: {} records of what", RECORDS / 10)),
            "{again}"
        );
        let whole = folder.read(&format!("whole/{name}"));
        assert!(folder.read(&format!("out/{name}")) == whole);
        let unpacked = match name.ends_with(".gz") {
            true => gunzip(&whole),
            false => whole,
        };
        assert!(unpacked == folder.run(&["clean", name]).stdout);
    }
}
