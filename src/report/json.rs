//! Findings for programs: one JSON object, or one a document on lines of their own.

mod document;
mod whole;

use std::io::{self, Write};

use serde::Serialize;

use super::{Failure, Index, Report, ReportError};
use crate::cleaned::Cleaned;
use document::DocumentJson;

pub(super) use whole::{FailureJson, ReportJson, TotalsJson, VERSION};

/// One JSON object: the documents, what could not be done, and counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json {
    /// Whether the cleaned texts are in it.
    pub with_text: bool,
}

impl Report for Json {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        let document = DocumentJson::new(name, cleaned, self.with_text);
        Ok(serde_json::to_writer(out, &document).map_err(io::Error::from)?)
    }

    fn head(&self, out: &mut dyn Write, _index: &Index) -> io::Result<()> {
        writeln!(out, "{{\"version\":{VERSION},\"documents\":[")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn tail(&self, out: &mut dyn Write, index: &Index) -> io::Result<()> {
        out.write_all(b"\n],\"failures\":")?;
        let failures: Vec<FailureJson<'_>> = index.failures.iter().map(FailureJson::new).collect();
        serde_json::to_writer(&mut *out, &failures)?;
        out.write_all(b",\"totals\":")?;
        serde_json::to_writer(&mut *out, &TotalsJson::new(&index.totals))?;
        out.write_all(b"}\n")
    }
}

/// One JSON object a document, each on a line of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines {
    /// Whether the cleaned texts are in it.
    pub with_text: bool,
}

impl Report for JsonLines {
    fn document(
        &self,
        out: &mut dyn Write,
        name: &str,
        cleaned: &Cleaned<'_>,
    ) -> Result<(), ReportError> {
        Ok(line(
            out,
            &DocumentJson::new(name, cleaned, self.with_text),
        )?)
    }

    fn failure(&self, out: &mut dyn Write, failure: &Failure) -> io::Result<()> {
        line(out, &FailureJson::new(failure))
    }
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

#[cfg(test)]
#[path = "json/tests.rs"]
mod tests;
