//! Changes as a patch.

use std::borrow::Cow;
use std::io::{self, Write};

use similar::TextDiff;

use crate::cleaned::Cleaned;
use crate::encoding::{EncodeError, Encoding};

/// A patch could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiffError {
    /// The file's encoding cannot hold a replacement.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The writer failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes a unified diff from the document to its cleaned form; nothing if
/// they are the same.
///
/// The patch is made of the file's own bytes, so that it can be applied to
/// it; only of UTF-16, whose lines patch tools cannot see, it shows the text
/// in UTF-8.
///
/// # Errors
/// [`DiffError`], before anything is written if it is the encoding.
pub fn write_diff(out: &mut dyn Write, path: &str, cleaned: &Cleaned<'_>) -> Result<(), DiffError> {
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
    let name = path.trim_start_matches('/');
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

/// Lines as patch tools see them: ended by a line feed and nothing else.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}
