//! Syllables of Hanyu Pinyin.

/// The letters of the longest syllables, such as `zhuang`.
const LONGEST: usize = 6;

/// The tone of a syllable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    /// No mark: the neutral tone, or the tone is left out.
    #[default]
    Unmarked,
    First,
    Second,
    Third,
    Fourth,
}

/// A syllable in lower case, the same whether its marks were precomposed or
/// combining.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Syllable {
    /// Filled up with zeros; `v` stands for ü.
    letters: [u8; LONGEST],
    length: u8,
    tone: Tone,
}

impl Syllable {
    /// The syllable that the text begins with and the bytes that it takes, up to
    /// the first character that is not a letter of Pinyin.
    ///
    /// `None` if there are too many letters or two tones. Whether Mandarin has
    /// the syllable is for [`Syllable::exists`] to say.
    pub(crate) fn at_start(text: &str) -> Option<(Self, usize)> {
        let mut syllable = Syllable::default();
        let mut bytes = 0;
        loop {
            // Most letters are plain ones.
            while let Some(&letter @ b'a'..=b'z') = text.as_bytes().get(bytes) {
                if !syllable.push(letter) {
                    return None;
                }
                bytes += 1;
            }
            let character = text[bytes..].chars().next();
            let Some((character, sign)) = character.and_then(|c| Some((c, sign(c)?))) else {
                break;
            };
            let taken = match sign {
                Sign::Letter(letter, tone) => syllable.push(letter) && syllable.mark(tone),
                Sign::Tone(tone) => syllable.length > 0 && syllable.mark(tone),
                Sign::Diaeresis => syllable.turn(b'u', b'v'),
                Sign::Circumflex => syllable.turn(b'e', b'e'),
            };
            if !taken {
                return None;
            }
            bytes += character.len_utf8();
        }
        (syllable.length > 0).then_some((syllable, bytes))
    }

    /// The syllable that the whole text is.
    pub(crate) fn new(text: &str) -> Option<Self> {
        Self::at_start(text)
            .filter(|&(_, bytes)| bytes == text.len())
            .map(|(syllable, _)| syllable)
    }

    fn push(&mut self, letter: u8) -> bool {
        let free = self.letters.get_mut(usize::from(self.length));
        let fits = free.is_some();
        if let Some(free) = free {
            *free = letter;
            self.length += 1;
        }
        fits
    }

    fn mark(&mut self, tone: Tone) -> bool {
        let first = tone == Tone::Unmarked || self.tone == Tone::Unmarked;
        if tone != Tone::Unmarked {
            self.tone = tone;
        }
        first
    }

    /// Turns the last letter into another one, if it is the one expected.
    fn turn(&mut self, from: u8, to: u8) -> bool {
        let last = self.letters[..usize::from(self.length)]
            .last_mut()
            .filter(|last| **last == from);
        let found = last.is_some();
        if let Some(last) = last {
            *last = to;
        }
        found
    }

    /// A number that only this syllable has.
    pub(crate) fn number(self) -> u64 {
        let [a, b, c, d, e, f] = self.letters;
        u64::from_le_bytes([a, b, c, d, e, f, self.length, self.tone as u8])
    }

    fn letters(&self) -> &[u8] {
        &self.letters[..usize::from(self.length)]
    }

    /// Whether a tone is marked.
    pub(crate) fn is_toned(&self) -> bool {
        self.tone != Tone::Unmarked
    }

    /// Whether Mandarin has the syllable, in whatever tone: an initial with a
    /// final that goes after it in spelling.
    pub(crate) fn exists(&self) -> bool {
        let letters = self.letters();
        let initial = match letters {
            [b'z' | b'c' | b's', b'h', ..] => 2,
            [b'a' | b'e' | b'o', ..] => 0,
            _ => 1,
        };
        letters.get(initial..).is_some_and(is_final) && !matches!(letters[0], b'i' | b'u' | b'v')
    }

    /// Whether a gloss with this syllable can stand for a listed reading: the
    /// letters are the same and so is the tone, unless the gloss leaves it out.
    ///
    /// Without tones, ü is also written `v` and `u`.
    #[inline]
    pub(crate) fn stands_for(&self, reading: &Syllable) -> bool {
        if self.is_toned() {
            return self == reading;
        }
        let plain = |letter: &u8| if *letter == b'v' { b'u' } else { *letter };
        self.letters()
            .iter()
            .map(plain)
            .eq(reading.letters().iter().map(plain))
    }
}

/// What a character other than a plain letter is in the spelling of a syllable.
enum Sign {
    /// A letter, with the tone if it is precomposed.
    Letter(u8, Tone),
    /// A combining tone mark.
    Tone(Tone),
    /// A combining diaeresis.
    Diaeresis,
    /// A combining circumflex, which makes ê.
    Circumflex,
}

