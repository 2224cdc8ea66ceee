//! The schema of files of settings is what the types give:
//!
//!     SCHEMAS=overwrite cargo test --lib schema
//!
//! writes it.

use std::path::Path;

use schemars::{JsonSchema, schema_for};
use serde_json::json;

use super::file::{EXCLUDE, EXTEND, FILES, OVERRIDES};
use super::settings::Settings;

const FILE: &str = "schemas/settings.schema.json";

/// What a file of settings has besides settings.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Rest {
    /// A file that counts where this one says nothing; from the folder of this one.
    extend: Option<String>,
    /// Files and folders that are not read unless they are named, as .gitignore has
    /// them.
    exclude: Option<Vec<String>>,
    /// Settings for some files only.
    overrides: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
}

fn schema() -> serde_json::Value {
    let mut settings = schema_for!(Settings).to_value();
    let mut rest = schema_for!(Rest).to_value();
    // What is not set is left out, so that nothing is null.
    let without_null = |schema: &mut serde_json::Value| {
        let properties = schema["properties"].as_object_mut().expect("properties");
        for property in properties.values_mut() {
            if let Some(kinds) = property["type"].as_array_mut() {
                kinds.retain(|kind| kind != "null");
            }
            if let Some(kinds) = property["anyOf"].as_array_mut() {
                kinds.retain(|kind| kind["type"] != "null");
            }
            let property = property.as_object_mut().expect("a schema");
            property.remove("default");
            property.retain(|_, value| !value.is_null());
        }
    };
    without_null(&mut settings);
    without_null(&mut rest);
    let mut over = settings["properties"].clone();
    over[FILES] = json!({
        "description": "The files that they are for, as .gitignore has them.",
        "type": "array",
        "items": { "type": "string" },
        "minItems": 1,
    });
    rest["properties"][OVERRIDES]["items"] = json!({
        "type": "object",
        "additionalProperties": false,
        "required": [FILES],
        "properties": over,
    });
    for key in [EXTEND, EXCLUDE, OVERRIDES] {
        settings["properties"][key] = rest["properties"][key].clone();
    }
    settings["title"] = json!("zhengben.toml");
    settings["description"] = json!("Settings of zhengben.");
    settings
}

#[test]
fn schema_is_what_the_types_give() {
    let text = serde_json::to_string_pretty(&schema()).expect("JSON") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("SCHEMAS").is_some_and(|value| value == "overwrite") {
        std::fs::write(&path, &text).expect("a file");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, text, "{FILE}; see src/config/schema.rs");
}

#[test]
fn the_schema_takes_what_is_taken() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let cases = [
        ("script = 'tw2s'\nrules = ['gloss']\nkeep = ['臺灣']", true),
        ("[[overrides]]\nfiles = ['*.md']\nfront-matter = true", true),
        (
            "extend = '../base.toml'\nexclude = ['old']\nencoding = 'GBK'\nsyntax = 'html'",
            true,
        ),
        ("script = 'x'", false),
        ("scirpt = 't2s'", false),
        ("unsafe = 'yes'", false),
        ("[[overrides]]\nunsafe = true", false),
        ("[[overrides]]\nfiles = ['*']\nexclude = ['x']", false),
    ];
    for (text, is_right) in cases {
        let value: serde_json::Value = toml::from_str(text).expect("TOML");
        assert_eq!(validator.is_valid(&value), is_right, "{text}");
    }
}
