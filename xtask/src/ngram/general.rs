//! Text of all kinds, as a model of words has it: characters counted in a text
//! that is drawn from it.
//!
//! Such models know nothing but words: no punctuation, digits, letters, line
//! breaks, all of which are marks here. What they say is which Han character
//! follows two others if one does. How often a mark follows, and which, is left
//! to the corpora: marks are added after each two characters in the share that
//! the corpora have there, and what follows a mark is not counted at all.

use zhengben::workshop::{Class, Symbol};

use super::counts::{Count, Key, LONGEST, Vocabulary, context, last, push, suffix};
use super::estimate::{Kept, Settings, discount};
use super::words::Words;
use crate::simulate::random::Random;

/// How many characters a context and what follows it have.
pub(crate) const ORDER: usize = 3;

/// What the drawing begins with: another gives another text.
const SEED: u64 = 0;

/// A mark follows no context more often than this. Where it always does in the
/// corpora, a text without marks would be scaled up without limit.
const MOST_MARKS: f64 = 0.9;

/// The marks that follow each context.
#[derive(Debug)]
struct Marks {
    /// By length of the context, longest first.
    orders: Vec<Vec<Context>>,
    /// Without a context.
    all: Context,
}

#[derive(Debug, Default)]
struct Context {
    key: Key,
    /// What is left to the shorter context.
    backoff: f64,
    /// Each mark with the sum of the probabilities up to and with its own.
    marks: Vec<(Symbol, f64)>,
}

impl Context {
    fn new(kept: Kept, is_mark: &[bool]) -> Context {
        let mut sum = 0.0;
        let marks = kept.grams.into_iter().filter_map(|(key, own)| {
            let mark = is_mark[usize::from(last(key))];
            sum += if mark { own } else { 0.0 };
            mark.then_some((last(key), sum))
        });
        Context {
            key: kept.context,
            marks: marks.collect(),
            backoff: kept.backoff,
        }
    }

    fn own(&self) -> f64 {
        self.marks.last().map_or(0.0, |&(_, sum)| sum)
    }
}

impl Marks {
    /// Estimates them from the counts of the corpora.
    fn of(corpora: &[Count], is_mark: &[bool], settings: &Settings) -> Marks {
        let mut counts = corpora.to_vec();
        let mut orders = Vec::new();
        for order in (2..=ORDER).rev() {
            let (level, lower) = discount(&counts, &vec![true; counts.len()], order, settings);
            let contexts = level.into_iter().map(|kept| Context::new(kept, is_mark));
            orders.push(contexts.collect());
            counts = lower;
        }
        let total: f64 = counts.iter().map(|count| count.mass).sum();
        let grams = counts.iter().map(|count| (count.key, count.mass / total));
        let all = Kept {
            context: 0,
            backoff: 0.0,
            grams: grams.collect(),
        };
        Marks {
            orders,
            all: Context::new(all, is_mark),
        }
    }

    /// What is known after a context, the longest first.
    fn after(&self, key: Key) -> Vec<&Context> {
        let contexts = self.orders.iter().zip((1..ORDER).rev());
        let contexts = contexts.filter_map(|(contexts, length)| {
            let key = suffix(key, length);
            let place = contexts.binary_search_by_key(&key, |context| context.key);
            contexts.get(place.ok()?)
        });
        contexts.chain([&self.all]).collect()
    }
}

/// How often a mark follows.
fn chance(after: &[&Context]) -> f64 {
    after.iter().rev().fold(0.0, |shorter, context| {
        context.own() + context.backoff * shorter
    })
}

/// One that does.
fn draw(after: &[&Context], random: &mut Random) -> Option<Symbol> {
    let mut rest = random.unit() * chance(after);
    for context in after {
        if rest < context.own() {
            let place = context.marks.partition_point(|&(_, sum)| sum <= rest);
            return Some(context.marks.get(place)?.0);
        }
        rest = (rest - context.own()) / context.backoff;
    }
    None
}

/// Draws a text of so many characters and counts its n-grams.
pub(crate) fn sample(
    words: &Words,
    symbol: impl Fn(char) -> Symbol,
    characters: usize,
) -> Vec<(Key, u32)> {
    let mut keys = Vec::with_capacity(characters + LONGEST);
    let mut key = 0;
    for word in words.draw(Random::of_document(SEED, 0)) {
        for character in words.text(word).chars() {
            key = suffix(push(key, symbol(character)), ORDER);
            keys.push(key);
        }
        if keys.len() >= characters {
            break;
        }
    }
    // The first ones have a boundary before them.
    keys.drain(..(ORDER - 1).min(keys.len()));
    tally(keys)
}

