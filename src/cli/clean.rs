//! `zhengben clean`: restored texts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::args::{CleanArguments, CleanFormat};
use super::baseline::Baselines;
use super::deliver::{Target, Unwritable, deliver, here};
use super::input::Input;
use super::interactive::{Interactive, Refused};
use super::messages;
use super::replace::{ReplaceError, replace, replace_read};
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

/// The texts of a folder would go to stdout, one behind the other and without their
/// names: nobody wants that who has not forgotten to say where they go.
#[derive(Debug)]
struct ToStdout<'a>(&'a Path);

impl<'a> ToStdout<'a> {
    fn check(arguments: &'a CleanArguments) -> Result<(), Self> {
        let to_stdout = !arguments.write && !arguments.diff && arguments.output.is_none();
        let mut folders = arguments.inputs.paths.iter().filter(|path| path.is_dir());
        match folders.next() {
            Some(folder) if to_stdout && arguments.format == CleanFormat::Human => {
                Err(ToStdout(folder))
            }
            _ => Ok(()),
        }
    }
}

impl Say for ToStdout<'_> {
    fn say(&self, lang: Lang) -> String {
        messages::folder_to_stdout(lang, self.0.display())
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
    if let Err(error) = ToStdout::check(arguments) {
        return give_up(streams, &error);
    }
    let mut tasks = match Tasks::gather(
        &arguments.inputs,
        highest.clone(),
        Baselines::default(),
        goes_by_record(arguments),
        streams,
    ) {
        Ok(tasks) => tasks,
        Err(error) => return give_up(streams, &error),
    };
    if arguments.to.is_some() {
        // Each record of an archive has an encoding of its own.
        tasks.read_archives_whole();
    }
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
    let target = |task: &Task| match &folder {
        _ if arguments.write => {
            let path = task.input.path.clone();
            path.map(Target::Back).ok_or(CleanError::WriteStdin)
        }
        Some(folder) if arguments.resume => folder.place(&task.input).map(Target::Resumed),
        Some(folder) => folder.place(&task.input).map(Target::File),
        None if arguments.format == CleanFormat::Human => Ok(Target::Stdout),
        None => Ok(Target::Nowhere),
    };
    let talks = arguments.format == CleanFormat::Human;
    let report = report(arguments, lang);
    if arguments.interactive {
        let interactive = Interactive::new(&arguments.inputs, highest);
        return interactive.deliver(&tasks, &*report, talks, put, streams);
    }
    deliver(&tasks, &*report, talks, put, target, streams)
}

/// Whether what is made of records can be read record by record: not for a patch, a page
/// or questions, which are about the whole, nor to be converted.
fn goes_by_record(arguments: &CleanArguments) -> bool {
    let is_about_all = arguments.diff || arguments.interactive;
    let is_utf8 = arguments.to.is_none_or(|to| to == Encoding::Utf8);
    !is_about_all && is_utf8 && arguments.format != CleanFormat::Html
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
    let read = cleaned.source().bytes();
    if *bytes == *read {
        return Ok(None);
    }
    let replaced = replace_read(path, read, &bytes)?;
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

    /// Where a document is written; the folder for it is there then.
    fn place(&self, input: &Input) -> Result<PathBuf, CleanError> {
        let path = input.path.as_deref().ok_or(CleanError::OutputStdin)?;
        let target = target(self.path, path);
        if is_same_file(path, &target) {
            return Err(CleanError::Itself(target));
        }
        if self.owners.get(&target).is_some_and(|owner| owner != path) {
            return Err(CleanError::Twice(target));
        }
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| ReplaceError::new(&target, error))?;
        }
        Ok(target)
    }

    fn write(
        &self,
        input: &Input,
        cleaned: &Cleaned<'_>,
        to: Option<Encoding>,
    ) -> Result<(), CleanError> {
        let bytes = encoded(cleaned, to)?;
        let target = self.place(input)?;
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
