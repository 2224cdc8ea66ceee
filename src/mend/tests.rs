use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::GB18030;
use proptest::prelude::*;

use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::encoding::{DecodeError, Encoding};
use crate::regions::Syntax;
use crate::rules::{Rule, RuleSet};
use crate::source::Source;

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// What the filter makes of a page with the rows of a table, in their order.
fn filtered(page: &[u8], table: &[&str]) -> Vec<u8> {
    let mut bytes = page.to_vec();
    for row in table {
        let (character, gloss) = row.split_at(3);
        let (needle, gloss) = (gbk(character), gbk(gloss));
        let mut out = Vec::new();
        let mut rest = &bytes[..];
        while let Some(at) = memchr::memmem::find(rest, &needle) {
            out.extend_from_slice(&rest[..at + 2]);
            out.extend_from_slice(&gloss);
            rest = &rest[at + 2..];
        }
        out.extend_from_slice(rest);
        bytes = out;
    }
    bytes
}

/// With the one rule, and with none.
static MENDING: LazyLock<Cleaner> = LazyLock::new(|| {
    Cleaner::builder()
        .rules([Rule::GlossBytes].into_iter().collect())
        .build()
});
static REFUSING: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::builder().rules(RuleSet::none()).build());

fn cleaned(bytes: &[u8]) -> Cleaned<'_> {
    MENDING.clean(Source::decode(bytes).expect("it can be mended"))
}

fn replayed(cleaned: &Cleaned<'_>) -> String {
    let mut text = cleaned.source().text().to_owned();
    let edits: Vec<_> = cleaned.edits().collect();
    for edit in edits.into_iter().rev() {
        assert_eq!(&text[edit.range.clone()], edit.original);
        text.replace_range(edit.range, edit.replacement);
    }
    text
}

const PAGE: &str = "重要動力源。\n產業發展<b title=重要動力>現有</b>企業";
const TABLE: [&str; 4] = ["動(dòng)", "發(fā)", "業(yè)", "獎(jiǎng)"];

#[test]
fn what_was_inserted_is_taken_out_exactly() {
    let bytes = filtered(&gbk(PAGE), &TABLE);
    assert!(
        GB18030
            .decode_without_bom_handling_and_without_replacement(&bytes)
            .is_none()
    );
    let cleaned = cleaned(&bytes);
    assert_eq!(cleaned.text(), PAGE);
    assert_eq!(replayed(&cleaned), PAGE);
    assert_eq!(&*cleaned.to_bytes().unwrap(), gbk(PAGE));
    assert_eq!(cleaned.encoding(), Encoding::Gbk);
    let inserted = cleaned.evidence().inserted;
    assert_eq!((inserted.glosses, inserted.inside), (7, 2));
    assert!(
        cleaned
            .source()
            .text()
            .starts_with("重要(jiǎng)動(dòng)力源")
    );
}

#[test]
fn an_edit_says_where_the_gloss_is_in_the_file() {
    let bytes = filtered(&gbk(PAGE), &TABLE);
    let cleaned = cleaned(&bytes);
    for edit in cleaned.edits() {
        assert!(edit.applied && edit.replacement.is_empty());
        assert_eq!(edit.causes[0].rule, Rule::GlossBytes);
        let place = cleaned.source().bytes_of(&edit.range);
        assert_eq!(&bytes[place], gbk(edit.original), "{}", edit.original);
    }
    // The bytes of 動 have the gloss inside.
    let text = cleaned.source().text();
    let at = text.find('動').unwrap();
    let place = cleaned.source().bytes_of(&(at..at + 3));
    assert_eq!(&bytes[place], b"\x84(ji\xA8\xA3ng)\xD3");
    let place = cleaned.source().bytes_of(&(0..at + 3));
    assert_eq!(&bytes[place], b"\xD6\xD8\xD2\xAA\x84(ji\xA8\xA3ng)\xD3");
    let place = cleaned.source().bytes_of(&(at..at));
    assert_eq!(place, 4..4);
}

#[test]
fn with_the_rule_off_the_file_stays_as_it_is() {
    let bytes = filtered(&gbk(PAGE), &TABLE);
    let source = Source::decode(&bytes).unwrap();
    let cleaned = REFUSING.clean(source.clone());
    assert!(cleaned.is_clean());
    assert_eq!(&*cleaned.to_bytes().unwrap(), bytes);
    // So do the broken characters, as long as no edit touches them.
    let at = source.text().find('源').unwrap();
    let patched = source
        .patched(source.text(), [(at..at + 3, "泉")].into_iter())
        .unwrap();
    let expected = filtered(&gbk(&PAGE.replace('源', "泉")), &TABLE);
    assert_eq!(&*patched, expected);
}

