//! `cargo xtask evaluate clean`: what is changed in texts of many kinds that need nothing
//! done.
//!
//! ```text
//! texts ─▶ documents ─▶ Cleaner::new() ─▶ edits ─▶ by kind and rule ─▶ tables
//!                                            └───▶ judged before? ───▶ what is to be read
//! ```

mod judged;
mod tables;
mod tally;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use zhengben::{Cleaner, Scope, Source};

use crate::{Failure, generated, parallel};
use judged::Judged;
use tally::{Tally, Total};
use texts::Document;

/// The page of the tables.
const PAGE: &str = "docs/clean-text.md";

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that `ci/clean-texts.sh` has read the texts into.
    #[arg(long, value_name = "DIR", default_value = "target/clean-texts/texts")]
    texts: PathBuf,
    /// The folder with the corpus files, of which the documents are taken that nothing is
    /// trained on.
    #[arg(long, value_name = "DIR")]
    corpora: Option<PathBuf>,
    /// Take only the texts of these kinds; `corpora` are all kinds of the corpora.
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Write every edit outside the script stage that is made, with what stands around it.
    #[arg(long, value_name = "FILE")]
    edits: Option<PathBuf>,
    /// Take what the script stage does for such an edit too: for texts that have nothing
    /// to convert.
    #[arg(long)]
    script: bool,
    /// Write the suggestions there too.
    #[arg(long, requires = "edits")]
    suggestions: bool,
    /// Put the tables into docs/clean-text.md.
    #[arg(long)]
    write: bool,
}

/// Prints the tables; fails if an edit outside the script stage was made that nobody has
/// judged.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = |kind: &str| {
        let group = kind.split(": ").next();
        let mut wanted = arguments.kind.iter().map(String::as_str);
        arguments.kind.is_empty() || wanted.any(|k| k == kind || Some(k) == group)
    };
    let mut documents = texts::fetched(&arguments.texts, wanted)?;
    if let Some(corpora) = &arguments.corpora {
        documents.extend(texts::held_out(corpora, wanted)?);
    }
    if documents.is_empty() {
        return Err("there are no texts: ci/clean-texts.sh fetches them".into());
    }
    let cleaner = Cleaner::new();
    let tallies = parallel::map(&documents, |_, document| {
        measure(&cleaner, document, arguments.script)
    });
    let mut total = Total::default();
    for (document, tally) in documents.iter().zip(tallies) {
        total.add(&document.kind, tally);
    }
    let judged = Judged::read()?;
    let tables = tables::all(&total, &judged);
    println!("{tables}");
    if let Some(path) = &arguments.edits {
        let made = total
            .found
            .iter()
            .filter(|found| found.applied || arguments.suggestions);
        let lines: String = made.map(|found| format!("{found}\n")).collect();
        fs::write(path, lines).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if arguments.write {
        let page = generated::in_repository(PAGE);
        let text = tables::put_into(&fs::read_to_string(&page)?, &tables)?;
        fs::write(page, text)?;
    }
    let unread = total.found.iter().filter(|found| found.applied);
    let unread: Vec<_> = unread.filter(|found| judged.of(found).is_none()).collect();
    for found in &unread {
        println!("not judged: {found}");
    }
    match unread.len() {
        0 => Ok(()),
        count => Err(format!("{count} edits that nobody has judged").into()),
    }
}

/// What the default pipeline does to the document. Of source code, comments are opened.
fn measure(cleaner: &Cleaner, document: &Document, script: bool) -> Tally {
    let source = Source::from(document.text.as_str())
        .with_syntax(document.syntax)
        .with_scope(Scope::new().comments(true));
    Tally::of(document, &cleaner.clean(source), script)
}

/// The name of a file without the folders that are the machine's.
fn name(path: &Path, within: &Path) -> String {
    let path = path.strip_prefix(within).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
