use super::*;

fn all(left: &str, right: &str) -> Vec<Feature> {
    let mut found = Vec::new();
    features(&Window::new(left, right), |feature| found.push(feature));
    found
}

#[test]
fn a_window_ends_with_the_line() {
    let window = Window::new("前一行\n２０２５年 新能源Wi-Fi", "，第 10 章\r\n下一行");
    let left: String = window.left().iter().collect();
    let right: String = window.right().iter().collect();
    assert_eq!(
        (left.as_str(), right.as_str()),
        ("a-a源能新年0\n", ",第0章\n")
    );
}

#[test]
fn a_window_reaches_so_far() {
    let text = "一二三四五六七八九十甲乙丙丁";
    let window = Window::new(text, text);
    assert_eq!(window.left().len(), REACH);
    assert_eq!(window.left()[REACH - 1], '三');
    assert_eq!(window.right()[REACH - 1], '乙');
}

#[test]
fn features_differ_by_side_and_kind() {
    let mut found = all("甲乙", "甲乙");
    let count = found.len();
    found.sort();
    found.dedup();
    // Three on the left with the line's end, as many on the right, four across,
    // and the pairs 甲乙 (once) and each side's end.
    assert_eq!((found.len(), count), (3 + 3 + 4 + 3, count));
}

/// A table that says that it has `reached` places, all of one pair, and has `places`.
fn table(reached: u32, places: usize) -> Vec<u8> {
    let mut body = Vec::new();
    for real in [1.0_f32, 0.0, 0.0] {
        body.extend(real.to_le_bytes());
    }
    body.extend(1_u32.to_le_bytes());
    body.extend(reached.to_le_bytes());
    body.extend([0; 8 + 2]);
    body.extend(reached.to_le_bytes());
    body.extend(vec![0; places * SLOT]);
    sealed(&body)
}

fn sealed(body: &[u8]) -> Vec<u8> {
    let sum = crate::language::ngram::checksum(body).to_le_bytes();
    [&CHOICE_MAGIC[..], &sum, body].concat()
}

#[test]
fn what_is_no_table_is_an_error() {
    let whole = table(10, 10 + TAIL);
    assert!(Choices::open(&whole).is_ok());
    assert!(Choices::open(EMBEDDED).is_ok());
    assert_eq!(Choices::open(&b""[..]).err(), Some(ChoiceError::Magic));
    assert_eq!(
        Choices::open(&whole[..12]).err(),
        Some(ChoiceError::Checksum)
    );
    let mut changed = whole.clone();
    changed[40] ^= 1;
    assert_eq!(Choices::open(&changed).err(), Some(ChoiceError::Checksum));
    for (reached, places) in [(0, 1 + TAIL), (10, 9 + TAIL), (u32::MAX, TAIL)] {
        let malformed = Choices::open(table(reached, places)).err();
        assert!(
            matches!(malformed, Some(ChoiceError::Malformed(_))),
            "{reached}"
        );
    }
    // What its pairs have together is not what it says.
    let mut other = whole[16..].to_vec();
    other[12 + 8 + 8 + 2] += 1;
    assert!(matches!(
        Choices::open(sealed(&other)).err(),
        Some(ChoiceError::Malformed(_))
    ));
    for length in 0..20 {
        let cut = sealed(&whole[16..16 + length]);
        assert!(matches!(
            Choices::open(&cut).err(),
            Some(ChoiceError::Malformed(_))
        ));
    }
}

#[test]
fn the_embedded_table_knows_what_stands_around_words() {
    let choices = Choices::embedded();
    let choice = choices.of("开展", "发展").expect("both are common");
    let nats = |left, right| {
        let preference = preference(left, right, "开展", "发展");
        choices.log_odds(choice, &Features::of(&Window::new(left, right)), preference)
    };
    assert!(nats("推动经济高质量", "，") > 3.0);
    assert!(nats("各部门要深入", "宣传教育活动") < -3.0);
    assert_eq!(choices.of("开展", "没有"), None);
}
