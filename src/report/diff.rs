//! Changes as a patch.

use std::borrow::Cow;
use std::io::Write;

use similar::TextDiff;

use super::{Folder, Report, ReportError};
use crate::cleaned::Cleaned;
use crate::encoding::Encoding;

/// Unified diffs from the documents to their cleaned forms, as `git apply` and
/// `patch -p1` take them; nothing of documents that stay the same.
///
/// A patch is made of the file's own bytes, so that it can be applied to it; only of
/// UTF-16 it shows the text in UTF-8, as git does where `.gitattributes` says which
/// files are in it.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// Where the patch will be applied: paths are taken from here, and those of files
    /// outside from the root.
    pub folder: Folder,
}

impl Report for Diff {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        let source = cleaned.source();
        let (old, new): (&[u8], Cow<'_, [u8]>) = match cleaned.encoding() {
            Encoding::Utf16Le | Encoding::Utf16Be => {
                (source.text().as_bytes(), cleaned.text().as_bytes().into())
            }
            _ => (source.bytes(), cleaned.to_bytes()?),
        };
        if *old == *new {
            return Ok(());
        }
        let name = self.folder.place(name).parts.join("/");
        let (old, new) = (lines(old), lines(&new));
        let diff = TextDiff::configure()
            .newline_terminated(true)
            .diff_slices(&old, &new);
        writeln!(out, "--- {}\n+++ {}", named('a', &name), named('b', &name))?;
        // Hunk by hunk: written as a whole, the bytes would be made UTF-8.
        for hunk in diff.unified_diff().iter_hunks() {
            hunk.to_writer(&mut *out)?;
        }
        Ok(())
    }
}

/// Lines as patch tools see them: ended by a line feed and nothing else.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

/// A name as git writes it: in quotes if it has what would end it; behind a name with
/// a space stands a tab, because other tools take a date for part of the name.
fn named(side: char, name: &str) -> String {
    let is_special = |c: char| c.is_ascii_control() || matches!(c, '"' | '\\');
    if !name.contains(is_special) {
        let end = if name.contains(' ') { "\t" } else { "" };
        return format!("{side}/{name}{end}");
    }
    let quoted = name.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        c if c.is_ascii_control() => format!("\\{:03o}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{side}/{}\"", quoted.collect::<String>())
}
