//! `zhengben clean`: restored texts.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::args::{CleanArguments, Format};
use super::input::{Input, exit_for};
use super::replace::{ReplaceError, replace};
use super::{Exit, Streams, complain, give_up};
use crate::cleaned::Cleaned;
use crate::encoding::{EncodeError, Encoding};
use crate::report::{self, DiffError, Document};

/// A restored text could not be put where it belongs.
#[derive(Debug, thiserror::Error)]
enum CleanError {
    #[error("stdin has no file to replace; leave out --write")]
    WriteStdin,
    #[error("stdin has no name to write it under; leave out --output")]
    OutputStdin,
    #[error("{} would replace the file itself; use --write for that", .0.display())]
    Itself(PathBuf),
    #[error("{} is written already, for another file of that name", .0.display())]
    Twice(PathBuf),
    #[error("cannot be written back: {0}; nothing was changed")]
    Encode(#[from] EncodeError),
    #[error(transparent)]
    Replace(#[from] ReplaceError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

pub(super) fn run(arguments: &CleanArguments, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let cleaner = match arguments.cleaning.cleaner() {
        Ok(cleaner) => cleaner,
        Err(error) => return give_up(streams, &error),
    };
    let mut written = HashSet::new();
    arguments.inputs.clean_each(
        &cleaner,
        streams,
        |input, cleaned, streams| {
            let put = if arguments.write {
                write_back(input, &cleaned, arguments.to, streams)
            } else if let Some(folder) = &arguments.output {
                write_under(folder, input, &cleaned, arguments.to, &mut written)
            } else if arguments.diff {
                diff(input, &cleaned, streams)
            } else if arguments.format == Format::Human {
                print(&cleaned, arguments.to.unwrap_or_default(), streams)
            } else {
                Ok(())
            };
            if let Err(error) = put {
                return match error {
                    CleanError::Io(error) => Err(error),
                    error => complain(streams, &input.name, &error),
                };
            }
            match arguments.format {
                Format::Human => report::write_summary(streams.stderr, &input.name, &cleaned)?,
                Format::Json => {
                    let document = Document::new(&input.name, &cleaned).with_text(&cleaned);
                    report::write_json(streams.stdout, &document)?;
                }
            }
            Ok(exit_for(&cleaned))
        },
        |bytes, streams| {
            let prints = !arguments.write && arguments.output.is_none() && !arguments.diff;
            match prints && arguments.format == Format::Human {
                true => streams.stdout.write_all(bytes),
                false => Ok(()),
            }
        },
    )
}

/// The text in an encoding, to stdout.
fn print(
    cleaned: &Cleaned<'_>,
    encoding: Encoding,
    streams: &mut Streams<'_>,
) -> Result<(), CleanError> {
    let has_damage = cleaned.source().damaged_places() > 0;
    if encoding == Encoding::Utf8 && !has_damage {
        // Without a byte order mark: stdout is no file.
        streams.stdout.write_all(cleaned.text().as_bytes())?;
        return Ok(());
    }
    streams.stdout.write_all(&cleaned.to_bytes_in(encoding)?)?;
    Ok(())
}

/// The text in an encoding, or in the file's own.
fn encoded<'t>(cleaned: &Cleaned<'t>, to: Option<Encoding>) -> Result<Cow<'t, [u8]>, EncodeError> {
    match to {
        Some(encoding) => cleaned.to_bytes_in(encoding),
        None => cleaned.to_bytes(),
    }
}

fn write_back(
    input: &Input,
    cleaned: &Cleaned<'_>,
    to: Option<Encoding>,
    streams: &mut Streams<'_>,
) -> Result<(), CleanError> {
    let path = input.path.as_deref().ok_or(CleanError::WriteStdin)?;
    let bytes = encoded(cleaned, to)?;
    if *bytes == *cleaned.source().bytes() {
        return Ok(());
    }
    if replace(path, &bytes)?.had_other_names {
        let name = &input.name;
        writeln!(
            streams.stderr,
            "{name}: its other names (hard links) keep the old text"
        )?;
    }
    Ok(())
}

fn write_under(
    folder: &Path,
    input: &Input,
    cleaned: &Cleaned<'_>,
    to: Option<Encoding>,
    written: &mut HashSet<PathBuf>,
) -> Result<(), CleanError> {
    let path = input.path.as_deref().ok_or(CleanError::OutputStdin)?;
    let inside = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)));
    let target = folder.join(inside.collect::<PathBuf>());
    if is_same_file(path, &target) {
        return Err(CleanError::Itself(target));
    }
    if !written.insert(target.clone()) {
        return Err(CleanError::Twice(target));
    }
    let bytes = encoded(cleaned, to)?;
    if let Some(parent) = target.parent() {
        std::fs::create_dir_all(parent).map_err(|error| ReplaceError::new(&target, error))?;
    }
    replace(&target, &bytes)?;
    Ok(())
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn diff(input: &Input, cleaned: &Cleaned<'_>, streams: &mut Streams<'_>) -> Result<(), CleanError> {
    report::write_diff(streams.stdout, &input.name, cleaned).map_err(|error| match error {
        DiffError::Encode(error) => CleanError::Encode(error),
        DiffError::Io(error) => CleanError::Io(error),
    })
}
