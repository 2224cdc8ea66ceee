//! What stands around a word, as far as the models look.

/// How many characters on either side count.
pub const REACH: usize = 12;

/// The characters on both sides of a word up to the line's ends, brought into
/// one form: ASCII for full-width forms, one `0` for a number, one `a` for a
/// word in Latin letters, no spaces. A line's end, and the text's, is `\n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    left: Side,
    right: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Side {
    characters: [char; REACH],
    length: u8,
}

impl Window {
    /// The window between two pieces of text; only their ends that face each
    /// other are looked at.
    pub fn new(left: &str, right: &str) -> Window {
        Window {
            left: Side::of(left.chars().rev()),
            right: Side::of(right.chars()),
        }
    }

    /// The characters before the word, the nearest first.
    pub fn left(&self) -> &[char] {
        self.left.characters()
    }

    /// The characters behind it, the nearest first.
    pub fn right(&self) -> &[char] {
        self.right.characters()
    }
}

impl Side {
    fn of(text: impl Iterator<Item = char>) -> Side {
        let mut side = Side {
            characters: ['\0'; REACH],
            length: 0,
        };
        for character in text {
            let form = form(character);
            let repeats = matches!(form, '0' | 'a') && side.characters().last() == Some(&form);
            if form == ' ' || repeats {
                continue;
            }
            side.push(form);
            if form == '\n' || side.is_full() {
                return side;
            }
        }
        side.push('\n');
        side
    }

    fn push(&mut self, character: char) {
        if let Some(place) = self.characters.get_mut(usize::from(self.length)) {
            *place = character;
            self.length += 1;
        }
    }

    fn is_full(&self) -> bool {
        usize::from(self.length) == REACH
    }

    fn characters(&self) -> &[char] {
        &self.characters[..usize::from(self.length)]
    }
}

/// The form in which a character counts; a space for none.
fn form(character: char) -> char {
    match character {
        // Nearly all are these.
        '\u{4E00}'..='\u{9FFF}' => character,
        '0'..='9' | '０'..='９' => '0',
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => 'a',
        '\n' | '\r' => '\n',
        ' ' | '\t' | '\u{3000}' | '\u{A0}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFF00 + 0x20).unwrap_or(character)
        }
        '。' => '.',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        _ => character,
    }
}
