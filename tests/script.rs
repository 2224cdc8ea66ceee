//! The script conversion against OpenCC's own test cases.

use serde_json::Value;
use zhengben::{Conversion, Converter};

/// OpenCC's cases. The file has comments and trailing commas, which JSON has
/// not.
fn cases() -> Vec<Value> {
    let text = include_str!("data/opencc/testcases.json");
    let mut json = String::with_capacity(text.len());
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
    {
        if line.starts_with(['}', ']']) && json.ends_with(',') {
            json.pop();
        }
        json.push_str(line);
    }
    let mut root: Value = serde_json::from_str(&json).expect("OpenCC's test cases");
    match root["cases"].take() {
        Value::Array(cases) => cases,
        other => panic!("not a list: {other}"),
    }
}

#[test]
fn exact_conversion_passes_opencc_s_test_cases() {
    let cases = cases();
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
