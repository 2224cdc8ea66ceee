//! How far a long work is, for who waits at a terminal.

use std::io;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::messages;
use crate::lang::Lang;

/// Who waits for less wants to see nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on stderr, drawn only between two documents: no other thread writes there.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    is_wanted: bool,
}

impl Progress {
    pub(super) fn new(documents: usize, is_terminal: bool, lang: Lang) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(&messages::progress(lang)) {
            bar.set_style(style);
        }
        Progress {
            bar,
            begun: Instant::now(),
            is_wanted: is_terminal && documents > 1,
        }
    }

    /// One more document is done.
    pub(super) fn step(&mut self) {
        if self.is_wanted && self.bar.is_hidden() && self.begun.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Writes what would stand in the bar's place.
    pub(super) fn hidden_while(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        self.bar.suspend(write)
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
