//! The fields of the Unihan database that data are made of.
//!
//! Their formats are described in Unicode Standard Annex #38.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Failure;

/// The files that hold the fields below, as of Unicode 15.
const FILES: [&str; 4] = [
    "Unihan_Readings.txt",
    "Unihan_Variants.txt",
    "Unihan_OtherMappings.txt",
    "Unihan_DictionaryLikeData.txt",
];

/// The fields that list Mandarin readings, in the order in which a reading's
/// first mention ranks it: the customary one, those of a frequency count, those
/// of dictionaries from the narrow to the wide.
const READING_FIELDS: [&str; 5] = [
    "kMandarin",
    "kHanyuPinlu",
    "kTGHZ2013",
    "kXHC1983",
    "kHanyuPinyin",
];

/// The fields that name other forms of the same character.
///
/// `kSemanticVariant` and its like are left out: they name other words with the
/// same meaning, whose readings are not this character's.
const VARIANT_FIELDS: [&str; 3] = ["kSimplifiedVariant", "kTraditionalVariant", "kZVariant"];

/// Fields of the database by character.
#[derive(Debug, Default)]
pub(crate) struct Unihan {
    fields: BTreeMap<char, BTreeMap<String, String>>,
    /// The version named in the files' headers.
    pub(crate) version: String,
}

impl Unihan {
    /// Reads the database's text files from a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut unihan = Unihan::default();
        for file in FILES {
            let path = folder.join(file);
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            unihan
                .take(&text)
                .map_err(|line| format!("{}: not an entry: {line}", path.display()))?;
        }
        Ok(unihan)
    }

    fn take<'a>(&mut self, text: &'a str) -> Result<(), &'a str> {
        for line in text.lines() {
            if let Some(version) = line.strip_prefix("# Unicode version: ") {
                version.trim().clone_into(&mut self.version);
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.splitn(3, '\t');
            let (Some(point), Some(field), Some(value)) =
                (columns.next(), columns.next(), columns.next())
            else {
                return Err(line);
            };
            let character = code_point(point).ok_or(line)?;
            let fields = self.fields.entry(character).or_default();
            fields.insert(field.to_owned(), value.to_owned());
        }
        Ok(())
    }

    /// The characters of which it says anything, by code point.
    pub(crate) fn characters(&self) -> impl Iterator<Item = char> {
        self.fields.keys().copied()
    }

    /// Whether the character has the field, whatever it says.
    pub(crate) fn has(&self, character: char, field: &str) -> bool {
        !self.field(character, field).is_empty()
    }

    fn field(&self, character: char, field: &str) -> &str {
        self.fields
            .get(&character)
            .and_then(|fields| fields.get(field))
            .map_or("", String::as_str)
    }

    /// The character's own Mandarin readings, the customary one first.
    pub(crate) fn readings(&self, character: char) -> Vec<&str> {
        let mut readings = Vec::new();
        for field in READING_FIELDS {
            for entry in self.field(character, field).split(' ') {
                // `dòng(5030)`, `0259.051:dòng`, `10375.060:dòng,dǒng` or `dòng`.
                let entry = entry.rsplit(':').next().unwrap_or(entry);
                for reading in entry.split(',') {
                    let reading = reading.split('(').next().unwrap_or(reading);
                    if !reading.is_empty() && !readings.contains(&reading) {
                        readings.push(reading);
                    }
                }
            }
        }
        readings
    }

    /// The other forms of the character.
    pub(crate) fn variants(&self, character: char) -> Vec<char> {
        VARIANT_FIELDS
            .iter()
            .flat_map(|field| self.field(character, field).split(' '))
            // `U+6C96<kLau,kMatthews` names its sources.
            .filter_map(|value| code_point(value.split('<').next().unwrap_or(value)))
            .filter(|&variant| variant != character)
            .collect()
    }

    /// How frequent the character is in Traditional text, from 1 for the most
    /// frequent to 5.
    pub(crate) fn frequency(&self, character: char) -> Option<u32> {
        self.field(character, "kFrequency").parse().ok()
    }

    /// The character's number in the Table of General Standard Chinese
    /// Characters (2013), from 1 for the first to 8105.
    pub(crate) fn standard_number(&self, character: char) -> Option<u32> {
        self.field(character, "kTGH")
            .strip_prefix("2013:")?
            .parse()
            .ok()
    }
}

fn code_point(notation: &str) -> Option<char> {
    let digits = notation.strip_prefix("U+")?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}
