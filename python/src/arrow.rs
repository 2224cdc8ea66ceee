//! Columns of Arrow data: taken from whoever has them, cleaned, and handed on.

mod column;
mod ffi;
mod fix;
mod outputs;
mod rows;
mod structs;
mod texts;

use std::fmt;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{DataType, FieldRef};
use pyo3::prelude::*;

pub(crate) use column::ArrowColumn;
use outputs::Output;

use crate::cleaner::Cleaner;
use crate::errors::{self, ArrowError, detached};
use crate::settings::Engine;

/// Why Arrow data cannot be cleaned.
#[derive(Debug)]
pub(crate) enum Fault {
    /// They are not of a kind that can be, or not whole.
    Unfit(String),
    /// A row's bytes cannot be read.
    Decode { row: usize, error: String },
    /// Whoever gives them has failed.
    Arrow(arrow_schema::ArrowError),
}

impl Fault {
    fn unfit(why: impl fmt::Display) -> Self {
        Fault::Unfit(why.to_string())
    }

    /// The fault in a row that so many others are before.
    fn behind(self, rows: usize) -> Self {
        match self {
            Fault::Decode { row, error } => Fault::Decode {
                row: row + rows,
                error,
            },
            other => other,
        }
    }
}

impl From<arrow_schema::ArrowError> for Fault {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Fault::Arrow(error)
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unfit(why) => ArrowError::new_err(why),
            Fault::Decode { row, error } => errors::decode(format!("row {row}: {error}")),
            Fault::Arrow(error) => ArrowError::new_err(error.to_string()),
        }
    }
}

/// What becomes of a row whose bytes cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OnError {
    Raise,
    Null,
}

/// A column of strings, or of bytes to decode, restored; nulls stay. Of a table, such as a
/// record batch, a reader or a relation, `fields` names what to clean.
///
/// What comes out has the chunks and the type of what went in, bytes become strings, and a
/// chunk without changes is not copied. Raises `ArrowError` if there are no strings in the
/// data, and `DecodeError` if bytes are no Chinese text.
///
/// >>> import pyarrow as pa
/// >>> from zhengben import fix_text_arrow
/// >>> pa.array(fix_text_arrow(pa.array(["漢語", None]))).to_pylist()
/// ['汉语', None]
/// >>> table = pa.table({"id": [1], "text": ["漢語"]})
/// >>> pa.table(fix_text_arrow(table, fields=["text"])).to_pylist()
/// [{'id': 1, 'text': '汉语'}]
#[pyfunction]
#[pyo3(signature = (data, *, fields = None, cleaner = None))]
pub(crate) fn fix_text_arrow(
    data: &Bound<'_, PyAny>,
    fields: Option<Vec<String>>,
    cleaner: Option<&Bound<'_, Cleaner>>,
) -> PyResult<ArrowColumn> {
    let engine = Cleaner::engine_of(cleaner);
    let exported = ffi::exported(data)?;
    detached(data.py(), || {
        each_chunk(exported, |field, chunk| {
            match (field.data_type(), &fields) {
                (DataType::Struct(_), Some(names)) => structs::fix(engine, field, chunk, names),
                (DataType::Struct(_), None) => Err(Fault::unfit(
                    "a table: name what is to be cleaned, fields=[…]",
                )),
                (_, Some(_)) => Err(Fault::unfit("fields are those of a table, not of a column")),
                (_, None) => fix::column(engine, field, chunk),
            }
        })
    })?
    .map_err(PyErr::from)
}

/// A column of strings or bytes, cleaned; each row with all that is asked for.
pub(crate) fn clean_arrow(
    engine: &Engine,
    data: &Bound<'_, PyAny>,
    outputs: &[String],
    errors: &str,
) -> PyResult<ArrowColumn> {
    let outputs: Vec<Output> = outputs
        .iter()
        .map(|name| Output::named(name))
        .collect::<PyResult<_>>()?;
    let on_error = match errors {
        "raise" => OnError::Raise,
        "null" => OnError::Null,
        _ => {
            return Err(errors::config(format!(
                "errors are raise or null, not {errors}"
            )));
        }
    };
    let exported = ffi::exported(data)?;
    detached(data.py(), || {
        each_chunk(exported, |field, chunk| {
            outputs::clean(engine, field, chunk, &outputs, on_error)
        })
    })?
    .map_err(PyErr::from)
}

/// Makes a column of what becomes of each chunk of another.
fn each_chunk(
    exported: ffi::Exported,
    mut clean: impl FnMut(&FieldRef, Option<ArrayRef>) -> Result<(FieldRef, ArrayRef), Fault>,
) -> Result<ArrowColumn, Fault> {
    let (given, chunks) = exported.open()?;
    // Of no rows, for the type of a column without chunks.
    let (field, _) = clean(&given, None)?;
    let (mut cleaned, mut rows) = (Vec::new(), 0);
    for chunk in chunks {
        let chunk = chunk?;
        let length = chunk.len();
        let (_, array) = clean(&given, Some(chunk)).map_err(|fault| fault.behind(rows))?;
        rows += length;
        cleaned.push(array);
    }
    Ok(ArrowColumn::new(Arc::clone(&field), cleaned))
}
