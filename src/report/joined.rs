//! Edits as a reader wants them: touching ones of the same rules made one.

use crate::cleaned::{Cleaned, Edit};
use crate::lang::Lang;
use crate::rules::Rule;

/// One edit, or several that touch.
pub(super) struct Joined<'a> {
    /// The first, with the range of all.
    pub(super) edit: Edit<'a>,
    pub(super) replacement: String,
}

/// The edits of a document, with touching ones of the same rules joined.
pub(super) fn joined<'a>(cleaned: &'a Cleaned<'_>) -> Vec<Joined<'a>> {
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

impl<'a> Joined<'a> {
    /// Its rules, each once, in the order of the stages.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for cause in &self.edit.causes {
            if !rules.contains(&cause.rule) {
                rules.push(cause.rule);
            }
        }
        rules
    }

    /// Why, by the rule that had the last word.
    pub(super) fn reason(&self, lang: Lang) -> &'a str {
        let last = self.edit.causes.last();
        last.map_or("", |cause| cause.reason.in_language(lang))
    }

    fn continues_with(&self, next: &Edit<'a>) -> bool {
        let rules = |edit: &Edit<'a>| {
            let rules = edit.causes.iter().map(|cause| cause.rule);
            rules.collect::<Vec<_>>()
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
