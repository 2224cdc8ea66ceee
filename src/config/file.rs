//! One file of settings: zhengben.toml, or a table in a file of another tool.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Value;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, ValueFault};
use super::reach::{self, LONGEST_SETTINGS, Reach};
use super::settings::Settings;
use crate::rules::RuleSet;

/// Where settings may stand, the first that there is in a folder; and the table
/// that they are in.
pub(super) const NAMES: [(&str, &[&str]); 4] = [
    ("zhengben.toml", &[]),
    (".zhengben.toml", &[]),
    ("pyproject.toml", &["tool", "zhengben"]),
    ("Cargo.toml", &["package", "metadata", "zhengben"]),
];

/// Keys of a file besides those of [`Settings`].
pub(super) const EXTEND: &str = "extend";
pub(super) const EXCLUDE: &str = "exclude";
pub(super) const OVERRIDES: &str = "overrides";
/// The key of an override besides those of [`Settings`].
pub(super) const FILES: &str = "files";

/// So many files may extend one another.
pub(super) const DEEPEST: usize = 16;

/// A file of settings, with those that it extends.
#[derive(Debug)]
pub(super) struct ConfigFile {
    pub(super) path: PathBuf,
    pub(super) extended: Option<Box<ConfigFile>>,
    pub(super) settings: Settings,
    pub(super) exclude: GlobSet,
    pub(super) overrides: Vec<Override>,
}

/// Settings for some files only.
#[derive(Debug)]
pub(super) struct Override {
    pub(super) patterns: Vec<String>,
    pub(super) files: GlobSet,
    pub(super) settings: Settings,
}

impl ConfigFile {
    /// Reads a file; `None` if it is one of another tool without our table.
    pub(super) fn read(path: &Path, reach: &Reach) -> Result<Option<Self>, ConfigError> {
        Self::read_from(path, reach, 0)
    }

    fn read_from(path: &Path, reach: &Reach, depth: usize) -> Result<Option<Self>, ConfigError> {
        if depth > DEEPEST {
            let path = path.to_owned();
            return Err(ConfigError::Circle { path });
        }
        let text = text_of(path, reach).map_err(|error| ConfigError::Read {
            path: path.to_owned(),
            error,
        })?;
        let Some(table) = Table::of(path, &text, reach)? else {
            return Ok(None);
        };
        let mut file = ConfigFile {
            path: path.to_owned(),
            extended: None,
            settings: Settings::default(),
            exclude: GlobSet::empty(),
            overrides: Vec::new(),
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        for entry in &table.entries {
            match entry.key.as_str() {
                EXTEND => {
                    let name: PathBuf = entry.value(&table)?;
                    table.check(entry, &name)?;
                    let base = folder.join(name);
                    let read = Self::read_from(&base, reach, depth + 1)?;
                    let base = read.ok_or_else(|| missing(&base))?;
                    file.extended = Some(Box::new(base));
                }
                EXCLUDE => file.exclude = globs(entry.value(&table)?, entry, &table)?,
                OVERRIDES => file.overrides = overrides(entry, &table)?,
                _ => file.settings.overlay(entry.setting(&table)?),
            }
        }
        file.settings.resolve(&folder);
        for over in &mut file.overrides {
            over.settings.resolve(&folder);
        }
        Ok(Some(file))
    }
}

fn text_of(path: &Path, reach: &Reach) -> io::Result<String> {
    reach.check(path).map_err(io::Error::other)?;
    let bytes = reach::read_at_most(path, LONGEST_SETTINGS)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Of a file that was named and has no settings.
pub(super) fn missing(path: &Path) -> ConfigError {
    ConfigError::Missing {
        path: path.to_owned(),
        table: table_in(path).join("."),
    }
}

pub(super) fn table_in(path: &Path) -> &'static [&'static str] {
    let name = path.file_name().and_then(|name| name.to_str());
    let known = NAMES.iter().find(|(known, _)| Some(*known) == name);
    known.map_or(&[], |(_, table)| *table)
}

fn overrides(entry: &Entry, table: &Table<'_>) -> Result<Vec<Override>, ConfigError> {
    let Value::Array(all) = &entry.value else {
        return Err(table.unfit(entry, ValueFault::NoTables));
    };
    let mut overrides = Vec::with_capacity(all.len());
    for (number, one) in all.iter().enumerate() {
        let Value::Table(values) = one else {
            return Err(table.unfit(entry, ValueFault::NoTables));
        };
        let mut over = Override {
            patterns: Vec::new(),
            files: GlobSet::empty(),
            settings: Settings::default(),
        };
        for (key, value) in values {
            let inner = Entry {
                key: key.clone(),
                value: value.clone(),
                line: table.line_of(&entry.key, number, key).unwrap_or(entry.line),
            };
            match key.as_str() {
                FILES => {
                    over.patterns = inner.value(table)?;
                    over.files = globs(over.patterns.clone(), &inner, table)?;
                }
                _ => over.settings.overlay(inner.setting(table)?),
            }
        }
        if over.patterns.is_empty() {
            return Err(table.unfit(entry, ValueFault::NoFiles));
        }
        overrides.push(over);
    }
    Ok(overrides)
}

/// Globs as .gitignore has them: without a slash, in any folder.
fn globs(patterns: Vec<String>, entry: &Entry, table: &Table<'_>) -> Result<GlobSet, ConfigError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anchored = match pattern.strip_prefix('/') {
            Some(inside) => inside.to_owned(),
            None if pattern.trim_end_matches('/').contains('/') => pattern.clone(),
            None => format!("**/{pattern}"),
        };
        let anchored = anchored.trim_end_matches('/');
        // A folder stands for all that is in it.
        for glob in [anchored.to_owned(), format!("{anchored}/**")] {
            set.add(Glob::new(&glob).map_err(|error| table.unfit(entry, error))?);
        }
    }
    set.build().map_err(|error| table.unfit(entry, error))
}

