//! Sets of rules.

use super::{Rule, RuleInfo, TABLE, UnknownRule};

/// A set of rules.
///
/// ```
/// use zhengben::{Rule, RuleSet};
/// let mut rules = RuleSet::all();
/// rules.remove(RuleSet::named("wording")?);
/// assert!(rules.contains(Rule::Gloss));
/// assert!(!rules.contains(Rule::WordingContext));
/// # Ok::<(), zhengben::UnknownRule>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSet(u64);

impl RuleSet {
    /// No rule.
    pub fn none() -> Self {
        RuleSet(0)
    }

    /// Every rule.
    pub fn all() -> Self {
        Rule::all().collect()
    }

    /// The rule of that name, or all the rules of the stage of that name.
    ///
    /// # Errors
    /// [`UnknownRule`] if no rule and no stage has the name.
    pub fn named(name: &str) -> Result<Self, UnknownRule> {
        let named = |info: &&RuleInfo| info.id == name || info.stage == name;
        let set: Self = TABLE.iter().filter(named).map(|info| info.rule).collect();
        if set == Self::none() {
            return Err(UnknownRule {
                name: name.to_owned(),
            });
        }
        Ok(set)
    }

    /// Whether the rule is in the set.
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u64) != 0
    }

    /// Adds the rules of another set.
    pub fn insert(&mut self, other: RuleSet) {
        self.0 |= other.0;
    }

    /// Takes out the rules of another set.
    pub fn remove(&mut self, other: RuleSet) {
        self.0 &= !other.0;
    }
}

impl FromIterator<Rule> for RuleSet {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        RuleSet(
            rules
                .into_iter()
                .fold(0, |set, rule| set | 1 << rule as u64),
        )
    }
}
