//! The restored texts themselves, and nothing.

use std::io::{self, Write};

use super::{Report, ReportError};
use crate::cleaned::Cleaned;
use crate::encoding::Encoding;

/// The restored texts, one behind the other; what was left alone as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    /// The encoding to write them in.
    pub encoding: Encoding,
}

impl Report for Text {
    fn document(
        &self,
        out: &mut dyn Write,
        _name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        let has_damage = cleaned.source().damaged_places() > 0;
        if self.encoding == Encoding::Utf8 && !has_damage {
            // Without a byte order mark: what is written here is no file.
            out.write_all(cleaned.text().as_bytes())?;
        } else {
            out.write_all(&cleaned.to_bytes_in(self.encoding)?)?;
        }
        Ok(())
    }

    fn skipped(&self, out: &mut dyn Write, _name: &str, bytes: &[u8]) -> io::Result<()> {
        out.write_all(bytes)
    }
}

/// No report: for files that are written elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Report for Silent {
    fn document(
        &self,
        _out: &mut dyn Write,
        _name: &str,
        _cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        Ok(())
    }
}
