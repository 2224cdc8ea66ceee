//! What several tests read.

use serde_json::Value;

/// OpenCC's cases. The file has comments and trailing commas, which JSON has
/// not.
pub(crate) fn opencc_cases() -> Vec<Value> {
    let text = include_str!("../data/opencc/testcases.json");
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
