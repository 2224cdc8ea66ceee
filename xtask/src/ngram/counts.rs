//! From text to weighted counts of n-grams of symbols.

use std::collections::BTreeMap;

use zhengben::workshop::{Class, Symbol, forms};

/// How many bits a key has for each symbol.
const SYMBOL_BITS: u32 = Symbol::BITS;

/// An n-gram: its symbols, the last one lowest. Keys of one order sort by
/// context first.
pub(crate) type Key = u64;

/// The longest n-gram that fits.
pub(crate) const LONGEST: usize = (Key::BITS / SYMBOL_BITS) as usize;

/// The key of the context of an n-gram.
pub(crate) fn context(key: Key) -> Key {
    key >> SYMBOL_BITS
}

/// The last symbol.
pub(crate) fn last(key: Key) -> Symbol {
    key as Symbol
}

/// The last `order` symbols.
pub(crate) fn suffix(key: Key, order: usize) -> Key {
    if order >= LONGEST {
        return key;
    }
    key & ((1 << (order as u32 * SYMBOL_BITS)) - 1)
}

/// The n-gram that begins with another and ends with the symbol.
pub(crate) fn push(key: Key, symbol: Symbol) -> Key {
    key << SYMBOL_BITS | Key::from(symbol)
}

/// How often an n-gram occurs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Count {
    /// Which.
    pub(crate) key: Key,
    /// Its occurrences, each as heavy as its text.
    pub(crate) mass: f64,
    /// Their squared weights: divided by the mass, what one occurrence weighs.
    pub(crate) square: f64,
}

/// Which characters have symbols of their own, and which symbol each has.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// Characters after the classes, by code point.
    pub(crate) characters: Vec<u16>,
}

impl Vocabulary {
    /// The characters that occur at least `least` times in the documents.
    pub(crate) fn of<'a>(documents: impl Iterator<Item = &'a str>, least: u32) -> Vocabulary {
        let forms: BTreeMap<char, char> = forms().collect();
        let mut counts = vec![0_u32; 0x1_0000];
        for document in documents {
            for character in document.chars() {
                let character = forms.get(&character).copied().unwrap_or(character);
                if let Some(count) = counts.get_mut(character as usize) {
                    *count += 1;
                }
            }
        }
        let characters = (0..=u16::MAX)
            .filter(|&code| counts[usize::from(code)] >= least)
            .filter(|&code| !in_class(code))
            .collect();
        Vocabulary { characters }
    }

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        Class::ALL.len() + self.characters.len()
    }
}

fn in_class(code: u16) -> bool {
    matches!(
        u8::try_from(code),
        Ok(b'\n' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
    )
}

/// Gathers the n-grams of the highest order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counter {
    /// Key, weight and occurrences; a key more than once, not sorted.
    runs: Vec<(Key, u32, u32)>,
}

impl Counter {
    /// Counts the n-grams of a file's documents, given as symbols.
    pub(crate) fn add(&mut self, documents: &[Vec<Symbol>], order: usize, weight: u32) {
        let mut keys: Vec<Key> = documents.iter().flat_map(|d| keys(d, order)).collect();
        keys.sort_unstable();
        let runs = keys.chunk_by(|a, b| a == b);
        self.runs
            .extend(runs.map(|run| (run[0], weight, run.len() as u32)));
    }

    /// Counts n-grams that occur so often each.
    pub(crate) fn add_counted(&mut self, counts: &[(Key, u32)], weight: u32) {
        let runs = counts.iter().map(|&(key, times)| (key, weight, times));
        self.runs.extend(runs);
    }

    /// The counts, sorted by key.
    pub(crate) fn finish(mut self) -> Vec<Count> {
        self.runs.sort_unstable();
        let same = self.runs.chunk_by(|a, b| a.0 == b.0);
        same.map(|runs| {
            let (mut mass, mut square) = (0_u64, 0_u64);
            for &(_, weight, times) in runs {
                mass += u64::from(weight) * u64::from(times);
                square += u64::from(weight).pow(2) * u64::from(times);
            }
            Count {
                key: runs[0].0,
                mass: mass as f64,
                square: square as f64,
            }
        })
        .collect()
    }
}

/// The n-grams that end at each symbol, text begins and lines end being
/// boundaries: nothing is remembered across a boundary.
pub(crate) fn keys(symbols: &[Symbol], order: usize) -> impl Iterator<Item = Key> {
    let mut key = 0;
    symbols.iter().map(move |&symbol| {
        key = push(key, symbol);
        let whole = suffix(key, order);
        if symbol == Class::Boundary.symbol() {
            key = 0;
        }
        whole
    })
}

/// The documents' symbols, a boundary at the end of each.
pub(crate) fn symbols(document: &str, symbol: impl Fn(char) -> Symbol) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = document.chars().map(symbol).collect();
    symbols.push(Class::Boundary.symbol());
    symbols
}