/// What a character that is no plain letter is.
fn sign(character: char) -> Option<Sign> {
    use Tone::{First, Fourth, Second, Third, Unmarked};
    if character.is_ascii() {
        return None;
    }
    let (letter, tone) = match character {
        'ā' => (b'a', First),
        'á' => (b'a', Second),
        'ǎ' => (b'a', Third),
        'à' => (b'a', Fourth),
        'ē' => (b'e', First),
        'é' | 'ế' => (b'e', Second),
        'ě' => (b'e', Third),
        'è' | 'ề' => (b'e', Fourth),
        'ê' => (b'e', Unmarked),
        'ī' => (b'i', First),
        'í' => (b'i', Second),
        'ǐ' => (b'i', Third),
        'ì' => (b'i', Fourth),
        'ō' => (b'o', First),
        'ó' => (b'o', Second),
        'ǒ' => (b'o', Third),
        'ò' => (b'o', Fourth),
        'ū' => (b'u', First),
        'ú' => (b'u', Second),
        'ǔ' => (b'u', Third),
        'ù' => (b'u', Fourth),
        'ü' => (b'v', Unmarked),
        'ǖ' => (b'v', First),
        'ǘ' => (b'v', Second),
        'ǚ' => (b'v', Third),
        'ǜ' => (b'v', Fourth),
        'ḿ' => (b'm', Second),
        'ń' => (b'n', Second),
        'ň' => (b'n', Third),
        'ǹ' => (b'n', Fourth),
        '\u{304}' => return Some(Sign::Tone(First)),
        '\u{301}' => return Some(Sign::Tone(Second)),
        '\u{30C}' => return Some(Sign::Tone(Third)),
        '\u{300}' => return Some(Sign::Tone(Fourth)),
        '\u{308}' => return Some(Sign::Diaeresis),
        '\u{302}' => return Some(Sign::Circumflex),
        _ => return None,
    };
    Some(Sign::Letter(letter, tone))
}

/// Whether these are the letters of a final as it is spelled behind an initial, `y`
/// and `w` counted as initials, or of one that stands alone.
#[rustfmt::skip]
fn is_final(letters: &[u8]) -> bool {
    matches!(
        letters,
        b"a" | b"ai" | b"an" | b"ang" | b"ao" | b"e" | b"ei" | b"en" | b"eng" | b"er" | b"i"
            | b"ia" | b"ian" | b"iang" | b"iao" | b"ie" | b"in" | b"ing" | b"iong" | b"iu" | b"o"
            | b"ong" | b"ou" | b"u" | b"ua" | b"uai" | b"uan" | b"uang" | b"ue" | b"ui" | b"un"
            | b"uo" | b"v" | b"van" | b"ve" | b"vn"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn syllable(text: &str) -> Syllable {
        Syllable::new(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn combining_marks_are_precomposed_ones() {
        assert_eq!(syllable("do\u{300}ng"), syllable("dòng"));
        assert_eq!(syllable("lu\u{308}\u{300}"), syllable("lǜ"));
        assert_eq!(syllable("e\u{302}\u{304}"), syllable("ê\u{304}"));
    }

    #[test]
    fn reads_up_to_what_is_no_letter() {
        assert_eq!(Syllable::at_start("dòng)力"), Some((syllable("dòng"), 5)));
        assert_eq!(Syllable::at_start("Dòng"), None);
        assert_eq!(Syllable::at_start("été"), None);
        assert_eq!(Syllable::at_start("windows"), None);
        assert_eq!(Syllable::at_start("\u{300}"), None);
        assert_eq!(Syllable::at_start(""), None);
    }

    #[test]
    fn knows_syllables_from_words() {
        for text in ["dòng", "zhuang", "lüè", "nv", "er", "yī", "a", "ju", "shì"] {
            assert!(syllable(text).exists(), "{text}");
        }
        for text in ["the", "if", "fig", "i", "u", "vitā", "s", "zh", "km", "ng"] {
            assert!(
                !Syllable::new(text).is_some_and(|found| found.exists()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_gloss_may_leave_the_tone_out_but_not_change_it() {
        assert!(syllable("dòng").stands_for(&syllable("dòng")));
        assert!(syllable("dong").stands_for(&syllable("dòng")));
        assert!(!syllable("dōng").stands_for(&syllable("dòng")));
        assert!(!syllable("dòng").stands_for(&syllable("dong")));
        assert!(syllable("lv").stands_for(&syllable("lǜ")));
        assert!(syllable("lu").stands_for(&syllable("lǜ")));
        assert!(!syllable("lù").stands_for(&syllable("lǜ")));
    }
}
