//! A small generator of pseudo-random numbers, the same on every platform.

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014): enough for a simulation, and a page of its own state
/// for every document.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

/// The golden ratio's fraction in 64 bits, SplitMix64's step.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// The numbers of one document: they depend on the seed and the document's
    /// number only, not on what else is garbled.
    pub(crate) fn of_document(seed: u64, number: usize) -> Self {
        let mut random = Random(seed);
        let start = random.next();
        Random(start ^ (number as u64).wrapping_mul(STEP))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below the limit, which is not zero, each as likely as the next
    /// but for one part in 2⁶⁴.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A number of the range, both ends included.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below((most - least) as u64 + 1) as usize
    }

    /// A number from 0 up to, but not including 1.
    pub(crate) fn unit(&mut self) -> f64 {
        // 53 bits are what a double holds: no rounding, so no platform differs.
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something of that probability (0 to 1) happens.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the items, of which there is at least one, as likely as its
    /// weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, items: &[(T, u32)]) -> T {
        let total = items.iter().map(|&(_, weight)| u64::from(weight)).sum();
        let mut left = self.below(total);
        for &(item, weight) in items {
            match left.checked_sub(u64::from(weight)) {
                Some(rest) => left = rest,
                None => return item,
            }
        }
        items[items.len() - 1].0
    }

    /// Brings the items into a random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_splitmix64() {
        // The reference implementation's first numbers for the seed 1234567.
        let mut random = Random(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        assert_eq!(
            numbers,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn weights_are_heeded() {
        let mut random = Random::of_document(1, 2);
        let mut counts = [0; 3];
        for _ in 0..10_000 {
            counts[random.weighted(&[(0, 1), (1, 0), (2, 3)])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((2300..2700).contains(&counts[0]), "{counts:?}");
    }
}
