//! `zhengben detect`: what a file is.

use std::io;

use serde::Serialize;

use super::args::{DetectArguments, Format};
use super::baseline::Baselines;
use super::tasks::{Item, Task, Tasks};
use super::{Exit, Streams, complain, give_up, jobs};
use crate::cleaned::Cleaned;
use crate::encoding::{Confidence, Detection, Encoding, detect};
use crate::script_of::{Region, ScriptKind, script_of};
use crate::source::Source;

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
    let highest = arguments.inputs.settings();
    let tasks = match Tasks::gather(&arguments.inputs, highest, Baselines::default(), streams) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    let format = arguments.format;
    let work = |item: &Item| match item {
        Item::Task(task) => one(task, format),
        Item::Failed(name, error) => Err((name.clone(), error.to_string())),
    };
    let mut worst = Exit::Clean;
    jobs::in_order(&tasks.items, tasks.threads, work, |found| {
        worst = worst.max(match found {
            Ok((line, exit)) => {
                writeln!(streams.stdout, "{line}")?;
                exit
            }
            Err((name, error)) => complain(streams, &name, &error)?,
        });
        Ok(())
    })?;
    Ok(worst)
}

/// What is said of one document, or the name of the one that could not be read, and
/// why.
fn one(task: &Task, format: Format) -> Result<(String, Exit), (String, String)> {
    let Task { input, setup } = task;
    let failed = |error: &dyn std::fmt::Display| (input.name.clone(), error.to_string());
    let bytes = input.read().map_err(|error| failed(&error))?;
    let settings = &setup.settings;
    let found = detect(&bytes, settings.encoding);
    let source = Source::decode_damaged(&bytes, settings.encoding).ok();
    let cleaned = source.map(|source| setup.cleaner.clean(input.recognised(source, setup)));
    let report = Report::new(&input.name, &found, cleaned.as_ref());
    let line = match format {
        Format::Human => report.line(),
        Format::Json => serde_json::to_string(&report).map_err(|error| failed(&error))?,
    };
    let exit = match &cleaned {
        Some(cleaned) if !cleaned.is_clean() => Exit::Findings,
        _ => Exit::Clean,
    };
    Ok((line, exit))
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