#[test]
fn edits_beside_the_gloss_and_of_its_character() {
    let bytes = filtered(&gbk(PAGE), &TABLE);
    let source = Source::decode(&bytes).unwrap();
    let at = source.text().find('動').unwrap();
    let patched = |range: Range<usize>, replacement| {
        let edit = [(range, replacement)].into_iter();
        source.patched(source.text(), edit).unwrap()[..20].to_vec()
    };
    // 动 for 動 and its gloss; the other gloss stays, before it.
    let expected = gbk("重要(jiǎng)动力源");
    assert!(patched(at..at + 3 + "(dòng)".len(), "动").starts_with(&expected[..18]));
    let expected = gbk("重要动(dòng)力");
    assert!(patched(at - "(jiǎng)".len()..at + 3, "动").starts_with(&expected[..13]));
    // The gloss alone: the character's bytes come together.
    let expected = gbk("重要動(dòng)力");
    assert!(patched(at - "(jiǎng)".len()..at, "").starts_with(&expected[..13]));
}

#[test]
fn what_an_author_wrote_stays() {
    let page = "重要動力，亳(bó)州的動(dòng)力，長(cháng)江，發展(fāzhǎn)產業，業(yè)務發動。\
                現有企業的動力來自產業的發展，樂(yuè)隊的快樂、音樂，企業。";
    let table = ["發(fā)", "長(zhǎng)", "業(yè)", "動(dòng)", "獎(jiǎng)"];
    let bytes = filtered(&gbk(page), &table);
    assert_eq!(cleaned(&bytes).text(), page);
}

#[test]
fn a_character_that_ends_with_a_letter() {
    // 以 D2D4, 許 D453: the page can be decoded all the same.
    let page = "以S為名的動力產業發展，現有企業的動力來自產業的發展。";
    let bytes = filtered(&gbk(page), &["動(dòng)", "業(yè)", "許(xǔ)"]);
    let cleaned = cleaned(&bytes);
    assert!(cleaned.source().text().starts_with("以S(xǔ)為"));
    assert_eq!(cleaned.text(), page);
}

#[test]
fn repeated_and_toneless_glosses() {
    for table in [
        ["動(dòng)(dòng)", "業(yè)(yè)", "獎(jiǎng)(jiǎng)"],
        ["動(dong)", "業(ye)", "獎(jiang)"],
        ["動(dong)(dong)", "業(ye)(ye)", "獎(jiang)(jiang)"],
    ] {
        let bytes = filtered(&gbk(PAGE), &table);
        assert_eq!(cleaned(&bytes).text(), PAGE, "{table:?}");
    }
}

#[test]
fn a_page_filtered_in_part() {
    let rest = "動力、產業、發動、企業、業務。".repeat(20);
    let bytes = [gbk(&rest), filtered(&gbk(PAGE), &TABLE), gbk(&rest)].concat();
    assert_eq!(cleaned(&bytes).text(), [&rest, PAGE, &rest].concat());
}

#[test]
fn other_bytes_that_do_not_decode_are_still_an_error() {
    let glossed = filtered(&gbk(PAGE), &TABLE);
    let bytes = [&glossed[..], b"\xFF", &glossed].concat();
    let malformed = DecodeError::Malformed {
        encoding: Encoding::Gbk,
        offset: glossed.len(),
        byte: 0xFF,
    };
    assert_eq!(Source::decode(&bytes).unwrap_err(), malformed);
    let as_gbk = Source::decode_as(&bytes, Encoding::Gbk);
    assert_eq!(as_gbk.unwrap_err(), malformed);
    assert!(Source::decode_as(&glossed, Encoding::Gb18030).is_ok());
    assert!(Source::decode_as(&glossed, Encoding::Big5).is_err());
}

#[test]
fn too_little_evidence_is_none() {
    // A single gloss is enough inside a character, unless that is a rare one.
    let bytes = filtered(&gbk("重要動力"), &["獎(jiǎng)"]);
    assert_eq!(cleaned(&bytes).text(), "重要動力");
    let bytes = filtered(&gbk("重要勈力"), &["獎(jiǎng)"]);
    assert!(Source::decode(&bytes).is_err());
    // Two, none of them inside one.
    let bytes = [
        filtered(&gbk("動力產業發動"), &["動(dòng)", "業(yè)"]),
        vec![0xFF],
    ]
    .concat();
    assert!(matches!(
        Source::decode(&bytes),
        Err(DecodeError::Malformed { .. })
    ));
}

#[test]
fn a_tag_is_mended_too() {
    let bytes = filtered(&gbk(PAGE), &TABLE);
    let source = Source::decode(&bytes).unwrap().with_syntax(Syntax::Html);
    let cleaned = MENDING.clean(source);
    assert_eq!(cleaned.text(), PAGE);
}

