//! The functions for strings and bytes.

use std::sync::{Arc, LazyLock};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyString;
use zhengben::Source;
use zhengben::config::{Script, Settings};
use zhengben::lang::Lang;

use crate::cleaner::Cleaner;
use crate::document::fixed;
use crate::errors::{decode, detached};
use crate::settings::Engine;
use crate::tuples;

/// The restored text; the very same object if nothing is changed.
#[pyfunction]
#[pyo3(signature = (text, *, cleaner = None))]
pub(crate) fn fix_text<'py>(
    text: Bound<'py, PyString>,
    cleaner: Option<Bound<'py, Cleaner>>,
) -> PyResult<Bound<'py, PyString>> {
    fixed(&Cleaner::engine_of(cleaner.as_ref()), text)
}

/// The text with wrong decoding undone, and nothing else.
#[pyfunction]
pub(crate) fn fix_encoding(text: Bound<'_, PyString>) -> PyResult<Bound<'_, PyString>> {
    /// What is about decoding: of strings, and of the bytes that they carry.
    const ABOUT_DECODING: [&str; 3] = ["encoding", "mojibake", "gloss-bytes"];
    static ENGINE: LazyLock<PyResult<Arc<Engine>>> = LazyLock::new(|| {
        let settings = Settings {
            script: Some(Script::None),
            rules: Some(ABOUT_DECODING.map(str::to_owned).to_vec()),
            builtin_dictionary: Some(false),
            ..Settings::default()
        };
        Engine::new(settings, false, Lang::En)
    });
    match &*ENGINE {
        Ok(engine) => fixed(engine, text),
        Err(error) => Err(error.clone_ref(text.py())),
    }
}

/// The text that bytes are, and the encoding that they are in.
#[pyfunction]
pub(crate) fn guess_bytes<'py>(
    py: Python<'py>,
    data: PyBackedBytes,
) -> PyResult<Bound<'py, PyAny>> {
    let source = detached(py, || Source::decode(&data))?.map_err(decode)?;
    tuples::guess(py, source.text(), source.encoding().name())
}
