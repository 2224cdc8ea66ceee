//! A cleaned document.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyString};
use self_cell::self_cell;
use zhengben::lang::Lang;
use zhengben::{DecodeError, Edit};

use crate::document::Document;
use crate::errors::{decode, detached, encode};
use crate::settings::{Engine, named};
use crate::tuples;

type Restored<'t> = zhengben::Cleaned<'t>;

self_cell! {
    /// A document, and what cleaning made of it, which borrows from it.
    struct Whole {
        owner: Document,
        #[covariant]
        dependent: Restored,
    }
}

/// A cleaned document: its text, and how it differs from what was given.
///
/// >>> from zhengben import Cleaner
/// >>> cleaned = Cleaner().clean("電腦 ⺁")
/// >>> cleaned.text, cleaned.changed
/// ('电脑 ⺁', True)
/// >>> [(edit.original, edit.replacement) for edit in cleaned.edits]
/// [('電', '电'), ('腦', '脑')]
/// >>> [(edit.replacement, edit.safety) for edit in cleaned.suggestions]
/// [('厂', 'unsafe')]
/// >>> cleaned.evidence.script.han
/// 2
#[pyclass(frozen, module = "zhengben")]
pub(crate) struct Cleaned {
    whole: Whole,
    engine: Arc<Engine>,
    text: PyOnceLock<Py<PyString>>,
}

impl Cleaned {
    /// Cleans a document.
    pub(crate) fn new(py: Python<'_>, engine: Arc<Engine>, document: Document) -> PyResult<Self> {
        let whole: Result<Whole, DecodeError> = detached(py, || {
            Whole::try_new(document, |document| match document {
                Document::Text(text) => Ok(engine.clean(text)),
                Document::Bytes(bytes) | Document::Escaped(bytes) => engine.clean_bytes(bytes),
            })
        })?;
        let whole = whole.map_err(decode)?;
        let text = PyOnceLock::new();
        Ok(Cleaned {
            whole,
            engine,
            text,
        })
    }

    fn restored(&self) -> &Restored<'_> {
        self.whole.borrow_dependent()
    }

    fn tuples<'py>(&self, py: Python<'py>, applied: bool) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let restored = self.restored();
        let wanted = changes(restored).filter(|change| change.edit.applied == applied);
        wanted
            .map(|change| tuples::edit(py, &change, self.engine.lang))
            .collect()
    }
}

#[pymethods]
impl Cleaned {
    /// The restored text.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        let text = self.text.get_or_try_init(py, || {
            let (source, restored) = (self.restored().source().text(), self.restored().text());
            Ok::<_, PyErr>(match source == restored {
                true => self.source(py)?.unbind(),
                false => PyString::new(py, restored).unbind(),
            })
        });
        Ok(text?.bind(py).clone())
    }

    /// The text before cleaning, in which edits have their places: the string that was
    /// given, or what its bytes decode to.
    #[getter]
    fn source<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        match self.whole.borrow_owner() {
            Document::Text(text) => Ok(text.into_pyobject(py)?.cast_into()?),
            _ => Ok(PyString::new(py, self.restored().source().text())),
        }
    }

    /// Whether anything was changed.
    #[getter]
    fn changed(&self) -> bool {
        let restored = self.restored();
        restored.text() != restored.source().text()
    }

    /// The changes made: disjoint, sorted by place.
    #[getter]
    fn edits<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.tuples(py, true)
    }

    /// Changes that were not made, because they are not safe enough.
    #[getter]
    fn suggestions<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.tuples(py, false)
    }

    /// The encoding of the bytes that were given; None for a string.
    #[getter]
    fn encoding(&self) -> Option<&'static str> {
        match self.whole.borrow_owner() {
            Document::Text(_) => None,
            _ => Some(self.restored().encoding().name()),
        }
    }

    /// What the document showed of itself.
    #[getter]
    fn evidence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        tuples::evidence(py, self.restored().evidence())
    }

    /// The restored document in the encoding that it was in, or another one; bytes outside
    /// edits are as they were.
    ///
    /// Raises `EncodeError` if the encoding cannot hold the text.
    ///
    /// >>> from zhengben import Cleaner
    /// >>> cleaned = Cleaner().clean("\ufeff漢語".encode("utf-16-le"))
    /// >>> cleaned.to_bytes() == "\ufeff汉语".encode("utf-16-le")
    /// True
    #[pyo3(signature = (encoding = None))]
    fn to_bytes<'py>(
        &self,
        py: Python<'py>,
        encoding: Option<String>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let encoding = named(encoding)?;
        let bytes = detached(py, || match encoding {
            None => self.restored().to_bytes(),
            Some(encoding) => self.restored().to_bytes_in(encoding),
        })?;
        Ok(PyBytes::new(py, &bytes.map_err(encode)?))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let text = self.text(py)?;
        let edits = self.restored().edits().filter(|edit| edit.applied).count();
        Ok(format!("<Cleaned {} with {edits} edits>", text.repr()?))
    }
}

/// A change in characters, as Python counts them.
pub(crate) struct Change<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) edit: Edit<'a>,
}

impl Change<'_> {
    /// Its rules, each once, in their order.
    pub(crate) fn rules(&self) -> Vec<&'static str> {
        distinct(self.edit.causes.iter().map(|cause| cause.rule.id()))
    }

    /// The reasons of its rules.
    pub(crate) fn reason(&self, lang: Lang) -> String {
        let reasons = self.edit.causes.iter();
        let reasons = reasons.map(|cause| cause.reason.in_language(lang));
        let between = match lang {
            Lang::En => "; ",
            Lang::Zh => "；",
        };
        distinct(reasons).join(between)
    }
}

fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut each = Vec::new();
    for one in all {
        if !each.contains(&one) {
            each.push(one);
        }
    }
    each
}

/// The changes made and suggested, by place.
pub(crate) fn changes<'a>(cleaned: &'a Restored<'_>) -> impl Iterator<Item = Change<'a>> {
    let text = cleaned.source().text();
    // So far the characters are counted.
    let (mut bytes, mut characters) = (0, 0);
    cleaned.edits().map(move |edit| {
        characters += text[bytes..edit.range.start].chars().count();
        bytes = edit.range.start;
        Change {
            start: characters,
            end: characters + edit.original.chars().count(),
            edit,
        }
    })
}
