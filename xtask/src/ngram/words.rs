//! A model of words in the ARPA format: how likely a word is after the two
//! before it, with the probabilities of the longer contexts backed off to those
//! of the shorter ones. Text is drawn from it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::lists::{Context, Guide, Lists};
use super::logarithm::exp10;
use crate::Failure;
use crate::simulate::random::Random;

/// A word: its place in the list of unigrams.
pub(crate) type Word = u32;

/// How often a draw is repeated that gave what the longer context has.
const DRAWS: u32 = 100;

/// The model.
#[derive(Debug, Default)]
pub(crate) struct Words {
    texts: Vec<String>,
    /// The sum of the probabilities up to and with each word.
    unigrams: Vec<f64>,
    /// Where to look among them: most draws come to that.
    guide: Guide,
    /// By word, what is known of what follows it.
    contexts: Vec<Context>,
    bigrams: Lists,
    /// By bigram, what is known of what follows it.
    after: Vec<Context>,
    trigrams: Lists,
}

/// The n-grams of one order as they are in the file: the words, the
/// probability, and by what those of the shorter context are multiplied.
type Grams = Vec<([Word; 3], f64, f64)>;

impl Words {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, or is not a model of three words.
    pub(crate) fn read(path: &Path) -> Result<Words, Failure> {
        let text =
            fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Words::parse(&text).ok_or_else(|| format!("{}: no trigram model", path.display()).into())
    }

    fn parse(text: &str) -> Option<Words> {
        let mut places: HashMap<&str, Word> = HashMap::new();
        let mut texts = Vec::new();
        let mut orders: [Grams; 3] = Default::default();
        let mut order = 0;
        for line in text.lines() {
            if let Some(header) = line.strip_prefix('\\') {
                order = match header {
                    "1-grams:" => 1,
                    "2-grams:" => 2,
                    "3-grams:" => 3,
                    _ => 0,
                };
                continue;
            }
            if order == 0 || line.is_empty() {
                continue;
            }
            let mut columns = line.split('\t');
            let chance = exp10(columns.next()?.parse().ok()?);
            let gram = columns.next()?;
            let backoff = columns.next().map_or(Some(0.0), |text| text.parse().ok())?;
            if order == 1 {
                places.insert(gram, Word::try_from(texts.len()).ok()?);
                texts.push(gram.to_owned());
            }
            let mut words = [0; 3];
            let mut parts = gram.split(' ');
            for word in &mut words[..order] {
                *word = *places.get(parts.next()?)?;
            }
            // What is in angle brackets is no word: it is never drawn.
            let chance = if gram.contains('<') { 0.0 } else { chance };
            orders[order - 1].push((words, chance, exp10(backoff)));
        }
        let whole = orders.iter().all(|grams| !grams.is_empty());
        whole.then(|| Words::of(texts, orders))
    }

    fn of(texts: Vec<String>, mut orders: [Grams; 3]) -> Words {
        orders[1].sort_unstable_by_key(|&(words, ..)| words);
        orders[2].sort_unstable_by_key(|&(words, ..)| words);
        let [unigrams, bigrams, trigrams] = orders;

        let all: f64 = unigrams.iter().map(|&(_, chance, _)| chance).sum();
        let mut model = Words {
            texts,
            contexts: vec![Context::default(); unigrams.len()],
            ..Words::default()
        };
        let mut sum = 0.0;
        for &(_, chance, _) in &unigrams {
            sum += chance;
            model.unigrams.push(sum);
        }
        model.guide = Guide::of(&model.unigrams);

        // The probabilities of a context don't sum to one: ends of sentences
        // are missing.
        let mut totals = vec![all; unigrams.len()];
        for same in bigrams.chunk_by(|a, b| a.0[0] == b.0[0]) {
            let word = same[0].0[0] as usize;
            let start = model.bigrams.len();
            let (mut own, mut shorter) = (0.0, 0.0);
            for &([_, last, _], chance, _) in same {
                own += chance;
                shorter += unigrams[last as usize].1;
                model.bigrams.push(last, own);
            }
            let rest = unigrams[word].2 * f64::max(all - shorter, 0.0);
            totals[word] = own + rest;
            model.contexts[word] = Context {
                listed: start..model.bigrams.len(),
                chance: own / (own + rest),
            };
        }

        model.after = vec![Context::default(); bigrams.len()];
        let bigram = |words: [Word; 2]| {
            bigrams.binary_search_by_key(&[words[0], words[1], 0], |&(words, ..)| words)
        };
        for same in trigrams.chunk_by(|a, b| a.0[..2] == b.0[..2]) {
            let [first, second, _] = same[0].0;
            let start = model.trigrams.len();
            let (mut own, mut shorter) = (0.0, 0.0);
            for &([_, _, last], chance, _) in same {
                own += chance;
                shorter += match bigram([second, last]) {
                    Ok(place) => bigrams[place].1,
                    Err(_) => unigrams[second as usize].2 * unigrams[last as usize].1,
                };
                model.trigrams.push(last, own);
            }
            if let Ok(place) = bigram([first, second]) {
                let rest = bigrams[place].2 * f64::max(totals[second as usize] - shorter, 0.0);
                model.after[place] = Context {
                    listed: start..model.trigrams.len(),
                    chance: own / (own + rest),
                };
            }
        }
        model
    }

