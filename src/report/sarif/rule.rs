//! The rule table in SARIF.

use serde_json::{Value, json};

use crate::report::visible::visible;
use crate::rules::{Rule, RuleInfo};

/// What the table says of a rule.
pub(super) fn described(rule: Rule) -> Value {
    let RuleInfo {
        id,
        stage,
        summary,
        why,
        before,
        after,
        ..
    } = *rule.info();
    let (before, after) = (visible(before), visible(after));
    json!({
        "id": id,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": why},
        "help": {
            "text": format!("{why}\n\nbefore: {before}\nafter: {after}"),
            "markdown": format!("{why}\n\n| before | after |\n|---|---|\n| {} | {} |", cell(&before), cell(&after)),
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [stage]},
    })
}

/// A text in a table of Markdown, where it means nothing but itself.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
