//! What cleans documents.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use zhengben::config::{Script, Settings};

use crate::arrow::{ArrowColumn, clean_arrow};
use crate::cleaned::Cleaned;
use crate::document::{Document, fixed};
use crate::errors::config;
use crate::settings::{Engine, absolute, lang, named, syntax};

/// What cleans documents; made once, used for any number of them, on any threads.
#[pyclass(frozen, module = "zhengben")]
#[derive(Debug)]
pub(crate) struct Cleaner {
    pub(crate) engine: Arc<Engine>,
}

impl Cleaner {
    /// The engine of a cleaner, or the default one.
    pub(crate) fn engine_of(cleaner: Option<&Bound<'_, Self>>) -> Arc<Engine> {
        cleaner.map_or_else(Engine::default_one, |cleaner| {
            Arc::clone(&cleaner.get().engine)
        })
    }
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (
        *,
        script = None,
        exact_script = None,
        rules = None,
        no_rules = None,
        r#unsafe = None,
        keep = None,
        dictionaries = None,
        builtin_dictionary = None,
        choices = None,
        encoding = None,
        damaged = None,
        syntax = None,
        fields = None,
        columns = None,
        headless = None,
        front_matter = None,
        comments = None,
        lang = "en",
    ))]
    // They are the settings, by their names.
    #[allow(clippy::too_many_arguments)]
    fn new(
        script: Option<&str>,
        exact_script: Option<bool>,
        rules: Option<Vec<String>>,
        no_rules: Option<Vec<String>>,
        r#unsafe: Option<bool>,
        keep: Option<Vec<String>>,
        dictionaries: Option<Vec<PathBuf>>,
        builtin_dictionary: Option<bool>,
        choices: Option<PathBuf>,
        encoding: Option<String>,
        damaged: Option<bool>,
        syntax: Option<String>,
        fields: Option<Vec<String>>,
        columns: Option<Vec<String>>,
        headless: Option<bool>,
        front_matter: Option<bool>,
        comments: Option<bool>,
        lang: &str,
    ) -> PyResult<Self> {
        let (syntax, recognises) = self::syntax(syntax)?;
        let settings = Settings {
            script: script.map(script_of).transpose()?,
            exact_script,
            rules,
            no_rules,
            r#unsafe,
            keep,
            dictionaries: dictionaries.map(|paths| paths.into_iter().map(absolute).collect()),
            builtin_dictionary,
            choices: choices.map(absolute),
            encoding: named(encoding)?,
            damaged,
            syntax,
            fields,
            columns,
            headless,
            front_matter,
            comments,
            ..Settings::default()
        };
        let engine = Engine::new(settings, recognises, self::lang(lang)?)?;
        Ok(Cleaner { engine })
    }

    /// The cleaner of a file of settings.
    #[staticmethod]
    #[pyo3(signature = (path = None, *, document = None, lang = "en"))]
    fn from_config(path: Option<PathBuf>, document: Option<PathBuf>, lang: &str) -> PyResult<Self> {
        let lang = self::lang(lang)?;
        let engine = Engine::of_files(path.as_deref(), document.as_deref(), lang)?;
        Ok(Cleaner { engine })
    }

    /// The settings that differ from the default.
    #[getter]
    fn settings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.engine.keywords(py)
    }

    /// The restored text; the very same object if nothing is changed.
    fn fix_text<'py>(&self, text: Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        fixed(&self.engine, text)
    }

    /// Cleans a document.
    fn clean(&self, py: Python<'_>, document: Document) -> PyResult<Cleaned> {
        Cleaned::new(py, Arc::clone(&self.engine), document)
    }

    /// Cleans a column of strings or bytes, with more than the text in what comes out.
    #[pyo3(signature = (data, *, outputs = vec!["text".to_owned()], errors = "raise"),
           text_signature = "($self, data, *, outputs=('text',), errors='raise')")]
    fn clean_arrow(
        &self,
        data: &Bound<'_, PyAny>,
        outputs: Vec<String>,
        errors: &str,
    ) -> PyResult<ArrowColumn> {
        clean_arrow(&self.engine, data, &outputs, errors)
    }

    fn __getnewargs_ex__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.engine.keywords(py)?))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let keywords = self.engine.keywords(py)?;
        let mut shown = Vec::new();
        for (name, value) in keywords {
            shown.push(format!("{name}={}", value.repr()?));
        }
        Ok(format!("Cleaner({})", shown.join(", ")))
    }
}

fn script_of(name: &str) -> PyResult<Script> {
    serde_json::from_value(name.into()).map_err(|_| {
        config(format!(
            "there is no script {name}: t2s, tw2s, tw2sp, hk2s, none"
        ))
    })
}
