//! What a reader has decided about suggestions.

use std::collections::HashSet;
use std::ops::Range;

use crate::cleaned::{Cleaned, Edit, in_source};
use crate::compose::Composition;
use crate::edit::{Proposal, Safety};
use crate::lang::message;
use crate::reason::Reason;
use crate::rules::Rule;

/// The suggestions for one document that a reader has accepted.
///
/// They are known by their places in the source, their rules and what they put there.
/// [`Cleaner::clean_with`](crate::Cleaner::clean_with) cleans the document again and
/// lets these pass where they are proposed. They are not put on top of a text that is
/// cleaned already: a suggestion is made for the text that its stage sees, and what
/// comes after it in the pipeline has to see that text with it. Its characters may
/// be Traditional, it may complete a word that another rule looks for, and the place
/// may be changed by a later stage too. So what comes out holds all that
/// [`Cleaned`] promises: its edits are disjoint, in places of the
/// source, and give its text; and cleaning it again changes nothing more.
///
/// An accepted suggestion that what else is accepted leaves no ground for, such as that
/// the document is spun, is not made; [`Decisions::unmet`] tells.
///
/// What is accepted counts as [`Safety::Unsafe`], which is applied on request, however
/// unsure its rule is; its reason says that it was accepted. Suggestions that it brings
/// about, or that it changes, are suggestions of the new [`Cleaned`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    accepted: HashSet<(Range<usize>, Rule, String)>,
}

impl Decisions {
    /// Nothing accepted.
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts a suggestion of a document. Returns whether that is possible: see
    /// [`Cleaned::can_accept`].
    pub fn accept(&mut self, cleaned: &Cleaned<'_>, suggestion: &Edit<'_>) -> bool {
        let Some(cause) = suggestion.causes.last() else {
            return false;
        };
        let can_accept = cleaned.can_accept(suggestion);
        if can_accept {
            let replacement = suggestion.replacement.to_owned();
            self.accepted
                .insert((suggestion.range.clone(), cause.rule, replacement));
        }
        can_accept
    }

    /// Whether nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.accepted.is_empty()
    }

    /// The accepted places, with what was to stand there, at which the document that was
    /// cleaned with these decisions is not changed; by place.
    pub fn unmet(&self, cleaned: &Cleaned<'_>) -> Vec<(Range<usize>, &str)> {
        let mut unmet = Vec::new();
        for (range, _, replacement) in &self.accepted {
            let is_there = |edit: Edit<'_>| {
                edit.applied && edit.range.start <= range.start && range.end <= edit.range.end
            };
            if !cleaned.edits().any(is_there) {
                unmet.push((range.clone(), replacement.as_str()));
            }
        }
        unmet.sort_by_key(|(range, _)| (range.start, range.end));
        unmet
    }

    /// Whether a proposal for a stage's text is accepted.
    pub(crate) fn allow(&self, text: &str, composition: &Composition, proposal: &Proposal) -> bool {
        let (range, replacement) = in_source(text, composition, proposal);
        self.accepted
            .contains(&(range, proposal.cause.rule, replacement))
    }
}

/// The proposal as one that is applied.
pub(crate) fn accepted(mut proposal: Proposal) -> Proposal {
    proposal.cause.safety = Safety::Unsafe;
    let reason = proposal.cause.reason;
    proposal.cause.reason = Reason::later(move |lang| by_a_reader(lang, reason.in_language(lang)));
    proposal
}

