//! A document's walk through the pipeline: the list of stages, and what
//! happens between two of them.

use crate::cleaned::{Cleaned, Finding};
use crate::compose::Composition;
use crate::edit::{Safety, apply};
use crate::evidence::Evidence;
use crate::gate::{Gate, Sorted};
use crate::mend;
use crate::regions::Protected;
use crate::rules::RuleSet;
use crate::source::Source;
use crate::stages::gloss::GlossStage;
use crate::stages::residue::ResidueStage;
//use crate::stages::script::{Conversion, ScriptStage};
#[derive(Clone, Copy, Debug, Default)]
pub enum Conversion { #[default] T2s, Tw2s, Tw2sp, Hk2s }
use crate::stages::wording::WordingStage;
use crate::stages::{Stage, View};

/// Cleans documents; built once, used for any number, from any threads.
///
/// ```
/// use zhengben::Cleaner;
/// let cleaner = Cleaner::new();
/// let cleaned = cleaner.clean("新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚");
/// assert_eq!(cleaned.text(), "新能源电池产业链企业快速集聚");
/// let edit = cleaned.edits().next().unwrap();
/// assert_eq!((edit.original, edit.replacement), ("動(dòng)力", "能源"));
/// ```
#[derive(Debug)]
pub struct Cleaner {
    stages: Vec<(&'static str, Box<dyn Stage>)>,
    gate: Gate,
}

/// What a [`Cleaner`] is to do; see [`Cleaner::builder`].
#[derive(Clone, Debug)]
pub struct CleanerBuilder {
    script: Option<Conversion>,
    exact_script: bool,
    rules: RuleSet,
    apply_unsafe: bool,
}

/// How often a stage that has changed something looks at its result again.
/// The dictionary has no cycles, so chains end; three links are the longest
/// that spinners have been seen to make.
const ROUNDS: usize = 8;

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
            apply_unsafe: false,
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
        let source = source.into();
        let mut text = None;
        let mut evidence = Evidence {
            inserted: mend::observe(&source),
            ..Evidence::default()
        };
        let mut composition = Composition::default();
        if evidence.inserted.glosses > 0 {
            let proposals = mend::propose(&source);
            let open = Protected::default();
            let Sorted { accepted, .. } = self.gate.sort(source.text(), &open, proposals);
            let mended = apply(source.text(), &accepted);
            show(Step {
                stage: "bytes",
                text: &mended,
                edits: accepted.len(),
                evidence: &evidence,
            });
            text = Some(mended);
            composition.then(accepted);
        }
        let before = text.as_deref().unwrap_or(source.text());
        let mut protected = Protected::find(before, source.syntax());
        let mut findings = Vec::new();
        for (name, stage) in &self.stages {
            let mut edits = 0;
            for round in 0..if stage.runs_again() { ROUNDS } else { 1 } {
                let before = text.as_deref().unwrap_or(source.text());
                let view = View {
                    text: before,
                    syntax: source.syntax(),
                };
                if round == 0 {
                    stage.observe(view, &mut evidence);
                }
                let mut proposals = Vec::new();
                stage.propose(view, &evidence, &mut proposals);
                let Sorted { accepted, reported } = self.gate.sort(before, &protected, proposals);
                if accepted.is_empty() || !stage.runs_again() {
                    let finding = |proposal| Finding::new(before, &composition, proposal);
                    findings.extend(reported.into_iter().map(finding));
                }
                if accepted.is_empty() {
                    break;
                }
                edits += accepted.len();
                text = Some(apply(before, &accepted));
                protected.shift(&accepted);
                composition.then(accepted);
            }
            let after = text.as_deref().unwrap_or(source.text());
            show(Step {
                stage: name,
                text: after,
                edits,
                evidence: &evidence,
            });
        }
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

    /// Also applies edits that are [`Safety::Unsafe`].
    pub fn apply_unsafe(mut self, apply: bool) -> Self {
        self.apply_unsafe = apply;
        self
    }

    /// Builds the cleaner.
    pub fn build(self) -> Cleaner {
        // THE ORDER OF THE STAGES, and the only place that knows it.
        let mut stages: Vec<(&'static str, Box<dyn Stage>)> = Vec::new();
        stages.push(("gloss", Box::new(GlossStage)));
        if let Some(conversion) = self.script {
            //stages.push(("script", Box::new(ScriptStage::new(conversion, self.exact_script))));
        }
        stages.push(("wording", Box::new(WordingStage::new())));
        stages.push(("markup", Box::new(ResidueStage)));
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
        }
    }
}
