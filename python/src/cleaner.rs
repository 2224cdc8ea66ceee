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
///
/// Its keywords are the settings of `zhengben.toml`; what is None is as by default. Of
/// those that are not: `syntax` is `plain`, and with `"auto"` found out for each document;
/// `lang` is the language of reasons. Raises `ConfigError` if a setting cannot be used.
///
/// >>> from zhengben import Cleaner
/// >>> cleaner = Cleaner(script="tw2sp", keep=["臺積電"])
/// >>> cleaner.fix_text("臺積電的資訊")
/// '臺積電的信息'
/// >>> cleaner
/// Cleaner(keep=['臺積電'], script='tw2sp')
#[pyclass(frozen, module = "zhengben")]
#[derive(Debug)]
pub(crate) struct Cleaner {
    pub(crate) engine: Arc<Engine>,
}

impl Cleaner {
    /// The engine of a cleaner, or the default one.
    pub(crate) fn engine_of<'c>(cleaner: Option<&'c Bound<'_, Self>>) -> &'c Arc<Engine> {
        match cleaner {
            Some(cleaner) => &cleaner.get().engine,
            None => Engine::default_one(),
        }
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

    /// The cleaner of a file of settings: of that one, or the one that is closest to
    /// `document`, else to the folder that we are in, as the command finds it.
    ///
    /// Its overrides count for `document`, whose name also says what kind of file it is;
    /// without one that is found out. Raises `ConfigError` if the file cannot be used.
    ///
    /// >>> import pathlib, tempfile
    /// >>> from zhengben import Cleaner
    /// >>> with tempfile.TemporaryDirectory() as folder:
    /// ...     path = pathlib.Path(folder) / "zhengben.toml"
    /// ...     _ = path.write_text('script = "none"', encoding="utf-8")
    /// ...     Cleaner.from_config(path, document="a.md")
    /// Cleaner(script='none', syntax='markdown')
    #[staticmethod]
    #[pyo3(signature = (path = None, *, document = None, lang = "en"))]
    fn from_config(path: Option<PathBuf>, document: Option<PathBuf>, lang: &str) -> PyResult<Self> {
        let lang = self::lang(lang)?;
        let engine = Engine::of_files(path.as_deref(), document.as_deref(), lang)?;
        Ok(Cleaner { engine })
    }

    /// The settings that differ from the default, as keywords.
    #[getter]
    fn settings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.engine.keywords(py)
    }

    /// The restored text; the very same object if nothing is changed.
    fn fix_text<'py>(&self, text: Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        fixed(&self.engine, text)
    }

    /// Cleans a document; bytes are decoded first.
    ///
    /// Raises `DecodeError` if they are no Chinese text.
    ///
    /// >>> from zhengben import Cleaner
    /// >>> cleaned = Cleaner().clean("程式設計".encode("big5"))
    /// >>> cleaned.text, cleaned.encoding
    /// ('程式设计', 'Big5')
    fn clean(&self, py: Python<'_>, document: Document) -> PyResult<Cleaned> {
        Cleaned::new(py, Arc::clone(&self.engine), document)
    }

    /// Cleans a column of strings or bytes: a table with a column for each of `outputs`,
    /// in their order.
    ///
    /// They are `text`, which is there alone if none are given, `changed`, `edits`,
    /// `suggestions`, `encoding` and `evidence`, as in `Cleaned`, and `error`: with
    /// `errors="null"`, why bytes cannot be read, of which the others are null then.
    ///
    /// >>> import pyarrow as pa
    /// >>> from zhengben import Cleaner
    /// >>> pages = pa.array(["程序设计".encode("gbk"), b"\xff\x00\xff"])
    /// >>> outputs = ["text", "encoding", "error"]
    /// >>> cleaned = Cleaner().clean_arrow(pages, outputs=outputs, errors="null")
    /// >>> first, second = pa.table(cleaned).to_pylist()
    /// >>> first
    /// {'text': '程序设计', 'encoding': 'GBK', 'error': None}
    /// >>> second["text"], second["error"][:23]
    /// (None, 'the encoding is unknown')
    #[pyo3(signature = (data, *, outputs = None, errors = "raise"))]
    fn clean_arrow(
        &self,
        data: &Bound<'_, PyAny>,
        outputs: Option<Vec<String>>,
        errors: &str,
    ) -> PyResult<ArrowColumn> {
        let outputs = outputs.unwrap_or_else(|| vec!["text".to_owned()]);
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
