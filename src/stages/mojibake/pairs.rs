//! The tables of the encodings with characters of two bytes, both ways, made by
//! asking their decoders for every pair.

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS};

use crate::language::is_private;

/// The first bytes of pairs, and of their second ones the lowest.
pub(super) const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;
pub(super) const FIRST_TRAIL: u8 = 0x40;
const TRAILS: usize = 0xC0;

/// A table.
#[derive(Debug)]
pub(super) struct Pairs {
    /// By pair; `\0` where there is no character.
    characters: Vec<char>,
    /// By character, for those that are one byte also; all the ways to write it.
    codes: Vec<(char, Code)>,
    /// By character of the basic plane: the first way to write it, as a number.
    firsts: Vec<u16>,
    /// The pairs without a character, and those of the private-use area.
    pub(super) unmapped: Vec<[u8; 2]>,
    pub(super) private: Vec<[u8; 2]>,
}

/// One or two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code {
    pub(super) bytes: [u8; 2],
    pub(super) length: u8,
}

impl Code {
    pub(super) const fn one(byte: u8) -> Code {
        Code {
            bytes: [byte, 0],
            length: 1,
        }
    }

    pub(super) const fn two(bytes: [u8; 2]) -> Code {
        Code { bytes, length: 2 }
    }

    /// Of a number: none of zero, one byte, or the lead byte above the trail byte.
    pub(super) fn of(number: u16) -> Option<Code> {
        match number {
            0 => None,
            1..0x100 => Some(Code::one(number as u8)),
            _ => Some(Code::two(number.to_be_bytes())),
        }
    }
}

/// An encoding's table, made when it is first asked for, in a millisecond or two.
pub(super) fn gbk() -> &'static Pairs {
    static TABLE: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(GB18030));
    &TABLE
}

/// The same of Big5 with the Hong Kong supplement.
pub(super) fn big5() -> &'static Pairs {
    static TABLE: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(BIG5));
    &TABLE
}

/// The same of Windows' extension of EUC-KR.
pub(super) fn euc_kr() -> &'static Pairs {
    static TABLE: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(EUC_KR));
    &TABLE
}

/// The same of Shift_JIS.
pub(super) fn shift_jis() -> &'static Pairs {
    static TABLE: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(SHIFT_JIS));
    &TABLE
}

/// What bytes decode to, if that is one character.
fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut characters = text.chars();
    let character = characters.next()?;
    characters.next().is_none().then_some(character)
}

pub(super) fn trails() -> impl Iterator<Item = u8> {
    (FIRST_TRAIL..=0x7E).chain(0x80..=0xFE)
}

fn index(lead: u8, trail: u8) -> Option<usize> {
    let is_pair = LEADS.contains(&lead) && trail >= FIRST_TRAIL && trail != 0xFF;
    is_pair.then(|| usize::from(lead - LEADS.start()) * TRAILS + usize::from(trail - FIRST_TRAIL))
}

impl Pairs {
    fn new(encoding: &'static Encoding) -> Pairs {
        let leads = usize::from(LEADS.end() - LEADS.start()) + 1;
        let mut pairs = Pairs {
            characters: vec!['\0'; leads * TRAILS],
            codes: Vec::with_capacity(leads * TRAILS),
            firsts: vec![0; 0x1_0000],
            unmapped: Vec::new(),
            private: Vec::new(),
        };
        // Shift_JIS has katakana of one byte; GBK the euro sign.
        let singles: Vec<u8> = (0x80..=0xFF)
            .filter(|&byte| decoded(encoding, &[byte]).is_some())
            .collect();
        for &byte in &singles {
            if let Some(character) = decoded(encoding, &[byte]) {
                pairs.codes.push((character, Code::one(byte)));
            }
        }
        for lead in LEADS.filter(|lead| !singles.contains(lead)) {
            for trail in trails() {
                let bytes = [lead, trail];
                let Some(character) = decoded(encoding, &bytes) else {
                    // Before an ASCII byte only the first one is lost.
                    if !trail.is_ascii() {
                        pairs.unmapped.push(bytes);
                    }
                    continue;
                };
                if let Some(place) = index(lead, trail) {
                    pairs.characters[place] = character;
                }
                if is_private(character) {
                    pairs.private.push(bytes);
                }
                pairs.codes.push((character, Code::two(bytes)));
            }
        }
        pairs.codes.sort_unstable();
        for &(character, Code { bytes, length }) in pairs.codes.iter().rev() {
            if let Some(first) = pairs.firsts.get_mut(character as usize) {
                *first = match length {
                    1 => u16::from(bytes[0]),
                    _ => u16::from_be_bytes(bytes),
                };
            }
        }
        pairs
    }

    /// By character of the basic plane, the first way to write it: see [`Code::of`].
    pub(super) fn firsts(&self) -> &[u16] {
        &self.firsts
    }

    /// The character of two bytes.
    pub(super) fn character(&self, lead: u8, trail: u8) -> Option<char> {
        let character = self.characters[index(lead, trail)?];
        (character != '\0').then_some(character)
    }

    /// The characters with that first byte.
    pub(super) fn with_lead(&self, lead: u8) -> impl Iterator<Item = char> {
        trails().filter_map(move |trail| self.character(lead, trail))
    }

    /// The characters with that second byte.
    pub(super) fn with_trail(&self, trail: u8) -> impl Iterator<Item = char> {
        LEADS.filter_map(move |lead| self.character(lead, trail))
    }

    /// The first way to write a character.
    pub(super) fn code(&self, character: char) -> Option<Code> {
        match self.firsts.get(character as usize) {
            Some(&first) => Code::of(first),
            None => self.codes(character).next(),
        }
    }

    /// All the ways to write a character.
    pub(super) fn codes(&self, character: char) -> impl Iterator<Item = Code> {
        let start = self.codes.partition_point(|&(c, _)| c < character);
        let codes = self.codes[start..].iter();
        codes
            .take_while(move |&&(c, _)| c == character)
            .map(|&(_, code)| code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_found_from_its_character() {
        for table in [gbk(), big5(), euc_kr(), shift_jis()] {
            for lead in LEADS {
                for trail in trails() {
                    if let Some(character) = table.character(lead, trail) {
                        let code = Code::two([lead, trail]);
                        assert!(table.codes(character).any(|c| c == code), "{character}");
                        let first = table.codes(character).next();
                        assert_eq!(table.code(character), first, "{character}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_has_one_byte() {
        let code = |table: &Pairs, c| table.codes(c).next();
        assert_eq!(code(shift_jis(), 'ﾖ'), Some(Code::one(0xD6)));
        assert_eq!(code(gbk(), '€'), Some(Code::one(0x80)));
        assert_eq!(code(gbk(), 'a'), None);
        // Two pairs that one character has.
        assert_eq!(gbk().codes('\u{3000}').count(), 2);
    }
}
