use proptest::prelude::*;

use super::search::LONGEST;
use super::{Certainty, Kind, page, repairs};
use crate::edit::{Safety, apply};

/// What the repairs of some certainty make of a text.
fn repaired(text: &str, least: Certainty) -> String {
    let proposals: Vec<_> = repairs(text)
        .into_iter()
        .filter(|repair| repair.certainty <= least)
        .map(super::Repair::propose)
        .collect();
    apply(text, &proposals)
}

#[test]
fn what_the_bytes_say_is_certain() {
    let [repair] = &repairs("流量計(jì)量?jī)x表")[..] else {
        panic!("one repair");
    };
    assert_eq!(repair.replacement, "儀");
    assert_eq!(
        (repair.kind, repair.certainty),
        (Kind::Gloss, Certainty::Certain)
    );
}

#[test]
fn what_was_chosen_is_not() {
    let [repair] = &repairs("展柜里擺滿了老照片?,F(xiàn)在每逢周末")[..] else {
        panic!("one repair");
    };
    assert_eq!(repair.replacement, "。現");
    assert_eq!(
        (repair.kind, repair.certainty),
        (Kind::Cut, Certainty::Margin)
    );
}

#[test]
fn what_is_gone_is_shown_as_gone() {
    let text = "數據由紐卡斯?fàn)柡蛡惗亟邮芰?0天";
    let found = repairs(text);
    let [repair] = &found[..] else {
        panic!("one repair: {found:?}");
    };
    assert_eq!(repair.certainty, Certainty::Lost);
    assert!(repair.replacement.ends_with("了□"), "{repair:?}");
    let proposal = repair.clone().propose();
    assert_eq!(proposal.cause.safety, Safety::Display);
    assert!(proposal.cause.reason.contains('□'));
}

#[test]
fn repeated_glosses_are_one() {
    assert_eq!(
        repaired("獲得獎(jiǎng)(jiǎng)?wù)(wù)潞蜆s耀", Certainty::Margin),
        "獲得獎(jiǎng)(jiǎng)章和榮耀"
    );
}

#[test]
fn what_looks_like_damage_and_is_none_stays() {
    for text in [
        "什么??真的??,我不信。",
        "f(a)?,F(b)=0",
        "就能酱謇铩?018年",
        "維生素A(ā)和K(kē)",
        "亳(bó)州?,饕(tāo)餮(tiè)!",
        "他問：“真的？！”我說：“真的！”",
        "?",
        "?,",
        "(",
        "",
    ] {
        assert_eq!(repairs(text), [], "{text}");
    }
}

#[test]
fn a_search_does_not_grow_with_the_text() {
    let text = "真的?!".repeat(20_000);
    let longest = repairs(&text).iter().map(|repair| repair.range.len()).max();
    assert!(
        longest.is_none_or(|longest| longest <= 2 * LONGEST),
        "{longest:?}"
    );
    assert!(repaired(&text, Certainty::Margin).len() > text.len() / 2);
    let text = format!("重要?jiǎng){}", "恿υ础".repeat(20_000));
    let longest = repairs(&text).iter().map(|repair| repair.range.len()).max();
    assert!(
        longest.is_none_or(|longest| longest <= 2 * LONGEST),
        "{longest:?}"
    );
    assert!(repaired(&text, Certainty::Margin).len() > text.len() / 2);
}

const PIECES: &[&str] = &[
    "重要",
    "?jiǎng)",
    "恿υ础",
    "?br />",
    "?,F(xiàn)",
    "有",
    "動(dòng)力",
    "?!",
    "?！",
    "“",
    "”",
    "。",
    "值得關(guān)注",
    "?",
    "？",
    ",",
    "，",
    "(shù)",
    "?shù)",
    "的",
    "產(chǎn)",
    "I(yè)",
    "€",
    " ",
    "\n",
    "0",
    "]",
    "</p>",
    "空間",
    "梢酝ㄟ^",
    "\u{E000}",
    "😀",
    "\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn repairs_are_sorted_disjoint_and_change_something(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30),
    ) {
        let text = pieces.concat();
        let mut done = 0;
        for repair in repairs(&text) {
            prop_assert!(done <= repair.range.start && repair.range.start <= repair.range.end);
            prop_assert_ne!(&text[repair.range.clone()], &repair.replacement);
            prop_assert!(!repair.margin.is_nan());
            done = repair.range.end;
        }
    }
}

#[test]
fn where_nearly_all_is_lost_nothing_is_searched() {
    for text in [
        "?".repeat(5_000),
        format!("年?{}", "?".repeat(5_000)),
        "<??>".repeat(1_000),
        "?x".repeat(1_000),
    ] {
        assert!(
            page::is_hopeless(&text, text.find("??").unwrap_or(0)),
            "{text:.20}"
        );
        assert!(repairs(&text).is_empty(), "{text:.20}");
    }
    // A page may have as much of it as this.
    let text = "重要?jiǎng)恿υ础?br />";
    for (at, _) in text.match_indices('?') {
        assert!(!page::is_hopeless(text, at));
    }
    assert!(!page::is_hopeless("?????的话，还有别的什么可以说呢", 0));
}
