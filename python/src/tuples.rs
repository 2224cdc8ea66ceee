//! The package's named tuples, made from what the library says.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};
use zhengben::Evidence;
use zhengben::lang::Lang;

use crate::cleaned::Change;

const MODULE: &str = "zhengben._types";

/// A named tuple's class, imported when it is first used.
macro_rules! class {
    ($py:expr, $name:literal) => {{
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        CLASS.import($py, MODULE, $name)
    }};
}

/// A decoded text and the name of its encoding.
pub(crate) fn guess<'py>(
    py: Python<'py>,
    text: &str,
    encoding: &str,
) -> PyResult<Bound<'py, PyAny>> {
    class!(py, "Guess")?.call1((text, encoding))
}

/// An edit.
pub(crate) fn edit<'py>(
    py: Python<'py>,
    change: &Change<'_>,
    lang: Lang,
) -> PyResult<Bound<'py, PyAny>> {
    class!(py, "Edit")?.call1((
        change.start,
        change.end,
        change.edit.original,
        change.edit.replacement,
        PyTuple::new(py, change.rules())?,
        change.edit.safety().as_str(),
        change.reason(lang),
    ))
}

/// What a document has shown.
pub(crate) fn evidence<'py>(py: Python<'py>, evidence: &Evidence) -> PyResult<Bound<'py, PyAny>> {
    let Evidence {
        inserted,
        damage,
        glossing,
        script,
        spinning,
        ..
    } = evidence;
    let mut families = Vec::new();
    for family in &spinning.families {
        let found = spinning.shows(&family.name);
        let values = (&family.name, found, family.words, family.log_odds);
        families.push(class!(py, "Family")?.call1(values)?);
    }
    class!(py, "Evidence")?.call1((
        class!(py, "Inserted")?.call1((inserted.glosses, inserted.inside))?,
        class!(py, "Damage")?.call1((damage.glosses,))?,
        class!(py, "Glossing")?.call1((glossing.found, glossing.glosses, glossing.characters))?,
        class!(py, "ScriptEvidence")?.call1((
            script.han,
            script.convertible,
            script.kana,
            script.hangul,
        ))?,
        PyTuple::new(py, families)?,
    ))
}
