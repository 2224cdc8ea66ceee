//! What characters cost: how unlikely each is in Chinese text, by its bytes.
//!
//! A cost is minus the natural logarithm of a probability, in eighths of a nat.
//! Han characters cost what the character model says of each by itself; a
//! Traditional one counts there as its Simplified form, so in GBK, where most text
//! is Simplified, it costs a little more.

use std::sync::LazyLock;

use crate::encoding::cns::Cell;
use crate::language::is_han;
use crate::language::ngram::{Model, forms};

/// Eighths of a nat.
pub(super) type Cost = u32;

/// A nat.
pub(super) const NAT: Cost = 8;

/// A byte that belongs to no character: about one in a thousand is so in damaged
/// text, and it can be any byte.
pub(super) const MALFORMED: Cost = 14 * NAT;

/// The same at either end of the bytes, which may be cut anywhere.
pub(super) const CUT: Cost = 13 * NAT;

/// A character that the model gives less than this counts so much.
const MOST: Cost = 20 * NAT;

/// What a Traditional character costs more in an encoding of the mainland.
const TRADITIONAL: Cost = NAT;

/// A private-use character: no text that is read rightly has many.
const PRIVATE: Cost = 16 * NAT;

/// A character beyond the basic plane.
pub(super) const ASTRAL: Cost = 15 * NAT;

/// No character.
const NONE: u8 = u8::MAX;

/// Lead bytes of GBK and Big5, and their trail bytes, from here on.
const LEAD: usize = 0x81;
const LEADS: usize = 0xFF - LEAD;
const TRAIL: usize = 0x40;
const TRAILS: usize = 0xFF - TRAIL;

/// First bytes of a pair of EUC-TW, and second ones.
const EUC: usize = 0xA1;
const EUCS: usize = 0xFF - EUC;

/// What each pair of bytes costs in an encoding.
pub(super) struct Pairs {
    costs: Box<[u8]>,
    lead: usize,
    trail: usize,
    trails: usize,
}

impl Pairs {
    fn new(
        (lead, leads): (usize, usize),
        (trail, trails): (usize, usize),
        fill: impl Fn(u8, &mut [u8]),
    ) -> Self {
        let mut costs = vec![NONE; leads * trails].into_boxed_slice();
        for (first, row) in (lead..).zip(costs.chunks_mut(trails)) {
            fill(first as u8, row);
        }
        Pairs {
            costs,
            lead,
            trail,
            trails,
        }
    }

    /// What the character of two bytes costs; `None` if they are none.
    pub(super) fn cost(&self, first: u8, second: u8) -> Option<Cost> {
        let row = usize::from(first).checked_sub(self.lead)?;
        let column = usize::from(second).checked_sub(self.trail)?;
        if column >= self.trails {
            return None;
        }
        let cost = *self.costs.get(row * self.trails + column)?;
        (cost != NONE).then_some(Cost::from(cost))
    }
}

pub(super) static GBK: LazyLock<Pairs> = LazyLock::new(|| {
    let traditional = traditional();
    legacy(encoding_rs::GBK, |character| {
        let more = traditional.binary_search(&character).is_ok();
        character_cost(character) + if more { TRADITIONAL } else { 0 }
    })
});

pub(super) static BIG5: LazyLock<Pairs> =
    LazyLock::new(|| legacy(encoding_rs::BIG5, character_cost));

pub(super) static EUC_TW: LazyLock<Pairs> = LazyLock::new(|| {
    Pairs::new((EUC, EUCS), (EUC, EUCS), |first, row| {
        for (second, cost) in (EUC..).zip(row) {
            let cell = Cell {
                plane: 1,
                row: first & 0x7F,
                column: second as u8 & 0x7F,
            };
            if let Some(character) = cell.character() {
                *cost = byte(character_cost(character));
            }
        }
    })
});

/// The pairs of an encoding of `encoding_rs`.
fn legacy(encoding: &'static encoding_rs::Encoding, cost: impl Fn(char) -> Cost) -> Pairs {
    Pairs::new((LEAD, LEADS), (TRAIL, TRAILS), |lead, row| {
        // A pair a line: one that is no character leaves something else there.
        let mut bytes = Vec::with_capacity(3 * TRAILS);
        for trail in TRAIL..TRAIL + TRAILS {
            bytes.extend([lead, trail as u8, b'\n']);
        }
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        for (line, place) in text.split('\n').zip(row) {
            let mut characters = line.chars();
            if let (Some(first), None) = (characters.next(), characters.next())
                && first != char::REPLACEMENT_CHARACTER
            {
                *place = byte(cost(first));
            }
        }
    })
}

fn byte(cost: Cost) -> u8 {
    cost.min(Cost::from(NONE - 1)) as u8
}

/// Han characters that the model counts as another.
fn traditional() -> Vec<char> {
    let mut all: Vec<char> = forms()
        .filter(|&(from, to)| is_han(from) && is_han(to))
        .map(|(from, _)| from)
        .collect();
    all.sort_unstable();
    all
}

static CHARACTERS: LazyLock<Box<[u8]>> = LazyLock::new(|| {
    let model = Model::embedded();
    let code_points = 0..=0xFFFF_u32;
    let cost = |code| match char::from_u32(code) {
        Some(character @ '\0'..='\x7F') => ascii(character as u8),
        Some('\u{E000}'..='\u{F8FF}') => PRIVATE,
        Some(char::REPLACEMENT_CHARACTER) | None => MALFORMED,
        Some(character) => {
            let nats = -model.unigram_log_prob(character);
            ((nats * NAT as f32) as Cost).min(MOST)
        }
    };
    code_points.map(|code| byte(cost(code))).collect()
});

/// What a character costs by itself.
pub(super) fn character_cost(character: char) -> Cost {
    let cost = CHARACTERS.get(character as usize);
    cost.map_or(ASTRAL, |&cost| Cost::from(cost))
}

/// What an ASCII character costs, in any of the encodings that have it: about how
/// rare it is in markup and in text.
pub(super) fn ascii(byte: u8) -> Cost {
    match byte {
        b' ' => 18,
        b'a'..=b'z' => 24,
        b'0'..=b'9' | b'\n' | b'\r' => 28,
        b'A'..=b'Z' => 34,
        b'!'..=b'~' => 34,
        b'\t' => 34,
        b'\0' => 14 * NAT,
        _ => 12 * NAT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_frequent_costs_little() {
        let gbk = |bytes: [u8; 2]| GBK.cost(bytes[0], bytes[1]);
        assert!(
            gbk(*b"\xB5\xC4") < gbk(*b"\xD6\xD0"),
            "的 is more frequent than 中"
        );
        assert!(gbk(*b"\xD6\xD0") < gbk(*b"\x81\x40"), "丂 is rare");
        assert_eq!(gbk(*b"\xD6\x7F"), None);
        assert_eq!(GBK.cost(0x41, 0x41), None);
        assert_eq!(BIG5.cost(0xA4, 0xA4), Some(character_cost('中')));
        assert_eq!(BIG5.cost(0xA4, 0x80), None);
        assert_eq!(EUC_TW.cost(0xC4, 0xE3), Some(character_cost('中')));
        assert_eq!(EUC_TW.cost(0xC4, 0x40), None);
    }

    #[test]
    fn a_traditional_character_costs_more_in_gbk() {
        let (bytes, _, _) = encoding_rs::GBK.encode("機");
        let cost = GBK.cost(bytes[0], bytes[1]);
        assert_eq!(cost, Some(character_cost('機') + TRADITIONAL));
        assert_eq!(character_cost('機'), character_cost('机'));
    }
}
