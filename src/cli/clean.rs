//! `zhengben clean`: restored texts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::args::{CleanArguments, CleanFormat};
use super::baseline::Baselines;
use super::deliver::{Unwritable, deliver, here};
use super::input::Input;
use super::interactive::{Interactive, Refused};
use super::messages;
use super::replace::{ReplaceError, replace};
use super::said::Say;
use super::tasks::{Task, Tasks};
use super::{Exit, Streams, give_up};
use crate::cleaned::Cleaned;
use crate::encoding::Encoding;
use crate::lang::Lang;
use crate::report::{Diff, Html, Json, JsonLines, Report, Silent, Text};

/// A restored text could not be put where it belongs.
#[derive(Debug)]
enum CleanError {
    WriteStdin,
    OutputStdin,
    Itself(PathBuf),
    Twice(PathBuf),
    Encode(Unwritable),
    Replace(ReplaceError),
}

impl From<Unwritable> for CleanError {
    fn from(error: Unwritable) -> Self {
        CleanError::Encode(error)
    }
}

impl From<ReplaceError> for CleanError {
    fn from(error: ReplaceError) -> Self {
        CleanError::Replace(error)
    }
}

impl Say for CleanError {
    fn say(&self, lang: Lang) -> String {
        match self {
            CleanError::WriteStdin => messages::write_stdin(lang),
            CleanError::OutputStdin => messages::output_stdin(lang),
            CleanError::Itself(path) => messages::would_replace_itself(lang, path.display()),
            CleanError::Twice(path) => messages::written_already(lang, path.display()),
            CleanError::Encode(error) => error.say(lang),
            CleanError::Replace(error) => error.say(lang),
        }
    }
}

pub(super) fn run(arguments: &CleanArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut highest = arguments.cleaning.settings();
    highest.overlay(arguments.inputs.settings());
    highest.overlay(arguments.spared.settings());
    if arguments.interactive
        && let Err(error) = Refused::check(&arguments.inputs, streams)
    {
        return give_up(streams, &error);
    }
    let tasks = match Tasks::gather(
        &arguments.inputs,
        highest.clone(),
        Baselines::default(),
        streams,
    ) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    let folder = arguments
        .output
        .as_deref()
        .map(|folder| Folder::new(folder, &tasks));
    let lang = streams.lang;
    let put = |task: &Task, cleaned: &Cleaned<'_>| match &folder {
        _ if arguments.write => write_back(&task.input, cleaned, arguments.to, lang),
        Some(folder) => {
            let written = folder.write(&task.input, cleaned, arguments.to);
            written.map(|()| None)
        }
        None => Ok(None),
    };
    let talks = arguments.format == CleanFormat::Human;
    let report = report(arguments, lang);
    if arguments.interactive {
        let interactive = Interactive::new(&arguments.inputs, highest);
        return interactive.deliver(&tasks, &*report, talks, put, streams);
    }
    deliver(&tasks, &*report, talks, put, streams)
}

/// What goes to stdout.
fn report(arguments: &CleanArguments, lang: Lang) -> Box<dyn Report> {
    match arguments.format {
        CleanFormat::Human if arguments.diff => Box::new(Diff { folder: here() }),
        CleanFormat::Human if arguments.write || arguments.output.is_some() => Box::new(Silent),
        CleanFormat::Human => Box::new(Text {
            encoding: arguments.to.unwrap_or_default(),
        }),
        CleanFormat::Json => Box::new(Json { with_text: true }),
        CleanFormat::Jsonl => Box::new(JsonLines { with_text: true }),
        CleanFormat::Html => Box::new(Html { lang }),
    }
}

/// The text in an encoding, or in the file's own.
fn encoded<'t>(cleaned: &Cleaned<'t>, to: Option<Encoding>) -> Result<Cow<'t, [u8]>, Unwritable> {
    let bytes = match to {
        Some(encoding) => cleaned.to_bytes_in(encoding),
        None => cleaned.to_bytes(),
    };
    bytes.map_err(Unwritable)
}

/// Replaces the file, if that changes it; what is to be said of it.
fn write_back(
    input: &Input,
    cleaned: &Cleaned<'_>,
    to: Option<Encoding>,
    lang: Lang,
) -> Result<Option<String>, CleanError> {
    let path = input.path.as_deref().ok_or(CleanError::WriteStdin)?;
    let bytes = encoded(cleaned, to)?;
    if *bytes == *cleaned.source().bytes() {
        return Ok(None);
    }
    let replaced = replace(path, &bytes)?;
    Ok(replaced.had_other_names.then(|| messages::hard_links(lang)))
}

/// The folder that restored files are written under.
struct Folder<'f> {
    path: &'f Path,
    /// The first document of each target; others of its name are refused, whichever
    /// of them is done first.
    owners: HashMap<PathBuf, PathBuf>,
}

impl<'f> Folder<'f> {
    fn new(path: &'f Path, tasks: &Tasks) -> Self {
        let mut owners = HashMap::new();
        for source in tasks.inputs().filter_map(|input| input.path.as_deref()) {
            owners
                .entry(target(path, source))
                .or_insert_with(|| source.to_owned());
        }
        Folder { path, owners }
    }

    fn write(
        &self,
        input: &Input,
        cleaned: &Cleaned<'_>,
        to: Option<Encoding>,
    ) -> Result<(), CleanError> {
        let path = input.path.as_deref().ok_or(CleanError::OutputStdin)?;
        let target = target(self.path, path);
        if is_same_file(path, &target) {
            return Err(CleanError::Itself(target));
        }
        if self.owners.get(&target).is_some_and(|owner| owner != path) {
            return Err(CleanError::Twice(target));
        }
        let bytes = encoded(cleaned, to)?;
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| ReplaceError::new(&target, error))?;
        }
        replace(&target, &bytes)?;
        Ok(())
    }
}

/// Where a file is written under a folder.
fn target(folder: &Path, source: &Path) -> PathBuf {
    let inside = source
        .components()
        .filter(|part| matches!(part, Component::Normal(_)));
    folder.join(inside.collect::<PathBuf>())
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
