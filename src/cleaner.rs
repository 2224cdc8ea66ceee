//! What cleans documents, and the list of stages; `walk` takes a document through them.

#[cfg(test)]
mod tests;
mod walk;
mod work;

use std::collections::BTreeSet;

use crate::cleaned::Cleaned;
use crate::decisions::Decisions;
use crate::dictionary::Dictionary;
use crate::edit::{Safety, Weighed};
use crate::evidence::Evidence;
use crate::gate::Gate;
use crate::keep::Keep;
use crate::language::choice::ChoiceTable;
use crate::mend;
use crate::remarks;
use crate::rules::RuleSet;
use crate::source::Source;
use crate::stages::Stage;
use crate::stages::characters::CharactersStage;
use crate::stages::damage::DamageStage;
use crate::stages::gloss::GlossStage;
use crate::stages::mojibake::MojibakeStage;
use crate::stages::residue::ResidueStage;
use crate::stages::script::{Conversion, Converter, ScriptStage};
use crate::stages::wording::WordingStage;
use work::Work;

/// Cleans documents; built once, used for any number, from any threads.
///
/// ```
/// use zhengben::Cleaner;
/// let cleaner = Cleaner::new();
/// let cleaned = cleaner.clean("新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚");
/// assert_eq!(cleaned.text(), "新能源电池产业链企业快速集聚");
/// let edit = cleaned.edits().next().unwrap();
/// assert_eq!((edit.original, edit.replacement), ("新動(dòng)力", "新能源"));
/// ```
#[derive(Debug)]
pub struct Cleaner {
    stages: Vec<(&'static str, Box<dyn Stage>)>,
    gate: Gate,
    keep: Option<Keep>,
    /// How often the stages are run, at most.
    passes: usize,
}

/// What a [`Cleaner`] is to do; see [`Cleaner::builder`].
#[derive(Clone, Debug)]
pub struct CleanerBuilder {
    script: Option<Conversion>,
    exact_script: bool,
    rules: RuleSet,
    keep: BTreeSet<String>,
    apply_unsafe: bool,
    built_in_dictionary: bool,
    dictionaries: Vec<Dictionary>,
    choices: Option<ChoiceTable>,
}

impl Cleaner {
    /// A cleaner with every rule on, that converts to mainland Simplified
    /// characters and applies what is safe.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Begins to say what a cleaner is to do, from what [`Cleaner::new`]
    /// does.
    pub fn builder() -> CleanerBuilder {
        CleanerBuilder {
            script: Some(Conversion::default()),
            exact_script: false,
            rules: RuleSet::all(),
            keep: BTreeSet::new(),
            apply_unsafe: false,
            built_in_dictionary: true,
            dictionaries: Vec::new(),
            choices: None,
        }
    }

    /// Cleans a document.
    pub fn clean<'t>(&self, source: impl Into<Source<'t>>) -> Cleaned<'t> {
        self.clean_in_steps(source, |_| {})
    }

    /// Cleans a document, showing what each stage makes of it.
    pub fn clean_in_steps<'t>(
        &self,
        source: impl Into<Source<'t>>,
        mut show: impl FnMut(Step<'_>),
    ) -> Cleaned<'t> {
        self.run(source.into(), &Decisions::default(), false, &mut show)
    }

    /// Cleans a document and also applies the suggestions that a reader has accepted
    /// for it; see [`Decisions`].
    ///
    /// ```
    /// use zhengben::{Cleaner, Decisions};
    /// let cleaner = Cleaner::new();
    /// let text = "\u{2E81}"; // a radical that stands alone
    /// let cleaned = cleaner.clean(text);
    /// assert_eq!(cleaned.text(), text);
    /// let mut decisions = Decisions::new();
    /// cleaned.edits().for_each(|edit| drop(decisions.accept(&cleaned, &edit)));
    /// assert_eq!(cleaner.clean_with(text, &decisions).text(), "厂");
    /// ```
    pub fn clean_with<'t>(
        &self,
        source: impl Into<Source<'t>>,
        decisions: &Decisions,
    ) -> Cleaned<'t> {
        self.run(source.into(), decisions, false, &mut |_| {})
    }

    /// The same, and each step says what the stage has weighed, also what it has
    /// left alone. Takes longer.
    ///
    /// ```
    /// use zhengben::Cleaner;
    /// let text = "咱们会尽或许注明来历，本站不承担任何职责，岗位职责除外。";
    /// let mut kept = Vec::new();
    /// Cleaner::new().explain(text, |step| {
    ///     let weighed = step.weighed.iter().filter(|weighed| weighed.safety.is_none());
    ///     kept.extend(weighed.map(|weighed| weighed.reason.to_string()));
    /// });
    /// assert!(kept.iter().any(|reason| reason.contains("岗位")), "{kept:?}");
    /// ```
    pub fn explain<'t>(
        &self,
        source: impl Into<Source<'t>>,
        mut show: impl FnMut(Step<'_>),
    ) -> Cleaned<'t> {
        self.run(source.into(), &Decisions::default(), true, &mut show)
    }

    fn run<'t>(
        &self,
        source: Source<'t>,
        decisions: &Decisions,
        explain: bool,
        show: &mut dyn FnMut(Step<'_>),
    ) -> Cleaned<'t> {
        let mut work = Work::begin(&source, self.keep.as_ref(), decisions);
        let switched_off = work.regions.switched_off();
        let unknown = remarks::unknown(work.regions.unknown());
        for reports in [mend::damaged(&source), unknown] {
            let sorted = self.gate.sort(work.text(), &switched_off, reports);
            work.report(sorted.reported, false);
        }
        let evidence = match source.closed() {
            None => self.walk(&source, &mut work, explain, show),
            // There is nothing that a stage may touch.
            Some(_) => Evidence::default(),
        };
        let Work {
            text,
            composition,
            findings,
            ..
        } = work;
        Cleaned::new(source, text, composition, findings, evidence)
    }
}

