//! Findings as annotations of a GitHub workflow.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::joined::joined;
use super::{Failure, Folder, Report, ReportError};
use crate::cleaned::Cleaned;
use crate::edit::Safety;
use crate::lang::Lang;
use crate::position::Locator;
use crate::rules::Rule;

/// Workflow commands that a runner shows beside the lines of a pull request: a warning
/// for what is safe, a notice for what is not, an error for what could not be read.
#[derive(Clone, Debug, Default)]
pub struct Github {
    /// The repository's folder, which paths are taken from.
    pub folder: Folder,
}

impl Report for Github {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        let file = self.file(name);
        let mut locator = Locator::new(cleaned.source().text());
        for joined in joined(cleaned) {
            let edit = &joined.edit;
            let level = match edit.safety() {
                Safety::Safe => "warning",
                Safety::Unsafe | Safety::Display => "notice",
            };
            let start = locator.locate(edit.range.start);
            // Edits that are only suggested may overlap the next ones.
            let end = locator.clone().locate(edit.range.end);
            let mut place = format!(
                "file={file},line={},col={},endLine={}",
                start.line, start.column, end.line
            );
            // A runner refuses a last column on another line.
            if start.line == end.line {
                let last = end.column.saturating_sub(1).max(start.column);
                let _ = write!(place, ",endColumn={last}");
            }
            let rules: Vec<&str> = joined.rules().into_iter().map(Rule::id).collect();
            let message = format!(
                "{} → {}: {}",
                edit.original,
                joined.replacement,
                joined.reason(Lang::En)
            );
            let (title, message) = (property(&rules.join(", ")), data(&message));
            writeln!(out, "::{level} {place},title={title}::{message}")?;
        }
        Ok(())
    }

    fn failure(&self, out: &mut dyn Write, failure: &Failure) -> io::Result<()> {
        let (file, message) = (self.file(&failure.name), data(&failure.message));
        writeln!(out, "::error file={file},title=zhengben::{message}")
    }
}

impl Github {
    fn file(&self, name: &str) -> String {
        let place = self.folder.place(name);
        let root = if place.absolute { "/" } else { "" };
        property(&format!("{root}{}", place.parts.join("/")))
    }
}

/// A text as a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A text as the value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cleaner::Cleaner;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let report = Github::default();
        let mut out = Vec::new();
        let cleaned = Cleaner::new();
        let cleaned = cleaner_output(&cleaned);
        report
            .document(&mut out, "a,b:100%\n.txt", &cleaned)
            .unwrap();
        let failure = Failure {
            name: "a.txt".to_owned(),
            message: "50%: no\r\n".to_owned(),
        };
        report.failure(&mut out, &failure).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::warning file=a%2Cb%3A100%25%0A.txt,line=2,col=3,endLine=2,endColumn=4,\
             title=script-character::漢語 → 汉语: OpenCC: TSCharacters\n\
             ::error file=a.txt,title=zhengben::50%25: no%0D%0A\n"
        );
    }

    fn cleaner_output(cleaner: &Cleaner) -> Cleaned<'static> {
        cleaner.clean("一\n中文漢語")
    }
}
