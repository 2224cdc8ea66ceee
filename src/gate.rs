//! Which proposals pass: before the next stage sees the text, so that no
//! later edit rests on one that the user refused.

use std::cell::Cell;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::edit::{Proposal, Safety};
use crate::lang::message;
use crate::reason::{Both, Reason};
use crate::regions::Regions;
use crate::rules::RuleSet;

/// What a cleaner lets through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    /// The rules that are on.
    pub(crate) rules: RuleSet,
    /// The least sure edits that are applied.
    pub(crate) limit: Safety,
}

/// A stage's proposals, sorted out; each list in their order.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    /// To be applied.
    pub(crate) accepted: Vec<Proposal>,
    /// To be reported only, unless a reader accepts them.
    pub(crate) reported: Vec<Proposal>,
    /// To be reported only, whatever a reader says: the part of the file cannot hold
    /// them.
    pub(crate) unfit: Vec<Proposal>,
}

impl Gate {
    /// Sorts a stage's proposals for a text. Those of rules that are off,
    /// that touch a protected part or would split a user-perceived character
    /// are dropped. What the part of the file cannot hold is only reported.
    pub(crate) fn sort(
        &self,
        text: &str,
        regions: &Regions,
        mut proposals: Vec<Proposal>,
    ) -> Sorted {
        let mut sorted = Sorted::default();
        // Most stages have nothing to say of most texts.
        if proposals.is_empty() {
            return sorted;
        }
        let mut judge = Judge {
            gate: *self,
            text,
            regions,
            is_bare: regions.are_bare(),
            done: 0,
        };
        let fate = Cell::new(Fate::Accepted);
        // Nearly all are accepted, and stay where they are.
        let others = proposals.extract_if(.., |proposal| {
            fate.set(judge.fate(proposal));
            fate.get() != Fate::Accepted
        });
        for mut proposal in others {
            match fate.get() {
                Fate::Accepted | Fate::Dropped => {}
                Fate::Reported => sorted.reported.push(proposal),
                Fate::Unfit(why) => {
                    proposal.cause.safety = Safety::Display;
                    let reason = proposal.cause.reason;
                    proposal.cause.reason = Reason::later(move |lang| {
                        refused(lang, reason.in_language(lang), why.in_language(lang))
                    });
                    sorted.unfit.push(proposal);
                }
            }
        }
        sorted.accepted = proposals;
        sorted
    }
}

/// What becomes of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Accepted,
    Reported,
    /// The part of the file cannot hold it, for that reason.
    Unfit(&'static Both),
    Dropped,
}

/// Judges the proposals of a stage one after the other.
struct Judge<'a> {
    gate: Gate,
    text: &'a str,
    regions: &'a Regions,
    /// Whether there is nothing to ask the regions.
    is_bare: bool,
    /// Where the last proposal ends that was not dropped.
    done: usize,
}

impl Judge<'_> {
    #[inline]
    fn fate(&mut self, proposal: &Proposal) -> Fate {
        let Proposal { range, cause, .. } = proposal;
        debug_assert!(
            self.done <= range.start,
            "a stage's proposals are sorted and disjoint"
        );
        if range.start < self.done
            || !self.gate.rules.contains(cause.rule)
            || (!self.is_bare && self.regions.refuse(range, cause.rule))
            || !self.splits_no_grapheme(range)
        {
            return Fate::Dropped;
        }
        self.done = range.end;
        let refusal = match self.is_bare {
            true => None,
            false => self.regions.holds(range).refusal(self.text, proposal),
        };
        if let Some(why) = refusal {
            Fate::Unfit(why)
        } else if cause.safety <= self.gate.limit.min(Safety::Unsafe) {
            Fate::Accepted
        } else {
            Fate::Reported
        }
    }

    /// Whether a range begins and ends between user-perceived characters.
    #[inline]
    fn splits_no_grapheme(&self, range: &Range<usize>) -> bool {
        // Where the last one ends it is known: edits often stand in a row.
        (range.start == self.done || is_boundary(self.text, range.start))
            && is_boundary(self.text, range.end)
    }
}

// Why a proposal is not applied that otherwise might be.
message! {
    refused(reason, why) {
        en: "{reason}; not applied: {why}",
        zh: "{reason}；没有改动：{why}",
    }
}

/// U+200D, the zero width joiner.
const JOINER: &[u8] = "\u{200D}".as_bytes();

