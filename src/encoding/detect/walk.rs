//! The cheapest way through bytes of pairs.
//!
//! Where a byte is lost or damaged, the pairs behind it are another's halves until
//! something brings them back; so at each byte the reading may also go on with the
//! next one. The cheapest way through is the likeliest.

use super::costs::{self, ASTRAL, CUT, Cost, MALFORMED, NONE, Pairs, ascii};
use crate::encoding::Encoding;

/// Encodings of pairs, which have ASCII besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::encoding) enum Paired {
    Gb18030,
    Big5,
    EucTw,
}

impl Paired {
    /// The encoding, if it is one of pairs.
    pub(in crate::encoding) fn of(encoding: Encoding) -> Option<Paired> {
        match encoding {
            Encoding::Gbk | Encoding::Gb18030 => Some(Paired::Gb18030),
            Encoding::Big5 => Some(Paired::Big5),
            Encoding::EucTw => Some(Paired::EucTw),
            _ => None,
        }
    }

    fn pairs(self) -> &'static Pairs {
        match self {
            Paired::Gb18030 => &costs::GBK,
            Paired::Big5 => &costs::BIG5,
            Paired::EucTw => &costs::EUC_TW,
        }
    }

    /// The encoding in which its bytes are read.
    pub(super) fn encoding(self) -> Encoding {
        match self {
            Paired::Gb18030 => Encoding::Gb18030,
            Paired::Big5 => Encoding::Big5,
            Paired::EucTw => Encoding::EucTw,
        }
    }

    /// The length of the unit of two bytes or four that bytes begin with.
    pub(super) fn length(self, bytes: &[u8]) -> Option<usize> {
        match bytes {
            _ if self.has_four(bytes) => Some(4),
            [first, second, ..] if self.pairs().code(*first, *second) != NONE => Some(2),
            _ => None,
        }
    }

    /// Whether bytes begin with a unit of four.
    fn has_four(self, bytes: &[u8]) -> bool {
        match self {
            Paired::Gb18030 => matches!(
                bytes,
                [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]
            ),
            Paired::EucTw => matches!(bytes, [0x8E, 0xA1..=0xAF, 0xA1..=0xFE, 0xA1..=0xFE, ..]),
            Paired::Big5 => false,
        }
    }
}

/// A stretch of bytes that a reading takes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Ascii,
    /// A character of two bytes or four.
    Character,
    /// A byte that belongs to no character.
    Malformed,
}

/// What a reading has cost so far; the less, the better.
pub(super) trait Total: Copy + Ord {
    /// Of no bytes.
    const START: Self;
    /// More than any reading costs.
    const NEVER: Self;

    fn add(self, unit: Unit, cost: Cost) -> Self;
}

impl Total for u64 {
    const START: u64 = 0;
    const NEVER: u64 = u64::MAX;

    fn add(self, _: Unit, cost: Cost) -> u64 {
        self + u64::from(cost)
    }
}

/// What the cheapest reading of bytes costs. `took` is told, of each place, which
/// unit ends there in the cheapest reading up to it that is known so far, with the
/// unit's length; the last one told counts.
pub(super) fn walk<T: Total>(
    bytes: &[u8],
    encoding: Paired,
    mut took: impl FnMut(usize, Unit, u8),
) -> T {
    let pairs = encoding.pairs();
    // The best readings up to this byte and up to the ones behind it.
    let (mut here, mut ahead) = (T::START, [T::NEVER; 4]);
    for (at, &byte) in bytes.iter().enumerate() {
        let mut offer = |length: u8, unit: Unit, cost: Cost| {
            let place = &mut ahead[usize::from(length) - 1];
            let total = here.add(unit, cost);
            if total < *place {
                *place = total;
                took(at + usize::from(length), unit, length);
            }
        };
        if here == T::NEVER {
            // No unit ends here.
        } else if byte.is_ascii() {
            offer(1, Unit::Ascii, ascii(byte));
        } else {
            let next = bytes.get(at + 1);
            let is_end = at == 0 || next.is_none();
            offer(1, Unit::Malformed, if is_end { CUT } else { MALFORMED });
            match next.map_or(NONE, |&next| pairs.code(byte, next)) {
                NONE if encoding.has_four(&bytes[at..]) => offer(4, Unit::Character, ASTRAL),
                NONE => {}
                cost => offer(2, Unit::Character, Cost::from(cost)),
            }
        }
        here = ahead[0];
        ahead = [ahead[1], ahead[2], ahead[3], T::NEVER];
    }
    here
}

/// What bytes cost decoded as they are, without one that is malformed; `None` if they
/// do not. A unit that the end cuts is not counted.
pub(super) fn straight(mut bytes: &[u8], encoding: Paired) -> Option<u64> {
    let pairs = encoding.pairs();
    let mut sum = 0;
    while let [first, rest @ ..] = bytes {
        let (cost, length) = match rest {
            _ if first.is_ascii() => (ascii(*first), 1),
            [second, ..] => match pairs.code(*first, *second) {
                NONE if encoding.has_four(bytes) => (ASTRAL, 4),
                NONE => return None,
                cost => (Cost::from(cost), 2),
            },
            [] => (0, 1),
        };
        sum += u64::from(cost);
        bytes = &bytes[length..];
    }
    Some(sum)
}

/// The cheapest reading: where each of its units begins, which it is and how long.
pub(super) fn reading(bytes: &[u8], encoding: Paired) -> Vec<(usize, Unit, u8)> {
    let mut taken = vec![(Unit::Ascii, 1u8); bytes.len() + 1];
    walk::<u64>(bytes, encoding, |end, unit, length| {
        taken[end] = (unit, length);
    });
    let mut found = Vec::new();
    let mut end = bytes.len();
    while end > 0 {
        let (unit, length) = taken[end];
        end -= usize::from(length);
        found.push((end, unit, length));
    }
    found.reverse();
    found
}

/// The places of the bytes that belong to no character in the cheapest reading.
pub(super) fn malformed(bytes: &[u8], encoding: Paired) -> Vec<usize> {
    let units = reading(bytes, encoding).into_iter();
    let malformed = units.filter(|(_, unit, _)| *unit == Unit::Malformed);
    malformed.map(|(at, _, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_has_every_byte_in_one_unit() {
        let bytes = b"a\xD6\xD0\xFF\xCE\xC4\x95\x32\x82\x36\xD6";
        let units = reading(bytes, Paired::Gb18030);
        let expected = [
            (0, Unit::Ascii, 1),
            (1, Unit::Character, 2),
            (3, Unit::Malformed, 1),
            (4, Unit::Character, 2),
            (6, Unit::Character, 4),
            (10, Unit::Malformed, 1),
        ];
        assert_eq!(units, expected);
        assert_eq!(malformed(bytes, Paired::Gb18030), [3, 10]);
    }

    #[test]
    fn what_does_not_decode_has_no_cost_as_it_is() {
        assert_eq!(straight(b"\xD6\xFF", Paired::Gb18030), None);
        let whole: u64 = walk(b"\xD6\xD0a", Paired::Gb18030, |_, _, _| {});
        assert_eq!(straight(b"\xD6\xD0a", Paired::Gb18030), Some(whole));
    }
}
