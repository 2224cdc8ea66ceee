//! Documents of garbled and clean text, as a strategy.

use proptest::prelude::*;

use crate::pieces;

/// Pieces of garbled and clean text, so that stages meet each other's output.
pub(crate) fn documents() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(&pieces::PIECES[..]),
        1 => "[一-龥]{1,6}",
        1 => "[漢語電動學國會個來時發展]{1,4}",
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z<>&;/ #?(){}\n]{1,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
