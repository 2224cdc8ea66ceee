//! The texts, by kind.

use std::fs;
use std::path::{Path, PathBuf};

use zhengben::Syntax;

use crate::sources::{Source, Use, with_line_breaks};
use crate::{Failure, generated};

/// Which packages the texts are in.
const LIST: &str = "xtask/data/clean.tsv";

/// The kind of source code, whose files are read as what their names say.
const CODE: &str = "code";

/// The kind of the same files, read as text that somebody has pasted.
const CODE_AS_TEXT: &str = "code-as-text";

/// A document that needs nothing done.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) kind: String,
    /// The file that it is of.
    pub(super) file: String,
    pub(super) syntax: Syntax,
    pub(super) text: String,
}

/// The documents of the packages of the list, as far as they are in the folder.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn fetched(
    folder: &Path,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Document>, Failure> {
    let list = fs::read_to_string(generated::in_repository(LIST))?;
    let mut documents = Vec::new();
    let mut missing = Vec::new();
    for row in list.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [kind, _, package, _, _, _, read, ..] = columns[..] else {
            return Err(format!("{LIST}: {row:?}").into());
        };
        let kinds: &[&str] = match kind {
            CODE => &[CODE, CODE_AS_TEXT],
            other => &[other],
        };
        for &kind_to_read in kinds.iter().filter(|kind| wanted(kind)) {
            let path = match kind {
                CODE => folder.join(kind).join(package),
                _ => folder.join(kind).join(format!("{package}.{read}.docs")),
            };
            if !path.exists() {
                missing.push(format!("{kind}/{package}"));
            } else if kind == CODE {
                code(&path, folder, kind_to_read, &mut documents)?;
            } else {
                lines(&path, folder, kind, &mut documents)?;
            }
        }
    }
    tell(&missing);
    Ok(documents)
}

#[expect(clippy::print_stderr, reason = "it is talk")]
fn tell(missing: &[String]) {
    if !missing.is_empty() {
        eprintln!("NOT MEASURED: {}", missing.join(", "));
    }
}

/// The documents of a file, one a line.
fn lines(path: &Path, folder: &Path, kind: &str, to: &mut Vec<Document>) -> Result<(), Failure> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    to.extend(text.split_terminator('\n').map(|line| Document {
        kind: kind.to_owned(),
        file: super::name(path, folder),
        syntax: Syntax::Plain,
        text: with_line_breaks(line),
    }));
    Ok(())
}

/// The files of a folder, in the order of their names.
fn code(path: &Path, folder: &Path, kind: &str, to: &mut Vec<Document>) -> Result<(), Failure> {
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            code(&entry, folder, kind, to)?;
            continue;
        }
        let Some(syntax) = Syntax::recognise(&entry) else {
            continue;
        };
        to.push(Document {
            kind: kind.to_owned(),
            file: super::name(&entry, folder),
            syntax: if kind == CODE { syntax } else { Syntax::Plain },
            text: fs::read_to_string(&entry)?,
        });
    }
    Ok(())
}

/// The documents of the corpora that nothing is made from, by domain.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn held_out(
    corpora: &Path,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    for source in Source::all()? {
        let kind = format!("corpora: {}", source.domain);
        if !wanted(&kind) {
            continue;
        }
        let all = source.documents(corpora)?;
        let held_out = all.into_iter().filter(|(part, _)| is_held_out(*part));
        documents.extend(held_out.map(|(_, text)| Document {
            kind: kind.clone(),
            file: source.name.to_owned(),
            syntax: Syntax::Plain,
            text,
        }));
    }
    Ok(documents)
}

/// Models were made from what is for training, and settings chosen on what is for tuning.
fn is_held_out(part: Use) -> bool {
    matches!(part, Use::Test | Use::Leave)
}