    /// How it is written.
    pub(crate) fn text(&self, word: Word) -> &str {
        &self.texts[word as usize]
    }

    /// Words, one after the other, without end.
    pub(crate) fn draw(&self, random: Random) -> Draw<'_> {
        Draw {
            words: self,
            random,
            last: None,
            bigram: None,
        }
    }

    /// The place of a bigram.
    fn bigram(&self, first: Word, second: Word) -> Option<usize> {
        self.bigrams.find(&self.contexts[first as usize], second)
    }

    fn trigram(&self, bigram: usize, third: Word) -> bool {
        self.trigrams.find(&self.after[bigram], third).is_some()
    }
}

/// Draws words.
#[derive(Debug)]
pub(crate) struct Draw<'a> {
    words: &'a Words,
    random: Random,
    /// The last word, and the place of the last two.
    last: Option<Word>,
    bigram: Option<usize>,
}

impl Draw<'_> {
    fn first(&mut self) -> Word {
        let share = self.random.unit();
        self.words.guide.at(&self.words.unigrams, share) as Word
    }

    /// A word after another.
    fn second(&mut self, first: Word) -> Word {
        let words = self.words;
        let context = &words.contexts[first as usize];
        if self.random.unit() < context.chance {
            return words.bigrams.draw(context, &mut self.random);
        }
        self.again(Self::first, |second| words.bigram(first, second).is_none())
    }

    /// A word after two others.
    fn third(&mut self, bigram: usize) -> Word {
        let words = self.words;
        let context = &words.after[bigram];
        if self.random.unit() < context.chance {
            return words.trigrams.draw(context, &mut self.random);
        }
        let second = words.bigrams.words[bigram];
        self.again(
            |draw| draw.second(second),
            |third| !words.trigram(bigram, third),
        )
    }

    /// Draws until the word will do.
    fn again(&mut self, draw: impl Fn(&mut Self) -> Word, will_do: impl Fn(Word) -> bool) -> Word {
        let mut word = draw(self);
        for _ in 0..DRAWS {
            if will_do(word) {
                break;
            }
            word = draw(self);
        }
        word
    }
}

impl Iterator for Draw<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let word = match (self.bigram, self.last) {
            (Some(bigram), _) => self.third(bigram),
            (None, Some(last)) => self.second(last),
            (None, None) => self.first(),
        };
        self.bigram = self.last.and_then(|last| self.words.bigram(last, word));
        self.last = Some(word);
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The first word has half of what follows it listed; after the first two
    /// the third always comes.
    const MODEL: &str = "\\data\\
ngram 1=4
ngram 2=2
ngram 3=1

\\1-grams:
-1\t<unk>\t0
-0.30103\t正\t-0.30103
-0.60206\t本\t0
-0.60206\t清源\t0

\\2-grams:
-0.30103\t正 本\t-100
-0.30103\t本 清源\t-0.30103

\\3-grams:
-0.30103\t正 本 正

\\end\\
";

    #[test]
    fn draws_words_as_often_as_they_are_likely() {
        let words = Words::parse(MODEL).expect("it is a model");
        let drawn: Vec<Word> = words
            .draw(Random::of_document(0, 0))
            .take(100_000)
            .collect();
        let texts: Vec<&str> = drawn.iter().map(|&word| words.text(word)).collect();
        assert!(!texts.contains(&"<unk>"));

        let mut after: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for pair in texts.windows(2) {
            *after
                .entry(pair[0])
                .or_default()
                .entry(pair[1])
                .or_default() += 1.0;
        }
        let share = |first, second| {
            let followers: f64 = after[first].values().sum();
            after[first].get(second).copied().unwrap_or(0.0) / followers
        };
        // Listed: ½ of 1; not listed: twice as much for 正 as for 清源, of the
        // rest, which is half of ¾.
        assert!((share("正", "本") - 0.5 / 0.875).abs() < 0.01);
        assert!((share("正", "正") - 0.25 / 0.875).abs() < 0.01);
        assert!((share("清源", "正") - 0.5).abs() < 0.01);
        for three in texts.windows(3) {
            assert!(three[..2] != ["正", "本"] || three[2] == "正");
        }
    }

    #[test]
    fn draws_the_same_again() {
        let words = Words::parse(MODEL).expect("it is a model");
        let draw = |seed| -> Vec<Word> {
            words
                .draw(Random::of_document(seed, 0))
                .take(1000)
                .collect()
        };
        assert_eq!(draw(0), draw(0));
        assert_ne!(draw(0), draw(1));
    }

    #[test]
    fn what_is_no_trigram_model_is_refused() {
        assert!(Words::parse("").is_none());
        assert!(Words::parse("\\1-grams:\n-1\t正\n").is_none());
        assert!(Words::parse(&MODEL.replace("-0.30103\t本 清源", "often\t本 清源")).is_none());
        assert!(Words::parse(&MODEL.replace("正 本 正", "正 本")).is_none());
    }
}
