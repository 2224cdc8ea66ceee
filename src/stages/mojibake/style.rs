//! How a text is written: the model counts forms of a character as one, but a
//! text has one of them.

use std::collections::HashSet;
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

#[derive(Debug, Default)]
struct Scripts {
    traditional: HashSet<char>,
    simplified: HashSet<char>,
}

fn scripts() -> &'static Scripts {
    static SCRIPTS: LazyLock<Scripts> = LazyLock::new(|| {
        let mut scripts = Scripts::default();
        for (from, to) in forms().filter(|&(from, _)| crate::language::is_han(from)) {
            scripts.traditional.insert(from);
            scripts.simplified.insert(to);
        }
        scripts
    });
    &SCRIPTS
}

impl Style {
    pub(super) fn of(text: impl Iterator<Item = char>) -> Style {
        let scripts = scripts();
        let mut style = Style::default();
        for character in text {
            style.traditional += usize::from(scripts.traditional.contains(&character));
            style.simplified += usize::from(scripts.simplified.contains(&character));
            style.corners |= is_corner(character);
            style.wide |= is_wide(character);
            let bracket = BRACKETS.iter().position(|&(open, _)| open == character);
            style.opened |= bracket.map_or(0, |place| 1 << place);
        }
        style
    }

    /// What a character costs beside the model's probability, in nats.
    pub(super) fn prior(self, character: char) -> f32 {
        let scripts = scripts();
        let is_traditional = self.traditional > self.simplified;
        let is_other = match is_traditional {
            true => {
                scripts.simplified.contains(&character) && !scripts.traditional.contains(&character)
            }
            false => scripts.traditional.contains(&character),
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
