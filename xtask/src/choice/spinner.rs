//! The spinners, by the dictionary: which words each writes for which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use zhengben::dictionary::{self, Entry};

use crate::Failure;
use crate::simulate::Random;

/// A spun word and what it may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pair {
    pub(crate) spun: &'static str,
    pub(crate) original: &'static str,
}

/// A family of spinners.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// Finds the words that it replaces, the longest first.
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// These words, and what it may write for each.
    replacements: Vec<(&'static str, Vec<&'static str>)>,
}

/// A replaced word, or a place where one could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// Where it stands in the spun text, in bytes.
    pub(crate) start: usize,
    pub(crate) spun: &'static str,
    pub(crate) original: &'static str,
}

/// All families.
pub(crate) struct Spinner {
    pub(crate) families: Vec<Family>,
    pairs: Vec<Pair>,
    /// Every spun word and every original.
    pub(crate) words: Vec<&'static str>,
    /// Finds all of `words`, overlapping ones too.
    pub(crate) automaton: CharwiseDoubleArrayAhoCorasick<u32>,
}

impl Spinner {
    /// As the built-in dictionary has them.
    pub(crate) fn of_dictionary() -> Spinner {
        Spinner::of(dictionary::built_in())
    }

    /// As other dictionaries have them.
    pub(crate) fn of_files(files: &[PathBuf]) -> Result<Spinner, Failure> {
        let mut entries = Vec::new();
        for path in files {
            let name = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
            // Wrong rows are told of in full before any is used.
            dictionary::Dictionary::parse(name.as_str(), text.as_str())?;
            // They are needed as long as the command runs.
            entries.extend(dictionary::parse(name.leak(), text.leak())?);
        }
        if entries.is_empty() {
            return Err("the dictionary has no rows".into());
        }
        Ok(Spinner::of(entries))
    }

    fn of(entries: Vec<Entry<'static>>) -> Spinner {
        let mut pairs = BTreeSet::new();
        let mut families: BTreeMap<&'static str, BTreeMap<&'static str, Vec<&'static str>>> =
            BTreeMap::new();
        for entry in entries {
            for &original in &entry.originals {
                let spun = entry.spun;
                pairs.insert(Pair { spun, original });
                for &family in &entry.families {
                    let words = families.entry(family).or_default();
                    words.entry(original).or_default().push(spun);
                }
            }
            // Which of several originals it stands for is a choice as well.
            if let [original, others @ ..] = entry.originals.as_slice() {
                pairs.extend(others.iter().map(|&spun| Pair { spun, original }));
            }
        }
        let words: BTreeSet<&'static str> = pairs
            .iter()
            .flat_map(|pair| [pair.spun, pair.original])
            .collect();
        let words: Vec<&'static str> = words.into_iter().collect();
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(words.iter().copied().zip(0..))
            .expect("the words are distinct and not empty");
        let families = families
            .into_iter()
            .map(|(name, words)| Family::new(name, words));
        Spinner {
            families: families.collect(),
            pairs: pairs.into_iter().collect(),
            words,
            automaton,
        }
    }

    /// Every spun word with every original, and the others of its originals with
    /// the first, in order.
    pub(crate) fn pairs(&self) -> Vec<Pair> {
        self.pairs.clone()
    }
}

impl Family {
    fn new(name: &'static str, words: BTreeMap<&'static str, Vec<&'static str>>) -> Family {
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(words.keys().copied().zip(0..))
            .expect("the words are distinct and not empty");
        Family {
            name,
            automaton,
            replacements: words.into_iter().collect(),
        }
    }

    /// Spins a text: each word that it replaces with that probability (0 to 1),
    /// always by the same word.
    pub(crate) fn spin(
        &self,
        text: &str,
        rate: f64,
        random: &mut Random,
    ) -> (String, Vec<Replaced>) {
        let all = vec![true; self.replacements.len()];
        self.spin_some(text, &all, rate, random)
    }

    /// The same with half of its words in its list, each as likely.
    pub(crate) fn spin_half(&self, text: &str, random: &mut Random) -> (String, Vec<Replaced>) {
        let words = self.replacements.iter();
        let half: Vec<bool> = words.map(|_| random.chance(0.5)).collect();
        self.spin_some(text, &half, 1.0, random)
    }

    fn spin_some(
        &self,
        text: &str,
        listed: &[bool],
        rate: f64,
        random: &mut Random,
    ) -> (String, Vec<Replaced>) {
        let mut spun = String::with_capacity(text.len());
        let mut replaced = Vec::new();
        let mut chosen: BTreeMap<u32, &'static str> = BTreeMap::new();
        let mut end = 0;
        for found in self.automaton.leftmost_find_iter(text) {
            if !listed[found.value() as usize] || !random.chance(rate) {
                continue;
            }
            let (original, choices) = &self.replacements[found.value() as usize];
            let word = *chosen
                .entry(found.value())
                .or_insert_with(|| choices[random.below(choices.len() as u64) as usize]);
            spun.push_str(&text[end..found.start()]);
            replaced.push(Replaced {
                start: spun.len(),
                spun: word,
                original,
            });
            spun.push_str(word);
            end = found.end();
        }
        spun.push_str(&text[end..]);
        (spun, replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_told() {
        let words = BTreeMap::from([("发展", vec!["开展"]), ("高质量发展", vec!["高质量开展"])]);
        let family = Family::new("A", words);
        let mut random = Random::of_document(1, 1);
        let (spun, replaced) = family.spin("产业发展，高质量发展", 1.0, &mut random);
        assert_eq!(spun, "产业开展，高质量开展");
        let told: Vec<_> = replaced
            .iter()
            .map(|r| (&spun[r.start..][..6], r.original))
            .collect();
        assert_eq!(told, [("开展", "发展"), ("高质", "高质量发展")]);
        assert_eq!(
            family.spin("发展", 0.0, &mut random),
            ("发展".to_owned(), vec![])
        );
    }

    #[test]
    fn a_dictionary_of_ones_own_has_its_own_pairs() {
        let header = "spun\toriginals\tfamily\tdomain\tkeep\tfix\tsafety\tsource\treason";
        let row = "鸡子\t鸡蛋|鸡卵\town\tfood\t\t打~\tsafe\tseed\twhy";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own.tsv");
        let spinner = |text: String| {
            fs::write(&path, text).expect("it can be written");
            Spinner::of_files(std::slice::from_ref(&path))
        };
        let own = spinner(format!("{header}\n{row}\n")).expect("it parses");
        let pairs: Vec<_> = own.pairs().iter().map(|p| (p.spun, p.original)).collect();
        assert_eq!(
            pairs,
            [("鸡卵", "鸡蛋"), ("鸡子", "鸡卵"), ("鸡子", "鸡蛋")]
        );
        assert_eq!(own.families.len(), 1);
        let problem = |text| spinner(text).err().map(|error| error.to_string());
        let twice = problem(format!("{header}\n{row}\n{row}\n"));
        assert!(twice.is_some_and(|told| told.contains("own.tsv:3:1")));
        assert!(problem(format!("{header}\n")).is_some());
    }
}
