use proptest::prelude::*;

use super::*;

fn model() -> &'static Model<'static> {
    Model::embedded()
}

/// The natural logarithm of the probability of the last character of a text
/// after the others.
fn last(text: &str) -> f32 {
    let mut characters = text.chars();
    let last = characters.next_back().expect("a character");
    let state = model().state_after(characters.as_str());
    model().log_prob(state, last)
}

#[test]
fn probabilities_sum_to_one() {
    let contexts = [
        "",
        "的",
        "中国",
        "中华",
        "人民",
        "。",
        "。\n",
        "第1",
        "abc",
        "的，",
        "囧",
        "囧囧",
        "\u{1F600}",
        "設備",
        "，在",
        "规定",
        "（一",
    ];
    for context in contexts {
        let state = model().state_after(context);
        let symbols = 0..model().symbols() as Symbol;
        let sum: f64 = symbols
            .map(|symbol| f64::from(model().symbol_log_prob(state, symbol)).exp())
            .sum();
        // Backoffs are quantised: their codes are up to a fifth apart.
        assert!((sum - 1.0).abs() < 0.1, "{context:?}: {sum}");
    }
}

#[test]
fn members_of_a_class_share_its_probability() {
    let state = model().state_after("第");
    let digit = model().log_prob(state, '1');
    let class = model().symbol_log_prob(state, Class::Digit.symbol());
    assert!((digit - (class - 10_f32.ln())).abs() < 1e-5);
    assert_eq!(digit, model().log_prob(state, '９'));
}

#[test]
fn likelier_text_costs_less() {
    let pairs = [
        ("重要动力源。", "重要动力愿。"),
        ("相当的制造业", "相当的制造也"),
        ("中华人民共和国", "中华人民共和囯"),
        ("发布。《报告》", "发布”《报告》"),
        ("他们已经开始了。", "他们己经开始了。"),
        ("我很喜欢这本书，", "我很喜欢这木书，"),
        ("根据有关规定处理", "根椐有关规定处理"),
    ];
    for (true_one, false_one) in pairs {
        let gain = model().log_prob_of(true_one) - model().log_prob_of(false_one);
        assert!(gain > 2.0, "{true_one}: {gain}");
    }
}

#[test]
fn known_phrases_are_expected() {
    for (text, least) in [
        ("中华人", -1.0),
        ("人民共", -3.0),
        ("如果", -1.0),
        ("我们", -2.0),
    ] {
        assert!(last(text) > least, "{text}: {}", last(text));
    }
}

#[test]
fn what_is_rare_is_unlikely_but_possible() {
    // Of the first and second level of GB 2312, of GBK, of Unicode.
    let logs = ["是", "亳", "囧", "㐀"].map(last);
    assert!(logs.is_sorted_by(|a, b| a > b), "{logs:?}");
    for text in ["㐀", "\u{20000}", "☃", "\u{E000}", "\0", "\u{10FFFF}"] {
        assert!(
            (-30.0..-15.0).contains(&last(text)),
            "{text:?} {}",
            last(text)
        );
    }
}

#[test]
fn forms_of_a_character_are_alike() {
    for (one, other) in [
        ("发展动力", "發展動力"),
        ("，中国", ",中國"),
        ("“说”", "「說」"),
    ] {
        assert_eq!(model().log_prob_of(one), model().log_prob_of(other));
        assert_eq!(model().state_after(one), model().state_after(other));
    }
}

#[test]
fn lines_begin_alike() {
    let state = model().state_after("不论前面有什么\n");
    assert_eq!(state, State::START);
    assert_eq!(model().state_after(""), State::START);
    assert_eq!(model().state_after("\r\n"), State::START);
}

#[test]
fn only_whole_models_open() {
    assert!(Model::open(EMBEDDED).is_ok());
    for bytes in [b"".as_slice(), b"zbngram", b"PK\x03\x04 an archive"] {
        assert_eq!(Model::open(bytes).err(), Some(ModelError::Magic));
    }
    for length in [8, 15, 16, 17, 500, 100_000, EMBEDDED.len() - 1] {
        let cut = Model::open(&EMBEDDED[..length]);
        assert_eq!(cut.err(), Some(ModelError::Checksum), "{length}");
    }
    let mut changed = EMBEDDED.to_vec();
    changed[1_000_000] ^= 1;
    assert_eq!(Model::open(&changed).err(), Some(ModelError::Checksum));
}

/// The model with some bytes changed, and the checksum as if it were meant so.
fn with_damage(damage: &[(usize, u8)], length: usize) -> Vec<u8> {
    let mut bytes = EMBEDDED[..length].to_vec();
    for &(place, byte) in damage {
        if let Some(place) = bytes.get_mut(16 + place) {
            *place = byte;
        }
    }
    let sum = checksum(&bytes[16..]);
    bytes[8..16].copy_from_slice(&sum.to_le_bytes());
    bytes
}

proptest! {
    #[test]
    fn any_text_has_a_probability(text in any::<String>()) {
        let mut state = State::START;
        for character in text.chars() {
            let (nats, next) = model().step(state, character);
            prop_assert!(nats < 0.0 && nats > -40.0, "{character:?} {nats}");
            state = next;
        }
    }

    #[test]
    fn the_end_of_a_text_makes_its_state(text in "[的一是，。\n0aA中国囧]{0,8}") {
        let states = text.chars().fold(State::START, |s, c| model().advance(s, c));
        prop_assert_eq!(states, model().state_after(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_malformed_model_does_no_harm(
        head in prop::collection::vec((0..3000_usize, any::<u8>()), 0..4),
        body in prop::collection::vec((0..EMBEDDED.len(), any::<u8>()), 0..200),
        cut in prop_oneof![Just(0), 0..EMBEDDED.len() - 16],
        text in "[\u{4E00}-\u{9FFF}，。的一是在]{12}",
    ) {
        let damage = [head, body].concat();
        let bytes = with_damage(&damage, EMBEDDED.len() - cut);
        if let Ok(model) = Model::open(&bytes) {
            model.log_prob_of(&text);
        }
    }
}
