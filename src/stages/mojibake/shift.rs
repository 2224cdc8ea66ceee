//! GBK that has lost a byte: what follows is read shifted by one, up to the next
//! ASCII character. `第二?龆丝诤糯笥诘谝桓觯` was `第二个端口号大于第一个`.

use std::ops::Range;

use super::chain::Chain;
use super::edits::{FILL, GUESS, UNKNOWN};
use super::fill::fill;
use super::judge::Figures;
use super::lattice::{self, Left, Settings};
use super::looks::Looks;
use super::path::{Segment, Unit, segments};
use super::plan::Shifted;
use super::reader::Reader;
use super::repair::behind;
use super::tokens::Tokens;
use super::writer::Writer;
use crate::edit::{Cause, Proposal, Safety};
use crate::language::ngram::{Model, State};
use crate::reason::{Both, Reason};
use crate::rules::Rule;

/// In nats: what it costs that a byte was lost, where bytes fit also without.
const SLIP: f32 = -10.0;

/// What a shifted run must gain, in nats, how likely its characters must be in
/// the mean, and how many there must be.
const GAIN: f32 = 25.0;
const MEAN: f32 = -7.5;
const LEAST: usize = 5;

const CHAIN: Chain = Chain {
    writer: Writer::Gbk,
    reader: Reader::Gbk,
    through: None,
    drops: false,
};

const SHIFTED: Both = Both {
    en: "a byte of a character was lost in GBK, so that what follows was read shifted by one byte",
    zh: "GBK 文本中有一个字丢了一个字节，后面的内容因此错开一个字节读取",
};

/// Restores what was read shifted by a byte, in parts of a text. Where a filter has broken
/// the characters the damage stage knows more.
pub(super) fn shifted(
    text: &str,
    parts: &[Shifted],
    is_line_end: impl Fn(usize) -> bool,
    looks: &Looks,
) -> Option<Vec<Proposal>> {
    if parts.is_empty() || looks.show_filter(text) {
        return None;
    }
    let mut edits = Vec::new();
    for Shifted { part, begins } in parts {
        let tokens = Tokens::of(&text[part.clone()], part.start, Reader::Gbk);
        let state = Model::embedded().state_after(&text[..part.start]);
        let settings = Settings {
            shifted: Some(begins),
            ..Settings::new(Writer::Gbk, state, is_line_end(part.end))
        };
        let Some(found) = lattice::search(&tokens, 0..tokens.list.len(), settings) else {
            continue;
        };
        for mut segment in segments(&tokens, &found, Writer::Gbk) {
            let source = segment.source();
            let state = Model::embedded().state_after(&text[..source.start]);
            let figures = Figures::of(&segment, text, state);
            if figures.gain < GAIN || figures.mean < MEAN || figures.han < LEAST + 1 {
                continue;
            }
            // What stands as it is may have been read shifted as well.
            let is_same = |unit: &Unit| text[unit.source.clone()] == unit.text();
            while segment.units.last().is_some_and(is_same) {
                segment.units.pop();
            }
            let source = segment.source();
            let behind = behind(text, source.end);
            fill(&mut segment, CHAIN, &text[..source.start], behind);
            propose(text, &segment, behind.is_empty(), &mut edits);
        }
    }
    (!edits.is_empty()).then_some(edits)
}

/// The run without what is lost, and what is lost if something marks its place.
fn propose(text: &str, segment: &Segment, is_end: bool, edits: &mut Vec<Proposal>) {
    let source = segment.source();
    let count = segment.restored().count();
    let mut replacement = String::new();
    let mark = text[..source.start].chars().next_back();
    let mark = mark.filter(|&c| matches!(c, '?' | char::REPLACEMENT_CHARACTER));
    for (place, restored) in segment.restored().enumerate() {
        // Of a character that the text's end has cut nothing is left to show.
        let is_gone = restored.left == Left::Head && place + 1 == count && is_end;
        let is_marked = place == 0 && restored.left == Left::Tail && mark.is_some();
        if is_marked {
            let start = source.start - mark.map_or(0, char::len_utf8);
            edits.push(lost(
                start..source.start,
                restored.character,
                restored.probability,
            ));
        } else if restored.probability >= FILL {
            replacement.push(restored.character);
        } else if !is_gone {
            replacement.push(char::REPLACEMENT_CHARACTER);
        }
    }
    edits.push(Proposal {
        range: source,
        replacement: replacement.into(),
        cause: Cause {
            rule: Rule::MojibakeShift,
            safety: Safety::Safe,
            reason: (&SHIFTED).into(),
        },
    });
}

fn lost(range: Range<usize>, likely: char, probability: f32) -> Proposal {
    let percent = (probability * 1000.0).floor() / 10.0;
    let (character, safety) = match probability >= GUESS {
        true => (likely, Safety::Unsafe),
        false => (UNKNOWN, Safety::Display),
    };
    let reason = Reason::later(move |lang| {
        let shifted = SHIFTED.in_language(lang);
        match safety {
            Safety::Unsafe => said::half_likely(lang, shifted, percent),
            _ => said::half_unknown(lang, shifted),
        }
    });
    Proposal {
        range,
        replacement: character.to_string().into(),
        cause: Cause {
            rule: Rule::MojibakeShift,
            safety,
            reason,
        },
    }
}

mod said {
    use crate::lang::messages;

    messages! {
        half_likely(shifted, percent) {
            en: "{shifted}; of the character itself half is left: it is likely this one, {percent} %",
            zh: "{shifted}；那个字本身只剩一半，很可能是它，概率 {percent}%",
        }
        half_unknown(shifted) {
            en: "{shifted}; of the character itself half is left: it is not known",
            zh: "{shifted}；那个字本身只剩一半，已无从得知",
        }
    }
}

/// A piece of GBK text with bytes lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// These characters are whole.
    Text(String),
    /// Of a character only these bytes are left.
    Lost {
        /// Where they are.
        bytes: Range<usize>,
        /// The likeliest character.
        likely: char,
        /// How likely it is, given what is left of it and what stands around.
        probability: f32,
    },
}

/// Reads GBK of which some bytes are lost, a line at most: where pairs of bytes
/// would give a text that nobody writes, a byte is taken to be missing, so that
/// the rest is read as it was. `None` if the bytes are no GBK in any way.
pub fn resynchronise(bytes: &[u8]) -> Option<Vec<Piece>> {
    let tokens = Tokens::of_bytes(bytes);
    let settings = Settings {
        slip: Some(SLIP),
        ..Settings::new(Writer::Gbk, State::START, true)
    };
    let found = lattice::search(&tokens, 0..tokens.list.len(), settings)?;
    let mut pieces = Vec::new();
    let mut at = 0;
    for mut segment in segments(&tokens, &found, Writer::Gbk) {
        push(&mut pieces, &ascii(&bytes[at..segment.source().start]));
        fill(&mut segment, CHAIN, "", "");
        for unit in &segment.units {
            for restored in &unit.restored {
                match restored.left {
                    Left::Head | Left::Tail => pieces.push(Piece::Lost {
                        bytes: unit.source.clone(),
                        likely: restored.character,
                        probability: restored.probability,
                    }),
                    Left::All => push(&mut pieces, restored.character.encode_utf8(&mut [0; 4])),
                }
            }
        }
        at = segment.source().end;
    }
    push(&mut pieces, &ascii(&bytes[at..]));
    Some(pieces)
}

/// What segments leave out at their ends.
fn ascii(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}
