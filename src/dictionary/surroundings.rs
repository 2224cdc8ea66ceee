//! What stands around one occurrence of a word, as contexts see it.

use std::cell::OnceCell;

/// How many characters of a text are looked at on each side of a word. The
/// longest side of a context in the dictionary, with every gap at its widest,
/// is shorter.
pub const WINDOW: usize = 40;

/// Folded characters next to a word, the nearest first: what a context asks for,
/// as far as it names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nearest {
    /// Two before the word.
    LeftTwo(char, char),
    /// Two behind it.
    RightTwo(char, char),
    /// One before it.
    Left(char),
    /// One behind it.
    Right(char),
    /// It names none: anything.
    Any,
}

impl Nearest {
    /// A number that stands for it, never zero.
    pub(crate) fn key(self) -> u64 {
        let (kind, first, second) = match self {
            Nearest::LeftTwo(near, next) => (1, near, next),
            Nearest::RightTwo(near, next) => (2, near, next),
            Nearest::Left(near) => (3, near, '\0'),
            Nearest::Right(near) => (4, near, '\0'),
            Nearest::Any => (5, '\0', '\0'),
        };
        kind << 42 | u64::from(u32::from(first)) << 21 | u64::from(u32::from(second))
    }
}

/// Everything that contexts can ask of the characters next to a word, and is so
/// there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    /// As [`Nearest::key`]; zero for what is not there.
    keys: [u64; 5],
}

impl Near {
    /// What is next to a word between two pieces of text.
    pub(crate) fn new(left: &str, right: &str) -> Near {
        let left = nearest(left.chars().rev());
        let right = nearest(right.chars());
        let key = |nearest: Option<Nearest>| nearest.map_or(0, Nearest::key);
        let two = |side: [Option<char>; 2]| side[0].zip(side[1]);
        Near {
            keys: [
                key(two(left).map(|(near, next)| Nearest::LeftTwo(near, next))),
                key(two(right).map(|(near, next)| Nearest::RightTwo(near, next))),
                key(left[0].map(Nearest::Left)),
                key(right[0].map(Nearest::Right)),
                key(Some(Nearest::Any)),
            ],
        }
    }

    /// All of it.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> {
        self.keys.into_iter().filter(|key| *key != 0)
    }
}

/// The two nearest characters, folded; a line break ends them.
fn nearest(mut characters: impl Iterator<Item = char>) -> [Option<char>; 2] {
    let in_line = |character: &char| *character != '\n';
    let near = characters.next().filter(in_line);
    let next = near.and_then(|_| characters.next()).filter(in_line);
    [near.map(fold), next.map(fold)]
}

/// The folded characters around a word, nearest first; a line break ends
/// them.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings<'t> {
    near: Near,
    left: Side<'t>,
    right: Side<'t>,
}

/// One side of a word.
#[derive(Clone, Debug)]
struct Side<'t> {
    text: &'t str,
    is_left: bool,
    /// Read when a context looks further than to the nearest.
    characters: OnceCell<([char; WINDOW], usize)>,
}

impl<'t> Surroundings<'t> {
    pub(crate) fn new(left: &'t str, right: &'t str) -> Self {
        let side = |text, is_left| Side {
            text,
            is_left,
            characters: OnceCell::new(),
        };
        Surroundings {
            near: Near::new(left, right),
            left: side(left, true),
            right: side(right, false),
        }
    }

    /// What is next to the word.
    pub(crate) fn near(&self) -> &Near {
        &self.near
    }

    /// What is before it.
    pub(super) fn left(&self) -> &[char] {
        self.left.characters()
    }

    /// What is behind it.
    pub(super) fn right(&self) -> &[char] {
        self.right.characters()
    }
}

impl Side<'_> {
    fn characters(&self) -> &[char] {
        let (characters, count) = self.characters.get_or_init(|| {
            let mut characters = ['\0'; WINDOW];
            let mut count = 0;
            let mut put = |character: char| {
                characters[count] = fold(character);
                count += 1;
            };
            let in_line = |character: &char| *character != '\n';
            let text = self.text.chars();
            match self.is_left {
                true => text
                    .rev()
                    .take(WINDOW)
                    .take_while(in_line)
                    .for_each(&mut put),
                false => text.take(WINDOW).take_while(in_line).for_each(&mut put),
            }
            (characters, count)
        });
        &characters[..*count]
    }
}

/// Punctuation of either width, and quotation marks of any kind, as one.
pub(super) fn fold(character: char) -> char {
    match character {
        '\u{4E00}'..='\u{9FFF}' => character,
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '\u{3000}' => ' ',
        _ => character,
    }
}
