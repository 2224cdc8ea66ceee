//! Reading characters off the bytes of a text, and tables over the code points.

use std::fmt::Debug;

/// One past the last code point of the basic plane.
pub(super) const PLANE: usize = 0x1_0000;

/// A table over the basic plane in which all have the same. As its length is known, a
/// code point of 16 bits needs no check.
pub(super) fn table<T: Copy + Debug>(value: T) -> Box<[T; PLANE]> {
    let table = vec![value; PLANE].into_boxed_slice();
    table.try_into().expect("it has the length")
}

/// How many of the first bytes are ASCII.
#[inline]
pub(super) fn ascii_run(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut run = 0;
    while let Some(word) = bytes[run..].first_chunk::<8>() {
        let high = u64::from_le_bytes(*word) & HIGH;
        if high != 0 {
            return run + high.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run + bytes[run..]
        .iter()
        .take_while(|byte| byte.is_ascii())
        .count()
}

/// The code point and length of a character that is not of three bytes.
#[inline]
pub(super) fn decode_rare(bytes: &[u8]) -> (u32, usize) {
    match *bytes {
        [a, b, c, d, ..] if a >= 0xF0 => (
            u32::from(a & 7) << 18
                | u32::from(b & 63) << 12
                | u32::from(c & 63) << 6
                | u32::from(d & 63),
            4,
        ),
        [a, b, ..] if a >= 0xC0 => (u32::from(a & 31) << 6 | u32::from(b & 63), 2),
        [a, ..] => (u32::from(a), 1),
        [] => (0, 1),
    }
}
