//! What `xtask` needs of the inside to make and to measure the data that ship.
//! Not part of the crate's promise: anything here may change at any time.

pub use crate::language::choice::{
    Block, CHOICE_MAGIC, Choice, ChoiceEntry, ChoiceError, ChoiceHeader, Choices, Feature,
    Features, REACH, SLOT, STEP, TAIL, Window, features, pair, place, preference,
};
pub use crate::language::ngram::{
    Alphabet, Class, Counts, MAGIC, Model, ModelError, PADDING, State, Symbol, Widths, checksum,
    forms, width,
};
pub use crate::stages::characters::count as character_edits;
pub use crate::stages::damage::{Certainty, Kind, Repair, repairs};
pub use crate::stages::mojibake::{Piece, resynchronise, suspects};
pub use crate::stages::wording::{Judge, Judgement, Wording};
