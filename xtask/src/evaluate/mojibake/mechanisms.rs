//! The ways to garble a text. They are made with whole decoders, apart from the
//! stage's own tables.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_1250, WINDOWS_1252,
};

use crate::simulate;

/// What is asked of a mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Every line is to come back.
    Lossless,
    /// Some lines can.
    Lossy,
}

/// One way.
#[derive(Clone, Copy)]
pub(super) struct Mechanism {
    pub(super) name: &'static str,
    pub(super) class: Class,
    /// `None` if the text cannot be garbled so.
    pub(super) garble: fn(&str) -> Option<String>,
    pub(super) is_traditional: bool,
}

const fn lossless(name: &'static str, garble: fn(&str) -> Option<String>) -> Mechanism {
    Mechanism {
        name,
        class: Class::Lossless,
        garble,
        is_traditional: false,
    }
}

const fn lossy(name: &'static str, garble: fn(&str) -> Option<String>) -> Mechanism {
    Mechanism {
        class: Class::Lossy,
        ..lossless(name, garble)
    }
}

const fn traditional(mechanism: Mechanism) -> Mechanism {
    Mechanism {
        is_traditional: true,
        ..mechanism
    }
}

/// All of them.
pub(super) const ALL: [Mechanism; 35] = [
    lossy("UTF-8 as GBK", |t| Some(read(GBK, t.as_bytes()))),
    lossy("UTF-8 as GBK, lost bytes ?", |t| {
        Some(read(GBK, t.as_bytes()).replace('\u{FFFD}', "?"))
    }),
    lossy("UTF-8 as GBK, lost bytes dropped", |t| {
        Some(read(GBK, t.as_bytes()).replace('\u{FFFD}', ""))
    }),
    lossy("UTF-8 as GBK, private use dropped", |t| {
        Some(without_private(&read(GBK, t.as_bytes())))
    }),
    traditional(lossy("UTF-8 as GBK, Traditional", |t| {
        Some(read(GBK, t.as_bytes()))
    })),
    lossless("UTF-8 as Latin-1", |t| Some(latin1(t.as_bytes()))),
    lossless("UTF-8 as windows-1252", |t| {
        Some(read(WINDOWS_1252, t.as_bytes()))
    }),
    lossless("UTF-8 as windows-1250", |t| {
        Some(read(WINDOWS_1250, t.as_bytes()))
    }),
    lossless("UTF-8 as cp437", |t| Some(cp437(t.as_bytes()))),
    lossless("UTF-8 as Mac Roman", |t| {
        Some(read(MACINTOSH, t.as_bytes()))
    }),
    lossless("UTF-8 as Latin-1, no-break spaces spaces", |t| {
        Some(latin1(t.as_bytes()).replace('\u{A0}', " "))
    }),
    lossy("UTF-8 as windows-1252, undefined U+FFFD", |t| {
        Some(undefined(t.as_bytes(), "\u{FFFD}"))
    }),
    lossy("UTF-8 as windows-1252, undefined ?", |t| {
        Some(undefined(t.as_bytes(), "?"))
    }),
    lossy("UTF-8 as windows-1252, undefined dropped", |t| {
        Some(undefined(t.as_bytes(), ""))
    }),
    lossless("GBK as Latin-1", |t| Some(latin1(&bytes(GBK, t)?))),
    lossless("GBK as windows-1252", |t| {
        Some(read(WINDOWS_1252, &bytes(GBK, t)?))
    }),
    lossless("GBK as windows-1250", |t| {
        Some(read(WINDOWS_1250, &bytes(GBK, t)?))
    }),
    lossless("GBK as cp437", |t| Some(cp437(&bytes(GBK, t)?))),
    lossless("GBK as Mac Roman", |t| {
        Some(read(MACINTOSH, &bytes(GBK, t)?))
    }),
    lossy("GBK as windows-1252, undefined U+FFFD", |t| {
        Some(undefined(&bytes(GBK, t)?, "\u{FFFD}"))
    }),
    traditional(lossless("Big5 as Latin-1", |t| {
        Some(latin1(&bytes(BIG5, t)?))
    })),
    traditional(lossless("Big5 as windows-1252", |t| {
        Some(read(WINDOWS_1252, &bytes(BIG5, t)?))
    })),
    traditional(lossless("Big5 as cp437", |t| Some(cp437(&bytes(BIG5, t)?)))),
    traditional(lossless("Big5 as GBK", |t| {
        Some(read(GBK, &bytes(BIG5, t)?))
    })),
    lossy("GBK as Big5", |t| Some(read(BIG5, &bytes(GBK, t)?))),
    lossy("GBK as EUC-KR", |t| Some(read(EUC_KR, &bytes(GBK, t)?))),
    lossy("GBK as Shift_JIS", |t| {
        Some(read(SHIFT_JIS, &bytes(GBK, t)?))
    }),
    lossless("twice: UTF-8 as Latin-1", |t| {
        Some(latin1(latin1(t.as_bytes()).as_bytes()))
    }),
    lossless("twice: UTF-8 as windows-1252", |t| {
        Some(read(
            WINDOWS_1252,
            read(WINDOWS_1252, t.as_bytes()).as_bytes(),
        ))
    }),
    lossless("twice: GBK as Latin-1, as Latin-1", |t| {
        Some(latin1(latin1(&bytes(GBK, t)?).as_bytes()))
    }),
    lossless("twice: GBK as Latin-1, as GBK", |t| {
        Some(read(GBK, latin1(&bytes(GBK, t)?).as_bytes()))
    }),
    lossy("twice: UTF-8 as windows-1252, as GBK", |t| {
        Some(read(GBK, read(WINDOWS_1252, t.as_bytes()).as_bytes()))
    }),
    lossy("twice: UTF-8 as GBK", |t| {
        Some(read(GBK, read(GBK, t.as_bytes()).as_bytes()))
    }),
    lossy("GBK, a byte lost, decoded", |t| shifted(t, "")),
    lossy("GBK, a byte ?, decoded", |t| shifted(t, "?")),
];

