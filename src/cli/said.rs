//! Errors in the language that is spoken.

mod library;

use std::convert::Infallible;
use std::fmt;
use std::path::Path;

use super::baseline::BaselineError;
use super::deliver::Unwritable;
use super::input::InputError;
use super::messages;
use super::replace::ReplaceError;
use super::tasks::TaskError;
use super::walk::WalkError;
use crate::config::CleaningError;
use crate::lang::Lang;
use crate::regions::Closed;

/// What can be said in a language.
pub(super) trait Say {
    fn say(&self, lang: Lang) -> String;
}

/// What is in the language already.
impl Say for String {
    fn say(&self, _lang: Lang) -> String {
        self.clone()
    }
}

impl Say for Infallible {
    fn say(&self, _lang: Lang) -> String {
        match *self {}
    }
}

impl Say for InputError {
    fn say(&self, lang: Lang) -> String {
        match self {
            InputError::Read(error) => messages::cannot_read(lang, error.say(lang)),
            InputError::Decode(error) => messages::decode_options(lang, error.say(lang)),
            InputError::NotWarc => messages::not_warc(lang),
        }
    }
}

impl Say for Unwritable {
    fn say(&self, lang: Lang) -> String {
        messages::not_written_back(lang, self.0.say(lang))
    }
}

impl Say for ReplaceError {
    fn say(&self, lang: Lang) -> String {
        messages::cannot_write(lang, self.path.display(), self.error.say(lang))
    }
}

impl Say for WalkError {
    fn say(&self, lang: Lang) -> String {
        match self {
            WalkError::Glob { glob, error } => messages::bad_glob(lang, glob, error.say(lang)),
            WalkError::List { path, error } => {
                messages::cannot_read_list(lang, path.display(), error.say(lang))
            }
        }
    }
}

impl Say for BaselineError {
    fn say(&self, lang: Lang) -> String {
        match self {
            BaselineError::Read { path, error } => {
                messages::cannot_read_baseline(lang, path.display(), error.say(lang))
            }
            BaselineError::Wrong { path, line, error } => {
                messages::no_known_finding(lang, path.display(), line, error)
            }
            BaselineError::Write(error) => messages::baseline_not_written(lang, error.say(lang)),
        }
    }
}

impl Say for CleaningError {
    fn say(&self, lang: Lang) -> String {
        let shown = |path: &Path| path.display().to_string();
        match self {
            CleaningError::Read { path, error } => {
                messages::cannot_read_file(lang, shown(path), error.say(lang))
            }
            CleaningError::Utf8 { path, line } => {
                messages::dictionary_not_utf8(lang, shown(path), line)
            }
            CleaningError::Dictionary(error) => error.say(lang),
            CleaningError::Choices { path, error } => {
                messages::choices(lang, shown(path), error.say(lang))
            }
        }
    }
}

impl Say for TaskError {
    fn say(&self, lang: Lang) -> String {
        match self {
            TaskError::Config(error) => error.say(lang),
            TaskError::Cleaning(error) => error.say(lang),
            TaskError::Baseline(error) => error.say(lang),
            TaskError::Walk(error) => error.say(lang),
            TaskError::Stdin(error) => messages::cannot_read_stdin(lang, error.say(lang)),
        }
    }
}

impl Say for Closed {
    fn say(&self, lang: Lang) -> String {
        match self {
            Closed::NoFields => messages::no_fields(lang),
            Closed::FieldsNotFound => messages::fields_not_found(lang),
            Closed::NoColumns => messages::no_columns(lang),
            Closed::ColumnsNotFound => messages::columns_not_found(lang),
            Closed::CommentsOff => messages::comments_off(lang),
            Closed::NoProse => messages::no_prose(lang),
            Closed::SwitchedOff => messages::switched_off(lang),
        }
    }
}

/// Says errors in English where nobody asks for a language, as in what programs read.
macro_rules! english {
    ($($error:ident),* $(,)?) => {
        $(impl fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.say(Lang::En))
            }
        })*
    };
}

english!(
    BaselineError,
    CleaningError,
    InputError,
    ReplaceError,
    TaskError,
    Unwritable,
    WalkError,
);
