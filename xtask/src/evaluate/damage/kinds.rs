//! The kinds of damage that are told apart in the report; they overlap.

use std::collections::BTreeSet;

use crate::simulate::{Delimiter, Kind, Run};

/// The row of the report for all runs.
pub(super) const ALL: &str = "all runs";

/// What a run counts as, by the simulator's account of it.
pub(super) fn kinds(run: &Run) -> BTreeSet<String> {
    let mut kinds = BTreeSet::from([ALL.to_owned()]);
    let mut add = |name: &str| kinds.insert(name.to_owned());
    for &kind in &run.kinds {
        add(match kind {
            Kind::Gloss => "gloss",
            Kind::OwnGloss => "gloss, own at the end",
            Kind::Cut(_) => "cut",
            Kind::Ended(_) => "ended at a mark",
            Kind::Eaten('<') => "eaten <",
            Kind::Eaten(character) if character.is_ascii_digit() => "eaten digit",
            Kind::Eaten(character) if character.is_ascii_alphabetic() => "eaten letter",
            Kind::Eaten(_) => "eaten other",
            Kind::PrivateUse => "private use",
            Kind::Dropped => "dropped",
        });
        if let Kind::Cut(delimiter) = kind {
            add(&format!("cut {}", mark(delimiter)));
        }
        if let Kind::Ended(delimiter) = kind {
            add(&format!("ended at {}", mark(delimiter)));
        }
    }
    let only = |of: &[fn(&Kind) -> bool]| run.kinds.iter().all(|kind| of.iter().any(|is| is(kind)));
    let is_gloss: fn(&Kind) -> bool = |kind| matches!(kind, Kind::Gloss | Kind::OwnGloss);
    let is_cut: fn(&Kind) -> bool = |kind| matches!(kind, Kind::Cut(_));
    if only(&[is_gloss]) && run.unnamed == 0 {
        add("only gloss");
    }
    if only(&[is_cut]) {
        add("only cut");
    }
    if only(&[is_gloss]) && run.unnamed > 0 {
        add("lost before a space or bad byte");
    }
    if run.text.is_empty() {
        add("nothing left");
    }
    if run.unnamed > 0 {
        add("bytes lost that no gloss names");
    }
    let unknowable = |kind: &Kind| {
        matches!(kind, Kind::PrivateUse | Kind::Ended(_))
            || matches!(kind, Kind::Eaten(character) if *character != '<')
    };
    if run.kinds.iter().any(unknowable) {
        add("a character, pair or trail byte lost");
    }
    if run.characters.len() > 12 {
        add("longer than 12 characters");
    }
    kinds
}

fn mark(delimiter: Delimiter) -> char {
    delimiter.character()
}
