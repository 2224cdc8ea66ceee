//! Findings as SARIF 2.1.0, for code scanning.

mod rule;

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::fingerprint;
use super::joined::{Joined, joined};
use super::{Folder, Index, Report, ReportError};
use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::lang::Lang;
use crate::position::Utf16Locator;
use crate::rules::Rule;
use crate::source::Source;

/// A SARIF log with one run: a warning for what is safe and a note for what is not,
/// each with its fix, and what could not be read as notifications.
#[derive(Clone, Debug, Default)]
pub struct Sarif {
    /// The folder that `%SRCROOT%` stands for.
    pub folder: Folder,
}

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// So many characters on each side of a finding make it recognisable in another
/// version of the file.
const CONTEXT: usize = 8;

impl Report for Sarif {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        let source = cleaned.source();
        let artifact = self.artifact(name);
        let mut locator = Utf16Locator::new(source.text());
        let mut seen: HashMap<u64, usize> = HashMap::new();
        for (index, joined) in joined(cleaned).iter().enumerate() {
            let separator = if index > 0 { self.separator() } else { "" };
            let region = region(&joined.edit.range, source, &mut locator);
            let print = print(joined, source.text());
            let count = seen.entry(print).or_default();
            *count += 1;
            let print = format!("{print:016x}:{count}");
            let result = result(joined, &artifact, &region, &print);
            write!(out, "{separator}{result}")?;
        }
        Ok(())
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn head(&self, out: &mut dyn Write, _index: &Index) -> io::Result<()> {
        let rules: Vec<Value> = Rule::all().map(rule::described).collect();
        let tool = json!({"driver": {
            "name": "zhengben",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
            "rules": rules,
        }});
        let root = json!({"%SRCROOT%": {"description": {"text": "where zhengben was run"}}});
        writeln!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\
             \"tool\":{tool},\n\"columnKind\":\"utf16CodeUnits\",\
             \"originalUriBaseIds\":{root},\"results\":["
        )
    }

    fn tail(&self, out: &mut dyn Write, index: &Index) -> io::Result<()> {
        let artifacts = index.documents.iter().map(|document| {
            json!({
                "location": self.artifact(&document.name),
                "encoding": document.encoding.name(),
                "length": document.bytes,
            })
        });
        let artifacts: Vec<Value> = artifacts.collect();
        let notifications = index.failures.iter().map(|failure| {
            let artifact = self.artifact(&failure.name);
            json!({
                "level": "error",
                "message": {"text": failure.message},
                "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
            })
        });
        let notifications: Vec<Value> = notifications.collect();
        let (code, meaning) = match (index.failures.len(), index.totals.found) {
            (0, 0) => (0, "clean"),
            (0, _) => (1, "findings"),
            _ => (2, "error"),
        };
        let invocation = json!({
            "executionSuccessful": index.failures.is_empty(),
            "exitCode": code,
            "exitCodeDescription": meaning,
            "toolExecutionNotifications": notifications,
        });
        writeln!(
            out,
            "\n],\"artifacts\":{},\n\"invocations\":[{invocation}]}}]}}",
            Value::from(artifacts)
        )
    }
}

impl Sarif {
    /// A document as an artifact's location.
    fn artifact(&self, name: &str) -> Value {
        let place = self.folder.place(name);
        let parts: Vec<String> = place.parts.iter().map(|part| encoded(part)).collect();
        let path = parts.join("/");
        match place.absolute {
            true => json!({"uri": format!("file:///{path}")}),
            false => json!({"uri": path, "uriBaseId": "%SRCROOT%"}),
        }
    }
}