/// Adds the marks that the corpora have after each context.
pub(crate) fn with_marks(
    sampled: &[(Key, u32)],
    corpora: &[Count],
    vocabulary: &Vocabulary,
    settings: &Settings,
) -> Vec<(Key, u32)> {
    let is_mark: Vec<bool> = marks(vocabulary).collect();
    let marks = Marks::of(corpora, &is_mark, settings);
    let mut random = Random::of_document(SEED, 1);
    let mut keys = Vec::new();
    for same in sampled.chunk_by(|a, b| context(a.0) == context(b.0)) {
        let key = context(same[0].0);
        let after = marks.after(key);
        let share = f64::min(chance(&after), MOST_MARKS);
        let times: u32 = same.iter().map(|&(_, times)| times).sum();
        let marks = f64::from(times) * share / (1.0 - share);
        for _ in 0..(marks + random.unit()) as u32 {
            keys.extend(draw(&after, &mut random).map(|mark| push(key, mark)));
        }
    }
    let mut counts = tally(keys);
    counts.extend(sampled);
    counts.sort_unstable();
    counts
}

/// Whether each symbol is a mark.
fn marks(vocabulary: &Vocabulary) -> impl Iterator<Item = bool> {
    const HAN: [Class; 4] = [Class::Common, Class::Secondary, Class::Rare, Class::Foreign];
    let classes = Class::ALL.into_iter().map(|class| !HAN.contains(&class));
    let characters = vocabulary.characters.iter();
    classes.chain(characters.map(|code| !matches!(code, 0x3400..=0x9FFF | 0xF900..=0xFAFF)))
}

fn tally(mut keys: Vec<Key>) -> Vec<(Key, u32)> {
    keys.sort_unstable();
    let runs = keys.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], run.len() as u32)).collect()
}

#[cfg(test)]
mod tests {
    use zhengben::workshop::Alphabet;

    use super::*;
    use crate::ngram::counts::{Counter, symbols};
    use crate::ngram::recipe;

    /// What is counted of a drawn text, with the marks of the corpora.
    fn mixed(corpora: &str, drawn: &str) -> Vec<(String, u32)> {
        let vocabulary = Vocabulary::of([corpora, drawn].into_iter(), 1);
        let alphabet = Alphabet::new(vocabulary.characters.iter().copied());
        let mut counter = Counter::default();
        counter.add(&[symbols(corpora, |c| alphabet.symbol(c))], ORDER, 1);
        let drawn: Vec<Symbol> = drawn.chars().map(|c| alphabet.symbol(c)).collect();
        let keys = drawn.windows(ORDER);
        let keys = keys.map(|gram| gram.iter().fold(0, |key, &symbol| push(key, symbol)));
        let settings = &recipe::SETTINGS;
        let counts = with_marks(
            &tally(keys.collect()),
            &counter.finish(),
            &vocabulary,
            settings,
        );
        let written = counts.iter().map(|&(key, times)| {
            let text = (0..ORDER as u32).rev().map(|place| {
                let symbol = suffix(key >> (place * Symbol::BITS), 1) as usize;
                let place = symbol.checked_sub(Class::ALL.len());
                let code =
                    place.map_or(u32::from('#'), |place| vocabulary.characters[place].into());
                char::from_u32(code).unwrap_or('#')
            });
            (text.collect(), times)
        });
        written.collect()
    }

    #[test]
    fn a_mark_follows_as_often_as_in_the_corpora() {
        // Half of the time a comma follows the two.
        let corpora = "正本,正本清。".repeat(1000);
        let counts = mixed(&corpora, &"正本源".repeat(1000));
        let times = |gram: &str| {
            let found = counts.iter().find(|(text, _)| text == gram);
            found.map_or(0, |&(_, times)| times)
        };
        assert_eq!(times("正本源"), 1000);
        assert!((900..=1100).contains(&times("正本,")), "{counts:?}");
        assert_eq!(times("正本清"), 0);
        // The corpora have neither of these contexts, and marks now and then.
        assert!((100..=2000).contains(&(times("本源,") + times("本源。"))));
        // What follows a mark is left to the corpora.
        assert!(counts.iter().all(|(text, _)| !text.starts_with(',')));
        assert!(counts.iter().all(|(text, _)| !text.contains(",正")));
    }

    #[test]
    fn marks_that_always_follow_do_not_swamp_the_text() {
        let counts = mixed(&"正本,".repeat(1000), &"正本源".repeat(100));
        let marks: u32 = counts
            .iter()
            .filter(|(text, _)| text.starts_with("正本") && text.ends_with(','))
            .map(|&(_, times)| times)
            .sum();
        assert!((800..=900).contains(&marks), "{counts:?}");
    }
}
