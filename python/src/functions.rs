//! The functions for strings and bytes.

use std::sync::{Arc, LazyLock};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyDict, PyString};
use zhengben::Source;
use zhengben::config::{Script, Settings};
use zhengben::lang::Lang;

use crate::cleaner::Cleaner;
use crate::document::fixed;
use crate::errors::{decode, detached};
use crate::settings::Engine;
use crate::tuples;

/// The restored text; the very same object if nothing is changed.
///
/// A string that was decoded with `surrogateescape` is read anew from the bytes that it
/// carries. Raises `DecodeError` if they are no Chinese text, or if other lone surrogates
/// are in it.
///
/// >>> from zhengben import Cleaner, fix_text
/// >>> fix_text("新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚")
/// '新能源电池产业链企业快速集聚'
/// >>> fix_text("漢語", cleaner=Cleaner(script="none"))
/// '漢語'
/// >>> fix_text(b"\xb1\xe0\xc2\xeb\xb5\xc4\xce\xca\xcc\xe2".decode(errors="surrogateescape"))
/// '编码的问题'
#[pyfunction]
#[pyo3(signature = (text, *, cleaner = None))]
pub(crate) fn fix_text<'py>(
    text: Bound<'py, PyString>,
    cleaner: Option<Bound<'py, Cleaner>>,
) -> PyResult<Bound<'py, PyString>> {
    fixed(Cleaner::engine_of(cleaner.as_ref()), text)
}

/// The text with wrong decoding undone, and nothing else.
///
/// >>> from zhengben import fix_encoding
/// >>> fix_encoding("ÖÐÎÄ±àÂëµÄÎÊÌâ")
/// '中文编码的问题'
/// >>> fix_encoding("漢語")
/// '漢語'
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
///
/// Raises `DecodeError` if they are no Chinese text in any encoding.
///
/// >>> from zhengben import guess_bytes
/// >>> guess_bytes("程序设计的方法".encode("gbk"))
/// Guess(text='程序设计的方法', encoding='GBK')
#[pyfunction]
pub(crate) fn guess_bytes<'py>(
    py: Python<'py>,
    data: PyBackedBytes,
) -> PyResult<Bound<'py, PyAny>> {
    let source = detached(py, || Source::decode(&data))?.map_err(decode)?;
    tuples::guess(py, source.text(), source.encoding().name())
}

/// The versions of the data that are built in, by name: each a checksum and, of what is not
/// the project's own, the source with its version.
///
/// >>> from zhengben import data_versions
/// >>> data_versions()["opencc"].split(" ", 1)[1]
/// '(OpenCC 1.4.2)'
#[pyfunction]
pub(crate) fn data_versions(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let versions = PyDict::new(py);
    for data in zhengben::data_versions() {
        versions.set_item(data.name, data.to_string())?;
    }
    Ok(versions)
}