/// A table of a file, with the lines of its keys.
struct Table<'p> {
    path: &'p Path,
    reach: &'p Reach,
    entries: Vec<Entry>,
    /// The lines of keys in arrays of tables: key, number, inner key.
    inner: Vec<(String, usize, String, usize)>,
}

/// One key of a table.
struct Entry {
    key: String,
    value: Value,
    line: usize,
}

impl<'p> Table<'p> {
    /// The table that the settings of that file are in.
    fn of(path: &'p Path, text: &str, reach: &'p Reach) -> Result<Option<Self>, ConfigError> {
        let line =
            |span: &Range<usize>| text[..span.start.min(text.len())].matches('\n').count() + 1;
        let wrong = |error: toml::de::Error| ConfigError::Wrong {
            path: path.to_owned(),
            line: error.span().as_ref().map_or(1, line),
            message: error.message().to_owned(),
        };
        let spans = DeTable::parse(text).map_err(wrong)?.into_inner();
        let values: toml::Table = toml::from_str(text).map_err(wrong)?;
        let (mut spans, mut values) = (&spans, &values);
        for name in table_in(path) {
            let (Some(DeValue::Table(inner)), Some(Value::Table(value))) = (
                spans.get(*name).map(|value| value.get_ref()),
                values.get(*name),
            ) else {
                return Ok(None);
            };
            (spans, values) = (inner, value);
        }
        let mut table = Table {
            path,
            reach,
            entries: Vec::new(),
            inner: Vec::new(),
        };
        for (key, value) in spans {
            let name = key.get_ref().to_string();
            if let DeValue::Array(all) = value.get_ref() {
                for (number, one) in all.iter().enumerate() {
                    let DeValue::Table(inner) = one.get_ref() else {
                        continue;
                    };
                    let lines = inner.keys().map(|key| {
                        let place = line(&key.span());
                        (name.clone(), number, key.get_ref().to_string(), place)
                    });
                    table.inner.extend(lines);
                }
            }
            if let Some(value) = values.get(&name) {
                table.entries.push(Entry {
                    value: value.clone(),
                    line: line(&key.span()),
                    key: name,
                });
            }
        }
        table.entries.sort_by_key(|entry| entry.line);
        Ok(Some(table))
    }

    fn line_of(&self, key: &str, number: usize, inner: &str) -> Option<usize> {
        let found = self
            .inner
            .iter()
            .find(|(k, n, i, _)| (k.as_str(), *n, i.as_str()) == (key, number, inner));
        found.map(|(_, _, _, line)| *line)
    }

    fn unfit(&self, entry: &Entry, fault: impl Into<ValueFault>) -> ConfigError {
        ConfigError::Value {
            path: self.path.to_owned(),
            line: entry.line,
            key: entry.key.clone(),
            fault: fault.into(),
        }
    }

    /// Whether a key may name a path, which is read from the file's folder.
    fn check(&self, entry: &Entry, name: &Path) -> Result<(), ConfigError> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let checked = self.reach.check(&folder.join(name));
        checked.map_err(|fault| {
            let path = name.to_owned();
            self.unfit(entry, ValueFault::Path { path, fault })
        })
    }

    /// In TOML's own words.
    fn wrong(&self, entry: &Entry, message: std::fmt::Arguments<'_>) -> ConfigError {
        ConfigError::Wrong {
            path: self.path.to_owned(),
            line: entry.line,
            message: message.to_string(),
        }
    }
}

impl Entry {
    fn value<T: for<'de> Deserialize<'de>>(&self, table: &Table<'_>) -> Result<T, ConfigError> {
        self.value
            .clone()
            .try_into()
            .map_err(|error: toml::de::Error| {
                table.wrong(self, format_args!("{}: {}", self.key, error.message()))
            })
    }

    /// What the key sets.
    fn setting(&self, table: &Table<'_>) -> Result<Settings, ConfigError> {
        let known = Settings::default().values();
        if !known.contains_key(&self.key) {
            let all = known.keys().map(String::as_str);
            let all = all.chain([EXTEND, EXCLUDE, OVERRIDES]);
            return Err(ConfigError::Unknown {
                path: table.path.to_owned(),
                line: self.line,
                key: self.key.clone(),
                suggestion: nearest(&self.key, all),
            });
        }
        let mut single = toml::Table::new();
        single.insert(self.key.clone(), self.value.clone());
        let settings: Settings = single.try_into().map_err(|error: toml::de::Error| {
            table.wrong(self, format_args!("{}: {}", self.key, error.message()))
        })?;
        let rules = settings.rules.iter().chain(&settings.no_rules).flatten();
        for name in rules {
            RuleSet::named(name).map_err(|error| table.unfit(self, error))?;
        }
        for path in settings.paths() {
            table.check(self, path)?;
        }
        Ok(settings)
    }
}

/// The word that another one is most likely meant to be.
fn nearest<'a>(word: &str, all: impl Iterator<Item = &'a str>) -> Option<String> {
    /// From here on two words are taken for alike: a letter wrong in a short one, two
    /// in one of ten.
    const ALIKE: f64 = 0.8;
    all.map(|known| (strsim::jaro_winkler(word, known), known))
        .filter(|&(likeness, _)| likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known.to_owned())
}
