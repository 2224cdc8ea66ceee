//! The schemas are what the types give:
//!
//!     SCHEMAS=overwrite cargo test --lib schemas
//!
//! writes them.

use std::path::Path;

use schemars::{JsonSchema, schema_for};

use super::document::DocumentJson;
use super::whole::{FailureJson, ReportJson};

/// A line of `check --format jsonl` and `clean --format jsonl`.
#[derive(JsonSchema)]
#[schemars(title = "zhengben, jsonl")]
#[serde(untagged)]
#[allow(dead_code)]
enum LineJson<'a> {
    Document(DocumentJson<'a>),
    Failure(FailureJson<'a>),
}

#[test]
fn schemas_are_what_the_types_give() {
    let schemas = [
        ("report.schema.json", schema_for!(ReportJson<'_>)),
        ("report-line.schema.json", schema_for!(LineJson<'_>)),
    ];
    for (name, schema) in schemas {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("schemas")
            .join(name);
        if std::env::var_os("SCHEMAS").is_some_and(|value| value == "overwrite") {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, text, "schemas/{name}; see src/report/json/tests.rs");
    }
}
