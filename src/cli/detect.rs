//! `zhengben detect`: what a file is.

use std::io;

use serde::Serialize;

use super::args::{DetectArguments, Format};
use super::input::exit_for;
use super::{Exit, Streams};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::encoding::{Confidence, Detection, Encoding};
use crate::script_of::{Region, ScriptKind, script_of};

/// What is said of a file, for programs.
#[derive(Serialize)]
struct Report<'a> {
    path: &'a str,
    encoding: &'static str,
    chinese: bool,
    confidence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<&'static str>,
    runners_up: Vec<RunnerUp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
}

#[derive(Serialize)]
struct RunnerUp {
    encoding: &'static str,
    /// In nats.
    behind: f32,
}

/// What the text shows, where it could be read.
#[derive(Serialize)]
struct Text<'a> {
    /// Bytes that are no character, in stretches.
    damaged: usize,
    /// Whether some lines are in another encoding.
    mixed: bool,
    script: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'static str>,
    /// Marks of filters and spinners: `inserted`, `damage`, `glosses`, `spun`.
    garbled: Vec<&'static str>,
    /// The family of spinners that was most likely at work.
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'a str>,
}

/// So many runners-up are named.
const RUNNERS_UP: usize = 2;

pub(super) fn run(arguments: &DetectArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let cleaner = Cleaner::new();
    let format = arguments.format;
    arguments
        .inputs
        .detect_each(&cleaner, streams, |name, found, cleaned, streams| {
            let report = Report::new(name, found, cleaned);
            match format {
                Format::Human => writeln!(streams.stdout, "{}", report.line())?,
                Format::Json => {
                    serde_json::to_writer(&mut *streams.stdout, &report)?;
                    writeln!(streams.stdout)?;
                }
            }
            Ok(cleaned.map_or(Exit::Clean, exit_for))
        })
}

impl<'a> Report<'a> {
    fn new(path: &'a str, found: &Detection, cleaned: Option<&'a Cleaned<'_>>) -> Self {
        // A file of lines in two encodings reads as none of them as a whole.
        let read = cleaned.map(Cleaned::encoding);
        let chinese = read.or(found.encoding).map(Encoding::name);
        let runners_up = found.runners_up.iter().take(RUNNERS_UP);
        Report {
            path,
            encoding: chinese.or(found.other).unwrap_or("unknown"),
            chinese: chinese.is_some(),
            confidence: word(found.confidence),
            declared: found.declared.map(Encoding::name),
            runners_up: runners_up
                .map(|other| RunnerUp {
                    encoding: other.encoding.name(),
                    behind: other.behind.round(),
                })
                .collect(),
            text: cleaned.map(Text::new),
        }
    }

    /// One line for a reader.
    fn line(&self) -> String {
        let mut parts = vec![format!("{} ({})", self.encoding, self.confidence)];
        if !self.chinese {
            parts.push("not Chinese".to_owned());
        }
        if let Some(declared) = self.declared.filter(|&name| name != self.encoding) {
            parts.push(format!("declared as {declared}"));
        }
        if let Some(next) = self.runners_up.first().filter(|next| next.behind < 10.0) {
            parts.push(format!(
                "else {}, {} nats behind",
                next.encoding, next.behind
            ));
        }
        if let Some(text) = &self.text {
            parts.push(match text.region {
                Some(region) => format!("{}, {region}", text.script),
                None => text.script.to_owned(),
            });
            match text.damaged {
                0 => {}
                1 => parts.push("1 damaged place".to_owned()),
                several => parts.push(format!("{several} damaged places")),
            }
            if text.mixed {
                parts.push("some lines in GBK".to_owned());
            }
            parts.extend(text.garbled.iter().map(|&mark| mark.to_owned()));
            if let Some(family) = text.family {
                parts.push(format!("spun by family {family}"));
            }
        }
        format!("{}: {}", self.path, parts.join("; "))
    }
}

impl<'a> Text<'a> {
    fn new(cleaned: &'a Cleaned<'_>) -> Self {
        let source = cleaned.source();
        let evidence = cleaned.evidence();
        let (script, region) = script_of(source.text());
        let family = evidence.spinning.families.first();
        let family = family.filter(|_| evidence.spinning.found());
        let marks = [
            ("pinyin inserted into bytes", evidence.inserted.glosses > 0),
            ("broken characters", evidence.damage.glosses > 0),
            ("pinyin glosses of a filter", evidence.glossing.found),
        ];
        Text {
            damaged: source.damaged_places(),
            mixed: source.is_mixed(),
            script: match script {
                ScriptKind::Simplified => "Simplified",
                ScriptKind::Traditional => "Traditional",
                ScriptKind::Mixed => "Simplified and Traditional",
                ScriptKind::Unknown => "script unknown",
            },
            region: region.map(|region| match region {
                Region::Taiwan => "Taiwan",
                Region::HongKong => "Hong Kong",
            }),
            garbled: marks
                .into_iter()
                .filter_map(|(name, shows)| shows.then_some(name))
                .collect(),
            family: family.map(|family| family.name.as_str()),
        }
    }
}

fn word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "certain",
        Confidence::High => "high confidence",
        Confidence::Medium => "medium confidence",
        Confidence::Low => "low confidence",
    }
}