/// Whether a place is between user-perceived characters.
#[inline]
fn is_boundary(text: &str, place: usize) -> bool {
    let bytes = text.as_bytes();
    let never_joins = match bytes.get(place..) {
        // Han characters from U+4000 on.
        Some([0xE4..=0xE9, ..]) => true,
        Some(&[byte, ..]) if byte.is_ascii() => byte != b'\n',
        // Brackets, most punctuation and the other Han characters.
        Some([0xE3, ..]) => text[place..]
            .starts_with(|c| matches!(c, '\u{3001}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}')),
        Some([]) | None => return true,
        _ => false,
    };
    if never_joins && !bytes[..place].ends_with(JOINER) {
        return true;
    }
    let mut cursor = GraphemeCursor::new(place, text.len(), true);
    cursor.is_boundary(text, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Cause;
    use crate::reason::tests::fault;
    use crate::regions::{Scope, Syntax};
    use crate::rules::Rule;

    /// The reason why 國 may not be replaced by that, if it may not.
    fn refusal(
        text: &str,
        syntax: Syntax,
        rule: Rule,
        replacement: &'static str,
    ) -> Option<String> {
        let scope = Scope::new()
            .field("a")
            .column("a")
            .comments(true)
            .front_matter(true);
        let start = text.find('國').unwrap();
        let proposal = Proposal {
            range: start..start + '國'.len_utf8(),
            replacement: replacement.into(),
            cause: Cause {
                rule,
                safety: Safety::Safe,
                reason: (&Both {
                    en: "why",
                    zh: "理由",
                })
                    .into(),
            },
        };
        let gate = Gate {
            rules: RuleSet::all(),
            limit: Safety::Unsafe,
        };
        let regions = Regions::find(text, syntax, &scope);
        let Sorted {
            accepted, unfit, ..
        } = gate.sort(text, &regions, vec![proposal]);
        assert_eq!(accepted.len() + unfit.len(), 1, "{text}");
        let refused = unfit.into_iter().next()?;
        assert_eq!(refused.cause.safety, Safety::Display);
        assert_eq!(fault(&refused.cause.reason), None);
        Some(refused.cause.reason.to_string())
    }

    #[test]
    fn what_a_part_of_a_file_cannot_hold_is_only_reported() {
        let code = |name: &str| name.parse::<Syntax>().unwrap();
        let cases: [(&str, Syntax, &[&str], &[&str]); 17] = [
            ("國", Syntax::Plain, &["\n", "<b>", "`"], &[]),
            (
                "國",
                Syntax::Markdown,
                &["文(a)", "\""],
                &["`a`", "*文*", "<b>", "[文]", "文\n"],
            ),
            ("<p>國", Syntax::Html, &["\n", "\"", ">"], &["<b>", "&amp;"]),
            ("<p title=\"國\">", Syntax::Html, &["'", "<"], &["\"", "&"]),
            ("<p title='國'>", Syntax::Html, &["\""], &["'"]),
            (
                "<p title=國>",
                Syntax::Html,
                &["文"],
                &["文 文", "文>", "\""],
            ),
            (
                "1\n0:0 --> 0:1\n國",
                Syntax::SubRip,
                &["文-文"],
                &["文\n文", "<i>", "-->", ""],
            ),
            ("1\n0:0 --> 0:1\n國文", Syntax::SubRip, &[""], &["\n"]),
            (
                "[Events]\nDialogue: 0,0,0,0,0,0,0,0,0,國",
                Syntax::Ass,
                &["文,文", ""],
                &["{", "\\N", "\n"],
            ),
            (
                "{\"a\":\"國\"}",
                Syntax::Json,
                &["文'"],
                &["\"", "\\", "\n", "\t"],
            ),
            ("a\n國", Syntax::Csv, &["文;"], &[",", "\"", "\r", "\n"]),
            ("a\n\"國\"", Syntax::Csv, &["文,\n"], &["\""]),
            ("a\tb\n國\t", Syntax::Tsv, &["文,"], &["\t", "\n"]),
            ("// 國", code("rust"), &["*/"], &["\n"]),
            ("/* 國 */", code("rust"), &["\n", "\""], &["*/", "/"]),
            ("<!-- 國 -->", code("xml"), &["文"], &["-->", "-"]),
            (
                "---\na: 國\n---\n",
                Syntax::Markdown,
                &["文"],
                &["文: 文", "#文", "\"文\""],
            ),
        ];
        for (text, syntax, fits, refused) in cases {
            for replacement in fits {
                assert_eq!(
                    refusal(text, syntax, Rule::Gloss, replacement),
                    None,
                    "{text} {replacement}"
                );
            }
            for replacement in refused {
                let reason = refusal(text, syntax, Rule::Gloss, replacement);
                let reason = reason.unwrap_or_else(|| panic!("{text} {replacement}"));
                assert!(reason.starts_with("why; not applied: "), "{reason}");
            }
        }
        // A broken tag that is given back was there before.
        for syntax in [Syntax::Html, Syntax::Markdown] {
            assert_eq!(refusal("國br />", syntax, Rule::DamageGloss, "。<"), None);
            assert!(refusal("國br />", syntax, Rule::MojibakeGbk, "。<").is_some());
        }
    }

    #[test]
    fn a_character_is_not_split_from_its_marks() {
        let cases = [
            ("葛\u{E0100}城", 3, false),
            ("葛城", 3, true),
            ("e\u{301}", 1, false),
            ("\r\n", 1, false),
            ("中\n", 3, true),
            ("👩\u{200D}🌾", 7, false),
            ("中", 3, true),
        ];
        for (text, place, expected) in cases {
            assert_eq!(is_boundary(text, place), expected, "{text:?} at {place}");
        }
    }
}
