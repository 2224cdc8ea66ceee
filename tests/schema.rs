//! What programs read keeps to its schemas.

use std::path::{Path, PathBuf};
use std::process::Command;

use jsonschema::Validator;
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn schema(path: &Path) -> Validator {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    // SARIF's pattern of languages has a bracket that closes nothing. JavaScript takes
    // it for a character; newer validators want that said.
    let text = text.replace("{2}]?$\"", "{2}\\\\]?$\"");
    let schema = serde_json::from_str(&text).expect("JSON");
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).expect("a schema")
}

fn check(schema: &Validator, text: &str, name: &str) {
    let value: Value =
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    let errors: Vec<String> = schema
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

/// The snapshots of reports in a format: each one's name, arguments and output.
fn snapshots(format: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(Path::new(ROOT).join("tests/cli")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file");
        let case: toml::Table = text
            .parse()
            .unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let arguments = case["args"].as_array().expect("a list");
        let arguments: Vec<&str> = arguments.iter().filter_map(toml::Value::as_str).collect();
        let is_report = matches!(arguments.first(), Some(&("check" | "clean")));
        let stdout = case
            .get("stdout")
            .and_then(toml::Value::as_str)
            .unwrap_or("");
        if is_report && arguments.contains(&format) && !stdout.is_empty() {
            found.push((path.display().to_string(), stdout.to_owned()));
        }
    }
    found
}

#[test]
fn json_keeps_to_its_schema() {
    let schema = schema(&Path::new(ROOT).join("schemas/report.schema.json"));
    let snapshots = snapshots("json");
    assert!(snapshots.len() >= 5, "{}", snapshots.len());
    for (name, text) in snapshots {
        check(&schema, &text, &name);
    }
}

#[test]
fn json_lines_keep_to_their_schema() {
    let schema = schema(&Path::new(ROOT).join("schemas/report-line.schema.json"));
    let mut lines = 0;
    for (name, text) in snapshots("jsonl") {
        for line in text.lines().filter(|line| !line.is_empty()) {
            check(&schema, line, &name);
            lines += 1;
        }
    }
    assert!(lines >= 5, "{lines}");
}

#[test]
fn a_schema_refuses_what_is_not_a_report() {
    let schema = schema(&Path::new(ROOT).join("schemas/report.schema.json"));
    for text in ["{}", r#"{"version":1,"failures":[],"totals":{}}"#] {
        assert!(
            !schema.is_valid(&serde_json::from_str(text).expect("JSON")),
            "{text}"
        );
    }
}

/// The official schema is not ours to keep: `ci/sarif.sh` gets it and runs this.
#[test]
#[ignore = "ci/sarif.sh gets the schema"]
fn sarif_keeps_to_the_official_schema() {
    let path = std::env::var_os("SARIF_SCHEMA").map(PathBuf::from);
    let path = path.expect("SARIF_SCHEMA names the schema; ci/sarif.sh does it");
    let schema = schema(&path);
    let calls: [&[&str]; 3] = [
        &[
            "examples/reprint.txt",
            "examples/broken.txt",
            "examples/line.txt",
            "examples/gbk.txt",
        ],
        &[
            "--unsafe",
            "--script",
            "none",
            "examples/reprint.txt",
            "missing 文件.txt",
        ],
        &["examples/gbk.txt"],
    ];
    for arguments in calls {
        let output = Command::new(env!("CARGO_BIN_EXE_zhengben"))
            .env("ZHENGBEN_LANG", "en")
            .args(["check", "--format", "sarif"])
            .args(arguments)
            .current_dir(ROOT)
            .output()
            .expect("the command is built with the tests");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        check(&schema, &text, &arguments.join(" "));
        let log: Value = serde_json::from_str(&text).expect("JSON");
        let code = &log["runs"][0]["invocations"][0]["exitCode"];
        assert_eq!(
            code.as_i64(),
            output.status.code().map(i64::from),
            "{arguments:?}"
        );
    }
    let wrong = serde_json::json!({"version": "2.1.0", "runs": [{"results": []}]});
    assert!(!schema.is_valid(&wrong));
}
