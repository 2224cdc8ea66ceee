//! Finds the glosses of a text: a Han character, a bracket, a syllable of
//! pinyin, a bracket.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr_iter;
use memchr::memmem::Finder;
use unicode_segmentation::GraphemeCursor;

use crate::evidence::{Evidence, Notes};
use crate::language::is_han;
use crate::language::pinyin::Syllable;
use crate::language::readings::{Entry, Level};

/// The brackets around a gloss, each in its two widths, which garbled texts mix.
pub(in crate::stages) const OPENING: [char; 2] = ['(', '（'];
pub(in crate::stages) const CLOSING: [char; 2] = [')', '）'];

/// A syllable in brackets behind a Han character.
#[derive(Clone, Debug)]
pub(in crate::stages) struct Gloss {
    /// The glossed character, which stands right before the range.
    pub(in crate::stages) character: char,
    /// What the first pair of brackets holds.
    pub(in crate::stages) syllable: Syllable,
    /// The bytes of the brackets and what they hold; of all the brackets if the
    /// gloss is repeated, as in `國(guo)(guo)`.
    pub(in crate::stages) range: Range<usize>,
    /// Whether a Han character follows the last bracket.
    pub(in crate::stages) runs_on: bool,
    is_listed: bool,
    entry: Option<Entry>,
}

impl Gloss {
    /// Whether the syllable has a tone mark.
    pub(in crate::stages) fn is_toned(&self) -> bool {
        self.syllable.is_toned()
    }

    /// Whether the syllable is a listed reading of the character.
    pub(in crate::stages) fn is_listed(&self) -> bool {
        self.is_listed
    }

    /// Whether the syllable is the customary reading of the character.
    pub(in crate::stages) fn is_customary(&self) -> bool {
        self.entry
            .is_some_and(|entry| entry.is_customary(&self.syllable))
    }

    /// Whether the character is a frequent one.
    pub(in crate::stages) fn is_of_a_frequent_character(&self) -> bool {
        self.entry.is_some_and(|entry| entry.is_frequent())
    }

    /// Whether this is a listed reading of a character that every reader knows,
    /// which an author has no reason to gloss.
    ///
    /// All the 232 characters seen with an inserted gloss are of that level.
    pub(in crate::stages) fn is_of_a_common_character(&self) -> bool {
        self.is_listed() && self.entry.is_some_and(|entry| entry.level == Level::Common)
    }

    /// Whether a filter with a table of converted characters may have written
    /// the gloss.
    pub(in crate::stages) fn fits_a_table(&self) -> bool {
        self.is_of_a_common_character()
            && self
                .entry
                .is_some_and(|entry| entry.is_converted() && !entry.is_in_gb2312())
    }
}

/// The glosses of a text, kept for the stages that ask for them next.
struct Scanned {
    text: String,
    glosses: Vec<Gloss>,
}

/// Keeps the glosses of a text, if it has any: where it has none, looking again takes
/// less time.
pub(in crate::stages) fn keep(text: &str, evidence: &mut Evidence) {
    let glosses = glosses(text);
    evidence.glosses = match glosses.is_empty() {
        true => Notes::default(),
        false => Notes::keep(Scanned {
            text: text.to_owned(),
            glosses,
        }),
    };
}

/// The glosses of a text, if they have been kept.
pub(in crate::stages) fn kept<'e>(text: &str, evidence: &'e Evidence) -> Option<&'e [Gloss]> {
    let scanned = evidence.glosses.get::<Scanned>()?;
    (scanned.text == text).then_some(&scanned.glosses)
}

/// Finds the wide opening bracket.
static WIDE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("（"));

/// The glosses of the text, in their order.
///
/// Text without brackets costs two searches for a byte and allocates nothing.
pub(in crate::stages) fn glosses(text: &str) -> Vec<Gloss> {
    let mut glosses: Vec<Gloss> = Vec::new();
    let narrow = memchr_iter(b'(', text.as_bytes());
    let wide = WIDE.find_iter(text.as_bytes());
    glosses.extend(narrow.filter_map(|opening| gloss_at(text, opening)));
    let sorted = glosses.len();
    glosses.extend(wide.filter_map(|opening| gloss_at(text, opening)));
    if sorted > 0 && sorted < glosses.len() {
        glosses.sort_unstable_by_key(|gloss| gloss.range.start);
    }
    glosses
}

/// The gloss whose first bracket opens at that byte.
fn gloss_at(text: &str, opening: usize) -> Option<Gloss> {
    let character = text[..opening]
        .chars()
        .next_back()
        .filter(|&before| is_han(before))?;
    let (syllable, length) = bracketed(&text[opening..])?;
    let mut end = opening + length;
    if !syllable.exists() || !is_boundary(text, end) {
        return None;
    }
    let entry = Entry::of(character);
    let listing = entry.filter(|entry| entry.lists(&syllable));
    if let Some(entry) = listing {
        while let Some((again, length)) = bracketed(&text[end..])
            && entry.lists(&again)
            && is_boundary(text, end + length)
        {
            end += length;
        }
    }
    let runs_on = text[end..].chars().next().is_some_and(is_han);
    Some(Gloss {
        character,
        syllable,
        range: opening..end,
        runs_on,
        is_listed: listing.is_some(),
        entry,
    })
}

/// The syllable in brackets that the text begins with, and its bytes with the
/// brackets.
pub(in crate::stages) fn bracketed(text: &str) -> Option<(Syllable, usize)> {
    let inside = text.strip_prefix(OPENING)?;
    let (syllable, length) = Syllable::at_start(inside)?;
    let after = inside[length..].strip_prefix(CLOSING)?;
    Some((syllable, text.len() - after.len()))
}

/// Whether what follows a bracket stands for itself: a combining mark behind the closing
/// bracket would end up on the character.
pub(in crate::stages) fn is_boundary(text: &str, at: usize) -> bool {
    // Nearly always: such a character never belongs to the bracket before it.
    let next = text[at..].chars().next();
    if next.is_some_and(|next| next.is_ascii() || is_han(next)) {
        return true;
    }
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(false)
}
