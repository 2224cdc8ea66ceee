//! The symbols of the model, and which one a character is.

use encoding_rs::GBK;

/// A symbol of the model: its place in the model's tables. The symbols of
/// [`Class`] come first, then one for each character that the training text
/// has often enough, by code point.
pub type Symbol = u16;

/// Symbols that stand for more than one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Class {
    /// A line break, and the edge of the text.
    Boundary,
    /// An ASCII or full-width digit.
    Digit,
    /// An ASCII or full-width letter.
    Letter,
    /// A Han character of GB 2312's first level that has no symbol of its own.
    Common,
    /// One of GB 2312's second level.
    Secondary,
    /// One of GBK, but not of GB 2312.
    Rare,
    /// A Han character that GBK lacks.
    Foreign,
    /// Any other character.
    Other,
}

impl Class {
    /// All of them, in the order of their symbols.
    pub const ALL: [Class; 8] = [
        Class::Boundary,
        Class::Digit,
        Class::Letter,
        Class::Common,
        Class::Secondary,
        Class::Rare,
        Class::Foreign,
        Class::Other,
    ];

    /// The symbol of the class.
    pub fn symbol(self) -> Symbol {
        self as Symbol
    }
}

/// The rows of GBK's table in which GB 2312 has the characters of its first
/// level, sorted by reading, and of its second level, sorted by radical.
const FIRST_LEVEL: std::ops::RangeInclusive<u8> = 0xB0..=0xD7;
const SECOND_LEVEL: std::ops::RangeInclusive<u8> = 0xD8..=0xF7;
/// The block of unified ideographs that GBK has all of, and the rows in which it has the
/// few others.
const UNIFIED: std::ops::Range<usize> = 0x4E00..0x9FA6;
const LAST_ROWS: std::ops::RangeInclusive<u8> = 0xFD..=0xFE;
/// The lowest trail byte of GB 2312; GBK's own trail bytes are lower.
const GB2312_TRAIL: u8 = 0xA1;
const GBK_TRAIL: u8 = 0x40;

/// About how many Han characters Unicode has outside GBK, and about how many
/// characters it has that are not Han characters (assigned ones, version 15).
const FOREIGN: u32 = 77_000;
const OTHERS: u32 = 52_000;

/// What full-width ASCII is above ASCII.
const WIDENED: u32 = 0xFEE0;

/// Forms of punctuation and white space.
const MARKS: [(char, char); 14] = [
    ('「', '“'),
    ('『', '“'),
    ('」', '”'),
    ('』', '”'),
    ('﹁', '“'),
    ('﹃', '“'),
    ('﹂', '”'),
    ('﹄', '”'),
    ('\t', ' '),
    ('\u{A0}', ' '),
    ('\u{3000}', ' '),
    ('\r', '\n'),
    ('\u{2028}', '\n'),
    ('\u{2029}', '\n'),
];

const TRADITIONAL: &str = include_str!("../../../dictionaries/opencc/TSCharacters.txt");

/// One past the last code point of the basic plane, which all symbols' own
/// characters are in.
const PLANE: usize = 0x1_0000;

/// Says which symbol a character is.
#[derive(Debug)]
pub struct Alphabet {
    /// The symbol of each character of the basic plane.
    symbols: Box<[Symbol]>,
    /// Natural logarithm of one over the number of characters of a class: what
    /// each of them has of its probability. Classes only.
    shares: [f32; Class::ALL.len()],
}

impl Alphabet {
    /// Makes the alphabet whose symbols after the classes are `characters`.
    pub fn new(characters: impl Iterator<Item = u16>) -> Alphabet {
        let mut symbols = vec![Class::Other.symbol(); PLANE].into_boxed_slice();
        for (code, symbol) in symbols.iter_mut().enumerate() {
            if char::from_u32(code as u32).is_some_and(crate::language::is_han) {
                *symbol = Class::Foreign.symbol();
            }
        }
        mark_gbk(&mut symbols);
        for (code, class) in fixed() {
            symbols[code as usize] = class.symbol();
        }
        for (symbol, character) in (Class::ALL.len() as Symbol..).zip(characters) {
            symbols[usize::from(character)] = symbol;
        }
        let mut members = [0; Class::ALL.len()];
        for &symbol in &symbols {
            if let Some(members) = members.get_mut(usize::from(symbol)) {
                *members += 1;
            }
        }
        for (from, to) in forms() {
            let Some(&folded) = symbols.get(to as usize) else {
                continue;
            };
            let Some(symbol) = symbols.get_mut(from as usize) else {
                continue;
            };
            if let Some(members) = members.get_mut(usize::from(*symbol)) {
                *members -= 1;
            }
            *symbol = folded;
        }
        members[usize::from(Class::Foreign.symbol())] = FOREIGN;
        members[usize::from(Class::Other.symbol())] = OTHERS;
        let shares = members.map(|members: u32| -(members.max(1) as f32).ln());
        Alphabet { symbols, shares }
    }

    /// The symbol of the character.
    pub fn symbol(&self, character: char) -> Symbol {
        match self.symbols.get(character as usize) {
            Some(&symbol) => symbol,
            None if crate::language::is_han(character) => Class::Foreign.symbol(),
            None => Class::Other.symbol(),
        }
    }

