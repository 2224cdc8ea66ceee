//! The held-out documents, by domain.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::sources::{Source, Use};
use crate::{Failure, measure};

/// Which documents to damage.
#[derive(clap::Args)]
pub(in crate::evaluate) struct Documents {
    /// The folder with the corpus files, of which the held-out documents are
    /// taken.
    #[arg(long, value_name = "DIR")]
    corpora: Option<PathBuf>,
    /// Another domain: a text file, or .xz of it, one document a line, ␤ for
    /// line breaks.
    #[arg(long, value_name = "DOMAIN=FILE")]
    text: Vec<String>,
    /// Take the documents for tuning instead of those for testing.
    #[arg(long)]
    tune: bool,
    /// Take only the domains of these names.
    #[arg(long, value_name = "DOMAIN")]
    domain: Vec<String>,
    /// Take this many documents of each domain, evenly from all of them.
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Cut the documents at ends of sentences into pieces of at most so many
    /// characters, each a page of its own.
    #[arg(long, value_name = "NUMBER")]
    characters: Option<usize>,
}

impl Documents {
    /// Whether any are asked for.
    pub(in crate::evaluate) fn is_some(&self) -> bool {
        self.corpora.is_some() || !self.text.is_empty()
    }

    /// Whether it is those for tuning.
    pub(in crate::evaluate) fn is_tuning(&self) -> bool {
        self.tune
    }

    /// Reads them.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(in crate::evaluate) fn read(&self) -> Result<BTreeMap<String, Vec<String>>, Failure> {
        let mut domains: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let wanted = if self.tune { Use::Tune } else { Use::Test };
        if let Some(corpora) = &self.corpora {
            for source in Source::all()? {
                let may_have = source.purpose == Use::Train || source.purpose == wanted;
                if !may_have || !self.takes(source.domain) {
                    continue;
                }
                let documents = source.documents(corpora)?;
                let held_out = documents.into_iter().filter(|(part, _)| *part == wanted);
                domains
                    .entry(source.domain.to_owned())
                    .or_default()
                    .extend(held_out.map(|(_, text)| text));
            }
        }
        for text in &self.text {
            let (domain, path) = text.split_once('=').ok_or("DOMAIN=FILE")?;
            let text = measure::read(path.as_ref())?;
            let lines = text.lines().map(|line| line.replace('␤', "\n"));
            domains.entry(domain.to_owned()).or_default().extend(lines);
        }
        for documents in domains.values_mut() {
            if let Some(length) = self.characters {
                *documents = documents.iter().flat_map(|d| pieces(d, length)).collect();
            }
            documents.retain(|document| !document.trim().is_empty());
            if let Some(limit) = self.limit {
                *documents = sample(documents, limit);
            }
        }
        Ok(domains)
    }

    fn takes(&self, domain: &str) -> bool {
        self.domain.is_empty() || self.domain.iter().any(|name| name == domain)
    }
}

/// So many of the documents, evenly from all of them: neighbours are alike.
fn sample(documents: &[String], limit: usize) -> Vec<String> {
    let count = documents.len();
    let size = limit.min(count);
    (0..size)
        .map(|number| documents[number * count / size].clone())
        .collect()
}

/// Cuts a text behind the last end of a sentence that is not too far, or where
/// there is none, behind so many characters.
fn pieces(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut left = &characters[..];
    let mut pieces = Vec::new();
    while !left.is_empty() {
        let most = left.len().min(length.max(1));
        let end = if most == left.len() {
            most
        } else {
            let ends = |&at: &usize| ends_sentence(left[at - 1]);
            (1..=most).rev().find(ends).unwrap_or(most)
        };
        let (piece, rest) = left.split_at(end);
        pieces.push(piece.iter().collect());
        left = rest;
    }
    pieces
}

/// Whether a sentence ends with the character.
pub(super) fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_ends_with_a_sentence() {
        let cut = |length| pieces("一二。三四五六！七", length);
        assert_eq!(cut(100), ["一二。三四五六！七"]);
        assert_eq!(cut(8), ["一二。三四五六！", "七"]);
        assert_eq!(cut(7), ["一二。", "三四五六！七"]);
        assert_eq!(cut(2), ["一二", "。", "三四", "五六", "！七"]);
    }

    #[test]
    fn a_sample_is_spread() {
        let documents: Vec<String> = (0..10).map(|number| number.to_string()).collect();
        assert_eq!(sample(&documents, 3), ["0", "3", "6"]);
        assert_eq!(sample(&documents, 20).len(), 10);
    }
}