/// Decodes as the WHATWG says, and as most programs do.
fn read(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn bytes(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    debug_assert!(encoding != UTF_8 && encoding != GB18030);
    (!is_lossy).then(|| bytes.into_owned())
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// Code page 437, by the table that ships.
fn cp437(bytes: &[u8]) -> String {
    const TABLE: &str = include_str!("../../../../dictionaries/encodings/cp437.txt");
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let table: Vec<char> = lines.flat_map(str::chars).collect();
    let character = |&byte: &u8| match byte.checked_sub(0x80) {
        Some(place) => table[usize::from(place)],
        None => char::from(byte),
    };
    bytes.iter().map(character).collect()
}

/// windows-1252 by a decoder that does not know the five bytes without a
/// character.
fn undefined(bytes: &[u8], instead: &str) -> String {
    let character = |&byte: &u8| match byte {
        0x81 | 0x8D | 0x8F | 0x90 | 0x9D => instead.to_owned(),
        _ => read(WINDOWS_1252, &[byte]),
    };
    bytes.iter().map(character).collect()
}

fn without_private(text: &str) -> String {
    text.chars()
        .filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c))
        .collect()
}

/// GBK of which the first byte of a character in the first half is lost.
fn shifted(text: &str, instead: &str) -> Option<String> {
    let mut bytes = bytes(GBK, text)?;
    let half = bytes.len() / 2;
    let mut at = half / 2;
    // The start of a character, from the start of the text.
    let mut start = 0;
    while start < at {
        start += if bytes[start] < 0x80 { 1 } else { 2 };
    }
    at = start;
    if *bytes.get(at)? < 0x80 {
        return None;
    }
    bytes.splice(at..=at, instead.bytes());
    Some(read(GBK, &bytes).replace('\u{FFFD}', "?"))
}

/// A line in Traditional characters, a character for a character.
pub(super) fn traditional_of(line: &str) -> String {
    line.chars().map(simulate::convert).collect()
}
