//! Which questions are asked, and what comes of the answers.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::ops::Range;

use super::keep::Keeper;
use super::question::{Answer, Question, Terminal};
use crate::cleaned::{Cleaned, Edit};
use crate::cli::messages;
use crate::cli::said::Say;
use crate::cli::tasks::Task;
use crate::decisions::Decisions;
use crate::position::Locator;
use crate::report::shortened;
use crate::report::visible::visible;
use crate::rules::Rule;
use crate::source::Source;

/// What the reader has said so far, in all documents.
pub(super) struct Session<'i> {
    /// Rules of which everything is accepted (`true`) or refused.
    rules: BTreeMap<Rule, bool>,
    keeper: Keeper<'i>,
    has_quit: bool,
}

/// What is decided about one document.
#[derive(Default)]
struct Review {
    decisions: Decisions,
    /// What the reader has been asked about.
    asked: HashSet<(Range<usize>, Rule, String)>,
}

impl<'i> Session<'i> {
    pub(super) fn new(keeper: Keeper<'i>) -> Self {
        Session {
            rules: BTreeMap::new(),
            keeper,
            has_quit: false,
        }
    }

    pub(super) fn has_quit(&self) -> bool {
        self.has_quit
    }

    /// Cleans a document as the reader decides. It is cleaned again with every round of
    /// answers, since these can bring up new questions, and nothing is asked twice; so
    /// it comes to an end.
    pub(super) fn review<'b>(
        &mut self,
        task: &Task,
        source: Source<'b>,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<Cleaned<'b>> {
        let mut review = Review::default();
        loop {
            let setup = self
                .keeper
                .setup(task)
                .map_err(|error| io::Error::other(error.say(terminal.lang)))?;
            let cleaned = setup.cleaner.clean_with(source.clone(), &review.decisions);
            if self.has_quit || !self.ask(task, &cleaned, &mut review, terminal)? {
                tell_unmet(task, &cleaned, &review.decisions, terminal)?;
                return Ok(cleaned);
            }
        }
    }

    /// Asks about all that is open; returns whether an answer changes anything.
    fn ask(
        &mut self,
        task: &Task,
        cleaned: &Cleaned<'_>,
        review: &mut Review,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<bool> {
        let open: Vec<Edit<'_>> = cleaned
            .edits()
            .filter(|edit| {
                !edit.applied && subject(edit).is_some_and(|s| !review.asked.contains(&s))
            })
            .collect();
        let mut locator = Locator::new(cleaned.source().text());
        let mut accepted_to = None;
        for (number, edit) in open.iter().enumerate() {
            let Some(subject) = subject(edit) else {
                continue;
            };
            // What the one before it leaves of its place is seen in the next round.
            if accepted_to.is_some_and(|end| edit.range.start < end) {
                continue;
            }
            let question = Question {
                name: &task.input.name,
                source: cleaned.source().text(),
                position: locator.locate(edit.range.start),
                edit,
                can_accept: cleaned.can_accept(edit),
                number: number + 1,
                of: open.len(),
            };
            let rule = subject.1;
            review.asked.insert(subject);
            let answer = match self.rules.get(&rule) {
                Some(true) if question.can_accept => Answer::Accept,
                Some(_) => Answer::Refuse,
                None => self.answer(task, &question, terminal)?,
            };
            match answer {
                Answer::AcceptRule => self.rules.insert(rule, true),
                Answer::RefuseRule => self.rules.insert(rule, false),
                _ => None,
            };
            match answer {
                Answer::Accept | Answer::AcceptRule => {
                    if review.decisions.accept(cleaned, edit) {
                        accepted_to = Some(edit.range.end);
                    }
                }
                Answer::Refuse | Answer::RefuseRule => {}
                // Other places may be those of the word too.
                Answer::Keep => return Ok(true),
                Answer::Quit => {
                    self.has_quit = true;
                    break;
                }
            }
        }
        Ok(accepted_to.is_some())
    }

    /// Asks until there is an answer that can be followed; a word to keep is kept.
    fn answer(
        &mut self,
        task: &Task,
        question: &Question<'_>,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<Answer> {
        terminal.show(question)?;
        loop {
            let answer = terminal.ask(question)?;
            if answer != Answer::Keep {
                return Ok(answer);
            }
            match self.keeper.keep(task, question.edit.original) {
                Ok(file) => {
                    let file = file.display();
                    terminal.say(&messages::kept_from_now_on(terminal.lang, file))?;
                    return Ok(answer);
                }
                Err(error) => {
                    let error = error.say(terminal.lang);
                    terminal.say(&format!("zhengben: {error}"))?;
                }
            }
        }
    }
}

/// Tells of what was accepted and is not changed after all.
fn tell_unmet(
    task: &Task,
    cleaned: &Cleaned<'_>,
    decisions: &Decisions,
    terminal: &mut Terminal<'_>,
) -> io::Result<()> {
    let text = cleaned.source().text();
    let mut locator = Locator::new(text);
    for (range, replacement) in decisions.unmet(cleaned) {
        let position = locator.locate(range.start);
        let place = format!("{}:{position}", visible(&task.input.name));
        let (old, new) = (shortened(&text[range]), shortened(replacement));
        terminal.say(&messages::unmet(terminal.lang, place, old, new))?;
    }
    Ok(())
}

/// What a suggestion is about: one that agrees in this is the same.
fn subject(edit: &Edit<'_>) -> Option<(Range<usize>, Rule, String)> {
    let cause = edit.causes.last()?;
    let replacement = edit.replacement.to_owned();
    Some((edit.range.clone(), cause.rule, replacement))
}
