//! The parts of a file: which no rule may touch, what the others can hold, and where
//! rules are off.
//!
//! They are found once for a document and move with its edits.

mod code;
mod csv;
mod front_matter;
mod holds;
mod html;
mod ignore;
pub(crate) mod json;
mod language;
mod markdown;
mod marks;
mod mask;
mod scope;
mod subtitles;
mod syntax;
#[cfg(test)]
mod tests;
mod url;

use std::ops::Range;

use crate::edit::Proposal;
use crate::rules::{Rule, RuleSet};

pub(crate) use holds::Holds;
pub(crate) use ignore::{Unknown, UnknownKind, is_tag as is_ignoring_tag};
pub use language::Language;
pub(crate) use marks::Protected;
use marks::{Edge, Marks};
pub use scope::{Closed, Scope};
pub use syntax::{Syntax, UnknownSyntax};

/// What is known of the parts of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    /// What the format protects, and comments that switch rules off.
    structure: Protected,
    /// What is closed for another reason.
    closed: Protected,
    /// What a stage has closed to all others, and its name.
    held: Protected,
    holder: &'static str,
    /// What the open parts can hold; empty if they hold anything.
    open: Marks<Holds>,
    /// Which rules are off where.
    off: Marks<RuleSet>,
    /// What comments say that cannot be understood.
    unknown: Vec<Unknown>,
    /// Why nothing is open, if nothing is.
    reason: Option<Closed>,
}

/// What a format finds in a text: its prose, by place, and its comments.
#[derive(Debug, Default)]
struct Found {
    open: Vec<(Range<usize>, Holds)>,
    comments: Vec<Range<usize>>,
}

impl Regions {
    /// Finds the parts of a text of that kind.
    pub(crate) fn find(text: &str, syntax: Syntax, scope: &Scope) -> Self {
        let mut found = Found::default();
        match syntax {
            Syntax::Plain => {}
            Syntax::Markdown => markdown::find(text, scope, &mut found),
            Syntax::Html => html::find(text, 0, &mut found),
            Syntax::SubRip => subtitles::srt(text, &mut found),
            Syntax::WebVtt => subtitles::vtt(text, &mut found),
            Syntax::Ass => subtitles::ass(text, &mut found),
            Syntax::Json | Syntax::JsonLines if scope.fields.is_empty() => {}
            Syntax::Warc => {}
            Syntax::Json => json::find(text, &scope.fields, &mut found),
            Syntax::JsonLines => json::find_in_lines(text, &scope.fields, &mut found),
            Syntax::Csv | Syntax::Tsv if scope.columns.is_empty() => {}
            Syntax::Csv | Syntax::Tsv => csv::find(text, syntax, scope, &mut found),
            Syntax::Code(_) if !scope.comments => {}
            Syntax::Code(language) => code::find(text, language.lexis(), &mut found),
        }
        Self::of(text, syntax, scope, found)
    }

    fn of(text: &str, syntax: Syntax, scope: &Scope, found: Found) -> Self {
        let Found { open, comments } = found;
        let open = joined(open);
        let mut protected = match syntax {
            Syntax::Plain => Vec::new(),
            _ => complement(open.iter().map(|(range, _)| range), text.len()),
        };
        let ignored = match ignore::has_mark(text) {
            false => ignore::Ignored::default(),
            true if syntax == Syntax::Plain => {
                let comments = ignore::plain_comments(text);
                let prose = complement(comments.iter(), text.len());
                ignore::read(text, &comments, prose.iter())
            }
            true => ignore::read(text, &comments, open.iter().map(|(range, _)| range)),
        };
        let is_all = |(range, off): &(Range<usize>, RuleSet)| {
            *range == (0..text.len()) && *off == RuleSet::all()
        };
        let reason = match syntax {
            _ if text.is_empty() => None,
            _ if ignored.off.iter().any(is_all) => Some(Closed::SwitchedOff),
            Syntax::Plain => None,
            _ if !open.is_empty() => None,
            Syntax::Json | Syntax::JsonLines if scope.fields.is_empty() => Some(Closed::NoFields),
            Syntax::Json | Syntax::JsonLines => Some(Closed::FieldsNotFound),
            Syntax::Csv | Syntax::Tsv if scope.columns.is_empty() => Some(Closed::NoColumns),
            Syntax::Csv | Syntax::Tsv => Some(Closed::ColumnsNotFound),
            Syntax::Code(_) if !scope.comments => Some(Closed::CommentsOff),
            _ => Some(Closed::NoProse),
        };
        protected.extend(ignored.comments);
        protected.extend(url::find(text));
        if matches!(syntax, Syntax::Json | Syntax::JsonLines) {
            protected.extend(url::find_escaped(text));
        }
        Regions {
            structure: Protected::of(protected),
            closed: Protected::default(),
            held: Protected::default(),
            holder: "",
            open: Marks::new(open),
            off: ignored.off,
            unknown: ignored.unknown,
            reason,
        }
    }

