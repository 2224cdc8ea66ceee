//! Dictionaries and tables of one's own.

use zhengben::dictionary::{Dictionary, Problem};
use zhengben::workshop::{CHOICE_MAGIC, SLOT, TAIL, checksum, pair};
use zhengben::{ChoiceError, ChoiceTable, Cleaner};

const HEADER: &str = "spun\toriginals\tfamily\tdomain\tkeep\tfix\tsafety\tsource\treason";

/// A spun text of the built-in dictionary.
const SPUN: &str = "咱们会尽或许注明来历，本站不承担任何职责。";

/// A dictionary of rows given as `spun originals family keep fix`.
fn dictionary(rows: &[&str]) -> Dictionary {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        let cells: Vec<&str> = row.split(' ').map(|cell| cell.trim_matches('-')).collect();
        let [spun, originals, family, keep, fix] = cells[..] else {
            panic!("five cells: {row}")
        };
        text += &format!("{spun}\t{originals}\t{family}\tfood\t{keep}\t{fix}\tsafe\tseed\twhy\n");
    }
    Dictionary::parse("own.tsv", text).expect("it parses")
}

fn cleaned(cleaner: &Cleaner, text: &str) -> String {
    cleaner.clean(text).text().to_owned()
}

#[test]
fn its_rows_are_used_beside_the_built_in_ones() {
    // In any order.
    let own = dictionary(&["鸡子 鸡蛋 own - 打~", "辣子 辣椒 own ~鸡 青~"]);
    let cleaner = Cleaner::builder().dictionary(own).build();
    assert_eq!(
        cleaned(&cleaner, "打鸡子，切青辣子，不是辣子鸡。"),
        "打鸡蛋，切青辣椒，不是辣子鸡。"
    );
    assert_eq!(cleaned(&cleaner, SPUN), cleaned(&Cleaner::new(), SPUN));
    assert_ne!(cleaned(&cleaner, SPUN), SPUN);
}

#[test]
fn its_rows_are_used_alone() {
    let builder = Cleaner::builder().built_in_dictionary(false);
    assert_eq!(cleaned(&builder.clone().build(), SPUN), SPUN);
    let own = dictionary(&["鸡子 鸡蛋 own - 打~", "辣子 辣椒 own - 青~"]);
    let cleaner = builder.dictionary(own).build();
    assert_eq!(cleaned(&cleaner, SPUN), SPUN);
    assert_eq!(cleaned(&cleaner, "打鸡子和青辣子"), "打鸡蛋和青辣椒");
}

#[test]
fn its_rows_replace_those_of_the_same_word_and_family() {
    let whole = cleaned(&Cleaner::new(), SPUN);
    assert!(whole.contains("注明来源"), "{whole}");
    let families = Dictionary::built_in();
    let families: Vec<&str> = families
        .entries()
        .filter(|entry| entry.spun == "来历")
        .flat_map(|entry| entry.families)
        .collect();
    let row = format!("来历 来源 {} ~ -", families.join(","));
    let keeping = Cleaner::builder().dictionary(dictionary(&[&row])).build();
    assert_eq!(cleaned(&keeping, SPUN), whole.replace("来源", "来历"));
    // The last one counts.
    let fixing = format!("来历 出处 {} - 注明~", families.join(","));
    let fixing = Cleaner::builder()
        .dictionary(dictionary(&[&row]))
        .dictionary(dictionary(&[&fixing]))
        .build();
    assert_eq!(cleaned(&fixing, SPUN), whole.replace("来源", "出处"));
}

#[test]
fn a_chain_can_go_through_several_dictionaries() {
    let cleaner = Cleaner::builder()
        .dictionary(dictionary(&["鸡子 鸡卵 own - 打~", "辣子 辣椒 own - 青~"]))
        .dictionary(dictionary(&["鸡卵 鸡蛋 own - 打~"]))
        .build();
    assert_eq!(cleaned(&cleaner, "青辣子，先打鸡子"), "青辣椒，先打鸡蛋");
    let circle = Cleaner::builder()
        .dictionary(dictionary(&["鸡子 鸡卵 own - 打~", "辣子 辣椒 own - 青~"]))
        .dictionary(dictionary(&["鸡卵 鸡子 own - 打~", "番柿 番茄 own - 红~"]))
        .build();
    assert_eq!(
        cleaned(&circle, "青辣子，红番柿，先打鸡子"),
        "青辣椒，红番茄，先打鸡子"
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let row = "鸡子\t鸡蛋\town\tfood\t\t打~\tsafe\tseed\twhy";
    let cases = [
        (String::new(), "own.tsv:1:1: the first line must name"),
        (
            format!("{HEADER}\n{row}\textra\n"),
            "own.tsv:2:1: 10 columns",
        ),
        (
            format!("# a comment\r\n{HEADER}\r\n{row}\r\n{row}\r\n"),
            "own.tsv:4:1: family own has 鸡子 already, in own.tsv:3: make one row",
        ),
        (
            format!("{HEADER}\n{}\n", row.replace("打~", "打{~")),
            "own.tsv:2:17: `打{~` has unbalanced",
        ),
    ];
    for (text, expected) in cases {
        let error = Dictionary::parse("own.tsv", text).expect_err(expected);
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    let marked = format!("\u{FEFF}{HEADER}\n{row}\n");
    assert!(Dictionary::parse("own.tsv", marked).is_ok());
    let circle = format!(
        "{HEADER}\n{row}\n{}",
        row.replace("鸡子\t鸡蛋", "鸡蛋\t鸡子")
    );
    let problem = Dictionary::parse("own.tsv", circle)
        .expect_err("a cycle")
        .problem;
    assert!(matches!(problem, Problem::Cycle { .. }), "{problem}");
}

#[test]
fn it_can_be_shared_between_threads() {
    fn is_shared<T: Send + Sync + 'static>(_: &T) {}
    let own = dictionary(&["鸡子 鸡蛋 own - 打~", "辣子 辣椒 own - 青~"]);
    is_shared(&own);
    let cleaner = Cleaner::builder().dictionary(own).build();
    is_shared(&cleaner);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(cleaned(&cleaner, "打鸡子和青辣子"), "打鸡蛋和青辣椒"));
        }
    });
}

