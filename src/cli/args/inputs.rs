//! What a command reads.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::cli::walk::Filter;
use crate::config::Settings;
use crate::encoding::Encoding;
use crate::regions::Syntax;

#[derive(Args, Debug)]
pub(in crate::cli) struct Inputs {
    /// Files to read, and folders to search; `-`, and no path at all, is stdin
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Also read the files that this file lists, one a line or ended by NUL; `-` is
    /// stdin
    #[arg(long, value_name = "FILE", hide_short_help = true, help_heading = FILES)]
    pub(in crate::cli) files_from: Option<PathBuf>,
    /// What stdin is the content of: for its kind, its settings and reports
    #[arg(long, value_name = "PATH", hide_short_help = true, help_heading = FILES)]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    /// In folders, read the files that match, whatever their kind, or with `!` not
    /// those (may be repeated)
    #[arg(long, short, value_name = "GLOB", help_heading = FILES)]
    glob: Vec<String>,
    /// In folders, read only files of this kind (may be repeated)
    #[arg(long = "type", short, value_name = "KIND", hide_short_help = true, help_heading = FILES)]
    types: Vec<Syntax>,
    /// In folders, also read what .gitignore and .ignore name
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    no_ignore: bool,
    /// In folders, also read what has a name that begins with a dot
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    hidden: bool,
    /// Leave out what settings exclude even if it is named here
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    pub(in crate::cli) force_exclude: bool,
    /// Work on so many files at once; all cores, if it is not given
    #[arg(long, short, value_name = "NUMBER", hide_short_help = true, help_heading = FILES)]
    pub(in crate::cli) jobs: Option<NonZeroUsize>,
    /// Take the files for this kind instead of finding it out
    #[arg(long, value_name = "KIND", hide_short_help = true, help_heading = FILES)]
    syntax: Option<Syntax>,
    /// Clean this field of JSON: a path (`article.body`), or a name at any depth (may
    /// be repeated)
    #[arg(long, value_name = "FIELD", hide_short_help = true, help_heading = FILES)]
    field: Vec<String>,
    /// Clean this column of CSV and TSV: a name, or a number from 1 on (may be repeated)
    #[arg(long, value_name = "COLUMN", hide_short_help = true, help_heading = FILES)]
    column: Vec<String>,
    /// CSV and TSV have no first row of names
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    headless: bool,
    /// Clean the values of Markdown's front matter
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    front_matter: bool,
    /// Clean the comments of source code
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    comments: bool,
    /// Clean what servers sent in WARC: HTML and plain text of response and resource
    /// records
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    responses: bool,
    /// Read the files in this encoding instead of finding it out
    #[arg(long, value_name = "LABEL", help_heading = FILES)]
    encoding: Option<Encoding>,
    /// Take the settings of this file only
    #[arg(long, value_name = "FILE", hide_short_help = true, help_heading = FILES)]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Take no settings from files
    #[arg(long, conflicts_with = "config", hide_short_help = true, help_heading = FILES)]
    pub(in crate::cli) no_config: bool,
}

/// What of the files stays as it is.
#[derive(Args, Debug)]
pub(in crate::cli) struct Spared {
    /// Read files of which some bytes are damaged: these are reported and stay as
    /// they are
    #[arg(long, hide_short_help = true, help_heading = FILES)]
    damaged: bool,
    /// Leave alone the findings that this file has
    #[arg(long, value_name = "FILE", hide_short_help = true, help_heading = FILES)]
    baseline: Option<PathBuf>,
}

const FILES: &str = "Files";

impl Inputs {
    pub(in crate::cli) fn filter(&self, by_record: bool) -> Filter {
        Filter {
            globs: self.glob.clone(),
            types: self.types.clone(),
            ignored: self.no_ignore,
            hidden: self.hidden,
            by_record,
        }
    }

    /// What is set here.
    pub(in crate::cli) fn settings(&self) -> Settings {
        let some = |list: &Vec<String>| (!list.is_empty()).then(|| list.clone());
        Settings {
            syntax: self.syntax,
            fields: some(&self.field),
            columns: some(&self.column),
            headless: self.headless.then_some(true),
            front_matter: self.front_matter.then_some(true),
            comments: self.comments.then_some(true),
            responses: self.responses.then_some(true),
            encoding: self.encoding,
            ..Settings::default()
        }
    }
}

impl Spared {
    /// What is set here.
    pub(in crate::cli) fn settings(&self) -> Settings {
        Settings {
            baseline: self.baseline.clone(),
            damaged: self.damaged.then_some(true),
            ..Settings::default()
        }
    }
}