    /// Why nothing is open to any rule; `None` if something is.
    pub(crate) fn reason(&self) -> Option<Closed> {
        self.reason
    }

    /// What the format protects, whatever else is closed.
    pub(crate) fn structure(&self) -> &Protected {
        &self.structure
    }

    /// The text as the stages are to see it, if that is not the text itself.
    pub(crate) fn masked(&self, text: &str, syntax: Syntax) -> Option<String> {
        // Where nothing can be changed, they may see all of it.
        let parts = self.open.iter().map(|(range, _)| range);
        (!self.open.is_empty()).then(|| mask::masked(text, syntax, parts))?
    }

    /// What comments say that cannot be understood.
    pub(crate) fn unknown(&self) -> &[Unknown] {
        &self.unknown
    }

    /// Only where rules are off: for what comes before the parts of the text can be
    /// told.
    pub(crate) fn switched_off(&self) -> Self {
        Regions {
            off: self.off.clone(),
            ..Regions::default()
        }
    }

    /// Whether nothing is protected, no rule is off and the text can hold anything, as in
    /// most plain texts.
    pub(crate) fn are_bare(&self) -> bool {
        self.structure.is_empty()
            && self.closed.is_empty()
            && self.held.is_empty()
            && self.open.is_empty()
            && self.off.is_empty()
    }

    /// Whether a rule may not touch a range.
    pub(crate) fn refuse(&self, range: &Range<usize>, rule: Rule) -> bool {
        self.structure.touches(range)
            || self.closed.touches(range)
            || (self.held.touches(range) && rule.info().stage != self.holder)
            || self.off.touched(range).any(|off| off.contains(rule))
    }

    /// What the part can hold that a range is in.
    pub(crate) fn holds(&self, range: &Range<usize>) -> Holds {
        self.open.around(range).copied().unwrap_or_default()
    }

    /// Closes parts to every rule.
    pub(crate) fn close(&mut self, parts: Protected) {
        self.closed.join(parts);
    }

    /// Closes parts to the rules of all stages but one, which may find out more of them.
    pub(crate) fn close_to_others(&mut self, stage: &'static str, parts: Protected) {
        if !parts.is_empty() {
            self.holder = stage;
            self.held.join(parts);
        }
    }

    /// Whether a stage has closed anything to the others.
    pub(crate) fn are_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// Opens the parts that the stage which had them closed changes itself.
    pub(crate) fn release(&mut self, changes: &[Proposal]) {
        self.held.release(changes);
    }

    /// Closes to every rule what is closed so in the same text as it was seen before.
    pub(crate) fn close_as(&mut self, before: &Regions) {
        self.closed.join(before.closed.clone());
    }

    /// Moves all to where it is once sorted, disjoint proposals are applied, which no
    /// rule was refused.
    pub(crate) fn shift(&mut self, proposals: &[Proposal]) {
        self.structure.shift(proposals);
        self.closed.shift(proposals);
        self.held.shift(proposals);
        self.open.shift(proposals, Edge::Inside);
        self.off.shift(proposals, Edge::Outside);
    }
}

/// Sorted and disjoint: of parts that overlap, what the first leaves; parts of one kind
/// that touch are one.
fn joined(mut open: Vec<(Range<usize>, Holds)>) -> Vec<(Range<usize>, Holds)> {
    open.sort_by_key(|(range, _)| range.start);
    let mut out: Vec<(Range<usize>, Holds)> = Vec::with_capacity(open.len());
    for (range, holds) in open {
        match out.last_mut() {
            Some((last, kind)) if *kind == holds && range.start <= last.end => {
                last.end = last.end.max(range.end);
            }
            Some((last, _)) if range.start < last.end => {
                let rest = last.end..range.end.max(last.end);
                out.push((rest, holds));
            }
            _ => out.push((range, holds)),
        }
    }
    out.retain(|(range, _)| !range.is_empty());
    out
}

/// What sorted, disjoint ranges leave of a text.
fn complement<'a>(open: impl Iterator<Item = &'a Range<usize>>, len: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    for range in open {
        if from < range.start {
            ranges.push(from..range.start);
        }
        from = from.max(range.end);
    }
    if from < len {
        ranges.push(from..len);
    }
    ranges
}

/// The first bytes of a text, so many or up to three less.
fn head(text: &str, length: usize) -> &str {
    let mut lengths = (0..=length.min(text.len())).rev();
    let length = lengths.find(|&length| text.is_char_boundary(length));
    &text[..length.unwrap_or(0)]
}
