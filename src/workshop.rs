//! What `xtask` and the benchmarks need of the inside to make and to measure what ships.
//! Not part of the crate's promise: anything here may change at any time.

use crate::evidence::Evidence;
use crate::stages::gloss::GlossStage;
use crate::stages::residue::ResidueStage;
use crate::stages::{Stage, View};

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

/// How many glosses the gloss stage proposes to take out of a plain text.
pub fn gloss_edits(text: &str) -> usize {
    edits(&GlossStage, text)
}

/// How many remains of markup the markup stage proposes to take out of a plain text.
pub fn markup_edits(text: &str) -> usize {
    edits(&ResidueStage, text)
}

/// What a stage proposes when it is the first to see a plain text.
fn edits(stage: &dyn Stage, text: &str) -> usize {
    let view = View::plain(text);
    let mut evidence = Evidence::default();
    stage.observe(view, &mut evidence);
    let mut proposals = Vec::new();
    stage.propose(view, &evidence, &mut proposals);
    proposals.len()
}
