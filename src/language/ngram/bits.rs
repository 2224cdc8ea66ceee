//! Fields of any width in a row of bits.

/// The widest field, in bits: one that any byte's eight bits can begin fits
/// into the eight bytes from there.
pub(crate) const WIDEST: u32 = 57;

/// Reads fields; the first bit is the lowest of the first byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bits<'a>(pub(crate) &'a [u8]);

impl Bits<'_> {
    /// The field of `width` bits at the bit `place`; `None` if the eight bytes
    /// from there on are not all present.
    pub(crate) fn read(self, place: usize, width: u32) -> Option<u64> {
        debug_assert!(width <= WIDEST);
        let (head, _) = self.0.get(place / 8..)?.split_first_chunk::<8>()?;
        let word = u64::from_le_bytes(*head) >> (place % 8);
        Some(word & ((1 << width) - 1))
    }
}

/// How many bits tell the numbers below `count` apart.
pub const fn width(count: usize) -> u32 {
    if count < 2 {
        return 0;
    }
    usize::BITS - (count - 1).leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields_across_bytes() {
        let bits = Bits(&[0b1010_0001, 0xFF, 0, 0, 0, 0, 0, 0, 0x80]);
        assert_eq!(bits.read(0, 5), Some(1));
        assert_eq!(bits.read(5, 5), Some(0b11_101));
        assert_eq!(bits.read(15, WIDEST), Some(1 | (1 << 56)));
        assert_eq!(bits.read(16, 1), None);
        assert_eq!(bits.read(usize::MAX, 0), None);
    }

    #[test]
    fn widths() {
        let widths = [0, 1, 2, 3, 4, 5, 256, 257].map(width);
        assert_eq!(widths, [0, 0, 1, 2, 2, 3, 8, 9]);
    }
}
