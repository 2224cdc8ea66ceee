//! Colours, where they are wanted.

use std::fmt::{self, Display};

use anstyle::{AnsiColor, Style};

pub(crate) const PATH: Style = Style::new().bold();
pub(crate) const RULE: Style = AnsiColor::Yellow.on_default();
pub(crate) const OLD: Style = AnsiColor::Red.on_default();
pub(crate) const NEW: Style = AnsiColor::Green.on_default();
pub(crate) const DIM: Style = Style::new().dimmed();

/// Whether reports are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Colours on.
    pub colour: bool,
}

impl Paint {
    pub(crate) fn with<D: Display>(self, style: Style, text: D) -> impl Display {
        Painted {
            style: if self.colour { style } else { Style::new() },
            text,
        }
    }
}

struct Painted<D> {
    style: Style,
    text: D,
}

impl<D: Display> Display for Painted<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Painted { style, text } = self;
        write!(f, "{}{text}{}", style.render(), style.render_reset())
    }
}
