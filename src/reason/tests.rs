use std::collections::BTreeSet;
use std::sync::Mutex;

use super::*;
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::language::is_han;
use crate::rules::Rule;
use crate::source::Source;

/// Words of Latin letters that Chinese text has too: names, and a label of mails.
const NAMES: [&str; 3] = ["windows", "quoted", "printable"];

/// What is wrong with a reason's Chinese, if anything is: no Han characters, or words of
/// English outside of what it quotes. Names have capitals.
pub(crate) fn fault(reason: &Reason) -> Option<String> {
    let chinese = reason.in_language(Lang::Zh);
    let mut said = String::new();
    let mut is_quoted = false;
    for character in chinese.chars() {
        match character {
            '`' => is_quoted = !is_quoted,
            '「' => is_quoted = true,
            '」' => is_quoted = false,
            _ if !is_quoted => said.push(character),
            _ => {}
        }
    }
    // The place of a dictionary's row.
    let pieces: Vec<&str> = said.split(".tsv:").collect();
    let last = pieces.len() - 1;
    let without_file = |(at, piece): (usize, &&str)| match at == last {
        true => (*piece).to_owned(),
        false => piece
            .trim_end_matches(|c: char| c.is_ascii_lowercase())
            .to_owned(),
    };
    let said: String = pieces.iter().enumerate().map(without_file).collect();
    let words = said.split(|c: char| !c.is_ascii_alphabetic());
    let english = words.filter(|word| {
        word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()) && !NAMES.contains(word)
    });
    let english: Vec<&str> = english.collect();
    let is_wrong = !chinese.chars().any(is_han) || !english.is_empty() || *chinese == **reason;
    is_wrong.then(|| format!("{chinese} ({reason}): {english:?}"))
}

static ASKED: Mutex<Vec<Lang>> = Mutex::new(Vec::new());

#[test]
fn it_is_put_into_words_once_a_language_and_only_if_it_is_read() {
    let asked = || ASKED.lock().unwrap();
    let reason = Reason::later(|lang| {
        ASKED.lock().unwrap().push(lang);
        Both {
            en: "why",
            zh: "理由",
        }
        .in_language(lang)
        .to_owned()
    });
    let other = reason.clone();
    assert_eq!(*asked(), []);
    assert_eq!((&*reason, other.as_str()), ("why", "why"));
    assert_eq!(*asked(), [Lang::En]);
    assert_eq!(other.in_language(Lang::Zh), "理由");
    assert_eq!(reason.in_language(Lang::Zh), "理由");
    assert_eq!(*asked(), [Lang::En, Lang::Zh]);
    let fixed = Reason::from(&Both {
        en: "why",
        zh: "为什么",
    });
    assert_eq!((&fixed, fixed.in_language(Lang::Zh)), (&reason, "为什么"));
}

#[test]
fn it_is_no_larger_than_a_text() {
    assert_eq!(size_of::<Reason>(), size_of::<&str>());
}

fn reason(en: &'static str, zh: &'static str) -> Reason {
    Reason::later(move |lang| Both { en, zh }.in_language(lang).to_owned())
}

#[test]
fn a_fault_is_found() {
    let english = "a byte is lost";
    for chinese in [
        "",
        "GBK",
        english,
        "a 字节 is lost",
        "字节 lost",
        "字节（is lost.tsv:1）",
    ] {
        assert!(fault(&reason(english, chinese)).is_some(), "{chinese}");
    }
    for chinese in [
        "字节丢失",
        "GBK 被当成 windows-1252 读取",
        "依据语境 `~lost`（energy.tsv:2）",
        "「lost」丢失",
    ] {
        assert_eq!(fault(&reason(english, chinese)), None);
    }
}

/// The texts of a file of cases.
fn cases(file: &str) -> impl Iterator<Item = String> {
    let rows = file
        .lines()
        .skip(1)
        .filter_map(|row| row.split('\t').next());
    rows.map(|cell| {
        let cell = cell.replace("\\r", "\r").replace("\\n", "\n");
        let mut pieces = cell.split("\\u{");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (code, rest) = piece.split_once('}').expect("a code point in braces");
            let code = u32::from_str_radix(code, 16).expect("a code point");
            text.extend(char::from_u32(code));
            text += rest;
        }
        text
    })
}

/// The reasons of all that was found in a document, with the rules.
fn reasons<'c>(cleaned: &'c Cleaned<'_>) -> impl Iterator<Item = (Rule, &'c Reason)> {
    let causes = cleaned.edits().flat_map(|edit| edit.causes);
    causes.map(|cause| (cause.rule, &cause.reason))
}

#[test]
fn every_finding_says_why_in_chinese() {
    let files = [
        include_str!("../../tests/cases/wording.tsv"),
        include_str!("../../tests/cases/mojibake.tsv"),
        include_str!("../../tests/cases/mojibake-stage.tsv"),
        include_str!("../../tests/cases/characters.tsv"),
        include_str!("../../tests/cases/damage.tsv"),
        include_str!("../../tests/cases/gloss.tsv"),
        include_str!("../../tests/cases/pipeline.tsv"),
        include_str!("../../tests/cases/known-failures.tsv"),
    ];
    let broken = b"\xBB\xFA\xC6\xF7\xFF\xD1\xA7\xCF\xB0\xD3\xC3\xD3\xDA\xB9\xA4\xB3\xCC";
    let (glossed, _, _) = encoding_rs::GBK.encode(Rule::GlossBytes.info().before);
    let glossed = with_bytes(&glossed);
    let sources = [
        Source::decode_damaged(broken, None).expect("it is GBK"),
        Source::decode(&glossed).expect("it can be mended"),
    ];
    let examples = Rule::all().map(|rule| rule.info().before.to_owned());
    let texts: Vec<String> = files.into_iter().flat_map(cases).chain(examples).collect();
    let texts = texts.iter().map(|text| Source::from(text.as_str()));

    let careful = Cleaner::new();
    let bold = Cleaner::builder().apply_unsafe(true).build();
    let (mut faults, mut rules) = (BTreeSet::new(), BTreeSet::new());
    let mut told = String::new();
    for source in texts.chain(sources) {
        for cleaner in [&careful, &bold] {
            for (rule, reason) in reasons(&cleaner.clean(source.clone())) {
                rules.insert(rule.id());
                faults.extend(fault(reason));
                told += reason.in_language(Lang::Zh);
            }
        }
        careful.explain(source, |step| {
            for weighed in step.weighed {
                faults.extend(fault(&weighed.reason));
                told += weighed.reason.in_language(Lang::Zh);
            }
        });
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(
        rules,
        Rule::all().map(Rule::id).collect(),
        "all rules are met"
    );
    // What no rule stands for.
    for part in [
        "每隔固定的字数",
        "依据语境",
        "与它重叠",
        "没有地方叫",
        "可能替换了",
        "予以保留",
        "不支持",
        "看不出全文是伪原创",
        "不足以认定全文是伪原创",
        "那个字本身只剩一半",
    ] {
        assert!(told.contains(part), "{part}");
    }
}

/// `<84>` stands for a byte.
fn with_bytes(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        rest = behind;
        match behind {
            [a, b, b'>', after @ ..] if *first == b'<' => {
                let code = [*a, *b];
                let code = std::str::from_utf8(&code).expect("ASCII");
                bytes.push(u8::from_str_radix(code, 16).expect("hexadecimal"));
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    bytes
}
