//! What characters cost: how unlikely each is in Chinese text, by its bytes.
//!
//! A cost is minus the natural logarithm of a probability, in eighths of a nat.
//! Han characters cost what the character model says of each by itself; a
//! Traditional one counts there as its Simplified form, so in GBK, where most text
//! is Simplified, it costs a little more.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use crate::encoding::cns::Cell;
use crate::language::is_han;
use crate::language::ngram::{Model, forms};

/// Eighths of a nat.
pub(super) type Cost = u32;

/// A nat.
pub(super) const NAT: Cost = 8;

pub(super) fn nats(cost: Cost) -> f32 {
    cost as f32 / NAT as f32
}

/// A byte that belongs to no character: about one in a thousand is so in damaged
/// text, and it can be any byte.
pub(super) const MALFORMED: Cost = 14 * NAT;

/// The same at either end of the bytes, which may be cut anywhere, and there of parts
/// of a character together. Of 8, 11, 13 and 14 nats this makes the fewest errors in
/// the documents for tuning (`cargo xtask evaluate encoding --tune`): of whole samples
/// of 8 and 16 bytes and cut ones of 16 together 46, 53, 69 and 75 of 37,034.
pub(super) const CUT: Cost = 8 * NAT;

/// A character that the model gives less than this counts so much.
const MOST: Cost = 20 * NAT;

/// What a Traditional character costs more in an encoding of the mainland.
const TRADITIONAL: Cost = NAT;

/// A private-use character: no text that is read rightly has many.
const PRIVATE: Cost = 16 * NAT;

/// A character beyond the basic plane.
pub(super) const ASTRAL: Cost = 15 * NAT;

/// No character.
pub(super) const NONE: u8 = u8::MAX;

/// Lead bytes of GBK and Big5, and their trail bytes.
const LEADS: RangeInclusive<u8> = 0x81..=0xFE;
const TRAILS: RangeInclusive<u8> = 0x40..=0xFE;

/// The bytes of a pair of EUC-TW.
const EUC: RangeInclusive<u8> = 0xA1..=0xFE;

/// What each pair of bytes costs in an encoding: by both, so that nothing need be
/// asked before the table is.
pub(super) struct Pairs(Box<[u8; 1 << 16]>);

impl Pairs {
    fn new() -> Self {
        Pairs(Box::new([NONE; 1 << 16]))
    }

    fn set(&mut self, [first, second]: [u8; 2], cost: Cost) {
        self.0[place(first, second)] = cost.min(Cost::from(NONE - 1)) as u8;
    }

    /// What the character of two bytes costs; [`NONE`] if they are none.
    pub(super) fn code(&self, first: u8, second: u8) -> u8 {
        self.0[place(first, second)]
    }
}

fn place(first: u8, second: u8) -> usize {
    usize::from(u16::from_be_bytes([first, second]))
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
    let mut pairs = Pairs::new();
    for pair in EUC.flat_map(|first| EUC.map(move |second| [first, second])) {
        let cell = Cell {
            plane: 1,
            row: pair[0] & 0x7F,
            column: pair[1] & 0x7F,
        };
        if let Some(character) = cell.character() {
            pairs.set(pair, character_cost(character));
        }
    }
    pairs
});

/// The pairs of an encoding of `encoding_rs`.
fn legacy(encoding: &'static encoding_rs::Encoding, cost: impl Fn(char) -> Cost) -> Pairs {
    let mut pairs = Pairs::new();
    for lead in LEADS {
        // A pair a line: one that is no character leaves something else there.
        let bytes: Vec<u8> = TRAILS.flat_map(|trail| [lead, trail, b'\n']).collect();
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        for (line, trail) in text.split('\n').zip(TRAILS) {
            let mut characters = line.chars();
            if let (Some(first), None) = (characters.next(), characters.next())
                && first != char::REPLACEMENT_CHARACTER
            {
                pairs.set([lead, trail], cost(first));
            }
        }
    }
    pairs
}

fn byte(cost: Cost) -> u8 {
    cost.min(Cost::from(u8::MAX)) as u8
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
    Cost::from(ASCII[usize::from(byte & 0x7F)])
}

static ASCII: [u8; 128] = {
    let mut costs = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        costs[byte] = match byte as u8 {
            b' ' => 18,
            b'a'..=b'z' => 24,
            b'0'..=b'9' | b'\n' | b'\r' => 28,
            b'!'..=b'~' | b'\t' => 34,
            b'\0' => 14 * NAT as u8,
            _ => 12 * NAT as u8,
        };
        byte += 1;
    }
    costs
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_frequent_costs_little() {
        let code = |pairs: &Pairs, bytes: &[u8; 2]| pairs.code(bytes[0], bytes[1]);
        assert!(
            code(&GBK, b"\xB5\xC4") < code(&GBK, b"\xD6\xD0"),
            "的 is more frequent than 中"
        );
        assert!(
            code(&GBK, b"\xD6\xD0") < code(&GBK, b"\x81\x40"),
            "丂 is rare"
        );
        assert_eq!(code(&GBK, b"\xD6\x7F"), NONE);
        assert_eq!(code(&GBK, b"AA"), NONE);
        let middle = byte(character_cost('中'));
        assert_eq!(code(&BIG5, b"\xA4\xA4"), middle);
        assert_eq!(code(&BIG5, b"\xA4\x80"), NONE);
        assert_eq!(code(&EUC_TW, b"\xC4\xE3"), middle);
        assert_eq!(code(&EUC_TW, b"\xC4\x40"), NONE);
    }

    #[test]
    fn a_traditional_character_costs_more_in_gbk() {
        let (bytes, _, _) = encoding_rs::GBK.encode("機");
        let cost = Cost::from(GBK.code(bytes[0], bytes[1]));
        assert_eq!(cost, character_cost('機') + TRADITIONAL);
        assert_eq!(character_cost('機'), character_cost('机'));
    }
}
