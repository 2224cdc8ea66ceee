//! What may follow a word or two, and how one of it is drawn.

use std::ops::Range;

use super::words::Word;
use crate::simulate::random::Random;

/// What may follow a word, or two.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The places of the listed ones.
    pub(super) listed: Range<u32>,
    /// How likely it is one of them.
    pub(super) chance: f64,
}

impl Context {
    fn listed(&self) -> Range<usize> {
        self.listed.start as usize..self.listed.end as usize
    }
}

/// The last words of the n-grams of an order, those of a context side by side. Millions of
/// draws look for one in tables that no cache holds: what is looked at stands together.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) words: Vec<Word>,
    /// The sum of the probabilities of the words of its context up to and with each.
    sums: Vec<f64>,
}

impl Lists {
    pub(super) fn push(&mut self, word: Word, sum: f64) {
        self.words.push(word);
        self.sums.push(sum);
    }

    /// How many there are. Files have some million.
    pub(super) fn len(&self) -> u32 {
        self.words.len() as u32
    }

    /// The place of a word of a context.
    pub(super) fn find(&self, context: &Context, word: Word) -> Option<usize> {
        let listed = context.listed();
        let place = self.words[listed.clone()].binary_search(&word).ok()?;
        Some(listed.start + place)
    }

    /// A word of a context, as often as it is likely.
    pub(super) fn draw(&self, context: &Context, random: &mut Random) -> Word {
        let listed = context.listed();
        let sums = &self.sums[listed.clone()];
        let place = random.unit() * total(sums);
        self.words[listed.start + at(sums, place)]
    }
}

/// Sums of probabilities, cut into parts of the same share: what part has a sum is known
/// without a search.
#[derive(Debug, Default)]
pub(super) struct Guide {
    /// The place of the first sum above where each part begins, and above the last one's end.
    starts: Vec<usize>,
}

impl Guide {
    /// A power of two: what a number times it falls into is exact.
    const PARTS: usize = 1 << 16;

    pub(super) fn of(sums: &[f64]) -> Guide {
        let starts = (0..=Guide::PARTS).map(|part| {
            let start = part as f64 / Guide::PARTS as f64 * total(sums);
            sums.partition_point(|&sum| sum <= start)
        });
        Guide {
            starts: starts.collect(),
        }
    }

    /// The place of the item at a share of all, from 0 up to, but not including 1.
    pub(super) fn at(&self, sums: &[f64], share: f64) -> usize {
        let part = (share * Guide::PARTS as f64) as usize;
        let (start, end) = (self.starts[part], self.starts[part + 1]);
        let found = sums[start..end].partition_point(|&sum| sum <= share * total(sums));
        (start + found).min(sums.len().saturating_sub(1))
    }
}

fn total(sums: &[f64]) -> f64 {
    sums.last().copied().unwrap_or_default()
}

/// The place of the item that a sum falls to.
fn at(sums: &[f64], place: f64) -> usize {
    let index = sums.partition_point(|&sum| sum <= place);
    index.min(sums.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_finds_what_a_search_finds() {
        let mut random = Random::of_document(0, 0);
        // Of one and of many; some as likely as thousands of others, some never drawn.
        for count in [1, 3, 1000, 200_000] {
            let mut sum = 0.0;
            let sums: Vec<f64> = (0..count)
                .map(|_| {
                    sum += f64::powi(random.unit(), 20) * f64::from(u8::from(random.chance(0.9)));
                    sum
                })
                .collect();
            let guide = Guide::of(&sums);
            let ends = [0.0, 0.5, 1.0 - f64::EPSILON / 2.0];
            let shares = ends.into_iter().chain((0..10_000).map(|_| random.unit()));
            for share in shares {
                let found = guide.at(&sums, share);
                assert_eq!(found, at(&sums, share * total(&sums)), "{share} of {count}");
            }
        }
    }
}
