//! What bytes cost that are read one by one: the characters that they make, each by
//! itself.

use std::sync::LazyLock;

use super::gate::{self, PARTS};
use super::pairs::{LEADS, Pairs, trails};
use super::writer::Writer;

/// What it costs that a byte does not fit, in nats.
pub(super) const BAD: f32 = 12.0;
pub(super) const BAD_PARTS: i32 = (BAD * PARTS) as i32;

/// Bytes of one or two.
pub(super) trait Costs {
    /// What a byte costs, in eighths of a nat: the character that it ends, or that it
    /// does not fit.
    fn of(&mut self, byte: u8) -> i32;

    /// The same of two bytes.
    fn of_pair(&mut self, [first, second]: [u8; 2]) -> i32 {
        self.of(first) + self.of(second)
    }

    /// Whether two bytes begin nothing behind bytes of which nothing is pending, nor end
    /// anything: at least one of them is bad.
    fn is_vain(&self, _bytes: [u8; 2]) -> bool {
        false
    }

    /// Forgets what is pending.
    fn forget(&mut self);

    fn is_pending(&self) -> bool;
}

/// A character of UTF-8 so far.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    code: u32,
    /// Bytes that are still to come, and all.
    missing: u8,
    length: u8,
}

impl Utf8 {
    fn begin(&mut self, byte: u8) -> i32 {
        let (length, bits) = match byte {
            ..0x80 => return 0,
            0xC2..=0xDF => (2, byte & 0x1F),
            0xE0..=0xEF => (3, byte & 0xF),
            0xF0..=0xF4 => (4, byte & 7),
            _ => return BAD_PARTS,
        };
        self.code = bits.into();
        (self.missing, self.length) = (length - 1, length);
        0
    }

    /// The character that the last byte has ended, if it is one.
    pub(super) fn last(&self) -> Option<char> {
        char::from_u32(self.code).filter(|&c| c.len_utf8() == usize::from(self.length))
    }

    /// Whether a byte would end a character.
    pub(super) fn ends(&self, byte: u8) -> bool {
        self.missing == 1 && byte & 0xC0 == 0x80
    }
}

impl Costs for Utf8 {
    #[inline]
    fn of(&mut self, byte: u8) -> i32 {
        if self.missing == 0 {
            return self.begin(byte);
        }
        if byte & 0xC0 != 0x80 {
            self.missing = 0;
            return BAD_PARTS + self.begin(byte);
        }
        self.code = self.code << 6 | u32::from(byte & 0x3F);
        self.missing -= 1;
        if self.missing > 0 {
            return 0;
        }
        match self.last() {
            Some(character) => gate::parts(character).into(),
            // Neither does the last byte begin anything.
            None => 2 * BAD_PARTS,
        }
    }

    #[inline]
    fn is_vain(&self, [first, second]: [u8; 2]) -> bool {
        let begins = |byte: u8| matches!(byte, 0xC2..=0xF4);
        first >= 0x80 && !begins(first) && !begins(second)
    }

    fn forget(&mut self) {
        self.missing = 0;
    }

    fn is_pending(&self) -> bool {
        self.missing > 0
    }
}

/// A character of two bytes so far.
#[derive(Debug)]
pub(super) struct Pair {
    costs: &'static [u8],
    lead: u8,
}

impl Pair {
    pub(super) fn new(writer: Writer) -> Pair {
        let costs = match writer {
            Writer::Big5 => big5(),
            _ => gbk(),
        };
        Pair { costs, lead: 0 }
    }

    fn begin(&mut self, byte: u8) -> i32 {
        match byte {
            ..0x80 => 0,
            0x80 | 0xFF => BAD_PARTS,
            _ => {
                self.lead = byte;
                0
            }
        }
    }
}

impl Costs for Pair {
    #[inline]
    fn of(&mut self, byte: u8) -> i32 {
        if self.lead == 0 {
            return self.begin(byte);
        }
        let cost = of_pair(self.costs, [self.lead, byte]);
        self.lead = 0;
        cost.unwrap_or_else(|| BAD_PARTS + self.begin(byte))
    }

