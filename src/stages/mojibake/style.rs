//! How a text is written: the model counts forms of a character as one, but a
//! text has one of them.

use std::sync::LazyLock;

use crate::language::ngram::forms;

/// What a form costs that is not the text's, in nats.
const OTHER_SCRIPT: f32 = -7.0;
const CORNERED: f32 = -6.0;
const WIDE: f32 = -6.0;
/// Of text from elsewhere the model underestimates full stops, as the damage
/// stage has it.
const STOP: f32 = 1.0;
/// A space hardly stands where a run of bytes ends; as the damage stage has it.
const BLANK: f32 = -5.0;

/// The forms that a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    traditional: usize,
    simplified: usize,
    corners: bool,
    wide: bool,
    /// Which of [`BRACKETS`] have been opened, as bits.
    opened: u8,
}

/// Brackets of Chinese, each with what closes it.
const BRACKETS: [(char, char); 7] = [
    ('《', '》'),
    ('〈', '〉'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
];
/// What a bracket costs that closes nothing.
const UNOPENED: f32 = -6.0;

/// What a form is of, as bits.
const TRADITIONAL: u8 = 1;
const SIMPLIFIED: u8 = 2;

/// One past the last code point of the planes that have Han characters of Chinese.
const PLANES: usize = 0x3_0000;

/// What each character is a form of.
fn script(character: char) -> u8 {
    static SCRIPTS: LazyLock<Box<[u8]>> = LazyLock::new(|| {
        let mut scripts = vec![0; PLANES].into_boxed_slice();
        for (from, to) in forms().filter(|&(from, _)| crate::language::is_han(from)) {
            for (character, script) in [(from, TRADITIONAL), (to, SIMPLIFIED)] {
                if let Some(all) = scripts.get_mut(character as usize) {
                    *all |= script;
                }
            }
        }
        scripts
    });
    SCRIPTS.get(character as usize).copied().unwrap_or(0)
}

impl Style {
    pub(super) fn of(text: impl Iterator<Item = char>) -> Style {
        let mut style = Style::default();
        for character in text {
            let script = script(character);
            style.traditional += usize::from(script & TRADITIONAL != 0);
            style.simplified += usize::from(script & SIMPLIFIED != 0);
            style.corners |= is_corner(character);
            style.wide |= is_wide(character);
            let bracket = BRACKETS.iter().position(|&(open, _)| open == character);
            style.opened |= bracket.map_or(0, |place| 1 << place);
        }
        style
    }

    /// What a character costs beside the model's probability, in nats.
    pub(super) fn prior(self, character: char) -> f32 {
        let script = script(character);
        let is_traditional = self.traditional > self.simplified;
        let is_other = match is_traditional {
            true => script == SIMPLIFIED,
            false => script & TRADITIONAL != 0,
        };
        let mut prior = match character {
            '。' => STOP,
            '\u{3000}' => BLANK,
            _ => 0.0,
        };
        if is_other {
            prior += OTHER_SCRIPT;
        }
        if is_corner(character) && !self.corners && !is_traditional {
            prior += CORNERED;
        }
        let closed = BRACKETS.iter().position(|&(_, close)| close == character);
        if closed.is_some_and(|place| self.opened & (1 << place) == 0) {
            prior += UNOPENED;
        }
        if is_wide(character) && !self.wide {
            prior += WIDE;
        }
        prior
    }
}

fn is_corner(character: char) -> bool {
    matches!(character, '「' | '」' | '『' | '』')
}

/// Full-width ASCII other than the punctuation of Chinese.
fn is_wide(character: char) -> bool {
    matches!(character, '！'..='～')
        && !matches!(character, '！' | '（' | '）' | '，' | '：' | '；' | '？')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_a_text_lacks_cost_something() {
        let style = Style::of("他们说，这里的桥修好了。".chars());
        assert_eq!((style.prior('说'), style.prior('，')), (0.0, 0.0));
        assert!(style.prior('說') < 0.0 && style.prior('」') < 0.0 && style.prior('９') < 0.0);
        let style = Style::of("他們說，「這裡的橋修好了」。".chars());
        assert_eq!((style.prior('說'), style.prior('」')), (0.0, 0.0));
        assert!(style.prior('说') < 0.0);
    }
}
