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

impl Marks {
    /// Looks at each pair of neighbouring bytes, without branches, so that
    /// the compiler makes vector instructions of it.
    pub(super) fn of(text: &str) -> Marks {
        let bytes = text.as_bytes();
        let (mut description, mut compatibility, mut phonetic) = (0, 0, 0);
        for (&a, &b) in bytes.iter().zip(bytes.iter().skip(1)) {
            // U+2FC0–2FFF
            description |= u8::from(a == 0xE2) & u8::from(b == 0xBF);
            // U+F900–FAFF; U+2F000–2FFFF
            compatibility |= u8::from(a == 0xEF) & u8::from(b.wrapping_sub(0xA4) < 8)
                | u8::from(a == 0xF0) & u8::from(b == 0xAF);
            // U+3040–30FF; U+FF40–FFBF; U+A000–DFFF
            phonetic |= u8::from(a == 0xE3) & u8::from(b.wrapping_sub(0x81) < 3)
                | u8::from(a == 0xEF) & u8::from(b.wrapping_sub(0xBD) < 2)
                | u8::from(a.wrapping_sub(0xEA) < 4);
        }
        Marks {
            description: description != 0,
            compatibility: compatibility != 0,
            phonetic: phonetic != 0,
        }
    }
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