    #[inline]
    fn of_pair(&mut self, bytes: [u8; 2]) -> i32 {
        if self.lead == 0
            && let Some(cost) = of_pair(self.costs, bytes)
        {
            return cost;
        }
        self.of(bytes[0]) + self.of(bytes[1])
    }

    fn forget(&mut self) {
        self.lead = 0;
    }

    fn is_pending(&self) -> bool {
        self.lead != 0
    }
}

/// The cost of a pair that is no character.
const NONE: u8 = u8::MAX;

/// By pair, what its character costs in GBK.
pub(super) fn gbk() -> &'static [u8] {
    static COSTS: LazyLock<Box<[u8]>> = LazyLock::new(|| of_table(super::pairs::gbk()));
    &COSTS
}

/// The same in Big5.
fn big5() -> &'static [u8] {
    static COSTS: LazyLock<Box<[u8]>> = LazyLock::new(|| of_table(super::pairs::big5()));
    &COSTS
}

/// What a pair costs.
#[inline]
pub(super) fn of_pair(costs: &[u8], bytes: [u8; 2]) -> Option<i32> {
    let cost = costs[usize::from(u16::from_be_bytes(bytes))];
    (cost != NONE).then(|| cost.into())
}

fn of_table(pairs: &Pairs) -> Box<[u8]> {
    let mut costs = vec![NONE; 0x1_0000].into_boxed_slice();
    for lead in LEADS {
        for trail in trails() {
            if let Some(character) = pairs.character(lead, trail) {
                let place = u16::from_be_bytes([lead, trail]);
                costs[usize::from(place)] = gate::parts(character);
            }
        }
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::super::writer::{Pending, Step};
    use super::*;

    /// What the writer itself makes of bytes.
    fn expected(writer: Writer, bytes: &[u8]) -> (i32, bool) {
        let (mut sum, mut pending) = (0, Pending::NONE);
        for &byte in bytes {
            let mut step = writer.step(pending, byte);
            if step == Step::Bad && !pending.is_none() {
                sum += BAD_PARTS;
                step = writer.step(Pending::NONE, byte);
            }
            pending = Pending::NONE;
            match step {
                Step::More(more) => pending = more,
                Step::Done(character) if character.is_ascii() => {}
                Step::Done(character) => sum += i32::from(gate::parts(character)),
                Step::Bad => sum += BAD_PARTS,
            }
        }
        (sum, !pending.is_none())
    }

    fn found(mut costs: impl Costs, bytes: &[u8]) -> (i32, bool) {
        let sum = match *bytes {
            [first, second] => costs.of_pair([first, second]),
            _ => bytes.iter().map(|&byte| costs.of(byte)).sum(),
        };
        (sum, costs.is_pending())
    }

    #[test]
    fn bytes_cost_what_the_writers_make_of_them() {
        let texts = "a中é😀。\u{E000}".bytes().map(|byte| byte.wrapping_mul(3));
        let mut all: Vec<Vec<u8>> =
            vec!["a中é😀。".into(), texts.collect(), b"\xE0\x80\x80".into()];
        for first in 0..=0xFF {
            all.extend((0..=0xFF).map(|second| vec![first, second]));
        }
        for bytes in &all {
            let pair = |writer| found(Pair::new(writer), bytes);
            assert_eq!(
                found(Utf8::default(), bytes),
                expected(Writer::Utf8, bytes),
                "{bytes:X?}"
            );
            for writer in [Writer::Gbk, Writer::Big5] {
                assert_eq!(
                    pair(writer),
                    expected(writer, bytes),
                    "{writer:?} {bytes:X?}"
                );
            }
            if let [first, second] = bytes[..]
                && Utf8::default().is_vain([first, second])
            {
                let (sum, is_pending) = expected(Writer::Utf8, bytes);
                assert!(sum >= BAD_PARTS && !is_pending, "{bytes:X?}");
            }
        }
    }
}
