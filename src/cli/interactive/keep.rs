//! Words that the reader wants to be kept, written into the settings.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::cli::args::Inputs;
use crate::cli::baseline::Baselines;
use crate::cli::messages;
use crate::cli::replace::{ReplaceError, replace};
use crate::cli::said::Say;
use crate::cli::tasks::{Setup, Task, TaskError, command_line, configs, setup};
use crate::config::{ConfigError, Configs, Settings, with_kept};
use crate::lang::Lang;

/// A word cannot be kept.
#[derive(Debug)]
pub(super) enum KeepError {
    NoConfig,
    Read { path: PathBuf, error: io::Error },
    Config(ConfigError),
    Task(TaskError),
    Replace(ReplaceError),
}

impl Say for KeepError {
    fn say(&self, lang: Lang) -> String {
        match self {
            KeepError::NoConfig => messages::keep_needs_settings(lang),
            KeepError::Read { path, error } => {
                messages::cannot_read_file(lang, path.display(), error.say(lang))
            }
            KeepError::Config(error) => error.say(lang),
            KeepError::Task(error) => error.say(lang),
            KeepError::Replace(error) => error.say(lang),
        }
    }
}

impl From<ConfigError> for KeepError {
    fn from(error: ConfigError) -> Self {
        KeepError::Config(error)
    }
}

impl From<TaskError> for KeepError {
    fn from(error: TaskError) -> Self {
        KeepError::Task(error)
    }
}

impl From<ReplaceError> for KeepError {
    fn from(error: ReplaceError) -> Self {
        KeepError::Replace(error)
    }
}

/// Writes words into the files of settings, and has what they say count at once.
pub(super) struct Keeper<'i> {
    inputs: &'i Inputs,
    /// What the command line sets.
    highest: Settings,
    /// The settings as they are read anew, once a word was kept.
    configs: Option<Configs>,
    setups: Vec<Arc<Setup>>,
    baselines: Baselines,
}

impl<'i> Keeper<'i> {
    pub(super) fn new(inputs: &'i Inputs, highest: Settings) -> Self {
        Keeper {
            inputs,
            highest,
            configs: None,
            setups: Vec::new(),
            baselines: Baselines::default(),
        }
    }

    /// What cleans a document now: as the next run of the program will.
    pub(super) fn setup(&mut self, task: &Task) -> Result<Arc<Setup>, KeepError> {
        let (Some(configs), Some(path)) = (&mut self.configs, task.input.location()) else {
            return Ok(Arc::clone(&task.setup));
        };
        let settings = configs.of(path)?.settings();
        Ok(setup(&mut self.setups, settings, &mut self.baselines)?)
    }

    /// Adds a word to those that settings keep: in the file that counts for the
    /// document, or a new one. Returns which.
    pub(super) fn keep(&mut self, task: &Task, word: &str) -> Result<PathBuf, KeepError> {
        if self.inputs.no_config {
            return Err(KeepError::NoConfig);
        }
        let document = task.input.location().unwrap_or(Path::new("-"));
        let (file, text) = match self.configs()?.file_of(document)? {
            Some(file) => {
                let text = fs::read_to_string(&file).map_err(|error| KeepError::Read {
                    path: file.clone(),
                    error,
                })?;
                (file, text)
            }
            None => (new_file(document), String::new()),
        };
        let kept = with_kept(&file, &text, word)?;
        replace(&file, kept.as_bytes())?;
        self.configs = Some(self.configs()?);
        self.setup(task)?;
        Ok(file)
    }

    fn configs(&self) -> Result<Configs, ConfigError> {
        configs(self.inputs, command_line(self.highest.clone()))
    }
}

/// Where settings are put that there are not yet: in the folder that we are in, as those
/// of a project are in its root, or beside a document that is somewhere else.
fn new_file(document: &Path) -> PathBuf {
    const NAME: &str = "zhengben.toml";
    let here = std::env::current_dir();
    let inside = here.is_ok_and(|here| document.is_relative() || document.starts_with(here));
    let goes_up = document
        .components()
        .any(|part| part == Component::ParentDir);
    match inside && !goes_up {
        true => NAME.into(),
        false => document.with_file_name(NAME),
    }
}
