//! Settings as Python gives them, and as the library takes them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use zhengben::config::{Configs, Layer, Settings};
use zhengben::lang::Lang;
use zhengben::{Cleaned, Cleaner, DecodeError, RuleSet, Scope, Source, Syntax};

use crate::errors::config;

/// What finds out the kind of each document by itself.
const AUTO: &str = "auto";

/// A cleaner, with what else settings say of documents.
#[derive(Debug)]
pub(crate) struct Engine {
    settings: Settings,
    /// Whether the kind of a document is found out.
    recognises: bool,
    pub(crate) lang: Lang,
    cleaner: Cleaner,
    syntax: Syntax,
    scope: Arc<Scope>,
}

impl Engine {
    /// The engine of these settings.
    pub(crate) fn new(settings: Settings, recognises: bool, lang: Lang) -> PyResult<Arc<Self>> {
        for name in settings.rules.iter().chain(&settings.no_rules).flatten() {
            RuleSet::named(name).map_err(config)?;
        }
        if settings == Settings::default() && !recognises && lang == Lang::En {
            return Ok(Arc::clone(Self::default_one()));
        }
        Ok(Arc::new(Engine {
            cleaner: settings.cleaner().map_err(config)?,
            syntax: settings.syntax.unwrap_or_default(),
            scope: Arc::new(settings.scope()),
            recognises,
            lang,
            settings,
        }))
    }

    /// The one that does what [`Cleaner::new`] does; there is one of it.
    pub(crate) fn default_one() -> &'static Arc<Self> {
        static DEFAULT: LazyLock<Arc<Engine>> = LazyLock::new(|| {
            Arc::new(Engine {
                settings: Settings::default(),
                recognises: false,
                lang: Lang::En,
                cleaner: Cleaner::new(),
                syntax: Syntax::Plain,
                scope: Arc::default(),
            })
        });
        &DEFAULT
    }

    /// The engine of a file of settings: of the one that is named, or the one that
    /// counts for a document.
    pub(crate) fn of_files(
        path: Option<&Path>,
        document: Option<&Path>,
        lang: Lang,
    ) -> PyResult<Arc<Self>> {
        let nothing = Layer {
            origin: String::new(),
            settings: Settings::default(),
        };
        let mut configs = match path {
            Some(path) => Configs::of_file(path, nothing).map_err(config)?,
            None => Configs::beside(nothing),
        };
        let layers = configs.of(document.unwrap_or(Path::new("-")));
        let mut settings = layers.map_err(config)?.settings();
        if settings.syntax.is_none() {
            settings.syntax = document.and_then(Syntax::recognise);
        }
        let recognises = settings.syntax.is_none();
        Self::new(settings, recognises, lang)
    }

    /// Cleans a text.
    pub(crate) fn clean<'t>(&self, text: &'t str) -> Cleaned<'t> {
        match self.syntax {
            // Nothing more is known of it.
            Syntax::Plain if !self.recognises => self.cleaner.clean(text),
            _ => self.clean_source(Source::from(text)),
        }
    }

    /// Cleans the text that bytes are.
    pub(crate) fn clean_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Cleaned<'t>, DecodeError> {
        let damaged = self.settings.damaged.unwrap_or_default();
        let source = match (self.settings.encoding, damaged) {
            (Some(encoding), false) => Source::decode_as(bytes, encoding),
            (Some(encoding), true) => Source::decode_damaged_as(bytes, encoding),
            (None, false) => Source::decode(bytes),
            (None, true) => Source::decode_damaged(bytes, None),
        }?;
        Ok(self.clean_source(source))
    }

    fn clean_source<'t>(&self, source: Source<'t>) -> Cleaned<'t> {
        let syntax = match self.recognises {
            true => Syntax::of_text(source.text()),
            false => self.syntax,
        };
        if syntax == Syntax::Plain {
            return self.cleaner.clean(source);
        }
        let source = source.with_syntax(syntax);
        self.cleaner
            .clean(source.with_scope(Arc::clone(&self.scope)))
    }

    /// The keywords that give the same engine.
    pub(crate) fn keywords<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let keywords = PyDict::new(py);
        let values = serde_json::to_value(&self.settings).map_err(config)?;
        let defaults = serde_json::to_value(Settings::defaults()).map_err(config)?;
        for (name, value) in values.as_object().into_iter().flatten() {
            if !value.is_null() && Some(value) != defaults.get(name) {
                keywords.set_item(name.replace('-', "_"), object(py, value)?)?;
            }
        }
        if self.recognises {
            keywords.set_item("syntax", AUTO)?;
        }
        if self.lang == Lang::Zh {
            keywords.set_item("lang", "zh")?;
        }
        Ok(keywords)
    }
}

/// A setting's value: settings are words, truths and lists of words.
fn object<'py>(py: Python<'py>, value: &serde_json::Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        serde_json::Value::Bool(truth) => truth.into_bound_py_any(py),
        serde_json::Value::String(word) => word.into_bound_py_any(py),
        serde_json::Value::Array(members) => {
            let words: Vec<_> = members.iter().filter_map(|word| word.as_str()).collect();
            words.into_bound_py_any(py)
        }
        _ => Ok(py.None().into_bound(py)),
    }
}

/// The language of that name.
pub(crate) fn lang(name: &str) -> PyResult<Lang> {
    match name {
        "en" => Ok(Lang::En),
        "zh" => Ok(Lang::Zh),
        _ => Err(config(format!(
            "there is no language {name}; there are en and zh"
        ))),
    }
}

/// A setting that has a name.
pub(crate) fn named<T>(name: Option<String>) -> PyResult<Option<T>>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    name.map(|name| name.parse().map_err(config)).transpose()
}

/// The kind of documents, and whether it is found out.
pub(crate) fn syntax(name: Option<String>) -> PyResult<(Option<Syntax>, bool)> {
    match name.as_deref() {
        Some(AUTO) => Ok((None, true)),
        _ => Ok((named(name)?, false)),
    }
}

/// Paths as they are from anywhere.
pub(crate) fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
