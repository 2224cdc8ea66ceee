//! What is to be done: each document with the settings that count for it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::Streams;
use super::args::Inputs;
use super::baseline::{Baseline, BaselineError, Baselines};
use super::input::Input;
use super::jobs::Job;
use super::said::Say;
use super::walk::{Found, Walk, WalkError, listed, walk};
use crate::cleaner::Cleaner;
use crate::config::{CleaningError, ConfigError, Configs, Layer, Settings};
use crate::regions::{Scope, Syntax};

/// Nothing can be done at all.
#[derive(Debug, thiserror::Error)]
pub(super) enum TaskError {
    Config(#[from] ConfigError),
    Cleaning(#[from] CleaningError),
    Baseline(#[from] BaselineError),
    Walk(#[from] WalkError),
    Stdin(#[source] io::Error),
}

/// What is set for some documents, and what cleans them so.
#[derive(Debug)]
pub(super) struct Setup {
    pub(super) settings: Settings,
    pub(super) scope: Arc<Scope>,
    pub(super) cleaner: Cleaner,
    pub(super) baseline: Option<Arc<Baseline>>,
}

/// A document to do.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) input: Input,
    pub(super) setup: Arc<Setup>,
    /// Whether it is read record by record.
    pub(super) by_record: bool,
}

impl Task {
    /// Whether it is an archive of records, which cannot be read otherwise.
    pub(super) fn is_warc(&self) -> bool {
        self.input.syntax(&self.setup.settings) == Some(Syntax::Warc)
    }

    /// Whether it is a text, whose records are only its blocks.
    pub(super) fn is_text(&self) -> bool {
        self.input.syntax(&self.setup.settings) == Some(Syntax::Plain)
    }
}

impl Job for Task {
    fn weight(&self) -> u64 {
        self.input.weight()
    }
}

/// One path's fate: a document to do, or why it cannot be found.
#[derive(Debug)]
pub(super) enum Item {
    Task(Task),
    Failed(String, ignore::Error),
}

impl Job for Item {
    fn weight(&self) -> u64 {
        match self {
            Item::Task(task) => task.weight(),
            Item::Failed(..) => 0,
        }
    }
}

impl Item {
    pub(super) fn is_by_record(&self) -> bool {
        matches!(self, Item::Task(task) if task.by_record)
    }
}

/// All that is to be done, in order.
#[derive(Debug)]
pub(super) struct Tasks {
    pub(super) items: Vec<Item>,
    /// Files in folders that are of no known kind.
    pub(super) unknown: usize,
    /// Files that settings exclude.
    pub(super) excluded: usize,
    /// Files in folders of which nothing is prose, by the reasons.
    pub(super) closed: BTreeMap<String, usize>,
    /// Whether the documents were found rather than named, so that a reader wants to
    /// know how many there are.
    pub(super) sums_up: bool,
    pub(super) threads: usize,
}

/// What the settings of the arguments are said to be from.
pub(super) const COMMAND_LINE: &str = "command line";

impl Tasks {
    /// Finds the documents, and what counts for each: the files of settings beside
    /// it, and above them `highest`. With `by_record`, those that are made of records
    /// are to be read so.
    pub(super) fn gather(
        inputs: &Inputs,
        highest: Settings,
        mut baselines: Baselines,
        by_record: bool,
        streams: &mut Streams<'_>,
    ) -> Result<Self, TaskError> {
        let mut configs = configs(inputs, command_line(highest))?;
        let walk = inputs.walk(by_record, streams)?;
        let mut tasks = Tasks {
            items: Vec::with_capacity(walk.found.len()),
            unknown: walk.unknown,
            excluded: 0,
            closed: BTreeMap::new(),
            sums_up: walk.has_folder || inputs.files_from.is_some(),
            threads: inputs.threads(),
        };
        let mut setups: Vec<Arc<Setup>> = Vec::new();
        for found in walk.found {
            let mut input = match found {
                Found::Input(input) => input,
                Found::Failed(name, error) => {
                    tasks.items.push(Item::Failed(name, error));
                    continue;
                }
            };
            let layers = configs.of(input.location().unwrap_or(Path::new("-")))?;
            if layers.is_excluded && (!input.is_named || inputs.force_exclude) {
                tasks.excluded += 1;
                continue;
            }
            let settings = layers.settings();
            if !input.is_named
                && let Some(closed) = input.closed(&settings)
            {
                *tasks.closed.entry(closed.say(streams.lang)).or_default() += 1;
                continue;
            }
            let setup = setup(&mut setups, settings, &mut baselines)?;
            let by_record = by_record && input.is_of_records(&setup);
            if !by_record {
                input.fetch(streams.stdin).map_err(TaskError::Stdin)?;
            }
            tasks.items.push(Item::Task(Task {
                input,
                setup,
                by_record,
            }));
        }
        Ok(tasks)
    }

    /// Archives are not to be read record by record, which is to say not at all.
    pub(super) fn read_archives_whole(&mut self) {
        for item in &mut self.items {
            if let Item::Task(task) = item {
                task.by_record &= !task.is_warc();
            }
        }
    }

    /// The files of known findings.
    pub(super) fn baselines(&self) -> Vec<&Baseline> {
        let setups = self.items.iter().filter_map(|item| match item {
            Item::Task(task) => task.setup.baseline.as_ref(),
            Item::Failed(..) => None,
        });
        let mut all: Vec<&Arc<Baseline>> = Vec::new();
        for baseline in setups {
            if !all.iter().any(|known| Arc::ptr_eq(known, baseline)) {
                all.push(baseline);
            }
        }
        all.into_iter().map(|baseline| &**baseline).collect()
    }

    /// The documents.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.items.iter().filter_map(|item| match item {
            Item::Task(task) => Some(&task.input),
            Item::Failed(..) => None,
        })
    }
}

/// The layer of what the command line sets.
pub(super) fn command_line(settings: Settings) -> Layer {
    Layer {
        origin: "command line".to_owned(),
        settings,
    }
}

/// Where settings come from.
pub(super) fn configs(inputs: &Inputs, highest: Layer) -> Result<Configs, ConfigError> {
    match &inputs.config {
        Some(path) => Configs::of_file(path, highest),
        None if inputs.no_config => Ok(Configs::none(highest)),
        None => Ok(Configs::beside(highest)),
    }
}

/// The cleaner for these settings, which most documents have in common.
pub(super) fn setup(
    known: &mut Vec<Arc<Setup>>,
    settings: Settings,
    baselines: &mut Baselines,
) -> Result<Arc<Setup>, TaskError> {
    if let Some(setup) = known.iter().find(|setup| setup.settings == settings) {
        return Ok(Arc::clone(setup));
    }
    let cleaner = settings.cleaner()?;
    let setup = Arc::new(Setup {
        baseline: baselines.of(&settings)?,
        scope: Arc::new(settings.scope()),
        settings,
        cleaner,
    });
    known.push(Arc::clone(&setup));
    Ok(setup)
}

impl Inputs {
    fn walk(&self, by_record: bool, streams: &mut Streams<'_>) -> Result<Walk, TaskError> {
        let mut paths = self.paths.clone();
        if let Some(list) = &self.files_from {
            let bytes = match list.as_os_str() == "-" {
                true => {
                    let mut bytes = Vec::new();
                    let read = streams.stdin.read_to_end(&mut bytes);
                    read.map(|_| bytes)
                }
                false => std::fs::read(list),
            };
            let bytes = bytes.map_err(|error| WalkError::List {
                path: list.clone(),
                error,
            })?;
            paths.extend(listed(&bytes));
        } else if paths.is_empty() {
            paths.push(PathBuf::from("-"));
        }
        let mut stdin = || {
            let mut input = Input::stdin(self.stdin_filename.as_deref());
            // Two that are stdin have it between them: the first one has it all.
            if !by_record {
                input.fetch(streams.stdin).map_err(TaskError::Stdin)?;
            }
            Ok(input)
        };
        walk(&paths, &self.filter(by_record), &mut stdin)
    }

    fn threads(&self) -> usize {
        let all = || thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(all, usize::from)
    }
}
