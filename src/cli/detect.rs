//! `zhengben detect`: what a file is.

use std::io;

use serde::Serialize;

use super::args::{DetectArguments, Format};
use super::baseline::Baselines;
use super::input::is_binary;
use super::messages;
use super::said::Say;
use super::tasks::{Item, Task, Tasks};
use super::{Exit, Streams, complain, give_up, jobs};
use crate::cleaned::Cleaned;
use crate::encoding::{Confidence, Detection, Encoding, detect};
use crate::lang::Lang;
use crate::report::visible::visible;
use crate::script_of::{Region, ScriptKind, script_of};
use crate::source::Source;

/// What is said of a file, for programs.
#[derive(Serialize)]
struct Report<'a> {
    path: &'a str,
    encoding: String,
    chinese: bool,
    confidence: String,
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
    script: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// Marks of filters and spinners: `inserted`, `damage`, `glosses`, `spun`.
    garbled: Vec<String>,
    /// The family of spinners that was most likely at work.
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'a str>,
}

/// So many runners-up are named.
const RUNNERS_UP: usize = 2;

pub(super) fn run(arguments: &DetectArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let highest = arguments.inputs.settings();
    let tasks = match Tasks::gather(
        &arguments.inputs,
        highest,
        Baselines::default(),
        false,
        streams,
    ) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    let (format, lang) = (arguments.format, streams.lang);
    let work = |item: &Item| match item {
        Item::Task(task) => one(task, format, lang),
        Item::Failed(name, error) => Err((name.clone(), error.say(lang))),
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
fn one(task: &Task, format: Format, lang: Lang) -> Result<(String, Exit), (String, String)> {
    let Task { input, setup, .. } = task;
    let failed = |error: String| (input.name.clone(), error);
    let bytes = input.read().map_err(|error| failed(error.say(lang)))?;
    if !input.is_named && is_binary(&bytes) {
        return binary(&input.name, format, lang).map_err(failed);
    }
    let settings = &setup.settings;
    let found = detect(&bytes, settings.encoding);
    let source = Source::decode_damaged(&bytes, settings.encoding).ok();
    let cleaned = source.map(|source| setup.cleaner.clean(input.recognised(source, setup)));
    let report = |lang| Report::new(&input.name, &found, cleaned.as_ref(), lang);
    let line = match format {
        Format::Human => report(lang).line(lang),
        // Programs read English.
        Format::Json => json(&report(Lang::En)).map_err(failed)?,
    };
    let exit = match &cleaned {
        Some(cleaned) if !cleaned.is_clean() => Exit::Findings,
        _ => Exit::Clean,
    };
    Ok((line, exit))
}

/// What is said of a file in a folder that is no text, as `clean` and `check` see it.
fn binary(path: &str, format: Format, lang: Lang) -> Result<(String, Exit), String> {
    let line = match format {
        Format::Human => format!("{}: {}", visible(path), messages::binary_file(lang)),
        Format::Json => json(&Report {
            path,
            encoding: "binary".to_owned(),
            chinese: false,
            confidence: word(Confidence::High, Lang::En),
            declared: None,
            runners_up: Vec::new(),
            text: None,
        })?,
    };
    Ok((line, Exit::Clean))
}

fn json(report: &Report<'_>) -> Result<String, String> {
    serde_json::to_string(report).map_err(|error| error.to_string())
}

impl<'a> Report<'a> {
    fn new(path: &'a str, found: &Detection, cleaned: Option<&'a Cleaned<'_>>, lang: Lang) -> Self {
        // A file of lines in two encodings reads as none of them as a whole.
        let read = cleaned.map(Cleaned::encoding);
        let chinese = read.or(found.encoding).map(Encoding::name);
        let runners_up = found.runners_up.iter().take(RUNNERS_UP);
        Report {
            path,
            encoding: chinese
                .or(found.other)
                .map_or_else(|| messages::unknown_encoding(lang), str::to_owned),
            chinese: chinese.is_some(),
            confidence: word(found.confidence, lang),
            declared: found.declared.map(Encoding::name),
            runners_up: runners_up
                .map(|other| RunnerUp {
                    encoding: other.encoding.name(),
                    behind: other.behind.round(),
                })
                .collect(),
            text: cleaned.map(|cleaned| Text::new(cleaned, lang)),
        }
    }

    /// One line for a reader.
    fn line(&self, lang: Lang) -> String {
        let mut parts = vec![messages::encoding_of(
            lang,
            &self.encoding,
            &self.confidence,
        )];
        if !self.chinese {
            parts.push(messages::no_chinese(lang));
        }
        if let Some(declared) = self.declared.filter(|&name| name != self.encoding) {
            parts.push(messages::declared_as(lang, declared));
        }
        if let Some(next) = self
            .runners_up
            .first()
            .filter(|next| (0.0..10.0).contains(&next.behind))
        {
            parts.push(messages::runner_up(lang, next.encoding, next.behind));
        }
        if let Some(text) = &self.text {
            parts.push(match &text.region {
                Some(region) => messages::of_region(lang, &text.script, region),
                None => text.script.clone(),
            });
            if text.damaged > 0 {
                parts.push(messages::damaged_place(lang, text.damaged));
            }
            if text.mixed {
                parts.push(messages::mixed_lines(lang));
            }
            parts.extend(text.garbled.iter().cloned());
            if let Some(family) = text.family {
                parts.push(messages::spun_by(lang, family));
            }
        }
        format!("{}: {}", visible(self.path), parts.join(lang.semicolon()))
    }
}

impl<'a> Text<'a> {
    fn new(cleaned: &'a Cleaned<'_>, lang: Lang) -> Self {
        let source = cleaned.source();
        let evidence = cleaned.evidence();
        let (script, region) = script_of(source.text());
        let family = evidence.spinning.families.first();
        let family = family.filter(|_| evidence.spinning.found());
        let marks = [
            (
                messages::inserted_pinyin(lang),
                evidence.inserted.glosses > 0,
            ),
            (
                messages::broken_characters(lang),
                evidence.damage.glosses > 0,
            ),
            (messages::pinyin_glosses(lang), evidence.glossing.found),
        ];
        Text {
            damaged: source.damaged_places(),
            mixed: source.is_mixed(),
            script: match script {
                ScriptKind::Simplified => messages::simplified(lang),
                ScriptKind::Traditional => messages::traditional(lang),
                ScriptKind::Mixed => messages::mixed_script(lang),
                ScriptKind::Unknown => messages::script_unknown(lang),
            },
            region: region.map(|region| match region {
                Region::Taiwan => messages::taiwan(lang),
                Region::HongKong => messages::hong_kong(lang),
            }),
            garbled: marks
                .into_iter()
                .filter_map(|(name, shows)| shows.then_some(name))
                .collect(),
            family: family.map(|family| family.name.as_str()),
        }
    }
}

fn word(confidence: Confidence, lang: Lang) -> String {
    match confidence {
        Confidence::Certain => messages::certain(lang),
        Confidence::High => messages::high_confidence(lang),
        Confidence::Medium => messages::medium_confidence(lang),
        Confidence::Low => messages::low_confidence(lang),
    }
}
