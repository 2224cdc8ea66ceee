//! The simulator makes of clean pages what was seen, and keeps right account
//! of it.

use super::garbler::{Filter, Garbled, Garbler};
use super::random::Random;
use super::reader::{Decoder, Delimiter, Reader};
use super::table::{Gloss, Marks};
use super::trace::Kind;

static OBSERVED: &str = include_str!("../../data/observed.tsv");

/// Garbles a page with nothing left to chance: glosses in this order, a cut
/// at every one of these marks' bytes.
fn garbled(page: &str, table: &str, cut_at: &str, reader: Reader) -> Garbled {
    let marks = Marks {
        tones: true,
        times: 1,
    };
    let gloss = |item: &str| {
        let mut characters = item.chars();
        let character = characters.next()?;
        Gloss::new(character, characters.as_str(), marks)
    };
    let table = table
        .split_whitespace()
        .map(|item| gloss(item).unwrap_or_else(|| panic!("{item}")))
        .collect();
    let cuts = Delimiter::ALL.map(|delimiter| {
        if cut_at.contains(delimiter.character()) {
            1.0
        } else {
            0.0
        }
    });
    let garbler = Garbler {
        filter: Filter::Table {
            table,
            within: 0..1000,
        },
        cuts,
        reader,
        line_end: "",
    };
    garbler.garble(page, &mut Random::of_document(0, 0))
}

const READER: Reader = Reader {
    decoder: Decoder::Question,
    drops_private_use: true,
    narrows: true,
};

/// The garbled text with each run's original in its place.
fn repaired(garbled: &Garbled) -> String {
    let mut out = String::new();
    let mut done = 0;
    for run in &garbled.runs {
        out.push_str(&garbled.text[done..run.text.start]);
        out.push_str(&garbled.traditional(run));
        done = run.text.end;
    }
    out + &garbled.text[done..]
}

#[test]
fn what_was_seen_is_made() {
    let mut count = 0;
    for line in OBSERVED.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [page, table, cut_at, decoder, private_use, widths, seen] = cells[..] else {
            panic!("seven columns: {line}")
        };
        let reader = Reader {
            decoder: match decoder {
                "question" => Decoder::Question,
                "drop" => Decoder::Drop,
                _ => panic!("a decoder: {line}"),
            },
            drops_private_use: private_use == "drop",
            narrows: widths == "narrow",
        };
        let garbled = garbled(page, table, cut_at, reader);
        assert_eq!(garbled.text, seen);
        count += 1;
    }
    assert!(count > 40);
}

#[test]
fn a_run_is_what_did_not_come_through() {
    let garbled = garbled("重要动力源。<br />", "獎jiǎng", "", READER);
    let [run] = &garbled.runs[..] else {
        panic!("{:?}", garbled.runs)
    };
    assert_eq!(&garbled.text[run.text.clone()], "?jiǎng)恿υ础?");
    assert_eq!(garbled.simplified(run), "动力源。<");
    assert_eq!(garbled.traditional(run), "動力源。<");
    assert_eq!(run.kinds, [Kind::Gloss, Kind::Eaten('<')]);
    // The first byte of 動, the last one of 。 and the bracket.
    assert_eq!(run.lost, b"\x84\xA3<");
    assert_eq!((garbled.glosses, garbled.splits), (1, 1));
}

#[test]
fn kinds_of_damage() {
    let kinds = |page, table, cut_at| {
        let garbled = garbled(page, table, cut_at, READER);
        let kinds: Vec<Vec<Kind>> = garbled.runs.iter().map(|run| run.kinds.clone()).collect();
        kinds
    };
    let comma = Delimiter::Comma;
    assert_eq!(kinds("507.4%。现有", "現xiàn", "，"), [[Kind::Cut(comma)]]);
    assert_eq!(
        kinds("人民日报》周一", "報bào 請qǐng", ""),
        [[Kind::Gloss, Kind::OwnGloss]]
    );
    assert_eq!(
        kinds("这是因为，在幼儿园", "驗yàn", "，"),
        [[Kind::Gloss, Kind::Ended(comma)]]
    );
    assert_eq!(
        kinds("发展潜力[3]", "節jié", ""),
        [[Kind::Gloss, Kind::PrivateUse]]
    );
    assert_eq!(
        kinds("接受了30天，斯尔和伦敦接受了30天", "範fàn", ""),
        [[Kind::Gloss, Kind::Eaten('3')]]
    );
    // Glosses and cuts between characters damage nothing.
    assert!(kinds("发展，动力", "發fā 動dòng", "，").is_empty());
}

#[test]
fn the_dropping_decoder_leaves_runs_too() {
    let reader = Reader {
        decoder: Decoder::Drop,
        ..READER
    };
    let garbled = garbled("规划》。《规划》明确", "規guī", "！", reader);
    assert_eq!(garbled.text, "規(guī)劃》!兑(guī)劃》明確");
    let [run] = &garbled.runs[..] else {
        panic!("{:?}", garbled.runs)
    };
    assert_eq!(&garbled.text[run.text.clone()], "!兑(guī)");
    assert_eq!(garbled.traditional(run), "。《規");
    assert_eq!(run.lost, b"\xA1\x8E");
    assert!(run.kinds.contains(&Kind::Dropped));
}

#[test]
fn runs_put_back_give_the_page() {
    let page = "当地居民探索新的致富之路,帮助更多的乡村。现有“交通不便,粮食”。";
    let table = "數shù 當dāng 鄉xiāng 現xiàn 動dòng";
    let garbled = garbled(page, table, "，！", READER);
    assert!(garbled.runs.len() >= 2, "{:?}", garbled.text);
    let without_glosses = repaired(&garbled)
        .replace("(dāng)", "")
        .replace("(xiàn)", "")
        .replace("(xiāng)", "");
    let narrowed: String = garbled.traditional.iter().collect();
    assert_eq!(without_glosses, narrowed);
}
