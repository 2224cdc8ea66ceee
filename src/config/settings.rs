//! What can be set, in a file or on the command line.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::encoding::Encoding;
use crate::regions::{Scope, Syntax};
use crate::stages::script::Conversion;

/// What one place sets: of everything that it leaves open, a lower layer or the
/// default decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Settings {
    /// How Traditional characters are converted.
    pub script: Option<Script>,
    /// Convert exactly as OpenCC does, without our corrections to it.
    pub exact_script: Option<bool>,
    /// Use only these rules, by their names or their stages'.
    pub rules: Option<Vec<String>>,
    /// Do not use these rules.
    pub no_rules: Option<Vec<String>>,
    /// Also apply edits that are probably right but not safe.
    pub r#unsafe: Option<bool>,
    /// Also use the substituted words of these files.
    pub dictionaries: Option<Vec<PathBuf>>,
    /// Use the substituted words that are built in.
    pub builtin_dictionary: Option<bool>,
    /// The table of word choices to use for the pairs of words that it has.
    pub choices: Option<PathBuf>,
    /// Words that no edit may change. Those of all layers are kept.
    pub keep: Option<Vec<String>>,
    /// Findings that are known and left alone.
    pub baseline: Option<PathBuf>,
    /// The encoding of the files, instead of finding it out.
    #[serde(with = "by_name")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub encoding: Option<Encoding>,
    /// Read files of which some bytes are damaged.
    pub damaged: Option<bool>,
    /// The kind of the files, instead of finding it out.
    #[serde(with = "by_name")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub syntax: Option<Syntax>,
    /// The fields of JSON that are cleaned: paths from the root (`article.body`), or
    /// names at any depth.
    pub fields: Option<Vec<String>>,
    /// The columns of CSV and TSV that are cleaned: names in the first row, or numbers
    /// from 1 on.
    pub columns: Option<Vec<String>>,
    /// CSV and TSV have no first row of names.
    pub headless: Option<bool>,
    /// Clean the values of Markdown's front matter.
    pub front_matter: Option<bool>,
    /// Clean the comments of source code.
    pub comments: Option<bool>,
    /// Clean what servers sent in WARC: HTML and plain text of `response` and `resource`
    /// records.
    pub responses: Option<bool>,
}

/// How Traditional characters are converted to Simplified ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Script {
    /// Traditional to Simplified, mainland
    #[default]
    T2s,
    /// Traditional of Taiwan to Simplified
    Tw2s,
    /// The same, and Taiwan's words to the mainland's
    Tw2sp,
    /// Traditional of Hong Kong to Simplified
    Hk2s,
    /// Leave the script alone
    None,
}

impl Script {
    /// The conversion; `None` if there is to be none.
    pub fn conversion(self) -> Option<Conversion> {
        match self {
            Script::T2s => Some(Conversion::T2s),
            Script::Tw2s => Some(Conversion::Tw2s),
            Script::Tw2sp => Some(Conversion::Tw2sp),
            Script::Hk2s => Some(Conversion::Hk2s),
            Script::None => None,
        }
    }
}

impl Settings {
    /// What holds where nothing is set.
    pub fn defaults() -> Self {
        Settings {
            script: Some(Script::default()),
            exact_script: Some(false),
            no_rules: Some(Vec::new()),
            r#unsafe: Some(false),
            dictionaries: Some(Vec::new()),
            builtin_dictionary: Some(true),
            keep: Some(Vec::new()),
            damaged: Some(false),
            fields: Some(Vec::new()),
            columns: Some(Vec::new()),
            headless: Some(false),
            front_matter: Some(false),
            comments: Some(false),
            responses: Some(false),
            ..Settings::default()
        }
    }

    /// What is prose where the syntax does not say.
    pub fn scope(&self) -> Scope {
        let fields = self.fields.iter().flatten();
        let scope = fields.fold(Scope::new(), Scope::field);
        let columns = self.columns.iter().flatten();
        columns
            .fold(scope, Scope::column)
            .headless(self.headless.unwrap_or_default())
            .front_matter(self.front_matter.unwrap_or_default())
            .comments(self.comments.unwrap_or_default())
    }

    /// Sets all that a higher layer sets.
    pub fn overlay(&mut self, higher: Settings) {
        let Settings {
            script,
            exact_script,
            rules,
            no_rules,
            r#unsafe,
            dictionaries,
            builtin_dictionary,
            choices,
            keep,
            baseline,
            encoding,
            damaged,
            syntax,
            fields,
            columns,
            headless,
            front_matter,
            comments,
            responses,
        } = higher;
        set(&mut self.script, script);
        set(&mut self.exact_script, exact_script);
        set(&mut self.rules, rules);
        set(&mut self.no_rules, no_rules);
        set(&mut self.r#unsafe, r#unsafe);
        set(&mut self.dictionaries, dictionaries);
        set(&mut self.builtin_dictionary, builtin_dictionary);
        set(&mut self.choices, choices);
        set(&mut self.baseline, baseline);
        set(&mut self.encoding, encoding);
        set(&mut self.damaged, damaged);
        set(&mut self.syntax, syntax);
        set(&mut self.fields, fields);
        set(&mut self.columns, columns);
        set(&mut self.headless, headless);
        set(&mut self.front_matter, front_matter);
        set(&mut self.comments, comments);
        set(&mut self.responses, responses);
        // What one layer protects no other one gives away.
        if let Some(words) = keep {
            self.keep.get_or_insert_default().extend(words);
        }
    }

    /// The files that they name.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        let single = [&self.choices, &self.baseline];
        let several = self.dictionaries.iter().flatten();
        let all = single.into_iter().flatten().chain(several);
        all.map(PathBuf::as_path)
    }

    /// Reads the paths as those of a file in that folder.
    pub(super) fn resolve(&mut self, folder: &Path) {
        let single = [&mut self.choices, &mut self.baseline];
        let several = self.dictionaries.iter_mut().flatten();
        for path in single.into_iter().flatten().chain(several) {
            *path = folder.join(&*path);
        }
    }

    /// The names of all that can be set, and their values; null where nothing is.
    pub(super) fn values(&self) -> serde_json::Map<String, serde_json::Value> {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(values)) => values,
            // Paths that are not UTF-8 have no value to show.
            _ => serde_json::Map::new(),
        }
    }
}

fn set<T>(lower: &mut Option<T>, higher: Option<T>) {
    if higher.is_some() {
        *lower = higher;
    }
}

/// Things that are written as their names.
mod by_name {
    use serde::{Deserializer, Serializer, de::Error};

    use super::*;

    pub(super) fn serialize<T: fmt::Display, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(T::to_string).serialize(serializer)
    }

    pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        T: FromStr<Err: fmt::Display>,
        D: Deserializer<'de>,
    {
        let name: Option<String> = Option::deserialize(deserializer)?;
        name.map(|name| name.parse().map_err(D::Error::custom))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn higher_layers_win_and_kept_words_add_up() {
        let mut settings = Settings::defaults();
        settings.overlay(Settings {
            script: Some(Script::None),
            keep: Some(vec!["臺灣".into()]),
            ..Settings::default()
        });
        settings.overlay(Settings {
            r#unsafe: Some(true),
            keep: Some(vec!["甚麼".into()]),
            ..Settings::default()
        });
        assert_eq!(settings.script, Some(Script::None));
        assert_eq!(settings.r#unsafe, Some(true));
        assert_eq!(settings.keep, Some(vec!["臺灣".into(), "甚麼".into()]));
    }
}
