//! Which documents are spun.

use std::fs;
use std::path::PathBuf;

use crate::Failure;
use crate::choice::Corpus;
use crate::sources::with_line_breaks;

/// Where documents come from, and which of them count.
#[derive(clap::Args)]
pub(super) struct Documents {
    /// The folder with the corpus files.
    #[arg(long, value_name = "DIR")]
    corpora: Option<PathBuf>,
    /// More text: one document a line, ␤ for line breaks.
    #[arg(long, value_name = "DOMAIN=FILE")]
    text: Vec<String>,
    /// Documents for tuning instead of those for testing.
    #[arg(long)]
    tune: bool,
    /// These domains only.
    #[arg(long)]
    domain: Vec<String>,
    /// So many documents of each domain.
    #[arg(long, default_value_t = 500)]
    limit: usize,
    /// Documents of at least so many characters.
    #[arg(long, default_value_t = 300)]
    least: usize,
}

impl Documents {
    /// The documents of each domain that has any.
    pub(super) fn read(&self) -> Result<Vec<(String, Vec<String>)>, Failure> {
        let mut domains: Vec<(String, Vec<String>)> = Vec::new();
        if let Some(folder) = &self.corpora {
            let corpus = Corpus::read(folder, None)?;
            let part = if self.tune { corpus.tune } else { corpus.test };
            let part = part.into_iter();
            domains.extend(part.map(|(domain, documents)| (domain.to_owned(), documents)));
        }
        for text in &self.text {
            let (domain, file) = text.split_once('=').ok_or("--text wants DOMAIN=FILE")?;
            let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
            let documents = text.lines().map(with_line_breaks);
            domains.push((domain.to_owned(), documents.collect()));
        }
        domains.retain(|(domain, _)| self.domain.is_empty() || self.domain.contains(domain));
        for (_, documents) in &mut domains {
            documents.retain(|text| text.chars().count() >= self.least);
            documents.truncate(self.limit);
        }
        domains.retain(|(_, documents)| !documents.is_empty());
        Ok(domains)
    }
}
