//! What a document shows of itself, gathered once and shared by the stages.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// What the stages have seen in a document; a stage without evidence does
/// nothing.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// Of pinyin that a filter has inserted into the bytes of the file.
    pub inserted: Inserted,
    /// The lines that have rare characters close to each other, so that they may have
    /// been decoded wrongly.
    pub(crate) suspects: Vec<Range<usize>>,
    /// What looks at those have shown.
    pub(crate) looks: Notes,
    /// Of characters broken by a filter.
    pub damage: Damage,
    /// Of pinyin glosses inserted by a filter.
    pub glossing: Glossing,
    /// The glosses that stages have found in the text.
    pub(crate) glosses: Notes,
    /// Of the script and language.
    pub script: Script,
    /// Of words substituted by a spinner.
    pub spinning: Spinning,
}

/// Evidence that a filter has inserted pinyin glosses into the bytes of a
/// file, blind to where characters begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inserted {
    /// The glosses.
    pub glosses: usize,
    /// Those of them that stand between the bytes of a character.
    pub inside: usize,
}

/// Evidence that a filter has broken characters, in text that a decoder has
/// read with loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Damage {
    /// Ends of glosses behind half a character, such as `?jiǎng)`.
    pub glosses: usize,
}

/// Evidence that a filter has inserted pinyin glosses.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Glossing {
    /// Whether the document shows the pattern of a filter, one of those below.
    pub found: bool,
    /// Whether a filter has glossed the characters of a table, tones marked.
    pub by_table: bool,
    /// Whether a filter has glossed the characters of a table, without tones.
    pub by_table_toneless: bool,
    /// Whether a filter has glossed one character in so many.
    pub by_count: bool,
    /// Bracketed syllables behind a Han character whose reading it is.
    pub glosses: usize,
    /// Different characters so glossed.
    pub characters: usize,
}

/// Evidence of the script and the language of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Script {
    /// Han characters, but for those that only Japanese has.
    pub han: usize,
    /// Characters that the script conversion would change.
    pub convertible: usize,
    /// Hiragana, katakana, and characters that only Japanese has (訳).
    pub kana: usize,
    /// Hangul syllables and letters.
    pub hangul: usize,
}

/// Evidence that a spinner has substituted words.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Spinning {
    /// The families of spinners of which the document has a word, the most
    /// certain first.
    pub families: Vec<Family>,
    /// What the document may have gone through, with the probability of each.
    pub(crate) hypotheses: Vec<Hypothesis>,
    /// Of each spun word, by its number: how likely it is in the spinner's list
    /// by each hypothesis (0 to 1).
    pub(crate) listed: BTreeMap<u32, Vec<f32>>,
    /// Of each spun word: by how much the document makes each of its readings
    /// likelier, in nats.
    pub(crate) habits: BTreeMap<u32, Vec<f32>>,
    /// What the stage has found in the text.
    pub(crate) notes: Notes,
}

/// What a stage keeps of a text from observing it until it has proposed its edits.
/// It says nothing of the document that the rest does not.
#[derive(Clone, Default)]
pub(crate) struct Notes(Option<Arc<dyn Any + Send + Sync>>);

impl Notes {
    pub(crate) fn keep(notes: impl Any + Send + Sync) -> Self {
        Notes(Some(Arc::new(notes)))
    }

    pub(crate) fn get<N: Any>(&self) -> Option<&N> {
        self.0.as_ref()?.downcast_ref()
    }
}

impl PartialEq for Notes {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notes").finish_non_exhaustive()
    }
}

/// The number of a family in the dictionaries that a cleaner has.
pub(crate) type FamilyId = u32;

/// One thing that may have happened to a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hypothesis {
    /// The family of spinners that was at work.
    pub(crate) family: FamilyId,
    /// How much of the words in its list it has replaced (0 to 1).
    pub(crate) rate: f32,
    /// How many of the words that the dictionary gives it are in its list (0 to 1).
    pub(crate) share: f32,
    /// How likely it is, in the end a probability.
    pub(crate) weight: f32,
}

/// Evidence that one family of spinners was at work.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Family {
    /// The family's name in the dictionary.
    pub name: String,
    /// Different words that their contexts show as the family's.
    pub words: usize,
    /// Log-odds (nats) that the family was at work.
    pub log_odds: f64,
}

/// Log-odds, in nats, from which a family is taken to be at work: 20 to 1.
pub(crate) const SPUN: f64 = 3.0;

impl Spinning {
    /// Whether some family was at work.
    pub fn found(&self) -> bool {
        self.families
            .first()
            .is_some_and(|family| family.log_odds >= SPUN)
    }

    /// Whether that family was at work.
    pub fn shows(&self, name: &str) -> bool {
        self.families
            .iter()
            .any(|family| family.name == name && family.log_odds >= SPUN)
    }
}
