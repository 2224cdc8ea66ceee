//! The text, read, divided and turned into symbols.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use zhengben::workshop::{Alphabet, Symbol};

use super::counts::{Count, Counter, Key, Vocabulary, symbols};
use super::estimate::Settings;
use super::general;
use crate::Failure;
use crate::sources::{Source, Use, hash};

/// The whole text.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) alphabet: Alphabet,
    /// The training documents of each file.
    pub(crate) train: Vec<(Source, Vec<Vec<Symbol>>)>,
    /// By domain, documents to choose by; no line of them is in a training
    /// document.
    pub(crate) tune: BTreeMap<&'static str, Vec<String>>,
    /// By domain, documents to measure on, likewise.
    pub(crate) test: BTreeMap<&'static str, Vec<String>>,
}

impl Corpus {
    /// Reads the corpus files; characters that the training documents have
    /// fewer than `least` times get no symbols.
    pub(crate) fn read(
        folder: &Path,
        least: u32,
        share_alike: Option<u32>,
    ) -> Result<Corpus, Failure> {
        let mut train = Vec::new();
        let mut held_out: [BTreeMap<&'static str, Vec<String>>; 2] = Default::default();
        for mut source in Source::all()? {
            let mut kept = Vec::new();
            if let (Use::Leave, Some(weight)) = (source.purpose, share_alike) {
                source.weight = weight;
            }
            for (purpose, document) in source.documents(folder)? {
                match purpose {
                    Use::Train => kept.push(document),
                    Use::Tune => held_out[0].entry(source.domain).or_default().push(document),
                    Use::Test => held_out[1].entry(source.domain).or_default().push(document),
                    Use::Leave if share_alike.is_some() => kept.push(document),
                    Use::Leave => {}
                }
            }
            if !kept.is_empty() {
                train.push((source, kept));
            }
        }
        let seen: HashSet<u64> = train
            .iter()
            .flat_map(|(_, documents)| documents)
            .flat_map(|document| document.lines())
            .map(|line| hash(line.as_bytes()))
            .collect();
        let documents = train.iter().flat_map(|(_, documents)| documents);
        let vocabulary = Vocabulary::of(documents.map(String::as_str), least);
        let alphabet = Alphabet::new(vocabulary.characters.iter().copied());
        let train = train
            .into_iter()
            .map(|(source, documents)| {
                let documents = documents.iter();
                let symbols = documents.map(|d| symbols(d, |c| alphabet.symbol(c)));
                (source, symbols.collect())
            })
            .collect();
        let [tune, test] = held_out.map(|domains| {
            domains
                .into_iter()
                .map(|(domain, documents)| (domain, unseen(documents, &seen)))
                .collect()
        });
        Ok(Corpus {
            vocabulary,
            alphabet,
            train,
            tune,
            test,
        })
    }

    /// Counts the n-grams of the training documents, each as often as its file
    /// weighs; files of no weight are left out. Those of general text are added.
    pub(crate) fn count(
        &self,
        settings: &Settings,
        weight: impl Fn(&Source) -> u32,
        general: Option<(&[(Key, u32)], u32)>,
    ) -> Vec<Count> {
        let mut counter = Counter::default();
        for (source, documents) in &self.train {
            match weight(source) {
                0 => {}
                weight => counter.add(documents, settings.order, weight),
            }
        }
        if let Some((sampled, weight)) = general.filter(|&(_, weight)| weight > 0) {
            let corpora = counter.clone().finish();
            let counts = general::with_marks(sampled, &corpora, &self.vocabulary, settings);
            counter.add_counted(&counts, weight);
        }
        counter.finish()
    }
}

/// The documents without the lines that have been seen.
fn unseen(documents: Vec<String>, seen: &HashSet<u64>) -> Vec<String> {
    let documents = documents.into_iter().map(|document| {
        let lines = document.lines();
        let lines = lines.filter(|line| !seen.contains(&hash(line.as_bytes())));
        lines.collect::<Vec<_>>().join("\n")
    });
    documents.filter(|document| !document.is_empty()).collect()
}