    /// What one character has of the probability of its symbol, in nats, never
    /// above zero.
    pub fn share(&self, symbol: Symbol) -> f32 {
        self.shares.get(usize::from(symbol)).copied().unwrap_or(0.0)
    }
}

fn fixed() -> impl Iterator<Item = (u8, Class)> {
    let digits = (b'0'..=b'9').map(|code| (code, Class::Digit));
    let capitals = (b'A'..=b'Z').map(|code| (code, Class::Letter));
    let letters = (b'a'..=b'z').map(|code| (code, Class::Letter));
    digits
        .chain(capitals)
        .chain(letters)
        .chain([(b'\n', Class::Boundary)])
}

/// Gives the Han characters of GBK their classes.
fn mark_gbk(symbols: &mut [Symbol]) {
    symbols[UNIFIED].fill(Class::Rare.symbol());
    for (leads, first_trail, class) in [
        (LAST_ROWS, GBK_TRAIL, Class::Rare),
        (FIRST_LEVEL, GB2312_TRAIL, Class::Common),
        (SECOND_LEVEL, GB2312_TRAIL, Class::Secondary),
    ] {
        let trails = || (first_trail..=0xFE_u8).filter(|trail| *trail != 0x7F);
        let pairs = leads.flat_map(|lead| trails().map(move |trail| [lead, trail]));
        let bytes: Vec<u8> = pairs.flatten().collect();
        let (text, _) = GBK.decode_without_bom_handling(&bytes);
        let han = text
            .chars()
            .filter(|&character| crate::language::is_han(character));
        for character in han {
            if let Some(symbol) = symbols.get_mut(character as usize) {
                *symbol = class.symbol();
            }
        }
    }
}

/// Forms of a character, each with the one that it is counted as: Traditional
/// characters with OpenCC's first choice, full-width ASCII with ASCII, corner
/// brackets with quotation marks, white space with the space or the line feed.
pub fn forms() -> impl Iterator<Item = (char, char)> {
    let traditional = TRADITIONAL.lines().filter_map(|line| {
        let (from, to) = line.split_once('\t')?;
        Some((from.chars().next()?, to.chars().next()?))
    });
    let wide = ('!'..='~').filter_map(|to| Some((char::from_u32(to as u32 + WIDENED)?, to)));
    traditional
        .filter(|(from, to)| from != to)
        .chain(wide)
        .chain(MARKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(character: char) -> Option<Class> {
        let alphabet = Alphabet::new("的说“,".encode_utf16());
        let symbol = alphabet.symbol(character);
        Class::ALL
            .into_iter()
            .find(|class| class.symbol() == symbol)
    }

    #[test]
    fn forms_of_a_character_are_one_symbol() {
        let alphabet = Alphabet::new("发说“,".encode_utf16());
        for forms in [
            "发發髮",
            "说說",
            "“「『",
            ",，",
            "9０",
            "aＺ",
            " \u{3000}\t",
            "\n\r",
        ] {
            let mut symbols = forms.chars().map(|form| alphabet.symbol(form));
            let first = symbols.next();
            assert!(symbols.all(|symbol| Some(symbol) == first), "{forms}");
        }
        assert_eq!(alphabet.symbol('发'), Class::ALL.len() as Symbol);
    }

    /// Every Han character of GBK, read pair by pair.
    #[test]
    fn classes_go_by_where_gbk_has_a_character() {
        let mut symbols = vec![Class::Foreign.symbol(); PLANE];
        mark_gbk(&mut symbols);
        let mut found = 0;
        for lead in 0x81..=0xFE_u8 {
            for trail in (0x40..=0xFE_u8).filter(|trail| *trail != 0x7F) {
                let pair = [lead, trail];
                let (text, _) = GBK.decode_without_bom_handling(&pair);
                let character = text.chars().next().filter(|c| crate::language::is_han(*c));
                let Some(character) = character else { continue };
                let class = match trail {
                    GB2312_TRAIL.. if FIRST_LEVEL.contains(&lead) => Class::Common,
                    GB2312_TRAIL.. if SECOND_LEVEL.contains(&lead) => Class::Secondary,
                    _ => Class::Rare,
                };
                let symbol = symbols
                    .get_mut(character as usize)
                    .expect("it is in the plane");
                assert_eq!(*symbol, class.symbol(), "{character}");
                *symbol = Class::Foreign.symbol();
                found += 1;
            }
        }
        assert!(found > 20_000);
        assert!(
            symbols
                .iter()
                .all(|symbol| *symbol == Class::Foreign.symbol())
        );
    }

    #[test]
    fn what_has_no_symbol_has_a_class() {
        assert_eq!(class('的'), None);
        assert_eq!(class('一'), Some(Class::Common));
        assert_eq!(class('亳'), Some(Class::Secondary));
        assert_eq!(class('囧'), Some(Class::Rare));
        assert_eq!(class('瓩'), Some(Class::Rare));
        assert_eq!(class('㐀'), Some(Class::Foreign));
        assert_eq!(class('\u{20000}'), Some(Class::Foreign));
        assert_eq!(class('☃'), Some(Class::Other));
        assert_eq!(class('\u{E000}'), Some(Class::Other));
        assert_eq!(class(char::MAX), Some(Class::Other));
        assert_eq!(class('\0'), Some(Class::Other));
    }
}
