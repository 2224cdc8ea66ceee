use std::sync::LazyLock;

use base64::Engine;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::cleaner::Cleaner;
use crate::report::{Github, Human, Json, JsonLines, Part, Printer, Sarif};
use crate::rules::Rule;

const HTML: Html = Html { lang: Lang::En };

fn page(documents: &[(&str, &str)]) -> String {
    let cleaner = Cleaner::new();
    let mut printer = Printer::new(&HTML);
    let mut out = Vec::new();
    for (name, text) in documents {
        let part = Part::document(&HTML, name, &cleaner.clean(*text)).unwrap();
        printer.print(&mut out, part).unwrap();
    }
    let failure = Part::failure(&HTML, "<c>", &"a & b").unwrap();
    printer.print(&mut out, failure).unwrap();
    printer.finish(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_policy_names_style_and_script() {
    let hash = |text: &str| {
        let hash = Sha256::digest(text.as_bytes());
        let hash = base64::engine::general_purpose::STANDARD.encode(hash);
        format!("sha256-{hash}")
    };
    assert_eq!((STYLE_HASH, SCRIPT_HASH), (&*hash(STYLE), &*hash(SCRIPT)));
}

#[test]
fn the_template_is_filled() {
    let page = page(&[("a.txt", "没有问题"), ("<b>.txt", "<script>漢語</script>")]);
    assert!(
        !page.contains("{totals}") && !page.contains("{list}"),
        "{page}"
    );
    assert_eq!(page.matches("<section class=doc").count(), 1);
    assert_eq!(page.matches("<script>").count(), 1);
    assert!(page.contains("&lt;script&gt;"));
    assert!(page.contains("<b>&lt;c&gt;</b>: a &amp; b"));
    let id = anchor("<b>.txt");
    assert!(page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"{id}\"")));
}

#[test]
fn both_sides_have_every_mark_and_link_to_each_other() {
    let text = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚。\n\n第二行。\n";
    let page = page(&[("a", text)]);
    let id = anchor("a");
    let marks = marks(&Cleaner::new().clean(text), Lang::En).len();
    assert!(marks > 2);
    for index in 0..marks {
        let link = |from, to| format!("<a id={id}{from}{index} href=#{id}{to}{index} ");
        assert!(
            page.contains(&link('o', 'r')) && page.contains(&link('r', 'o')),
            "{index}"
        );
    }
}

/// Of what is safe, and of what is not safe too; they take a while to build.
static CLEANERS: LazyLock<[Cleaner; 2]> = LazyLock::new(|| {
    [false, true].map(|apply_unsafe| Cleaner::builder().apply_unsafe(apply_unsafe).build())
});

/// Texts in which edits and suggestions of every rule meet.
fn text() -> impl Strategy<Value = String> {
    let examples: Vec<&str> = Rule::all().map(|rule| rule.info().before).collect();
    let piece = prop_oneof![
        4 => prop::sample::select(examples).prop_map(str::to_owned),
        2 => "[重要動力產業發展現有企相當的\\n，。<>&\"' ]{0,8}",
        1 => prop::sample::select(vec!["\r\n", "\u{FFFD}", "\u{200B}", "👩\u{200D}🌾", "\0", "\t"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_rows_are_both_texts_whole(text in text(), apply_unsafe in any::<bool>()) {
        let cleaned = CLEANERS[usize::from(apply_unsafe)].clean(text.as_str());
        let marks = marks(&cleaned, Lang::En);
        let (original, restored) = rows::texts(&rows(&text, &marks), &marks);
        prop_assert_eq!(original, text.as_str());
        prop_assert_eq!(restored, cleaned.text());
    }

    #[test]
    fn every_format_takes_every_text(text in text()) {
        let cleaned = CLEANERS[0].clean(text.as_str());
        let reports: [&dyn Report; 3] = [&HTML, &Human::default(), &Github::default()];
        for report in reports {
            Part::document(report, "a", &cleaned).unwrap();
        }
        let objects: [&dyn Report; 3] = [&Json::default(), &JsonLines::default(), &Sarif::default()];
        for report in objects {
            let mut out = Vec::new();
            let mut printer = Printer::new(report);
            printer.print(&mut out, Part::document(report, "a", &cleaned).unwrap()).unwrap();
            printer.finish(&mut out).unwrap();
            let value: Result<serde_json::Value, _> = serde_json::from_slice(&out);
            prop_assert!(value.is_ok(), "{:?}", value);
        }
    }
}
