//! What was lost where: the runs of damage in a garbled text, each with the
//! part of the original that it stands for.

use std::ops::Range;

use super::filter::{Origin, Stream};
use super::gbk;
use super::reader::{Cut, Delimiter, Reading, Token};

/// One thing that happened to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A gloss was put between the two bytes of a character.
    Gloss,
    /// The bytes were cut between the two bytes of a character.
    Cut(Delimiter),
    /// The run ended at the gloss of a character of its own, whose bracket
    /// was eaten.
    OwnGloss,
    /// The run ended at a cut between two characters: at a true delimiter.
    Ended(Delimiter),
    /// This ASCII character of the page was eaten.
    Eaten(char),
    /// A private-use character vanished.
    PrivateUse,
    /// A byte was dropped without a trace.
    Dropped,
}

impl Kind {
    /// The name in the command's output.
    pub(crate) fn name(self) -> String {
        match self {
            Kind::Gloss => "gloss".to_owned(),
            Kind::Cut(delimiter) => format!("cut{}", delimiter.character()),
            Kind::OwnGloss => "own-gloss".to_owned(),
            Kind::Ended(delimiter) => format!("ended{}", delimiter.character()),
            Kind::Eaten(character) => format!("eaten{}", character.escape_default()),
            Kind::PrivateUse => "private-use".to_owned(),
            Kind::Dropped => "dropped".to_owned(),
        }
    }
}

/// A run of damage: the longest piece of text between two characters that
/// came through as themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its bytes in the garbled text; empty if all of it vanished.
    pub(crate) text: Range<usize>,
    /// The characters of the page that it stands for, counted from 0.
    pub(crate) characters: Range<usize>,
    /// What happened to it, sorted, each kind once.
    pub(crate) kinds: Vec<Kind>,
    /// The page's GBK bytes that left no trace in the text, in their order.
    pub(crate) lost: Vec<u8>,
}

/// Puts the tokens' text together and finds the runs.
pub(crate) fn trace(
    page: &[char],
    stream: &Stream,
    cuts: &[Cut],
    tokens: &[Token],
) -> (String, Vec<Run>) {
    let mut tracer = Tracer {
        stream,
        cuts,
        text: String::new(),
        runs: Vec::new(),
        gap: Gap::default(),
    };
    for token in tokens {
        match survivor(page, stream, token) {
            Some(number) => {
                tracer.close(number);
                tracer.show(token);
                tracer.gap = Gap {
                    character: number + 1,
                    text: tracer.text.len(),
                    tokens: Vec::new(),
                };
            }
            None => {
                tracer.show(token);
                tracer.take(token);
            }
        }
    }
    tracer.close(page.len());
    (tracer.text, tracer.runs)
}

/// The number of the page's character that the token is, whole.
fn survivor(page: &[char], stream: &Stream, token: &Token) -> Option<usize> {
    let origins = &stream.origins[token.bytes.clone()];
    let &Origin::Page(number) = origins.first()? else {
        return None;
    };
    let whole = token.reading == Reading::Whole
        && origins.iter().all(|&origin| origin == Origin::Page(number))
        && page.get(number as usize).is_some_and(|&character| {
            gbk::encode(character).is_some_and(|bytes| bytes.as_bytes().len() == origins.len())
        });
    whole.then_some(number as usize)
}

/// What has passed since the last character that survived.
#[derive(Default)]
struct Gap<'a> {
    /// The number of the next character of the page.
    character: usize,
    /// Where the text of the gap begins, behind whole glosses of the last
    /// character.
    text: usize,
    tokens: Vec<&'a Token>,
}

struct Tracer<'a> {
    stream: &'a Stream,
    cuts: &'a [Cut],
    text: String,
    runs: Vec<Run>,
    gap: Gap<'a>,
}

impl<'a> Tracer<'a> {
    fn show(&mut self, token: &Token) {
        self.text.extend(token.shown);
    }

    fn take(&mut self, token: &'a Token) {
        let is_gloss = token.reading == Reading::Whole
            && self.stream.origins[token.bytes.clone()]
                .iter()
                .all(|origin| matches!(origin, Origin::Gloss(_)));
        if is_gloss && self.gap.tokens.is_empty() {
            self.gap.text = self.text.len();
        } else {
            self.gap.tokens.push(token);
        }
    }

    /// Ends the gap before the page's character of that number.
    fn close(&mut self, number: usize) {
        let tokens = std::mem::take(&mut self.gap.tokens);
        let characters = self.gap.character..number.max(self.gap.character);
        if tokens.is_empty() && characters.is_empty() {
            return;
        }
        let mut kinds: Vec<Kind> = Vec::new();
        let mut lost = Vec::new();
        for token in &tokens {
            self.kinds_of(token, &mut kinds);
            if token.reading != Reading::Whole {
                let bytes = token.bytes.clone();
                let of_page = |&at: &usize| matches!(self.stream.origins[at], Origin::Page(_));
                lost.extend(bytes.filter(of_page).map(|at| self.stream.bytes[at]));
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        self.runs.push(Run {
            text: self.gap.text..self.text.len(),
            characters,
            kinds,
            lost,
        });
    }

    fn kinds_of(&self, token: &Token, kinds: &mut Vec<Kind>) {
        let Stream {
            bytes,
            origins,
            splits,
        } = self.stream;
        let last = token.bytes.end - 1;
        for at in token.bytes.clone() {
            if let Origin::Gloss(gloss) = origins[at]
                && at
                    .checked_sub(1)
                    .is_none_or(|before| origins[before] != origins[at])
                && bytes[at] == b'('
            {
                let splits = splits[gloss as usize];
                if splits {
                    kinds.push(Kind::Gloss);
                } else if at > token.bytes.start {
                    kinds.push(Kind::OwnGloss);
                }
            }
        }
        match token.reading {
            Reading::Unreadable
                if token.bytes.len() == 2
                    && bytes[last].is_ascii()
                    && matches!(origins[last], Origin::Page(_)) =>
            {
                kinds.push(Kind::Eaten(char::from(bytes[last])));
            }
            Reading::Vanished => kinds.push(Kind::PrivateUse),
            Reading::Dropped => kinds.push(Kind::Dropped),
            _ => {}
        }
        let index = self.cuts.partition_point(|cut| cut.at < token.bytes.end);
        if let Some(cut) = self.cuts.get(index)
            && cut.at == token.bytes.end
            && token.reading != Reading::Whole
        {
            let delimiter = cut.delimiter;
            kinds.push(if origins[last] == origins[cut.at] {
                Kind::Cut(delimiter)
            } else {
                Kind::Ended(delimiter)
            });
        }
    }
}
