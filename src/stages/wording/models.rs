//! The models of word choices: one's own table, and the built-in one for pairs
//! that it lacks.

use crate::language::choice::{Choice, ChoiceTable, Choices, Features, Sight, Window, sights};

/// The tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Models {
    own: Option<ChoiceTable>,
}

/// Something that speaks for an original or against it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said<'w> {
    /// What stands around the word.
    Seen(Sight<'w>),
    /// What the character model prefers.
    Characters,
    /// How often authors write either word.
    Frequency,
}

/// The model of a pair of words, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PairModel {
    choice: Choice,
    is_own: bool,
}

impl PairModel {
    /// Log-odds for the original by how often authors write the two, in nats.
    pub(super) fn prior(&self) -> f32 {
        self.choice.prior()
    }

    /// Whether what stands around the word says anything.
    pub(super) fn is_trained(&self) -> bool {
        self.choice.is_trained()
    }
}

impl Models {
    pub(super) fn new(own: Option<ChoiceTable>) -> Self {
        Models { own }
    }

    /// The model of a spun word and an original, if there is one.
    pub(super) fn of(&self, spun: &str, original: &str) -> Option<PairModel> {
        let own = self
            .own
            .as_ref()
            .and_then(|own| own.get().of(spun, original));
        let is_own = own.is_some();
        let choice = own.or_else(|| Choices::embedded().of(spun, original))?;
        Some(PairModel { choice, is_own })
    }

    /// See [`Choices::log_odds`].
    pub(super) fn log_odds(&self, model: PairModel, features: &Features, preference: f32) -> f32 {
        self.table(model)
            .log_odds(model.choice, features, preference)
    }

    /// What speaks for the original, or against it: what can be seen around the
    /// word, what the character model prefers and how often authors write either,
    /// each with what it adds to [`log_odds`](Self::log_odds), in nats.
    pub(super) fn says(
        &self,
        model: PairModel,
        window: &Window,
        preference: f32,
        mut each: impl FnMut(Said<'_>, f32),
    ) {
        let table = self.table(model);
        sights(window, |sight| {
            let nats = table.weight(model.choice, sight.feature());
            if nats != 0.0 {
                each(Said::Seen(sight), nats);
            }
        });
        each(Said::Characters, table.general(preference));
        each(Said::Frequency, table.at_large(model.choice));
    }

    /// The table that a model is in.
    fn table(&self, model: PairModel) -> &Choices<'static> {
        match &self.own {
            Some(own) if model.is_own => own.get(),
            _ => Choices::embedded(),
        }
    }
}
