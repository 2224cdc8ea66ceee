//! The text, by domain.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use crate::Failure;
use crate::ngram::words::Words;
use crate::simulate::Random;
use crate::sources::{Source, Use, hash};

use super::recipe::{DRAWN, DRAWN_WEIGHT, SEED};

/// How long a document of drawn text is, in bytes.
const LONG: usize = 10_000;

/// A document to train on, and how much its characters count.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) domain: &'static str,
    pub(crate) weight: u32,
}

/// The whole text.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    pub(crate) train: Vec<Document>,
    /// By domain, documents to choose by; no line of them is in a document to
    /// train on.
    pub(crate) tune: BTreeMap<&'static str, Vec<String>>,
    /// By domain, documents to measure on, likewise.
    pub(crate) test: BTreeMap<&'static str, Vec<String>>,
}

impl Corpus {
    /// Adds text that is drawn from a model of words.
    pub(crate) fn draw(&mut self, words: &Words) {
        let mut text = String::new();
        let mut left = DRAWN;
        for word in words.draw(Random::of_document(SEED, 1)) {
            let word = words.text(word);
            text.push_str(word);
            left = left.saturating_sub(word.len());
            if text.len() >= LONG || left == 0 {
                self.train.push(Document {
                    text: std::mem::take(&mut text),
                    domain: "drawn",
                    weight: DRAWN_WEIGHT,
                });
            }
            if left == 0 {
                break;
            }
        }
    }

    /// Reads the corpus files; nothing of one domain is trained or tuned on.
    pub(crate) fn read(folder: &Path, without: Option<&str>) -> Result<Corpus, Failure> {
        Corpus::read_from(Source::all()?, folder, without)
    }

    /// The same of other files.
    pub(crate) fn read_from(
        sources: Vec<Source>,
        folder: &Path,
        without: Option<&str>,
    ) -> Result<Corpus, Failure> {
        let mut corpus = Corpus::default();
        for source in sources {
            let domain = source.domain;
            let left_out = without == Some(domain);
            for (purpose, text) in source.documents(folder)? {
                match purpose {
                    Use::Train if left_out => {}
                    Use::Train => corpus.train.push(Document {
                        text,
                        domain,
                        weight: source.weight,
                    }),
                    Use::Tune if left_out => {}
                    Use::Tune => corpus.tune.entry(domain).or_default().push(text),
                    Use::Test => corpus.test.entry(domain).or_default().push(text),
                    Use::Leave => {}
                }
            }
        }
        let lines = corpus
            .train
            .iter()
            .flat_map(|document| document.text.lines());
        let seen: HashSet<u64> = lines.map(|line| hash(line.as_bytes())).collect();
        for documents in corpus.tune.values_mut().chain(corpus.test.values_mut()) {
            for document in documents.iter_mut() {
                let lines = document.lines();
                let lines = lines.filter(|line| !seen.contains(&hash(line.as_bytes())));
                *document = lines.collect::<Vec<_>>().join("\n");
            }
            documents.retain(|document| !document.is_empty());
        }
        Ok(corpus)
    }
}
