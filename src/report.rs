//! Renderers of what cleaning made of a document, one file a format.
//!
//! They write to what they are given; nothing here prints.

mod diff;
mod human;
mod json;

pub use diff::{DiffError, write_diff};
pub use human::{Paint, write_findings, write_summary};
pub use json::{Document, write_json};

use crate::cleaned::{Cleaned, Edit};

/// The edits of a document with touching ones of the same rules made one, as
/// a reader wants them.
fn merged<'a>(cleaned: &'a Cleaned<'_>) -> Vec<Joined<'a>> {
    let mut out: Vec<Joined<'a>> = Vec::new();
    for edit in cleaned.edits() {
        match out.last_mut() {
            Some(last) if last.continues_with(&edit) => last.push(&edit),
            _ => out.push(Joined {
                replacement: edit.replacement.to_owned(),
                edit,
            }),
        }
    }
    for joined in &mut out {
        joined.edit.original = &cleaned.source().text()[joined.edit.range.clone()];
    }
    out
}

/// One edit, or several that touch.
struct Joined<'a> {
    /// The first, with the range of all.
    edit: Edit<'a>,
    replacement: String,
}

impl<'a> Joined<'a> {
    fn continues_with(&self, next: &Edit<'a>) -> bool {
        let rules = |edit: &Edit<'_>| {
            edit.causes
                .iter()
                .map(|cause| cause.rule)
                .collect::<Vec<_>>()
        };
        self.edit.range.end == next.range.start
            && self.edit.applied
            && next.applied
            && rules(&self.edit) == rules(next)
    }

    fn push(&mut self, next: &Edit<'a>) {
        self.edit.range.end = next.range.end;
        self.replacement.push_str(next.replacement);
    }
}