impl Default for Cleaner {
    fn default() -> Self {
        Self::new()
    }
}

/// What one stage made of a document.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Step<'a> {
    /// The stage's name.
    pub stage: &'static str,
    /// The text after it.
    pub text: &'a str,
    /// How many edits it made.
    pub edits: usize,
    /// What the document has shown so far.
    pub evidence: &'a Evidence,
    /// What the stage looked at closely in the text before it, if
    /// [`Cleaner::explain`] asked.
    pub weighed: &'a [Weighed],
}

impl CleanerBuilder {
    /// Converts the script so; `None` leaves it alone.
    pub fn script(mut self, conversion: Option<Conversion>) -> Self {
        self.script = conversion;
        self
    }

    /// Converts the script exactly as OpenCC 1.4.2 does, to the byte, without
    /// our corrections to it. Not idempotent, and blind to Japanese.
    pub fn exact_script(mut self, exact: bool) -> Self {
        self.exact_script = exact;
        self
    }

    /// Uses these rules only.
    pub fn rules(mut self, rules: RuleSet) -> Self {
        self.rules = rules;
        self
    }

    /// Leaves these words alone wherever a document has them, and where an edit has
    /// restored them: no edit that touches one is applied or reported.
    ///
    /// ```
    /// use zhengben::Cleaner;
    /// let cleaner = Cleaner::builder().keep(["臺積電"]).build();
    /// assert_eq!(cleaner.clean("臺積電在臺灣").text(), "臺積電在台湾");
    /// ```
    pub fn keep(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.keep.extend(words.into_iter().map(Into::into));
        self
    }

    /// Also applies edits that are [`Safety::Unsafe`].
    pub fn apply_unsafe(mut self, apply: bool) -> Self {
        self.apply_unsafe = apply;
        self
    }

    /// Adds a dictionary of substituted words. Where one family has a row for the
    /// same word in several dictionaries, the one added last counts.
    pub fn dictionary(mut self, dictionary: Dictionary) -> Self {
        self.dictionaries.push(dictionary);
        self
    }

    /// Whether the built-in dictionary of substituted words is used.
    pub fn built_in_dictionary(mut self, used: bool) -> Self {
        self.built_in_dictionary = used;
        self
    }

    /// Uses a table of word choices for the pairs of words that it has; for others
    /// the built-in one is asked.
    pub fn choices(mut self, table: ChoiceTable) -> Self {
        self.choices = Some(table);
        self
    }

    /// Builds the cleaner.
    pub fn build(self) -> Cleaner {
        // THE ORDER OF THE STAGES, and the only place that knows it.
        let mut stages: Vec<(&'static str, Box<dyn Stage>)> = vec![
            ("mojibake", Box::new(MojibakeStage)),
            // Behind it, because invisible characters, no-break spaces and rare
            // ideographs are what wrong readings are made of, and it needs them; before
            // all others, because these look words up, and neither a radical nor an
            // escape is in any table.
            ("char", Box::new(CharactersStage)),
            ("damage", Box::new(DamageStage)),
            ("gloss", Box::new(GlossStage)),
            ("markup", Box::new(ResidueStage)),
        ];
        if let Some(conversion) = self.script {
            let stage = match self.exact_script {
                true => ScriptStage::exact(conversion),
                false => ScriptStage::new(Converter::new(conversion)),
            };
            stages.push(("script", Box::new(stage)));
        }
        let built_in = self.built_in_dictionary.then(Dictionary::built_in);
        let dictionaries = built_in.into_iter().chain(self.dictionaries).collect();
        let wording = WordingStage::new(dictionaries, self.choices);
        stages.push(("wording", Box::new(wording)));
        let limit = if self.apply_unsafe {
            Safety::Unsafe
        } else {
            Safety::Safe
        };
        Cleaner {
            stages,
            gate: Gate {
                rules: self.rules,
                limit,
            },
            keep: Keep::new(&self.keep),
            // OpenCC's conversion of its own output can differ from it.
            passes: if self.exact_script { 1 } else { walk::PASSES },
        }
    }
}
