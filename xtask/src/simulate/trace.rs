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
    /// How many of them have no gloss behind them that says what they were.
    pub(crate) unnamed: usize,
}

/// A character of the page that came through as itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Survivor {
    /// Where it begins in the garbled text.
    pub(crate) text: usize,
    /// Its number in the page, counted from 0.
    pub(crate) character: usize,
}

/// A gloss that is in the garbled text with both of its brackets. Of a
/// repeated gloss, each is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    /// Its bytes in the garbled text.
    pub(crate) text: Range<usize>,
    /// Whether it was put where two characters meet.
    pub(crate) splits: bool,
}

/// What is known of a garbled text. All lists are in the text's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) text: String,
    pub(crate) runs: Vec<Run>,
    pub(crate) survivors: Vec<Survivor>,
    pub(crate) glosses: Vec<Whole>,
}

/// Puts the tokens' text together and finds the runs.
pub(crate) fn trace(page: &[char], stream: &Stream, cuts: &[Cut], tokens: &[Token]) -> Trace {
    let mut tracer = Tracer {
        stream,
        cuts,
        text: String::new(),
        runs: Vec::new(),
        survivors: Vec::new(),
        glosses: Vec::new(),
        bracket: None,
        gap: Gap::default(),
    };
    for token in tokens {
        match survivor(page, stream, token) {
            Some(number) => {
                tracer.close(number);
                tracer.survivors.push(Survivor {
                    text: tracer.text.len(),
                    character: number,
                });
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
    Trace {
        text: tracer.text,
        runs: tracer.runs,
        survivors: tracer.survivors,
        glosses: tracer.glosses,
    }
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
    survivors: Vec<Survivor>,
    glosses: Vec<Whole>,
    /// The last opening bracket of a gloss: the gloss's number, and where it
    /// stands in the text.
    bracket: Option<(u32, usize)>,
    gap: Gap<'a>,
}

impl<'a> Tracer<'a> {
    fn show(&mut self, token: &Token) {
        self.text.extend(token.shown);
    }

    /// The gloss that the token is a character of.
    fn gloss(&self, token: &Token) -> Option<u32> {
        let origins = &self.stream.origins[token.bytes.clone()];
        let &Origin::Gloss(number) = origins.first()? else {
            return None;
        };
        let alone = origins.iter().all(|origin| origin == &origins[0]);
        (token.reading == Reading::Whole && alone).then_some(number)
    }

    /// Takes a token that is none of the page's characters, and is shown.
    fn take(&mut self, token: &'a Token) {
        let gloss = self.gloss(token);
        match (gloss, token.shown) {
            (Some(number), Some('(')) => self.bracket = Some((number, self.text.len() - 1)),
            (Some(number), Some(')')) => {
                if let Some((_, start)) = self.bracket.take_if(|&mut (of, _)| of == number) {
                    self.glosses.push(Whole {
                        text: start..self.text.len(),
                        splits: self.stream.splits[number as usize],
                    });
                }
            }
            _ => {}
        }
        if gloss.is_some() && self.gap.tokens.is_empty() {
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
        let mut unnamed = 0;
        for token in &tokens {
            self.kinds_of(token, &mut kinds);
            if token.reading != Reading::Whole {
                let bytes = token.bytes.clone();
                let of_page = |&at: &usize| matches!(self.stream.origins[at], Origin::Page(_));
                for at in bytes.filter(of_page) {
                    lost.push(self.stream.bytes[at]);
                    let next = self.stream.origins.get(at + 1);
                    unnamed += usize::from(!matches!(next, Some(Origin::Gloss(_))));
                }
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        self.runs.push(Run {
            text: self.gap.text..self.text.len(),
            characters,
            kinds,
            lost,
            unnamed,
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
