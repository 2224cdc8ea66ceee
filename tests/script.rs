//! The script conversion against OpenCC's own test cases.

mod common;

use zhengben::{Cleaner, Conversion, Converter};

#[test]
fn exact_conversion_passes_opencc_s_test_cases() {
    let cases = common::opencc_cases();
    let expected = [
        (Conversion::T2s, 55),
        (Conversion::Tw2s, 32),
        (Conversion::Tw2sp, 54),
        (Conversion::Hk2s, 21),
    ];
    for (conversion, count) in expected {
        let converter = Converter::exact(conversion);
        let mut passed = 0;
        for case in &cases {
            let Some(want) = case["expected"][conversion.as_str()].as_str() else {
                continue;
            };
            let input = case["input"].as_str().expect("an input");
            assert_eq!(
                converter.convert(input),
                want,
                "{conversion} {}",
                case["id"]
            );
            passed += 1;
        }
        assert_eq!(passed, count, "{conversion}");
    }
}

#[test]
fn an_exact_cleaner_gives_the_exact_conversion() {
    let text = "乾陞、乾隆，漢語";
    let cleaner = Cleaner::builder().exact_script(true).build();
    let expected = Converter::exact(Conversion::T2s).convert(text);
    assert_eq!(cleaner.clean(text).text(), expected);
}
