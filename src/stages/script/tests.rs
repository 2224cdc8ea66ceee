//! Properties of the conversion as a whole.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;

use super::dictionary::Dictionary;
use super::{Conversion, Converter};
use crate::edit::apply;
use crate::rules::Rule;

/// Keys and values of all dictionaries, single characters, and what else a
/// text has.
static PIECES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let rows = Dictionary::ALL.into_iter().flat_map(Dictionary::rows);
    let mut pieces: Vec<_> = rows.flat_map(|(key, value)| [key, value]).collect();
    // Conflicts arise between the characters of phrases.
    let phrases: Vec<_> = pieces
        .iter()
        .copied()
        .filter(|piece| piece.len() > 4)
        .collect();
    for phrase in phrases {
        pieces.extend(
            phrase
                .char_indices()
                .map(|(at, c)| &phrase[at..at + c.len_utf8()]),
        );
    }
    pieces.extend([
        "\n", "，", " ", "a", "⿰", "⿲", "の", "カ", "가", "\u{F900}", "\0", "😀",
    ]);
    pieces
});

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(&PIECES[..]), 1 => select(&PIECES[PIECES.len() - 12..])];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

static CONVERTERS: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    let both = |conversion| [Converter::new(conversion), Converter::exact(conversion)];
    Conversion::ALL.into_iter().flat_map(both).collect()
});

proptest! {
    #[test]
    fn edits_are_sorted_and_change_something(text in text()) {
        for converter in CONVERTERS.iter() {
            let mut edits = Vec::new();
            converter.propose(&text, &mut edits);
            let mut done = 0;
            for edit in &edits {
                prop_assert!(done <= edit.range.start && edit.range.start < edit.range.end);
                prop_assert_ne!(&text[edit.range.clone()], &*edit.replacement);
                done = edit.range.end;
            }
            if converter.wants(&converter.survey(&text)) {
                prop_assert_eq!(apply(&text, &edits), converter.convert(&text));
            }
        }
    }

    #[test]
    fn converting_again_changes_nothing(text in text()) {
        for converter in CONVERTERS.iter().step_by(2) {
            let once = converter.convert(&text);
            prop_assert_eq!(converter.convert(&once), &*once, "{}", converter.conversion());
            let mut edits = Vec::new();
            converter.propose(&text, &mut edits);
            let once = apply(&text, &edits);
            edits.clear();
            converter.propose(&once, &mut edits);
            prop_assert!(edits.is_empty(), "{} {once}", converter.conversion());
        }
    }
}

#[test]
fn no_key_has_a_boundary() {
    for (key, _) in Dictionary::ALL.into_iter().flat_map(Dictionary::rows) {
        assert!(!key.contains(super::converter::BOUNDARIES), "{key}");
    }
}

#[test]
fn each_key_settles() {
    for converter in CONVERTERS.iter().step_by(2) {
        for piece in PIECES.iter() {
            let mut edits = Vec::new();
            converter.propose(piece, &mut edits);
            let once = apply(piece, &edits);
            edits.clear();
            converter.propose(&once, &mut edits);
            assert!(
                edits.is_empty(),
                "{} {piece} {once}",
                converter.conversion()
            );
        }
    }
}

/// What the default conversion makes of a text.
fn t2s(text: &str) -> String {
    Converter::new(Conversion::T2s).convert(text).into_owned()
}

#[test]
fn the_particle_is_told_from_the_work() {
    assert_eq!(
        t2s("他看著這部名著，接著讀專著。"),
        "他看着这部名著，接着读专著。"
    );
    assert_eq!(
        t2s("穿著白色的衣著，配合著音樂討論著顯著的著作"),
        "穿着白色的衣着，配合着音乐讨论着显著的著作"
    );
    assert_eq!(
        t2s("這裡的顯著與显著、原著与著名、土著"),
        "这里的显著与显著、原著与著名、土著"
    );
}

#[test]
fn opencc_s_entries_on_the_particle_are_covered_in_both_scripts() {
    let ours: Vec<_> = Dictionary::Particle.rows().map(|(key, _)| key).collect();
    let exact = Converter::exact(Conversion::T2s);
    for (key, _) in Dictionary::TwVariantsRevPhrases
        .rows()
        .filter(|row| row.0.contains('著'))
    {
        assert!(ours.contains(&key), "{key}");
        assert!(ours.contains(&&*exact.convert(key)), "{key} in Simplified");
    }
}

#[test]
fn simplified_text_stays() {
    for text in [
        "毕昇打坏了一坏的东西",
        "什么",
        "看著著作",
        "沈思浮沈",
        "昇腾芯片",
    ] {
        for conversion in Conversion::ALL {
            assert_eq!(
                Converter::new(conversion).convert(text),
                text,
                "{conversion}"
            );
        }
    }
}

#[test]
fn rare_characters_stay_by_default() {
    assert_eq!(t2s("閞 二噁英 臺灣"), "閞 二噁英 台湾");
}

#[test]
fn japanese_and_korean_lines_stay() {
    let text = "這是東京的櫻花，每年春天，許多人來這裡看花，一直看到晚上。\n東京の桜は綺麗です、鮮やかな夢。\n韓國語는 한국어입니다 漢字\n東京與漢城的對話開始了很久，但是還有許多話要說，還有許多事要做。\n";
    let want = "这是东京的樱花，每年春天，许多人来这里看花，一直看到晚上。\n東京の桜は綺麗です、鮮やかな夢。\n韓國語는 한국어입니다 漢字\n东京与汉城的对话开始了很久，但是还有许多话要说，还有许多事要做。\n";
    assert_eq!(t2s(text), want);
    let japanese = "東京國立博物館\nひらがなとカタカナがたくさんあるにほんごのぶんしょう\n";
    assert_eq!(t2s(japanese), japanese);
}

#[test]
fn composed_edits_name_the_source() {
    let converter = Converter::exact(Conversion::Tw2sp);
    let mut edits = Vec::new();
    converter.propose("裡面的軟體與臺灣", &mut edits);
    let seen: Vec<_> = edits
        .iter()
        .map(|edit| (edit.range.clone(), &*edit.replacement, edit.cause.rule))
        .collect();
    assert_eq!(
        seen,
        [
            (0..3, "里", Rule::ScriptCharacter),
            (9..15, "软件", Rule::ScriptPhrase),
            (15..18, "与", Rule::ScriptCharacter),
            (18..21, "台", Rule::ScriptCharacter),
            (21..24, "湾", Rule::ScriptCharacter),
        ]
    );
}
