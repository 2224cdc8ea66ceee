use base64::Engine;
use sha2::{Digest, Sha256};

use super::*;
use crate::cleaner::Cleaner;
use crate::report::{Part, Printer};

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
    let marks = marks(&Cleaner::new().clean(text)).len();
    assert!(marks > 2);
    for index in 0..marks {
        let link = |from, to| format!("<a id={id}{from}{index} href=#{id}{to}{index} ");
        assert!(
            page.contains(&link('o', 'r')) && page.contains(&link('r', 'o')),
            "{index}"
        );
    }
}
