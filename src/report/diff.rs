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
    TextDiff::from_lines(old, &*new)
        .unified_diff()
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_writer(out)?;
    Ok(())
}
