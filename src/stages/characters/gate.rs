//! What of a text is worth a closer look: one pass over its bytes, which costs about as
//! much as counting its lines.

/// Bits of [`Traces`].
const ESCAPE: u8 = 1;
const RARE: u8 = 2;
const MARK: u8 = 4;

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

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// A block and the two bytes behind it: three bytes tell what the first one begins.
type Block = [u8; BLOCK + 2];

/// Looks at all of a text.
pub(super) fn traces(text: &str) -> Traces {
    let mut rest = text.as_bytes();
    let mut found = 0;
    while let Some(block) = rest.first_chunk() {
        found |= look(block);
        rest = &rest[BLOCK..];
    }
    // One byte more than a block can be left, and behind the last is nothing.
    let mut end = [0; 2 * BLOCK + 2];
    end[..rest.len()].copy_from_slice(rest);
    for place in [0, BLOCK] {
        found |= end[place..].first_chunk().map_or(0, look);
    }
    Traces(found)
}

/// A close look only where a cheap one shows something.
#[inline]
fn look(block: &Block) -> u8 {
    match each(block, is_suspect) {
        0 => 0,
        _ => each(block, trace),
    }
}

/// What a function gives for each byte of a block and the two behind it, joined. As the
/// block has a fixed size and the function no branch, many bytes are done at once.
#[inline]
fn each(block: &Block, look: impl Fn(u8, u8, u8) -> u8) -> u8 {
    let mut lanes = [0; BLOCK];
    for (place, lane) in lanes.iter_mut().enumerate() {
        *lane = look(block[place], block[place + 1], block[place + 2]);
    }
    lanes.iter().fold(0, |all, lane| all | lane)
}

/// All bits if it is so.
#[inline]
fn mask(is_so: bool) -> u8 {
    if is_so { 0xFF } else { 0 }
}

/// Whether three bytes may begin anything that [`trace`] knows: a cheap look, which
/// passes Chinese, its punctuation and most of ASCII.
#[inline]
fn is_suspect(a: u8, b: u8, c: u8) -> u8 {
    let number = (mask(a == b'%') | mask(a == b'=')) & mask(within(b, b'2', b'u'));
    let ascii = mask(a == b'\\') | mask(a == b'&') | number;
    // C2 and C3, D0 and D8, F0 to F3.
    let lead = mask(a & 0xFE == 0xC2) | mask(a & 0xF7 == 0xD0) | mask(a & 0xFC == 0xF0);
    // Full-width forms are EF BC and EF BD; dashes, quotation marks and dots E2 80 90 to
    // E2 80 A9.
    let wide = mask(a == 0xEF) & !mask(b & 0xFE == 0xBC);
    let general = mask(a == 0xE2) & !(mask(b == 0x80) & mask(within(c, 0x90, 0xA9)));
    let han = mask(a == 0xE9) & mask(b == 0x94);
    ascii | lead | wide | general | han
}

/// Whether a byte is in a range.
#[inline]
fn within(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// What three bytes may begin.
#[inline]
fn trace(a: u8, b: u8, c: u8) -> u8 {
    let digit = mask(within(c, b'0', b'9')) | mask(within(c | 0x20, b'a', b'f'));
    let high = (mask(b & 0xFE == b'8') | mask(within(b | 0x20, b'a', b'f'))) & digit;
    let slash = mask(b | 0x20 == b'u') | mask(b == b'x') | mask(b & 0xFE == b'2');
    let percent = high | mask(b == b'u') | (mask(b == b'2') & mask(c == b'5'));
    let reference = mask(b == b'#') | (mask(b == b'a') & mask(c == b'm'));
    let escape = (mask(a == b'\\') & slash)
        | (mask(a == b'%') & percent)
        | (mask(a == b'=') & (high | mask(b == b'?')))
        | (mask(a == b'&') & reference);
    // Radicals are E2 BA 80 to E2 BF 95, compatibility ideographs EF A4 80 to EF AB BF
    // and F0 AF A0 80 to F0 AF A8 9D; the others are invisible.
    let general = mask(within(b, 0xBA, 0xBF))
        | (mask(b == 0x80) & (mask(within(c, 0x8B, 0x8F)) | mask(within(c, 0xAA, 0xAE))))
        | (mask(b == 0x81) & mask(within(c, 0xA0, 0xA9)));
    let wide = mask(within(b, 0xA4, 0xAB))
        | (mask(b == 0xB8) & mask(c < 0x90))
        | (mask(b == 0xBB) & mask(c == 0xBF));
    let rare = (mask(a == 0xE2) & general)
        | (mask(a == 0xEF) & wide)
        | (mask(a == 0xF0) & mask(b == 0xAF))
        | (mask(a == 0xF3) & mask(b == 0xA0))
        | (mask(a == 0xC2) & mask(b == 0xAD))
        | (mask(a == 0xD8) & mask(b == 0x9C));
    // The first two characters of what a byte order mark is read as: see `mark`.
    let latin = mask(b == 0xAF) | mask(b == 0x83) | mask(b == 0x94);
    let mark = (mask(a == 0xC3) & latin & mask(c == 0xC2))
        | (mask(a == 0xD0) & mask(b == 0xBF) & mask(c == 0xC2))
        | (mask(a == 0xE2) & mask(b == 0x88) & mask(c == 0xA9))
        | (mask(a == 0xE9) & mask(b == 0x94) & mask(c == 0x98));
    (escape & ESCAPE) | (rare & RARE) | (mark & MARK)
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
