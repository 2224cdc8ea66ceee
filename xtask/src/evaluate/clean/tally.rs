//! What was done to documents, counted by kind and rule.

use std::collections::BTreeMap;
use std::fmt;

use zhengben::{Cleaned, Edit, Rule};

use super::texts::Document;

/// The stage whose work clean text may need: it has Traditional characters.
const SCRIPT: &str = "script";

/// So many characters stand around an edit where it is shown.
const CONTEXT: usize = 24;

/// How many edits were made, and how many only suggested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) made: usize,
    pub(super) suggested: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.made += other.made;
        self.suggested += other.suggested;
    }
}

/// An edit outside the script stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: String,
    pub(super) file: String,
    pub(super) rule: Rule,
    pub(super) applied: bool,
    /// What stands there, in brackets, among what stands around it.
    pub(super) context: String,
    pub(super) replacement: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Found {
            kind,
            file,
            rule,
            context,
            replacement,
            ..
        } = self;
        let applied = if self.applied { "" } else { "\tsuggested" };
        write!(
            f,
            "{kind}\t{file}\t{rule}\t{context}\t{replacement}{applied}"
        )
    }
}

/// What was done to a document, or to those of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) documents: usize,
    pub(super) bytes: usize,
    pub(super) characters: usize,
    /// By rule; an edit is of the last rule that is not of the script stage, if it has one.
    pub(super) rules: BTreeMap<Rule, Count>,
    pub(super) found: Vec<Found>,
}

impl Tally {
    /// Edits of the script stage are counted, and kept only if so asked.
    pub(super) fn of(document: &Document, cleaned: &Cleaned<'_>, script: bool) -> Tally {
        let text = &document.text;
        let mut tally = Tally {
            documents: 1,
            bytes: text.len(),
            characters: text.chars().count(),
            ..Tally::default()
        };
        for edit in cleaned.edits() {
            let Some(rule) = rule(&edit) else { continue };
            tally.rules.entry(rule).or_default().add(Count {
                made: usize::from(edit.applied),
                suggested: usize::from(!edit.applied),
            });
            if script || rule.info().stage != SCRIPT {
                tally.found.push(Found {
                    kind: document.kind.clone(),
                    file: document.file.clone(),
                    rule,
                    applied: edit.applied,
                    context: context(text, &edit),
                    replacement: shown(edit.replacement),
                });
            }
        }
        tally
    }

    fn add(&mut self, other: Tally) {
        self.documents += other.documents;
        self.bytes += other.bytes;
        self.characters += other.characters;
        for (rule, count) in other.rules {
            self.rules.entry(rule).or_default().add(count);
        }
    }

    /// The edits of the script stage, or those of the others.
    pub(super) fn count(&self, of_script: bool) -> Count {
        let mut count = Count::default();
        for (rule, of_rule) in &self.rules {
            if (rule.info().stage == SCRIPT) == of_script {
                count.add(*of_rule);
            }
        }
        count
    }
}

/// All kinds.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    pub(super) kinds: BTreeMap<String, Tally>,
    pub(super) found: Vec<Found>,
}

impl Total {
    pub(super) fn add(&mut self, kind: &str, mut tally: Tally) {
        self.found.append(&mut tally.found);
        if let Some(sum) = self.kinds.get_mut(kind) {
            sum.add(tally);
        } else {
            self.kinds.insert(kind.to_owned(), tally);
        }
    }

    /// All of them together.
    pub(super) fn sum(&self) -> Tally {
        let mut sum = Tally::default();
        for tally in self.kinds.values() {
            sum.add(tally.clone());
        }
        sum
    }
}

/// The rule that an edit is counted for.
fn rule(edit: &Edit<'_>) -> Option<Rule> {
    let mut rules = edit.causes.iter().rev().map(|cause| cause.rule);
    let outside = rules.clone().find(|rule| rule.info().stage != SCRIPT);
    outside.or_else(|| rules.next())
}

fn context(text: &str, edit: &Edit<'_>) -> String {
    let before = &text[..edit.range.start];
    let start = before.char_indices().rev().nth(CONTEXT - 1);
    let before = &before[start.map_or(0, |(at, _)| at)..];
    let behind = &text[edit.range.end..];
    let end = behind.char_indices().nth(CONTEXT);
    let behind = &behind[..end.map_or(behind.len(), |(at, _)| at)];
    format!(
        "{}[{}]{}",
        shown(before),
        shown(edit.original),
        shown(behind)
    )
}

/// On one line, and with what nobody sees made visible.
fn shown(text: &str) -> String {
    let escape = |c: char| {
        let stays =
            !c.is_control() && (!c.escape_debug().to_string().starts_with("\\u") || is_mark(c));
        if stays {
            c.to_string()
        } else {
            c.escape_debug().to_string()
        }
    };
    text.chars().map(escape).collect()
}

/// Marks that are put over letters are escaped by themselves, and seen on what they follow.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengben::{Cleaner, Syntax};

    fn tally(kind: &str, text: &str) -> Tally {
        let document = Document {
            kind: kind.to_owned(),
            file: "a.txt".to_owned(),
            syntax: Syntax::Plain,
            text: text.to_owned(),
        };
        Tally::of(
            &document,
            &Cleaner::new().clean(document.text.as_str()),
            false,
        )
    }

    #[test]
    fn what_the_script_stage_does_is_counted_apart() {
        let tally = tally("taiwan", "第一段：漢語的⻓句。\n第二段沒有問題。");
        assert_eq!(tally.count(true).made, 5);
        assert_eq!(tally.count(false).made, 1);
        assert_eq!(tally.rules[&Rule::CharRadical].made, 1);
        assert_eq!(tally.characters, 19);
        assert_eq!(
            tally.found[0].to_string(),
            "taiwan\ta.txt\tchar-radical\t第一段：漢語的[⻓]句。\\n第二段沒有問題。\t长"
        );
    }

    #[test]
    fn kinds_are_added_up() {
        let mut total = Total::default();
        total.add("a", tally("a", "漢語"));
        total.add("b", tally("b", "汉语"));
        total.add("a", tally("a", "的⻓"));
        assert_eq!(total.kinds["a"].documents, 2);
        assert_eq!(total.sum().bytes, 18);
        assert_eq!(total.sum().count(true).made, 2);
        assert_eq!(total.found.len(), 1);
    }

    #[test]
    fn what_nobody_sees_is_shown() {
        assert_eq!(
            shown("a\u{200B}\tǎ\u{301}好\n"),
            "a\\u{200b}\\tǎ\u{301}好\\n"
        );
    }
}
