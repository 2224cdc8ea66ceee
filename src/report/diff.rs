//! Changes as a patch.

use std::borrow::Cow;
use std::io::Write;

use similar::TextDiff;

use super::{Report, ReportError};
use crate::cleaned::Cleaned;
use crate::encoding::Encoding;

/// Unified diffs from the documents to their cleaned forms; nothing of those that
/// stay the same.
///
/// A patch is made of the file's own bytes, so that it can be applied to it; only
/// of UTF-16, whose lines patch tools cannot see, it shows the text in UTF-8.
#[derive(Clone, Copy, Debug, Default)]
pub struct Diff;

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
        let name = name.trim_start_matches('/');
        let (old, new) = (lines(old), lines(&new));
        let diff = TextDiff::configure()
            .newline_terminated(true)
            .diff_slices(&old, &new);
        writeln!(out, "--- a/{name}\n+++ b/{name}")?;
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