#[cfg(feature = "cli")]
#[test]
fn reports_show_the_removals() {
    use crate::report::{Human, JsonLines, Report};
    let bytes = filtered(&gbk(PAGE), &TABLE);
    let cleaned = cleaned(&bytes);
    let mut json = Vec::new();
    let report = JsonLines::default();
    report.document(&mut json, "page", &cleaned).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["evidence"]["inserted"]["inside"], 2);
    let edit = &json["edits"][0];
    assert_eq!(edit["rule"], "gloss-bytes");
    assert_eq!(edit["original"], "(jiǎng)");
    assert_eq!(
        (&edit["file_start"], &edit["file_end"]),
        (&5.into(), &13.into())
    );
    let mut human = Vec::new();
    let report = Human::default();
    report.document(&mut human, "page", &cleaned).unwrap();
    let human = String::from_utf8(human).unwrap();
    assert!(
        human.starts_with("page:1:3: gloss-bytes: (jiǎng) → ∅\n"),
        "{human}"
    );
}

/// Pages of characters whose bytes often meet in a needle, and of all that a
/// page may hold besides.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[重要動力產業發展現有企相當的制造測量儀器日報因為老師無法]{1,6}",
        2 => prop::sample::select(vec![
            "。", "，", "\r\n", "<br />", "(2)", "€", "é", "𠀀", "亳(bó)", "長(cháng)", "\u{E000}",
        ])
        .prop_map(str::to_owned),
        1 => "[一-龥]{1,4}",
    ];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

const ROWS: [&str; 12] = [
    "動(dòng)",
    "業(yè)",
    "發(fā)",
    "獎(jiǎng)",
    "數(shù)",
    "當(dāng)",
    "績(jī)",
    "請(qǐng)",
    "報(bào)",
    "驗(yàn)",
    "現(xiàn)",
    "長(zhǎng)",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn mended_pages_are_the_originals(
        page in page(),
        table in prop::sample::subsequence(ROWS.to_vec(), 2..=ROWS.len())
            // Else an author's 長(cháng) could be a row of the table.
            .prop_map(|mut table| {
                table.retain(|row| !row.starts_with('長'));
                table.push("長(zhǎng)");
                table
            })
            .prop_shuffle(),
        keep in prop::collection::vec(any::<bool>(), 200),
    ) {
        let original = gbk(&page);
        let bytes = filtered(&original, &table);
        let Ok(source) = Source::decode(&bytes) else {
            // Broken, with too little to show why.
            return Ok(());
        };
        if source.mended().is_none() {
            return Ok(());
        }
        let cleaned = MENDING.clean(source.clone());
        prop_assert_eq!(cleaned.text(), page);
        prop_assert_eq!(replayed(&cleaned), cleaned.text());
        prop_assert_eq!(&*cleaned.to_bytes().unwrap(), original);
        prop_assert_eq!(source.patched(source.text(), [].into_iter()).unwrap(), &bytes[..]);

        // Some of the edits: what they leave is the page with the other glosses.
        let edits: Vec<Range<usize>> = cleaned
            .edits()
            .zip(keep.iter().cycle())
            .filter_map(|(edit, &keep)| (!keep).then_some(edit.range))
            .collect();
        let patched = source.patched(source.text(), edits.iter().map(|range| (range.clone(), ""))).unwrap();
        let removed: usize = edits.iter().map(|range| source.bytes_of(range).len()).sum();
        prop_assert_eq!(patched.len(), bytes.len() - removed);
        let mut rest = bytes.clone();
        for range in edits.iter().rev() {
            rest.drain(source.bytes_of(range));
        }
        prop_assert_eq!(&*patched, rest);
    }

    #[test]
    fn undamaged_pages_are_left_alone(page in page(), table in prop::sample::subsequence(ROWS.to_vec(), 0..6)) {
        // Glosses between characters only: the file can be decoded.
        let mut text = page;
        for row in table {
            text = text.replace(&row[..3], row);
        }
        let bytes = gbk(&text);
        let source = Source::decode_as(&bytes, Encoding::Gb18030).expect("it was encoded");
        prop_assert!(source.mended().is_none());
    }

    #[test]
    fn any_bytes_are_mended_or_refused(
        mut bytes in prop::collection::vec(prop_oneof![
            Just(b"\xAA\x84(ji\xA8\xA3ng)".to_vec()),
            Just(b"\x84\xD3(d\xA8\xB0ng)".to_vec()),
            Just(b"\x98I(y\xA8\xA8)\xD3".to_vec()),
            prop::collection::vec(any::<u8>(), 1..6),
        ], 0..20).prop_map(|pieces| pieces.concat()),
    ) {
        bytes.push(b'\n');
        if let Ok(source) = Source::decode_as(&bytes, Encoding::Gbk) {
            prop_assert_eq!(source.patched(source.text(), [].into_iter()).unwrap(), &bytes[..]);
            let cleaned = MENDING.clean(source);
            prop_assert_eq!(replayed(&cleaned), cleaned.text());
            prop_assert!(Source::decode_as(&cleaned.to_bytes().unwrap(), Encoding::Gbk).is_ok());
        }
    }
}
