//! `zhengben clean --interactive`: a reader decides about what is not changed by
//! itself.

mod keep;
mod question;
mod session;

use std::io;
use std::path::Path;

use super::args::Inputs;
use super::deliver::{Delivery, Done, Voice};
use super::messages;
use super::said::Say;
use super::tasks::{Task, Tasks};
use super::{Exit, Streams};
use crate::cleaned::Cleaned;
use crate::config::Settings;
use crate::lang::Lang;
use crate::report::Report;

use keep::Keeper;
use question::Terminal;
use session::Session;

/// Nobody can be asked.
#[derive(Debug)]
pub(super) enum Refused {
    NoTerminal,
    Stdin,
}

impl Say for Refused {
    fn say(&self, lang: Lang) -> String {
        match self {
            Refused::NoTerminal => messages::no_terminal(lang),
            Refused::Stdin => messages::answers_from_stdin(lang),
        }
    }
}

impl Refused {
    pub(super) fn check(inputs: &Inputs, streams: &Streams<'_>) -> Result<(), Self> {
        let is_stdin = |path: &Path| path.as_os_str() == "-";
        if !streams.stdin_is_terminal || !streams.stderr_is_terminal {
            return Err(Refused::NoTerminal);
        }
        let nothing_named = inputs.paths.is_empty() && inputs.files_from.is_none();
        let mut named = inputs.paths.iter().chain(&inputs.files_from);
        match nothing_named || named.any(|path| is_stdin(path)) {
            true => Err(Refused::Stdin),
            false => Ok(()),
        }
    }
}

/// Cleans documents one after the other, asking about each.
pub(super) struct Interactive<'i> {
    session: Session<'i>,
}

impl<'i> Interactive<'i> {
    /// `highest` is what the command line sets.
    pub(super) fn new(inputs: &'i Inputs, highest: Settings) -> Self {
        Interactive {
            session: Session::new(Keeper::new(inputs, highest)),
        }
    }

    /// Asks about each document, then has it put where it belongs, before the next one
    /// is read. Who quits leaves those behind it as they are.
    pub(super) fn deliver<E: Say>(
        mut self,
        tasks: &Tasks,
        report: &dyn Report,
        talks: bool,
        put: impl Fn(&Task, &Cleaned<'_>) -> Result<Option<String>, E>,
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let lang = streams.lang;
        let voice = Voice {
            report,
            talks,
            lang,
        };
        let mut delivery = Delivery::new(voice);
        let mut items = tasks.items.iter();
        while !self.session.has_quit()
            && let Some(item) = items.next()
        {
            let mut terminal = Terminal {
                answers: &mut *streams.stdin,
                out: &mut *streams.stderr,
                paint: streams.stderr_paint,
                lang,
            };
            let session = &mut self.session;
            let done = Done::of(
                item,
                voice,
                |task, source| session.review(task, source, &mut terminal),
                &put,
            )?;
            delivery.hand_on(done, streams)?;
        }
        match items.len() {
            0 => {}
            left => writeln!(
                streams.stderr,
                "{}",
                messages::files_not_looked_at(lang, left)
            )?,
        }
        delivery.finish(tasks, streams)
    }
}
