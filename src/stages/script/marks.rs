//! A quick look at a passage: which of the characters that need care it may
//! have.

/// Characters that may stand in a passage; a mark may be set without cause,
/// but never missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Ideographic description operators.
    pub(super) description: bool,
    /// CJK compatibility ideographs.
    pub(super) compatibility: bool,
    /// Kana or Hangul.
    pub(super) phonetic: bool,
}

const DESCRIPTION: u8 = 1;
const COMPATIBILITY: u8 = 2;
const PHONETIC: u8 = 4;

/// How many pairs of bytes are looked at together.
const LANES: usize = 32;

impl Marks {
    /// Looks at each pair of neighbouring bytes, in arrays and without
    /// branches, so that the compiler makes vector instructions of it.
    #[inline(never)]
    pub(super) fn of(text: &str) -> Marks {
        let bytes = text.as_bytes();
        let second = bytes.get(1..).unwrap_or_default();
        let first = &bytes[..second.len()];
        let (firsts, first) = first.as_chunks::<LANES>();
        let (seconds, second) = second.as_chunks::<LANES>();
        let mut lanes = [0; LANES];
        for (a, b) in firsts.iter().zip(seconds) {
            for lane in 0..LANES {
                lanes[lane] |= kinds(a[lane], b[lane]);
            }
        }
        let rest = first.iter().zip(second).map(|(&a, &b)| kinds(a, b));
        let kinds = lanes
            .into_iter()
            .chain(rest)
            .fold(0, |all, kind| all | kind);
        Marks {
            description: kinds & DESCRIPTION != 0,
            compatibility: kinds & COMPATIBILITY != 0,
            phonetic: kinds & PHONETIC != 0,
        }
    }
}

/// The kinds of character that a pair of bytes may begin.
#[inline]
fn kinds(a: u8, b: u8) -> u8 {
    // U+2FC0–2FFF
    let description = u8::from(a == 0xE2) & u8::from(b == 0xBF);
    // U+F900–FAFF; U+2F000–2FFFF
    let compatibility = u8::from(a == 0xEF) & u8::from(b.wrapping_sub(0xA4) < 8)
        | u8::from(a == 0xF0) & u8::from(b == 0xAF);
    // U+3040–30FF; U+FF40–FFBF; U+A000–DFFF
    let phonetic = u8::from(a == 0xE3) & u8::from(b.wrapping_sub(0x81) < 3)
        | u8::from(a == 0xEF) & u8::from(b.wrapping_sub(0xBD) < 2)
        | u8::from(a.wrapping_sub(0xEA) < 4);
    (description * DESCRIPTION) | (compatibility * COMPATIBILITY) | (phonetic * PHONETIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_seen() {
        let none = Marks::default();
        assert_eq!(Marks::of("漢字，《標點》。“ASCII”…①😀"), none);
        assert_eq!(
            Marks::of("⿰門口"),
            Marks {
                description: true,
                ..none
            }
        );
        for text in ["\u{F900}", "\u{FAD9}", "\u{2F800}", "\u{2FA1D}"] {
            assert_eq!(
                Marks::of(text),
                Marks {
                    compatibility: true,
                    ..none
                }
            );
        }
        for text in ["ぁ", "ゟ", "ァ", "ー", "ｦ", "ﾟ", "가", "힣"] {
            assert_eq!(
                Marks::of(text),
                Marks {
                    phonetic: true,
                    ..none
                },
                "{text}"
            );
        }
    }
}
