//! docs/settings.md says what there is, and its examples are right.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use zhengben::config::{Configs, Layer, Settings};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    fs::read_to_string(path).expect("the page")
}

/// The names that the first columns of its table have.
fn listed() -> Vec<String> {
    let page = page();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().expect("a name").to_owned())
        .collect()
}

#[test]
fn every_setting_is_on_the_page() {
    let schema = include_str!("../schemas/settings.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).expect("JSON");
    let properties = schema["properties"].as_object().expect("properties");
    let mut known: Vec<&String> = properties.keys().collect();
    known.retain(|name| !matches!(name.as_str(), "extend" | "exclude" | "overrides"));
    let mut listed = listed();
    listed.sort();
    assert_eq!(listed, known.into_iter().cloned().collect::<Vec<_>>());
}

#[test]
fn the_examples_are_settings() {
    let page = page();
    let examples: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(examples.len() >= 2);
    for example in examples {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("zhengben.toml"), example).expect("a file");
        let nothing = Layer {
            origin: String::new(),
            settings: Settings::default(),
        };
        let layers = Configs::beside(nothing).of(&folder.path().join("poems/a.txt"));
        if let Err(error) = layers {
            panic!("{error}:\n{example}");
        }
    }
}
