//! The library without Python around it, for `benches/compare.py` to measure: in the same
//! build and the same process as what it is measured against.

use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

/// Texts that the library is to be called with.
#[pyclass(frozen, module = "zhengben")]
#[derive(Debug)]
pub(crate) struct Calls {
    cleaner: zhengben::Cleaner,
    texts: Vec<PyBackedStr>,
}

#[pymethods]
impl Calls {
    #[new]
    fn new(texts: Vec<PyBackedStr>) -> Self {
        let cleaner = zhengben::Cleaner::new();
        Calls { cleaner, texts }
    }

    /// Calls it with each, and drops what comes of it.
    fn __call__(&self) {
        for text in &self.texts {
            let text: &str = text;
            drop(black_box(self.cleaner.clean(black_box(text)).into_text()));
        }
    }
}