// Why a proposal is applied that otherwise is only suggested.
message! {
    by_a_reader(reason) {
        en: "{reason}; accepted by a reader",
        zh: "{reason}；已由读者采纳",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cleaned::Finding;
    use crate::cleaner::Cleaner;
    use crate::edit::Cause;
    use crate::evidence::Evidence;
    use crate::lang::Lang;
    use crate::source::Source;

    /// What is suggested for a text.
    fn suggested(cleaned: &Cleaned<'_>) -> Vec<String> {
        let edits = cleaned.edits().filter(|edit| !edit.applied);
        edits
            .map(|edit| format!("{} → {}", edit.original, edit.replacement))
            .collect()
    }

    /// The text with what is accepted.
    fn decided<'t>(source: Source<'t>, accept: impl Fn(&Edit<'_>) -> bool) -> Cleaned<'t> {
        let cleaner = Cleaner::new();
        let cleaned = cleaner.clean(source.clone());
        let mut decisions = Decisions::new();
        for edit in cleaned.edits().filter(|edit| !edit.applied && accept(edit)) {
            assert!(decisions.accept(&cleaned, &edit), "{edit:?}");
        }
        let cleaned = cleaner.clean_with(source, &decisions);
        let again = cleaner.clean(cleaned.text());
        assert_eq!(again.text(), cleaned.text(), "it is done");
        cleaned
    }

    const SPUN: &str = "咱们会尽或许注明来历，本站不承担任何职责，岗位职责除外。\
                        其间照旧有能够一样平常的体例。";

    #[test]
    fn only_what_is_accepted_is_applied() {
        let cleaned = Cleaner::new().clean(SPUN);
        let all = ["其间 → 其中", "能够 → 可能", "体例 → 方式"];
        assert_eq!(suggested(&cleaned), all);
        let cleaned = decided(SPUN.into(), |edit| edit.original == "能够");
        assert!(cleaned.text().ends_with("其间还是有可能一般的体例。"));
        assert_eq!(suggested(&cleaned), ["其间 → 其中", "体例 → 方式"]);
        let edit = cleaned.edits().find(|edit| edit.original == "能够");
        let edit = edit.expect("it was accepted");
        assert!(edit.applied);
        assert_eq!(edit.safety(), Safety::Unsafe);
        let reason = &edit.causes[0].reason;
        assert!(reason.ends_with("; accepted by a reader"));
        assert!(reason.in_language(Lang::Zh).ends_with("；已由读者采纳"));
    }

    #[test]
    fn later_stages_see_what_is_accepted() {
        // The radical is 長, which the script stage converts.
        let cleaned = decided("年 ⻑ 。".into(), |_| true);
        assert_eq!(cleaned.text(), "年 长 。");
        let edits: Vec<_> = cleaned.edits().collect();
        let [edit] = &edits[..] else {
            panic!("{edits:?}")
        };
        let rules: Vec<&str> = edit.causes.iter().map(|cause| cause.rule.id()).collect();
        assert_eq!(rules, ["char-radical", "script-character"]);
        assert_eq!((edit.original, edit.replacement), ("⻑", "长"));
    }

    #[test]
    fn what_is_gone_cannot_be_accepted() {
        for text in ["紐卡斯?fàn)柡蛡惗亟邮芰?0天", "烫烫烫烫烫烫"] {
            let cleaned = Cleaner::new().clean(text);
            let edit = cleaned.edits().find(|edit| !edit.applied);
            let edit = edit.expect("it is reported");
            assert!(!cleaned.can_accept(&edit), "{edit:?}");
            let mut decisions = Decisions::new();
            assert!(!decisions.accept(&cleaned, &edit));
            assert!(decisions.is_empty());
        }
        let cleaned = Cleaner::new().clean("漢語");
        let edit = cleaned.edits().next().expect("it is converted");
        assert!(!cleaned.can_accept(&edit), "it is applied already");
    }

    #[test]
    fn what_would_break_the_file_cannot_be_accepted() {
        for fits in [false, true] {
            let composition = Composition::default();
            let proposal = Proposal {
                range: 0..3,
                replacement: "\"".into(),
                cause: Cause {
                    rule: Rule::CharEscape,
                    safety: Safety::Display,
                    reason: Reason::none(),
                },
            };
            let finding = Finding::new("%22", &composition, proposal, fits);
            let evidence = Evidence::default();
            let cleaned = Cleaned::new("%22".into(), None, composition, vec![finding], evidence);
            let edit = cleaned.edits().next().expect("it is reported");
            assert_eq!(cleaned.can_accept(&edit), fits);
        }
    }
}
