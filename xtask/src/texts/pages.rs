//! The pages that all texts are made of.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::Failure;
use crate::simulate::Random;
use crate::sources::Source;

/// Sentences that were written for this: what a checkout without the corpora has.
const PROSE: &str = include_str!("../../data/prose.txt");

/// Where a page ends at the latest, in bytes: that of a long article of the web.
const PAGE: usize = 16 << 10;

/// Separates pages that are converted at once; no page has it.
const BETWEEN: &str = "\n\u{10FFFD}\n";

/// Clean pages in Simplified characters.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub(crate) simplified: Vec<String>,
    /// Whether the texts are those of the corpora.
    pub(crate) from_corpora: bool,
}

/// What pages are made Traditional by.
#[derive(Clone, Debug)]
pub(crate) enum Traditional {
    /// The command of OpenCC 1.4.2, with `s2t`.
    OpenCc(PathBuf),
    /// The first choice of each row of OpenCC's `STCharacters`, without phrases.
    Characters,
}

impl Pages {
    /// So many bytes of pages from all corpora, in an order that depends on the seed; from
    /// all of them, since the speed does not depend on what a model was made from.
    ///
    /// # Errors
    /// If a corpus cannot be read.
    pub(crate) fn of_corpora(corpora: &Path, size: usize, seed: u64) -> Result<Pages, Failure> {
        let mut all = Vec::new();
        for source in Source::all()? {
            let documents = source.documents(corpora)?;
            all.extend(documents.into_iter().map(|(_, document)| document));
        }
        Random::of_document(seed, 0).shuffle(&mut all);
        let pages = all.iter().flat_map(|document| paged(document));
        Ok(Pages {
            simplified: taken(pages.map(str::to_owned), size),
            from_corpora: true,
        })
    }

    /// So many bytes of pages of the repository's own sentences, drawn by the seed.
    pub(crate) fn of_repository(size: usize, seed: u64) -> Pages {
        let pages = (0..).map(|number| written(&mut Random::of_document(seed, number)));
        Pages {
            simplified: taken(pages, size),
            from_corpora: false,
        }
    }

    /// The same pages in Traditional characters.
    ///
    /// # Errors
    /// If OpenCC fails.
    pub(crate) fn traditional(&self, by: &Traditional) -> Result<Vec<String>, Failure> {
        match by {
            Traditional::Characters => {
                let pages = self.simplified.iter();
                Ok(pages
                    .map(|page| page.chars().map(first_choice).collect())
                    .collect())
            }
            Traditional::OpenCc(command) => {
                let converted = convert(command, &self.simplified.join(BETWEEN))?;
                let pages: Vec<String> = converted.split(BETWEEN).map(str::to_owned).collect();
                match pages.len() == self.simplified.len() {
                    true => Ok(pages),
                    false => Err("OpenCC has changed the borders of pages".into()),
                }
            }
        }
    }
}

/// The command's conversion to Traditional characters.
fn convert(command: &Path, text: &str) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    fs::File::create(&from)?.write_all(text.as_bytes())?;
    let status = Command::new(command)
        .args(["-c", "s2t", "-i"])
        .arg(&from)
        .arg("-o")
        .arg(&to)
        .stderr(Stdio::null())
        .status()?;
    match status.success() {
        true => Ok(fs::read_to_string(to)?),
        false => Err(format!("{}: {status}", command.display()).into()),
    }
}

fn first_choice(character: char) -> char {
    static TABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let rows = include_str!("../../data/opencc/STCharacters.txt").lines();
        let rows = rows.filter_map(|row| row.split_once('\t'));
        let mut table: Vec<(char, char)> = rows
            .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
            .collect();
        table.sort_unstable();
        table
    });
    match TABLE.binary_search_by_key(&character, |&(from, _)| from) {
        Ok(at) => TABLE[at].1,
        Err(_) => character,
    }
}

/// A document in pages, without what would break the others.
fn paged(document: &str) -> impl Iterator<Item = &str> {
    let mut rest = document.trim_matches('\0');
    std::iter::from_fn(move || {
        let mut end = rest.len().min(PAGE);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        if end < rest.len() {
            let line = rest[..end].rfind('\n').map(|at| at + 1);
            end = line.unwrap_or(end);
        }
        let (page, others) = rest.split_at(end);
        rest = others;
        (!page.is_empty()).then_some(page)
    })
    .filter(|page| !page.contains(['\0', '\u{10FFFD}']))
}

/// The first pages up to so many bytes, each with a line end.
fn taken(pages: impl Iterator<Item = String>, size: usize) -> Vec<String> {
    let mut taken = Vec::new();
    let mut bytes = 0;
    for mut page in pages {
        if bytes >= size {
            break;
        }
        if !page.ends_with('\n') {
            page.push('\n');
        }
        bytes += page.len();
        taken.push(page);
    }
    taken
}

/// A page of the repository's sentences in an order of its own, with figures.
fn written(random: &mut Random) -> String {
    let mut sentences: Vec<&str> = PROSE.lines().filter(|l| !l.starts_with("# ")).collect();
    random.shuffle(&mut sentences);
    sentences.truncate(random.between(10, sentences.len()));
    let mut page = String::new();
    for sentence in sentences {
        for (number, piece) in sentence.split('#').enumerate() {
            if number > 0 {
                page.push_str(&random.between(2, 98).to_string());
            }
            page.push_str(piece);
        }
        if random.chance(0.25) {
            page.push('\n');
        }
    }
    page.push('\n');
    page
}

#[cfg(test)]
mod tests {
    use zhengben::Cleaner;

    use super::*;

    #[test]
    fn written_pages_are_clean_and_the_same_for_a_seed() {
        let pages = Pages::of_repository(20_000, 1);
        let size: usize = pages.simplified.iter().map(String::len).sum();
        assert!((20_000..30_000).contains(&size));
        assert_eq!(pages.simplified, Pages::of_repository(20_000, 1).simplified);
        assert_ne!(pages.simplified, Pages::of_repository(20_000, 2).simplified);
        let cleaner = Cleaner::new();
        for page in &pages.simplified {
            assert_eq!(cleaner.clean(page.as_str()).text(), page);
        }
    }

    #[test]
    fn pages_become_traditional_and_back() {
        let pages = Pages::of_repository(5_000, 1);
        let traditional = pages
            .traditional(&Traditional::Characters)
            .expect("no file");
        assert_ne!(traditional, pages.simplified);
        let cleaner = Cleaner::new();
        for (there, simplified) in traditional.iter().zip(&pages.simplified) {
            assert_eq!(cleaner.clean(there.as_str()).text(), simplified);
        }
    }

    #[test]
    fn pages_of_a_document_are_the_document() {
        let document = "一行。\n".repeat(9_000);
        let pages: Vec<&str> = paged(&document).collect();
        assert_eq!(pages.concat(), document);
        assert!(
            pages
                .iter()
                .all(|page| page.len() <= PAGE && page.ends_with('\n'))
        );
        let unbroken = "一".repeat(9_000);
        assert_eq!(paged(&unbroken).collect::<String>(), unbroken);
    }
}