/// A part of a path as RFC 3986 has it in a URI.
fn encoded(part: &str) -> String {
    let mut out = String::new();
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// Where a finding is: in the text, by lines and by UTF-16 code units, and in the file.
fn region(
    range: &std::ops::Range<usize>,
    source: &Source<'_>,
    locator: &mut Utf16Locator<'_>,
) -> Value {
    let start = locator.locate(range.start);
    // Edits that are only suggested may overlap the next ones.
    let end = locator.clone().locate(range.end);
    let bytes = source.bytes_of(range);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
        "byteOffset": bytes.start,
        "byteLength": bytes.len(),
    })
}

fn result(joined: &Joined<'_>, artifact: &Value, region: &Value, print: &str) -> Value {
    let edit = &joined.edit;
    let safety = edit.safety();
    let rules = joined.rules();
    let rule = rules.last().copied().unwrap_or(Rule::EncodingDamaged);
    let (original, replacement) = (edit.original, &joined.replacement);
    let text = format!("{original} → {replacement}: {}", joined.reason(Lang::En));
    let location = json!({"artifactLocation": artifact, "region": region});
    let mut result = json!({
        "ruleId": rule.id(),
        "ruleIndex": rule as usize,
        "level": match safety {
            Safety::Safe => "warning",
            Safety::Unsafe | Safety::Display => "note",
        },
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"zhengbenFinding/v1": print},
        "properties": {
            "safety": safety.as_str(),
            "rules": rules.iter().map(|rule| rule.id()).collect::<Vec<_>>(),
        },
    });
    if safety < Safety::Display {
        result["fixes"] = json!([{
            "description": {"text": format!("{original} → {replacement}")},
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{
                    "deletedRegion": region,
                    "insertedContent": {"text": replacement},
                }],
            }],
        }]);
    }
    result
}

/// The same for a finding in every version of the file that has it, wherever it has
/// moved to.
fn print(joined: &Joined<'_>, text: &str) -> u64 {
    let edit = &joined.edit;
    let (before, behind) = (&text[..edit.range.start], &text[edit.range.end..]);
    let near = before.char_indices().rev().take(CONTEXT).last();
    let before = &before[near.map_or(before.len(), |(place, _)| place)..];
    let end = behind.char_indices().nth(CONTEXT);
    let behind = &behind[..end.map_or(behind.len(), |(place, _)| place)];
    let rule = joined.rules().last().map_or("", |rule| rule.id());
    fingerprint(&[rule, edit.original, &joined.replacement, before, behind])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cleaner::Cleaner;
    use crate::encoding::Encoding;

    fn results(name: &str, source: Source<'_>) -> Vec<Value> {
        let cleaned = Cleaner::new().clean(source);
        let mut out = b"[".to_vec();
        let report = Sarif::default();
        report.document(&mut out, name, &cleaned).unwrap();
        out.push(b']');
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn regions_count_in_utf_16_and_in_bytes_of_the_file() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("第一行的文字\r\n𠀀文漢語辭典");
        let source = Source::decode_as(&bytes, Encoding::Gb18030).unwrap();
        let results = results("a b/中.txt", source);
        let location = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(
            location["region"],
            json!({
                "startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7,
                "charOffset": 11, "charLength": 3, "byteOffset": 20, "byteLength": 6,
            })
        );
        let uri = &location["artifactLocation"]["uri"];
        assert_eq!(uri, "a%20b/%E4%B8%AD.txt");
    }

    #[test]
    fn a_fingerprint_survives_a_move_and_tells_repetitions_apart() {
        let prints = |text: &'static str| -> Vec<String> {
            let results = results("a", text.into());
            let print =
                |result: &Value| result["partialFingerprints"]["zhengbenFinding/v1"].to_string();
            results.iter().map(print).collect()
        };
        let one = prints("一二三四五六七八漢一二三四五六七八");
        let moved = prints("前面又有一行\n一二三四五六七八漢一二三四五六七八");
        let two = prints("一二三四五六七八漢一二三四五六七八漢一二三四五六七八");
        assert_eq!(one, moved);
        assert_eq!((two.len(), &two[0]), (2, &one[0]));
        assert_ne!(two[0], two[1]);
    }
}
