//! What Python gives to be cleaned: a string, bytes, or bytes in a string's disguise.

use std::borrow::Cow;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyString};

use crate::errors::{decode, detached, guarded};
use crate::settings::Engine;

/// A document as it was given; nothing is copied.
pub(crate) enum Document {
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
    /// The bytes that a string with lone surrogates carries.
    Escaped(PyBackedBytes),
}

impl<'py> FromPyObject<'_, 'py> for Document {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            return match PyBackedStr::try_from(text.to_owned()) {
                Ok(text) => Ok(Document::Text(text)),
                Err(_) => carried(&text).map(|bytes| Document::Escaped(bytes.into())),
            };
        }
        match object.extract() {
            Ok(bytes) => Ok(Document::Bytes(bytes)),
            Err(_) => {
                let kind = object.get_type();
                let wrong = format!("a document is a str or bytes, not {kind}");
                Err(PyTypeError::new_err(wrong))
            }
        }
    }
}

/// The bytes that a string carries which was decoded with `surrogateescape`.
fn carried<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyBytes>> {
    let bytes = text.call_method1("encode", ("utf-8", "surrogateescape"));
    let bytes = bytes.map_err(|error| {
        let carries_none = decode(format!("a lone surrogate carries no byte: {error}"));
        carries_none.set_cause(text.py(), Some(error));
        carries_none
    })?;
    Ok(bytes.cast_into()?)
}

/// A text that is not longer, in bytes, is cleaned in a few microseconds: too soon for
/// letting other threads in and waiting for them to be of use.
const SHORT: usize = 256;

/// The cleaned text of a string; the same string if nothing is changed.
pub(crate) fn fixed<'py>(
    engine: &Engine,
    text: Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyString>> {
    let py = text.py();
    let fixed = match text.to_str() {
        Ok(known) => {
            let work = || match engine.clean(known).into_text() {
                Cow::Borrowed(_) => None,
                Cow::Owned(fixed) => Some(fixed),
            };
            match known.len() > SHORT {
                true => detached(py, work)?,
                false => guarded(work)?,
            }
        }
        Err(_) => {
            let bytes = PyBackedBytes::from(carried(&text)?);
            let cleaned = detached(py, || {
                let cleaned = engine.clean_bytes(&bytes);
                cleaned.map(|cleaned| cleaned.into_text().into_owned())
            })?;
            Some(cleaned.map_err(decode)?)
        }
    };
    Ok(match fixed {
        Some(fixed) => PyString::new(py, &fixed),
        None => text,
    })
}
