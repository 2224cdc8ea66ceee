//! Making a [`Lexicon`] of dictionaries' rows.

use std::collections::BTreeMap;

use super::lexicon::{Level, Lexicon, Phrase, Replacement, Sequel, Start, filter_bit};
use super::utf8::{PLANE, table};
use crate::rules::Rule;

/// The rows gathered by first character.
#[derive(Debug)]
pub(super) struct Builder {
    heads: Vec<Head>,
    /// Code point → index in `heads` + 1, for the Basic Multilingual Plane.
    bmp: Box<[u16; PLANE]>,
    /// The same for the other planes.
    astral: BTreeMap<char, u16>,
}

/// All keys that start with a character.
#[derive(Debug)]
struct Head {
    character: char,
    alone: Option<Replacement>,
    /// A level had the character as a key, so later levels aren't asked.
    closed: bool,
    phrases: Vec<Phrase>,
    /// How many of `phrases` belong to the levels before, sorted.
    sorted: usize,
}

impl Head {
    /// The bits of the phrases' second characters.
    fn filter(&self) -> u64 {
        let bits = self
            .phrases
            .iter()
            .map(|phrase| filter_bit(phrase.rest.as_bytes()));
        bits.fold(0, |filter, bit| filter | bit)
    }
}

impl Builder {
    pub(super) fn new() -> Self {
        Builder {
            heads: Vec::new(),
            bmp: table(0),
            astral: BTreeMap::new(),
        }
    }

    pub(super) fn add_level(&mut self, level: Level<'_>, protect: bool) {
        let mut singles = Vec::new();
        for &dictionary in level {
            for (key, value) in dictionary.rows() {
                let mut rest = key.chars();
                let Some(first) = rest.next() else { continue };
                let rest = rest.as_str();
                let replacement = Replacement {
                    text: value,
                    dictionary,
                    rule: rule(rest),
                    reason: dictionary.reason(),
                    sequel: Sequel::default(),
                };
                let index = self.index(first);
                let head = &mut self.heads[index];
                if head.closed {
                    continue;
                }
                if rest.is_empty() {
                    singles.push((index, (key != value).then_some(replacement)));
                } else {
                    head.phrases.push(Phrase {
                        rest,
                        replacement,
                        kept: key == value,
                    });
                }
            }
        }
        for (index, alone) in singles {
            let head = &mut self.heads[index];
            if !head.closed {
                head.alone = alone;
                head.closed = true;
            }
        }
        if protect {
            self.protect_values();
        }
        for head in &mut self.heads {
            let level = &mut head.phrases[head.sorted..];
            // Stable, so that of equal keys the first comes first.
            level.sort_by(|a, b| (b.rest.len(), b.rest).cmp(&(a.rest.len(), a.rest)));
            head.phrases.dedup_by(|b, a| a.rest == b.rest);
            head.sorted = head.phrases.len();
        }
    }

    /// Adds a kept phrase for each value with a character that would convert
    /// by itself.
    fn protect_values(&mut self) {
        let changes = |c: char| self.find(c).is_some_and(|i| self.heads[i].alone.is_some());
        let values: Vec<Replacement> = self
            .heads
            .iter()
            .flat_map(|head| &head.phrases)
            .filter(|phrase| !phrase.kept && phrase.replacement.text.chars().any(changes))
            .map(|phrase| phrase.replacement)
            .collect();
        for replacement in values {
            let mut rest = replacement.text.chars();
            let Some(first) = rest.next() else { continue };
            let index = self.index(first);
            let phrase = Phrase {
                rest: rest.as_str(),
                replacement,
                kept: true,
            };
            self.heads[index].phrases.push(phrase);
        }
    }

    /// Finds out of each replacement what its text may match again.
    fn find_sequels(&mut self) {
        let filters: Vec<u64> = self.heads.iter().map(Head::filter).collect();
        let mut heads = std::mem::take(&mut self.heads);
        let alone: Vec<bool> = heads.iter().map(|head| head.alone.is_some()).collect();
        let sequel = |text: &str| {
            let mut rest = text.chars();
            while let Some(character) = rest.next() {
                let Some(index) = self.find(character) else {
                    continue;
                };
                match rest.as_str().as_bytes() {
                    _ if alone[index] => {
                        return Sequel {
                            uneasy: true,
                            filter: 0,
                        };
                    }
                    [] => {
                        return Sequel {
                            uneasy: false,
                            filter: filters[index],
                        };
                    }
                    rest if filters[index] & filter_bit(rest) != 0 => {
                        return Sequel {
                            uneasy: true,
                            filter: 0,
                        };
                    }
                    _ => {}
                }
            }
            Sequel::default()
        };
        for head in &mut heads {
            let phrases = head
                .phrases
                .iter_mut()
                .map(|phrase| &mut phrase.replacement);
            for replacement in phrases.chain(&mut head.alone) {
                replacement.sequel = sequel(replacement.text);
            }
        }
        self.heads = heads;
    }

    /// Where the character's head is in `heads`, if it has one.
    fn find(&self, character: char) -> Option<usize> {
        let number = match self.bmp.get(character as usize) {
            Some(&number) => number,
            None => *self.astral.get(&character)?,
        };
        usize::from(number).checked_sub(1)
    }

    /// Where the character's head is in `heads`; makes one if need be.
    fn index(&mut self, character: char) -> usize {
        if let Some(index) = self.find(character) {
            return index;
        }
        let index = self.heads.len();
        let phrases = Vec::new();
        self.heads.push(Head {
            character,
            alone: None,
            closed: false,
            phrases,
            sorted: 0,
        });
        self.set_number(character, index + 1);
        index
    }

    fn set_number(&mut self, character: char, number: usize) {
        let number = u16::try_from(number).expect("the embedded dictionaries have few keys");
        match self.bmp.get_mut(character as usize) {
            Some(slot) => *slot = number,
            None => _ = self.astral.insert(character, number),
        }
    }

    pub(super) fn finish(mut self) -> Lexicon {
        self.find_sequels();
        let heads = std::mem::take(&mut self.heads);
        let ascii = heads.iter().any(|head| head.character.is_ascii());
        let is_single = |head: &Head| head.phrases.is_empty();
        let (mut singles, mut starts, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        let count = heads
            .iter()
            .filter(|head| is_single(head) && head.alone.is_some())
            .count();
        for head in heads {
            let number = match head.alone {
                None if is_single(&head) => 0,
                Some(alone) if is_single(&head) => {
                    singles.push(alone);
                    singles.len()
                }
                alone => {
                    let filter = head.filter();
                    let from = phrases.len() as u32;
                    phrases.extend(head.phrases);
                    starts.push(Start {
                        filter,
                        phrases: from..phrases.len() as u32,
                        alone,
                    });
                    count + starts.len()
                }
            };
            self.set_number(head.character, number);
        }
        let astral = self.astral.into_iter().filter(|&(_, number)| number != 0);
        let astral = astral
            .map(|(character, number)| (u32::from(character), number))
            .collect();
        Lexicon {
            bmp: self.bmp,
            astral,
            singles,
            starts,
            phrases,
            ascii,
        }
    }
}

/// The rule that a key with `rest` behind its first character falls under.
fn rule(rest: &str) -> Rule {
    if rest.is_empty() {
        Rule::ScriptCharacter
    } else {
        Rule::ScriptPhrase
    }
}
