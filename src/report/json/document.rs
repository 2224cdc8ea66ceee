//! What is said of a document.

use serde::Serialize;

use crate::cleaned::{Cleaned, Edit};
use crate::edit::Cause;
use crate::evidence::Evidence;
use crate::position::Locator;
use crate::source::Source;

/// What is said of a document.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct DocumentJson<'a> {
    /// As it was given; `<stdin>` for what came from there.
    path: &'a str,
    /// Its name in the WHATWG Encoding Standard, or the registered one.
    encoding: &'static str,
    evidence: EvidenceJson<'a>,
    /// In the order of their places.
    edits: Vec<EditJson<'a>>,
    /// The restored text, of `clean` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> DocumentJson<'a> {
    pub(in crate::report) fn new(path: &'a str, cleaned: &'a Cleaned<'_>, with_text: bool) -> Self {
        let source = cleaned.source();
        let mut locator = source.locator();
        let edits = cleaned
            .edits()
            .map(|edit| EditJson::new(edit, source, &mut locator));
        DocumentJson {
            path,
            encoding: cleaned.encoding().name(),
            evidence: EvidenceJson::new(cleaned.evidence()),
            edits: edits.collect(),
            text: with_text.then(|| cleaned.text()),
        }
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EvidenceJson<'a> {
    /// Pinyin that a filter inserted into the bytes.
    inserted: InsertedJson,
    /// Characters that a filter broke.
    damage: DamageJson,
    /// Pinyin that a filter inserted into the text.
    glossing: GlossingJson,
    script: ScriptJson,
    /// The families of spinners of which words were met, the likeliest first.
    spinning: Vec<FamilyJson<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct InsertedJson {
    glosses: usize,
    /// Those between the bytes of a character.
    inside: usize,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DamageJson {
    glosses: usize,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct GlossingJson {
    /// Whether they are taken for a filter's.
    found: bool,
    glosses: usize,
    /// The different characters that have one.
    characters: usize,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ScriptJson {
    /// Han characters.
    han: usize,
    /// Those of them that have another Simplified form.
    convertible: usize,
    kana: usize,
    hangul: usize,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FamilyJson<'a> {
    family: &'a str,
    /// Whether it is taken to have been at work.
    found: bool,
    words: usize,
    /// In nats.
    log_odds: f64,
}

impl<'a> EvidenceJson<'a> {
    fn new(evidence: &'a Evidence) -> Self {
        let Evidence {
            inserted,
            // What the stages have looked at says nothing of the document.
            suspects: _,
            glosses: _,
            looks: _,
            damage,
            glossing,
            script,
            spinning,
        } = evidence;
        let family = |family: &'a crate::evidence::Family| FamilyJson {
            family: &family.name,
            found: spinning.shows(&family.name),
            words: family.words,
            // Whole hundredths: the digits behind say nothing.
            log_odds: (family.log_odds * 100.0).round() / 100.0,
        };
        EvidenceJson {
            inserted: InsertedJson {
                glosses: inserted.glosses,
                inside: inserted.inside,
            },
            damage: DamageJson {
                glosses: damage.glosses,
            },
            glossing: GlossingJson {
                found: glossing.found,
                glosses: glossing.glosses,
                characters: glossing.characters,
            },
            script: ScriptJson {
                han: script.han,
                convertible: script.convertible,
                kana: script.kana,
                hangul: script.hangul,
            },
            spinning: spinning.families.iter().map(family).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EditJson<'a> {
    /// Bytes of the decoded text (UTF-8).
    start: u64,
    end: u64,
    /// Bytes of the file.
    file_start: u64,
    file_end: u64,
    /// From 1.
    line: usize,
    /// From 1, in user-perceived characters.
    column: usize,
    rule: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = ["safe", "unsafe", "display"])))]
    safety: &'static str,
    /// Whether it was made, or `clean` would make it.
    applied: bool,
    original: &'a str,
    replacement: &'a str,
    reason: &'a str,
    /// Every rule that touched the place; the last one is `rule`.
    causes: Vec<CauseJson<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CauseJson<'a> {
    rule: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = ["safe", "unsafe", "display"])))]
    safety: &'static str,
    reason: &'a str,
}

impl<'a> EditJson<'a> {
    fn new(edit: Edit<'a>, source: &Source<'_>, locator: &mut Locator<'_>) -> Self {
        let safety = edit.safety().as_str();
        let Edit {
            range,
            original,
            replacement,
            applied,
            causes,
        } = edit;
        let (file, before) = (source.bytes_of(&range), source.begin());
        let position = locator.locate(range.start);
        let causes: Vec<CauseJson<'a>> = causes.into_iter().map(CauseJson::new).collect();
        let (rule, reason) = causes
            .last()
            .map_or(("", ""), |cause| (cause.rule, cause.reason));
        EditJson {
            start: before.text + range.start as u64,
            end: before.text + range.end as u64,
            file_start: before.bytes + file.start as u64,
            file_end: before.bytes + file.end as u64,
            line: position.line,
            column: position.column,
            rule,
            safety,
            applied,
            original,
            replacement,
            reason,
            causes,
        }
    }
}

impl<'a> CauseJson<'a> {
    fn new(cause: &'a Cause) -> Self {
        CauseJson {
            rule: cause.rule.id(),
            safety: cause.safety.as_str(),
            reason: &cause.reason,
        }
    }
}
