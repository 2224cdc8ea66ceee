//! `zhengben config`: what is set for a file, and where.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::args::{ConfigArguments, Format};
use super::messages;
use super::tasks::COMMAND_LINE;
use super::{Exit, Streams, give_up};
use crate::config::{ConfigError, Configs, Layer, Settings};
use crate::lang::Lang;

/// A setting for programs.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    value: &'a serde_json::Value,
    origin: &'a str,
}

pub(super) fn run(arguments: &ConfigArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let layers = match configs(arguments).and_then(|mut configs| configs.of(path(arguments))) {
        Ok(layers) => layers,
        Err(error) => return give_up(streams, &error),
    };
    let lang = streams.lang;
    let out = &mut *streams.stdout;
    if layers.is_excluded && arguments.format == Format::Human {
        writeln!(out, "{}", messages::is_excluded(lang))?;
    }
    let explained = layers.explained();
    let lines: Vec<(String, &str)> = explained
        .iter()
        .map(|setting| {
            (
                format!("{} = {}", setting.name, setting.toml()),
                setting.origin,
            )
        })
        .collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max();
    for (setting, (line, origin)) in explained.iter().zip(&lines) {
        match arguments.format {
            // TOML, so that it can be kept as a file.
            Format::Human => {
                let origin = said(origin, lang);
                writeln!(out, "{line:0$}  # {origin}", width.unwrap_or_default())?;
            }
            Format::Json => {
                let row = Row {
                    name: &setting.name,
                    value: &setting.value,
                    origin: setting.origin,
                };
                serde_json::to_writer(&mut *out, &row)?;
                writeln!(out)?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// Where a setting is from, for a reader.
fn said(origin: &str, lang: Lang) -> String {
    match origin {
        COMMAND_LINE => messages::command_line(lang),
        "default" => messages::default_setting(lang),
        file => file.to_owned(),
    }
}

fn path(arguments: &ConfigArguments) -> &Path {
    // Of no file in particular: one of the folder that we are in.
    arguments.path.as_deref().unwrap_or(Path::new("-"))
}

fn configs(arguments: &ConfigArguments) -> Result<Configs, ConfigError> {
    let nothing = Layer {
        origin: String::new(),
        settings: Settings::default(),
    };
    match &arguments.config {
        Some(path) => Configs::of_file(path, nothing),
        None => Ok(Configs::beside(nothing)),
    }
}
