//! How well bytes read in an encoding: the cost of their likeliest reading.

use super::costs::{self, ASTRAL, CUT, Cost, MALFORMED, NAT, Pairs, ascii, character_cost};
use crate::encoding::Encoding;
use crate::encoding::unit::{self, Reader};

/// The likeliest reading of bytes in an encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    /// What the reading costs.
    pub(super) cost: Cost,
    /// What its characters and bytes cost that are not ASCII, and how many they
    /// are.
    pub(super) foreign_cost: Cost,
    pub(super) foreign: u32,
    /// Bytes that belong to no character.
    pub(super) malformed: u32,
}

impl Score {
    fn ascii(self, byte: u8) -> Score {
        Score {
            cost: self.cost + ascii(byte),
            ..self
        }
    }

    fn character(self, cost: Cost) -> Score {
        Score {
            cost: self.cost + cost,
            foreign_cost: self.foreign_cost + cost,
            foreign: self.foreign + 1,
            ..self
        }
    }

    fn malformed(self, cost: Cost) -> Score {
        let score = self.character(cost);
        Score {
            malformed: self.malformed + 1,
            ..score
        }
    }
}

/// Longest unit of an encoding of pairs, in bytes: GB 18030 and EUC-TW have some
/// of four.
const LONGEST: usize = 4;

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

    pub(super) fn pairs(self) -> &'static Pairs {
        match self {
            Paired::Gb18030 => &costs::GBK,
            Paired::Big5 => &costs::BIG5,
            Paired::EucTw => &costs::EUC_TW,
        }
    }

    /// Whether bytes begin with a unit of four.
    pub(super) fn has_four(self, bytes: &[u8]) -> bool {
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

/// Where a byte is lost or damaged, the pairs behind it are another's halves until
/// something brings them back; so at each byte the reading may also go on with the
/// next one. The cheapest way through is the likeliest.
pub(super) fn paired(bytes: &[u8], encoding: Paired) -> Score {
    let pairs = encoding.pairs();
    let none = Score {
        cost: Cost::MAX,
        ..Score::default()
    };
    // The best readings up to this byte and up to the ones behind it.
    let mut here = Score::default();
    let mut ahead = [none; LONGEST];
    let offer = |place: &mut Score, score: Score| {
        if score.cost < place.cost {
            *place = score;
        }
    };
    for (at, &byte) in bytes.iter().enumerate() {
        if here.cost == Cost::MAX {
            // No character ends here.
        } else if byte.is_ascii() {
            offer(&mut ahead[0], here.ascii(byte));
        } else {
            let rest = &bytes[at..];
            let is_end = at == 0 || rest.len() == 1;
            offer(
                &mut ahead[0],
                here.malformed(if is_end { CUT } else { MALFORMED }),
            );
            if let Some(cost) = rest.get(1).and_then(|&next| pairs.cost(byte, next)) {
                offer(&mut ahead[1], here.character(cost));
            }
            if encoding.has_four(rest) {
                offer(&mut ahead[3], here.character(ASTRAL));
            }
        }
        here = ahead[0];
        ahead = [ahead[1], ahead[2], ahead[3], none];
    }
    here
}

/// Whether bytes can be EUC-TW: hardly one of them is none of its.
pub(super) fn can_be_euc_tw(bytes: &[u8]) -> bool {
    let others = bytes
        .iter()
        .filter(|&&byte| matches!(byte, 0x80..=0x8D | 0x8F..=0xA0));
    others.count() <= bytes.len() / 32
}

/// Whether bytes can be UTF-16: among more than a few characters of it one has a
/// byte that other text has not.
pub(super) fn can_be_utf16(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| matches!(byte, 0..=0x08 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F);
    bytes.len() < 64 || bytes.iter().any(is_control)
}

/// A letter of an alphabet: in UTF-8, which is for all languages, there are many.
const LETTER: Cost = 8 * NAT;

/// UTF-8, which finds back by itself.
pub(super) fn utf8(bytes: &[u8]) -> Score {
    let mut score = Score::default();
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            score = match character {
                '\0'..='\x7F' => score.ascii(character as u8),
                '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' => score.character(LETTER),
                _ => score.character(character_cost(character)),
            };
        }
        for _ in chunk.invalid() {
            score = score.malformed(MALFORMED);
        }
    }
    score
}

/// UTF-16, of which one end comes first; from the first byte on or the second,
/// whichever reads better.
pub(super) fn utf16(bytes: &[u8], from_unit: fn([u8; 2]) -> u16) -> Score {
    let aligned = units(bytes, Score::default(), from_unit);
    let Some((_, rest)) = bytes.split_first() else {
        return aligned;
    };
    let shifted = units(rest, Score::default().malformed(CUT), from_unit);
    match shifted.cost < aligned.cost {
        true => shifted,
        false => aligned,
    }
}

fn units(bytes: &[u8], start: Score, from_unit: fn([u8; 2]) -> u16) -> Score {
    let pairs = bytes.chunks_exact(2);
    let rest = pairs.remainder();
    let units = pairs.map(|pair| from_unit([pair[0], pair[1]]));
    let score = char::decode_utf16(units).fold(start, |score, unit| match unit {
        Ok(character @ '\0'..='\x7F') => score.ascii(character as u8),
        Ok(character) => score.character(character_cost(character)),
        // Of two bytes.
        Err(_) => score.malformed(MALFORMED).malformed(MALFORMED),
    });
    rest.iter().fold(score, |score, _| score.malformed(CUT))
}

/// An encoding of seven bits.
pub(super) fn seven_bit<R: Reader>(bytes: &[u8]) -> Score {
    let (text, malformed) = unit::read::<R>(bytes);
    let score = text
        .chars()
        .fold(Score::default(), |score, character| match character {
            char::REPLACEMENT_CHARACTER => score.malformed(MALFORMED),
            '\0'..='\x7F' => score.ascii(character as u8),
            _ => score.character(character_cost(character)),
        });
    Score {
        malformed: malformed.len() as u32,
        ..score
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn a_lost_byte_costs_one_byte() {
        let mut bytes = gbk("默认是这堆选项可以使用第二个端口号大于第一个");
        let whole = paired(&bytes, Paired::Gb18030);
        assert_eq!(whole.malformed, 0);
        bytes.remove(9);
        let damaged = paired(&bytes, Paired::Gb18030);
        assert_eq!(damaged.malformed, 1);
        assert_eq!(damaged.foreign, whole.foreign);
    }

    #[test]
    fn units_of_four_bytes_are_one_character() {
        let bytes = encoding_rs::GB18030.encode("𠀀一").0.into_owned();
        let score = paired(&bytes, Paired::Gb18030);
        assert_eq!((score.foreign, score.malformed), (2, 0));
        let score = paired(b"\x8E\xA2\xA1\xA1\xC4\xE3", Paired::EucTw);
        assert_eq!((score.foreign, score.malformed), (2, 0));
    }

    #[test]
    fn utf_16_is_found_behind_a_lost_byte() {
        let bytes: Vec<u8> = "中文网页"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let whole = utf16(&bytes, u16::from_le_bytes);
        assert_eq!((whole.foreign, whole.malformed), (4, 0));
        let cut = utf16(&bytes[1..], u16::from_le_bytes);
        assert_eq!((cut.foreign, cut.malformed), (4, 1));
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_malformed() {
        let score = utf8(b"\xE4\xB8\xAD\xFFa");
        assert_eq!((score.foreign, score.malformed), (2, 1));
    }
}
