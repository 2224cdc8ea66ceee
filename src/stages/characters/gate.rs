//! What of a text is worth a closer look: one pass over its bytes, without a branch,
//! which the compiler makes one over many bytes at once.

/// Bits of [`Traces`].
const ESCAPE: u8 = 1;
const RARE: u8 = 2;
const MARK: u8 = 4;

/// How many bytes decide what comes of one.
const WIDTH: usize = 3;

/// What a text may hold: no trace, nothing to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traces(u8);

impl Traces {
    /// Whether there may be escapes.
    pub(super) fn has_escapes(self) -> bool {
        self.0 & ESCAPE != 0
    }

    /// Whether there may be radicals, compatibility ideographs or invisible
    /// characters.
    pub(super) fn has_rare(self) -> bool {
        self.0 & RARE != 0
    }

    /// Whether there may be a byte order mark that was read as text.
    pub(super) fn has_marks(self) -> bool {
        self.0 & MARK != 0
    }
}

/// Looks at all of a text.
pub(super) fn traces(text: &str) -> Traces {
    let bytes = text.as_bytes();
    let whole = bytes.len().saturating_sub(WIDTH - 1);
    let mut end = [0; 2 * WIDTH];
    let rest = &bytes[whole..];
    end[..rest.len()].copy_from_slice(rest);
    Traces(search(bytes) | search(&end))
}

/// The traces of all bytes but the last two.
fn search(bytes: &[u8]) -> u8 {
    let count = bytes.len().saturating_sub(WIDTH - 1);
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else {
        return 0;
    };
    let (first, second, third) = (&bytes[..count], &second[..count], &third[..count]);
    let mut found = 0;
    for ((&a, &b), &c) in first.iter().zip(second).zip(third) {
        found |= trace(a, b, c);
    }
    found
}

/// Whether a byte is in a range.
#[inline]
fn within(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// What three bytes may begin.
#[inline]
fn trace(a: u8, b: u8, c: u8) -> u8 {
    let is_digit = within(c, b'0', b'9') | within(c | 0x20, b'a', b'f');
    let is_high = (((b & 0xFE) == b'8') | within(b | 0x20, b'a', b'f')) & is_digit;
    let escape = ((a == b'\\') & ((b | 0x20 == b'u') | (b == b'x') | ((b & 0xFE) == b'2')))
        | ((a == b'%') & (is_high | (b == b'u') | ((b == b'2') & (c == b'5'))))
        | ((a == b'=') & (is_high | (b == b'?')))
        | ((a == b'&') & ((b == b'#') | ((b == b'a') & (c == b'm'))));
    // Radicals are E2 BA 80 to E2 BF 95, compatibility ideographs EF A4 80 to EF AB BF
    // and F0 AF A0 80 to F0 AF A8 9D; the others are invisible.
    let rare = ((a == 0xE2)
        & (within(b, 0xBA, 0xBF)
            | ((b == 0x80) & (within(c, 0x8B, 0x8F) | within(c, 0xAA, 0xAE)))
            | ((b == 0x81) & within(c, 0xA0, 0xA9))))
        | ((a == 0xEF)
            & (within(b, 0xA4, 0xAB) | ((b == 0xB8) & (c < 0x90)) | ((b == 0xBB) & (c == 0xBF))))
        | ((a == 0xF0) & (b == 0xAF))
        | ((a == 0xF3) & (b == 0xA0))
        | ((a == 0xC2) & (b == 0xAD))
        | ((a == 0xD8) & (b == 0x9C));
    // The first two characters of what a byte order mark is read as: see `mark`.
    let mark = ((a == 0xC3) & ((b == 0xAF) | (b == 0x83) | (b == 0x94)) & (c == 0xC2))
        | ((a == 0xD0) & (b == 0xBF) & (c == 0xC2))
        | ((a == 0xE2) & (b == 0x88) & (c == 0xA9))
        | ((a == 0xE9) & (b == 0x94) & (c == 0x98));
    (u8::from(escape) * ESCAPE) | (u8::from(rare) * RARE) | (u8::from(mark) * MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_text_has_no_trace() {
        for text in [
            "",
            "中",
            "今年以来，全市经济“稳中有进”……增长5.2%，达到100%。",
            "R&D 部门 a=b C:\\Windows 50%的人 —— naïve café 😀👍🏽",
            "ＡＢＣ１２３（全角）！",
        ] {
            assert_eq!(traces(text), Traces::default(), "{text}");
        }
    }

    #[test]
    fn traces_are_seen_wherever_they_stand() {
        let cases = [
            ("⼀", RARE),
            ("⺠", RARE),
            ("\u{F900}", RARE),
            ("\u{2F800}", RARE),
            ("\u{200B}", RARE),
            ("\u{2060}", RARE),
            ("\u{2066}", RARE),
            ("\u{FEFF}", RARE),
            ("\u{FE00}", RARE),
            ("\u{E0100}", RARE),
            ("\u{AD}", RARE),
            ("\u{61C}", RARE),
            ("ï»¿", MARK),
            ("锘縃", MARK),
            ("\\u4e2d", ESCAPE),
            ("\\344\\275", ESCAPE),
            ("%E4", ESCAPE),
            ("%25E4", ESCAPE),
            ("=e4", ESCAPE),
            ("=?utf-8?", ESCAPE),
            ("&#20013", ESCAPE),
            ("&amp;#1", ESCAPE),
        ];
        for (trace, expected) in cases {
            for text in [format!("中文a{trace}"), format!("{trace}中文，abc")] {
                assert_eq!(traces(&text), Traces(expected), "{text:?}");
            }
        }
    }
}
