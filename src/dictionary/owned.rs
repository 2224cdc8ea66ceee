//! Dictionaries with their text: the built-in one, and one's own.

use std::borrow::Cow;
use std::sync::Arc;

use super::entry::{self, Entry};
use super::verify::verify_rows;
use super::{BUILT_IN, DictionaryError, Place};

/// A dictionary of substitutions, to be given to
/// [`CleanerBuilder::dictionary`](crate::CleanerBuilder::dictionary).
///
/// ```
/// use zhengben::Cleaner;
/// use zhengben::dictionary::Dictionary;
///
/// let text = "spun\toriginals\tfamily\tdomain\tkeep\tfix\tsafety\tsource\treason\n\
///     晶块\t芯片\tmine\tit\t\t{手机/电脑}~\tsafe\tpage:phones\t「晶块」 is no word\n\
///     掌机\t手机\tmine\tit\t\t~晶块\tsafe\tpage:phones\t「手机芯片」 is a set phrase\n";
/// let dictionary = Dictionary::parse("mine.tsv", text)?;
/// let cleaner = Cleaner::builder().dictionary(dictionary).build();
/// let cleaned = cleaner.clean("电脑晶块和手机晶块都涨价了，掌机晶块也不例外。");
/// assert_eq!(cleaned.text(), "电脑芯片和手机芯片都涨价了，手机芯片也不例外。");
/// # Ok::<(), zhengben::dictionary::DictionaryError>(())
/// ```
///
/// It is cheap to clone.
#[derive(Clone, Debug)]
pub struct Dictionary {
    files: Arc<[File]>,
}

#[derive(Debug)]
struct File {
    name: Cow<'static, str>,
    text: Cow<'static, str>,
}

/// Where a row is in a dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowPlace {
    file: usize,
    line: usize,
    /// In bytes of the file's text.
    start: usize,
}

impl Dictionary {
    /// Parses a file of one's own in the format of
    /// `dictionaries/wording/README.md`, with its rows in any order; `name` is
    /// what errors and reasons call it.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line and column: what
    /// [`parse`](super::parse) finds, and [`verify`](super::verify) but for the
    /// order.
    pub fn parse(
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<Dictionary, DictionaryError> {
        let (name, text) = (name.into(), text.into());
        verify_rows(&entry::rows(&name, &text)?)?;
        let (name, text) = (name.into(), text.into());
        Ok(Dictionary {
            files: [File { name, text }].into(),
        })
    }

    /// The built-in dictionary.
    pub fn built_in() -> Dictionary {
        let files = BUILT_IN.iter().map(|&(name, text)| File {
            name: name.into(),
            text: text.into(),
        });
        Dictionary {
            files: files.collect(),
        }
    }

    /// Its rows.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.rows().map(|(_, entry)| entry)
    }

    /// Its rows, with their places.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (RowPlace, Entry<'_>)> {
        self.files.iter().enumerate().flat_map(|(file, source)| {
            let rows = entry::rows(&source.name, &source.text);
            let rows = rows.expect("a test parses every built-in file, and `parse` the others");
            rows.into_iter().map(move |entry| {
                let place = RowPlace {
                    file,
                    line: entry.place.line,
                    start: entry.spun.as_ptr() as usize - source.text.as_ptr() as usize,
                };
                (place, entry)
            })
        })
    }

    /// The row at a place, which must be one of this dictionary's.
    pub(crate) fn row(&self, place: RowPlace) -> Entry<'_> {
        let File { name, text } = &self.files[place.file];
        let row = text[place.start..].lines().next().unwrap_or_default();
        let place = Place {
            file: name,
            line: place.line,
        };
        entry::entry(row, place).expect("it was parsed before")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_again() {
        let dictionary = Dictionary::built_in();
        for (place, entry) in dictionary.rows() {
            assert_eq!(dictionary.row(place), entry);
        }
    }
}