/// A table of one pair of words with that bias, in nats, and no features.
fn table(spun: &str, original: &str, bias: i16) -> Vec<u8> {
    let mut body = Vec::new();
    for real in [1.0_f32, 0.0, 0.0] {
        body.extend(real.to_le_bytes());
    }
    body.extend([1_u32, 1].map(u32::to_le_bytes).concat());
    body.extend(pair(spun, original).to_le_bytes());
    body.extend(((bias * 50) << 1).to_le_bytes());
    body.extend(1_u32.to_le_bytes());
    body.extend(vec![0; (1 + TAIL) * SLOT]);
    sealed(&body)
}

fn sealed(body: &[u8]) -> Vec<u8> {
    [&CHOICE_MAGIC[..], &checksum(body).to_le_bytes(), body].concat()
}

#[test]
fn a_table_decides_on_the_pairs_that_it_has() {
    let own = dictionary(&[
        "鸡子 鸡蛋 own - -",
        "辣子 辣椒 own - 青~",
        "番柿 番茄 own - 红~",
    ]);
    let with = |bias| {
        let table = ChoiceTable::from_bytes(table("鸡子", "鸡蛋", bias)).expect("it is whole");
        let builder = Cleaner::builder().dictionary(own.clone());
        builder.choices(table).build()
    };
    let text = "青辣子，红番柿，鸡子";
    assert_eq!(cleaned(&with(8), text), "青辣椒，红番茄，鸡蛋");
    assert_eq!(cleaned(&with(-8), text), "青辣椒，红番茄，鸡子");
    let without = Cleaner::builder().dictionary(own.clone()).build();
    assert_eq!(cleaned(&without, text), "青辣椒，红番茄，鸡子");
    // The built-in table is asked for the other pairs.
    assert_eq!(cleaned(&with(8), SPUN), cleaned(&Cleaner::new(), SPUN));
}

#[test]
fn bytes_that_are_no_table_are_an_error() {
    let whole = table("鸡子", "鸡蛋", 8);
    assert!(ChoiceTable::from_bytes(whole.clone()).is_ok());
    for length in 0..whole.len() {
        assert!(
            ChoiceTable::from_bytes(&whole[..length]).is_err(),
            "{length}"
        );
        // Cut short, with a checksum that fits.
        if length >= 16 {
            let cut = ChoiceTable::from_bytes(sealed(&whole[16..length]));
            assert!(matches!(cut, Err(ChoiceError::Malformed(_))), "{length}");
        }
    }
    let longer = sealed(&[&whole[16..], &[0]].concat());
    assert!(ChoiceTable::from_bytes(longer).is_err());
    // Sizes and numbers that lie: counts of the header, and its reals.
    for at in 0..20 {
        for byte in [0x7F, 0x80, 0xFF] {
            let mut body = whole[16..].to_vec();
            body[at] = byte;
            let lying = ChoiceTable::from_bytes(sealed(&body));
            assert!(at < 12 || lying.is_err(), "{at} {byte}");
            // What is still a table can be used.
            if let Ok(table) = lying {
                let cleaner = Cleaner::builder().choices(table).build();
                cleaned(&cleaner, SPUN);
            }
        }
    }
    for real in [f32::NAN, f32::INFINITY, -1e30] {
        let mut body = whole[16..].to_vec();
        body[..4].copy_from_slice(&real.to_le_bytes());
        let lying = ChoiceTable::from_bytes(sealed(&body));
        assert!(matches!(lying, Err(ChoiceError::Malformed(_))), "{real}");
    }
}
