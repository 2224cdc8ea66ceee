//! Settings in files: found beside the documents, laid over one another, with where
//! each value comes from.
//!
//! The file that is closest to a document counts, from its folder upwards:
//! `zhengben.toml`, `.zhengben.toml`, the table `[tool.zhengben]` of
//! `pyproject.toml` or `[package.metadata.zhengben]` of `Cargo.toml`. It may extend
//! another one, and override its own settings for some files. What is set on the
//! command line counts more than any file. Whatever a file that was found names must be in
//! its repository: who cleans somebody else's files is to be safe from their settings.

mod cleaning;
mod error;
mod file;
mod keep;
mod reach;
#[cfg(test)]
mod schema;
mod settings;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use cleaning::CleaningError;
pub use error::{ConfigError, ValueFault};
pub use keep::with_kept;
pub use reach::OutOfReach;
pub(crate) use reach::read_at_most;
pub use settings::{Script, Settings};

use file::{ConfigFile, NAMES};
use reach::Reach;

/// Where settings come from, for documents in different folders.
#[derive(Debug)]
pub struct Configs {
    /// The one that counts for all, if one was named.
    named: Option<Arc<ConfigFile>>,
    /// Whether files are looked for.
    looks: bool,
    /// What counts above all files.
    highest: Layer,
    found: HashMap<PathBuf, Option<Arc<ConfigFile>>>,
}

/// Some settings and where they were set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// A file's name, with the globs of an override; or other words.
    pub origin: String,
    /// What it sets.
    pub settings: Settings,
}

/// What counts for one document: layers, the lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers {
    layers: Vec<Layer>,
    /// Whether a file of settings says that the document is not to be read, unless it
    /// is named.
    pub is_excluded: bool,
}

impl Configs {
    /// Settings of the files beside each document, below those of `highest`.
    pub fn beside(highest: Layer) -> Self {
        Configs {
            named: None,
            looks: true,
            highest,
            found: HashMap::new(),
        }
    }

    /// No files at all.
    pub fn none(highest: Layer) -> Self {
        Configs {
            looks: false,
            ..Self::beside(highest)
        }
    }

    /// Settings of one file for all documents.
    ///
    /// # Errors
    /// [`ConfigError`] if it cannot be used.
    pub fn of_file(path: &Path, highest: Layer) -> Result<Self, ConfigError> {
        let file = ConfigFile::read(path, &Reach::Anything)?.ok_or_else(|| file::missing(path))?;
        Ok(Configs {
            named: Some(Arc::new(file)),
            ..Self::none(highest)
        })
    }

    /// What counts for a document of that path, which need not exist.
    ///
    /// # Errors
    /// [`ConfigError`] if the file of settings that is closest to it cannot be used.
    pub fn of(&mut self, document: &Path) -> Result<Layers, ConfigError> {
        let document = absolute(document);
        let file = self.file(&document)?;
        let mut layers = Layers {
            layers: vec![Layer {
                origin: "default".to_owned(),
                settings: Settings::defaults(),
            }],
            is_excluded: false,
        };
        if let Some(file) = &file {
            layers.add(file, &document);
        }
        if self.highest.settings != Settings::default() {
            layers.layers.push(self.highest.clone());
        }
        Ok(layers)
    }

    /// The file whose settings count for a document, if there is one.
    ///
    /// # Errors
    /// [`ConfigError`] if it cannot be used.
    pub fn file_of(&mut self, document: &Path) -> Result<Option<PathBuf>, ConfigError> {
        let file = self.file(&absolute(document))?;
        Ok(file.map(|file| file.path.clone()))
    }

    fn file(&mut self, document: &Path) -> Result<Option<Arc<ConfigFile>>, ConfigError> {
        match &self.named {
            Some(file) => Ok(Some(Arc::clone(file))),
            None if self.looks => self.closest(document.parent().unwrap_or(Path::new("/"))),
            None => Ok(None),
        }
    }

    fn closest(&mut self, folder: &Path) -> Result<Option<Arc<ConfigFile>>, ConfigError> {
        if let Some(known) = self.found.get(folder) {
            return Ok(known.clone());
        }
        let mut closest = None;
        for (name, _) in NAMES {
            let path = folder.join(name);
            if path.is_file()
                && let Some(file) = ConfigFile::read(&as_seen(path), &Reach::of_folder(folder))?
            {
                closest = Some(Arc::new(file));
                break;
            }
        }
        if closest.is_none()
            && let Some(parent) = folder.parent()
        {
            closest = self.closest(parent)?;
        }
        self.found.insert(folder.to_owned(), closest.clone());
        Ok(closest)
    }
}

/// Without links resolved: what counts is where the user sees the document.
fn absolute(document: &Path) -> PathBuf {
    std::path::absolute(document).unwrap_or_else(|_| document.to_owned())
}

/// The path as it is seen from the folder that we are in, if it is in it.
fn as_seen(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir();
    let inside = here.ok().and_then(|here| path.strip_prefix(here).ok());
    inside.map(Path::to_owned).unwrap_or(path)
}

impl Layers {
    /// Adds a file's layers, those that it extends first.
    fn add(&mut self, file: &ConfigFile, document: &Path) {
        if let Some(base) = &file.extended {
            self.add(base, document);
        }
        let origin = file.path.display();
        self.layers.push(Layer {
            origin: origin.to_string(),
            settings: file.settings.clone(),
        });
        // What is not below the file's folder has no name that a glob could match.
        let path = std::path::absolute(&file.path);
        let folder = path.as_ref().ok().and_then(|path| path.parent());
        let inside = folder.and_then(|folder| document.strip_prefix(folder).ok());
        let Some(inside) = inside else {
            return;
        };
        self.is_excluded |= file.exclude.is_match(inside);
        for over in &file.overrides {
            if over.files.is_match(inside) {
                self.layers.push(Layer {
                    origin: format!("{origin}, {}", over.patterns.join(" ")),
                    settings: over.settings.clone(),
                });
            }
        }
    }

    /// All layers laid over one another.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        for layer in &self.layers {
            settings.overlay(layer.settings.clone());
        }
        settings
    }

    /// Every setting that is set anywhere, in the order of their names.
    pub fn explained(&self) -> Vec<Explained<'_>> {
        let mut explained = Vec::new();
        for (name, value) in self.settings().values() {
            let sets = |layer: &&Layer| {
                let values = layer.settings.values();
                values.get(&name).is_some_and(|value| !value.is_null())
            };
            if let Some(layer) = self.layers.iter().rev().find(sets) {
                explained.push(Explained {
                    name,
                    value,
                    origin: &layer.origin,
                });
            }
        }
        explained
    }
}

/// A setting and where it was set.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Explained<'l> {
    /// Its name.
    pub name: String,
    /// What it is set to.
    pub value: serde_json::Value,
    /// The layer that has the last word.
    pub origin: &'l str,
}

impl Explained<'_> {
    /// Its value as a file of settings has it.
    pub fn toml(&self) -> String {
        toml::Value::try_from(&self.value).map_or(String::new(), |value| value.to_string())
    }
}

#[cfg(test)]
mod tests;
