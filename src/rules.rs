//! The rule table: every rule's name, meaning and example.
//!
//! `zhengben rules` and `zhengben explain` print it, and a test runs every
//! example.

#[cfg(feature = "cli")]
mod chinese;
mod set;
mod table;

use std::fmt;
use std::str::FromStr;

#[cfg(feature = "cli")]
pub(crate) use chinese::{Words, words};
pub use set::RuleSet;
use table::TABLE;

/// A rule of one stage; every edit names the rules that made it.
///
/// ```
/// use zhengben::Rule;
/// let rule: Rule = "gloss".parse().unwrap();
/// assert_eq!(rule, Rule::Gloss);
/// assert!(rule.info().summary.contains("pinyin"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// `encoding-damaged`
    EncodingDamaged,
    /// `gloss-bytes`
    GlossBytes,
    /// `ignore-unknown`
    IgnoreUnknown,
    /// `mojibake-utf8`
    MojibakeUtf8,
    /// `mojibake-gbk`
    MojibakeGbk,
    /// `mojibake-big5`
    MojibakeBig5,
    /// `mojibake-double`
    MojibakeDouble,
    /// `mojibake-shift`
    MojibakeShift,
    /// `mojibake-lost`
    MojibakeLost,
    /// `char-radical`
    CharRadical,
    /// `char-compatibility`
    CharCompatibility,
    /// `char-invisible`
    CharInvisible,
    /// `char-bom`
    CharBom,
    /// `char-escape`
    CharEscape,
    /// `damage-gloss`
    DamageGloss,
    /// `damage-cut`
    DamageCut,
    /// `damage-hidden`
    DamageHidden,
    /// `damage-dropped`
    DamageDropped,
    /// `damage-lost`
    DamageLost,
    /// `gloss`
    Gloss,
    /// `markup-break`
    MarkupBreak,
    /// `markup-entity`
    MarkupEntity,
    /// `script-phrase`
    ScriptPhrase,
    /// `script-character`
    ScriptCharacter,
    /// `wording-context`
    WordingContext,
    /// `wording-place`
    WordingPlace,
    /// `wording-model`
    WordingModel,
    /// `wording-undecided`
    WordingUndecided,
}

/// What the rule table says of a rule.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The rule itself.
    pub rule: Rule,
    /// The name in reports and on the command line.
    pub id: &'static str,
    /// The stage that the rule belongs to; also a name for all its rules.
    pub stage: &'static str,
    /// What the rule does, in one line.
    pub summary: &'static str,
    /// Why the change is right, and when the rule holds back.
    pub why: &'static str,
    /// A garbled text.
    pub before: &'static str,
    /// What the whole pipeline makes of it.
    pub after: &'static str,
}

impl Rule {
    /// Every rule, in the order of the stages.
    pub fn all() -> impl Iterator<Item = Rule> {
        TABLE.iter().map(|info| info.rule)
    }

    /// The rule's row of the table.
    pub fn info(self) -> &'static RuleInfo {
        &TABLE[self as usize]
    }

    /// The rule's name in reports and on the command line.
    pub fn id(self) -> &'static str {
        self.info().id
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// The name is not that of a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule {name:?}; `zhengben rules` lists them")]
pub struct UnknownRule {
    /// The name that was asked for.
    pub name: String,
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = TABLE.iter().find(|info| info.id == name);
        found.map(|info| info.rule).ok_or_else(|| UnknownRule {
            name: name.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (index, info) in TABLE.iter().enumerate() {
            assert_eq!(info.rule as usize, index);
            assert!(info.id.starts_with(info.stage), "{}", info.id);
            assert_eq!(info.id.parse(), Ok(info.rule));
        }
    }
}
