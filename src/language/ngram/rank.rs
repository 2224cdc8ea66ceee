//! A symbol's tables with what tells where in them a key stands.
//!
//! A search through a table of a frequent symbol reads ten fields that depend on each
//! other. A row of bits, one for each key, with how many are set before each word, gives
//! the place at once.

use super::bits::Bits;
use super::format::{Group, Table, Widths};

/// Shorter tables are searched: it takes no longer.
const SHORT: usize = 8;

/// How many keys a word has bits for; what is above them says how many keys the words
/// before it have.
const KEYS: u64 = 48;

/// The tables of a symbol's group, the larger ones with ranks.
#[derive(Debug)]
pub(super) struct Ranked {
    /// The symbols behind this one.
    pub(super) successors: RankedTable,
    /// The symbols before it, of the pairs of which it is known what follows.
    pub(super) contexts: RankedTable,
    /// What follows those pairs.
    pub(super) trigrams: Table,
}

/// A table, and where its keys stand.
#[derive(Debug)]
pub(super) struct RankedTable {
    pub(super) table: Table,
    /// Empty if the table is to be searched.
    words: Box<[u64]>,
}

impl Ranked {
    /// Reads the group that begins at a bit, of a model with so many symbols.
    pub(super) fn read(
        groups: Bits<'_>,
        place: usize,
        widths: Widths,
        symbols: usize,
    ) -> Option<Ranked> {
        let Group {
            successors,
            contexts,
            trigrams,
        } = Group::read(groups, place, widths)?;
        Some(Ranked {
            successors: RankedTable::new(successors, groups, symbols),
            contexts: RankedTable::new(contexts, groups, symbols),
            trigrams,
        })
    }
}

impl RankedTable {
    fn new(table: Table, groups: Bits<'_>, keys: usize) -> RankedTable {
        let words = match table.len() > SHORT {
            true => ranks(table, groups, keys),
            false => None,
        };
        RankedTable {
            table,
            words: words.unwrap_or_default(),
        }
    }

    /// As [`Table::find`].
    pub(super) fn find(&self, groups: Bits<'_>, key: u64) -> Option<(usize, u64)> {
        if self.words.is_empty() {
            return self.table.find(groups, key);
        }
        let word = *self.words.get((key / KEYS) as usize)?;
        let bit = key % KEYS;
        (word >> bit & 1 != 0).then_some(())?;
        let before = word & ((1 << bit) - 1);
        let rank = (word >> KEYS) as usize + before.count_ones() as usize;
        Some((rank, self.table.value(groups, rank)?))
    }
}

/// The words of a table whose keys are below a number; none if they are not in their
/// order, or too many: such a table is searched, and nothing is found where it is wrong.
fn ranks(table: Table, groups: Bits<'_>, keys: usize) -> Option<Box<[u64]>> {
    let mut words = vec![0; keys.div_ceil(KEYS as usize)];
    let mut last = None;
    for (rank, (key, _)) in (0..=u16::MAX).zip(table.fields(groups)) {
        if last.is_some_and(|last| key <= last) {
            return None;
        }
        // The words up to this one, if it is the first of its word.
        let passed = last.map_or(0, |last| last / KEYS + 1);
        let word = key / KEYS;
        for word in words
            .get_mut(passed as usize..=word as usize)
            .unwrap_or_default()
        {
            *word = u64::from(rank) << KEYS;
        }
        *words.get_mut(word as usize)? |= 1 << (key % KEYS);
        last = Some(key);
    }
    (table.len() <= usize::from(u16::MAX)).then(|| words.into())
}

#[cfg(test)]
mod tests {
    use crate::language::ngram::{Class, Model, Symbol};

    #[test]
    fn ranks_find_what_a_search_finds() {
        let model = Model::embedded();
        let symbols = 0..model.symbols() as Symbol;
        let groups = model.parts.groups;
        let mut found = 0;
        // Every symbol has the same kind of tables: one in seven is enough.
        for symbol in symbols.clone().step_by(7).chain([Class::Boundary.symbol()]) {
            let ranked = model.group(symbol).expect("the embedded model is whole");
            for ranked in [&ranked.successors, &ranked.contexts] {
                for key in symbols.clone().map(u64::from).chain([u64::MAX >> 8]) {
                    let expected = ranked.table.find(groups, key);
                    assert_eq!(ranked.find(groups, key), expected, "{symbol} {key}");
                    found += usize::from(expected.is_some() && !ranked.words.is_empty());
                }
            }
        }
        assert!(found > 10_000, "{found}");
    }
}
