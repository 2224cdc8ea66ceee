//! Bytes of pairs that a lost byte has shifted: decoded as they are they give
//! characters, but not those of the page.
//!
//! Which bytes belong to no character the cheapest reading says about ([`walk`]), in
//! which each character counts by itself. Around them the search is done again, by how
//! likely the characters follow each other.

use std::ops::Range;

use super::costs::{CUT, Cost, MALFORMED, NAT, nats};
use super::walk::{self, Paired, Unit, straight};
use crate::encoding::read;
use crate::language::ngram::{Model, State};

/// So much likelier a reading must be that takes a byte to be lost than the one that
/// decodes all, in which no byte is malformed: a rare name costs less.
const BY_FAR: Cost = 25 * NAT;

/// What a letter costs behind another of its alphabet, in nats: one in a few dozen.
const LETTER: f32 = 4.0;

/// So many bytes on either side of a malformed one are read again.
const AROUND: usize = 48;

/// Not where so many bytes are full of them: that takes long, and no context is left.
const LONGEST: usize = 1 << 10;

/// Readings that are kept at one place, and by how many nats they may be less likely
/// than the likeliest.
const WIDTH: usize = 12;
const GAP: f32 = 20.0;

/// Whether bytes decode, but only because what follows a lost byte is read from the
/// wrong one on. The end may cut a character.
pub(in crate::encoding) fn is_shifted(bytes: &[u8], encoding: Paired) -> bool {
    let best: u64 = walk::walk(bytes, encoding, |_, _, _| {});
    let is_cheaper = |cost| best + u64::from(BY_FAR) < cost;
    straight(bytes, encoding).is_some_and(is_cheaper) && {
        let as_it_is = cost_of(bytes, &[], encoding);
        cost_of(bytes, &malformed(bytes, encoding), encoding) + nats(BY_FAR) < as_it_is
    }
}

/// What a reading costs, with these bytes left out, where each character is expected
/// from those before it.
fn cost_of(bytes: &[u8], malformed: &[Range<usize>], encoding: Paired) -> f32 {
    let model = Model::embedded();
    let (mut cost, mut state, mut done) = (0.0, State::START, 0);
    let mut last = Alphabet::None;
    let end = bytes.len()..bytes.len();
    for lost in malformed.iter().chain([&end]) {
        let piece = read::read(&bytes[done..lost.start], encoding.encoding());
        for character in piece.text.chars() {
            let (log, next) = model.step(state, character);
            let alphabet = Alphabet::of(character);
            let goes_on = alphabet != Alphabet::None && alphabet == last;
            cost += if goes_on { LETTER.min(-log) } else { -log };
            (state, last) = (next, alphabet);
        }
        if !lost.is_empty() {
            cost += nats(MALFORMED);
            state = model.advance(state, char::REPLACEMENT_CHARACTER);
            last = Alphabet::None;
        }
        done = lost.end;
    }
    cost
}

/// The alphabets that encodings of Chinese have besides the Latin one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alphabet {
    None,
    Greek,
    Cyrillic,
    Kana,
    Phonetic,
}

impl Alphabet {
    fn of(character: char) -> Alphabet {
        match character {
            '\u{370}'..='\u{3FF}' => Alphabet::Greek,
            '\u{400}'..='\u{4FF}' => Alphabet::Cyrillic,
            '\u{3040}'..='\u{30FF}' => Alphabet::Kana,
            '\u{3100}'..='\u{312F}' => Alphabet::Phonetic,
            _ => Alphabet::None,
        }
    }
}

/// The bytes that belong to no character in the likeliest reading: sorted ranges of
/// one byte each.
pub(in crate::encoding) fn malformed(bytes: &[u8], encoding: Paired) -> Vec<Range<usize>> {
    let units = walk::reading(bytes, encoding);
    let mut found = Vec::new();
    for (window, places) in windows(&units, bytes.len()) {
        match window.len() {
            ..=LONGEST => found.extend(search(bytes, window, encoding)),
            _ => found.extend(places),
        }
    }
    found.into_iter().map(|at| at..at + 1).collect()
}

/// Stretches around malformed bytes, from unit to unit, and those bytes.
fn windows(units: &[(usize, Unit, u8)], length: usize) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut windows: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    let border = |at: usize| {
        let index = units.partition_point(|&(start, _, _)| start < at);
        units.get(index).map_or(length, |&(start, _, _)| start)
    };
    for &(at, _, _) in units.iter().filter(|unit| unit.1 == Unit::Malformed) {
        let window = border(at.saturating_sub(AROUND))..border((at + AROUND).min(length));
        match windows.last_mut() {
            Some((last, places)) if window.start <= last.end => {
                last.end = window.end;
                places.push(at);
            }
            _ => windows.push((window, vec![at])),
        }
    }
    windows
}

/// One unit of a reading.
#[derive(Clone, Copy, Debug)]
struct Node {
    cost: f32,
    state: State,
    start: usize,
    unit: Unit,
    parent: usize,
}

/// The places of the malformed bytes in the likeliest reading of a stretch of the
/// bytes.
fn search(bytes: &[u8], window: Range<usize>, encoding: Paired) -> Vec<usize> {
    let model = Model::embedded();
    let root = Node {
        cost: 0.0,
        state: State::START,
        start: window.start,
        unit: Unit::Ascii,
        parent: usize::MAX,
    };
    let mut nodes = vec![root];
    // The readings up to each place.
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); window.len() + 1];
    layers[0].push(0);
    for at in window.clone() {
        let mut layer = std::mem::take(&mut layers[at - window.start]);
        prune(&mut layer, &nodes);
        if layer.is_empty() {
            continue;
        }
        let is_ascii = bytes[at].is_ascii();
        let length = if is_ascii {
            Some(1)
        } else {
            encoding.length(&bytes[at..window.end])
        };
        let character = length.and_then(|length| {
            let text = read::strict(&bytes[at..at + length], encoding.encoding()).ok()?;
            Some((length, text.chars().next()?))
        });
        for &id in &layer {
            let here = nodes[id];
            let mut offer = |end: usize, unit: Unit, cost: f32, state: State| {
                layers[end - window.start].push(nodes.len());
                nodes.push(Node {
                    cost: here.cost + cost,
                    state,
                    start: at,
                    unit,
                    parent: id,
                });
            };
            if let Some((length, character)) = character {
                let (log, state) = model.step(here.state, character);
                offer(at + length, Unit::Character, -log, state);
            }
            if !is_ascii {
                let is_end = at == 0 || at + 1 == bytes.len();
                let cost = nats(if is_end { CUT } else { MALFORMED });
                let state = model.advance(here.state, char::REPLACEMENT_CHARACTER);
                offer(at + 1, Unit::Malformed, cost, state);
            }
        }
    }
    let ends = layers.pop().unwrap_or_default();
    let best = ends
        .into_iter()
        .min_by(|&a, &b| nodes[a].cost.total_cmp(&nodes[b].cost));
    let mut found = Vec::new();
    let mut id = best.unwrap_or(0);
    while id != 0 {
        let node = nodes[id];
        if node.unit == Unit::Malformed {
            found.push(node.start);
        }
        id = node.parent;
    }
    found.reverse();
    found
}

/// Leaves the likeliest readings, each of which goes on otherwise than the others.
fn prune(layer: &mut Vec<usize>, nodes: &[Node]) {
    layer.sort_by(|&a, &b| nodes[a].cost.total_cmp(&nodes[b].cost));
    let mut kept: Vec<usize> = Vec::with_capacity(WIDTH);
    for &id in layer.iter() {
        let node = nodes[id];
        let is_far = kept
            .first()
            .is_some_and(|&best| node.cost > nodes[best].cost + GAP);
        if kept.len() == WIDTH || is_far {
            break;
        }
        if kept.iter().all(|&other| nodes[other].state != node.state) {
            kept.push(id);
        }
    }
    *layer = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GBK.encode(text).0.into_owned()
    }

    #[test]
    fn whole_text_is_not_shifted() {
        for text in [
            "中文编码问题的解决",
            "饕餮纹青铜簋，亳州、黟县与嵊泗",
            "鄂不韡韡。凡今之人，莫如兄弟。",
            "abc",
            "",
        ] {
            assert!(!is_shifted(&gbk(text), Paired::Gb18030), "{text}");
            assert!(malformed(&gbk(text), Paired::Gb18030).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_lost_byte_is_one_place() {
        let whole = gbk("默认是这堆选项可以使用第二个端口号大于第一个");
        let lost = [&whole[..9], &whole[10..]].concat();
        assert!(is_shifted(&lost, Paired::Gb18030));
        assert_eq!(malformed(&lost, Paired::Gb18030).len(), 1);
        let cut = &whole[1..];
        assert!(is_shifted(cut, Paired::Gb18030));
        let first = malformed(cut, Paired::Gb18030).into_iter().next();
        assert_eq!(first, Some(0..1));
    }

    #[test]
    fn letters_of_another_alphabet_are_not_shifted() {
        let text = "下面的示例仅序列化 жарко 的前两个字符，ストップひばりくん也一样";
        assert!(!is_shifted(&gbk(text), Paired::Gb18030));
    }

    #[test]
    fn which_byte_is_lost_the_characters_around_it_show() {
        let text = "老人们每天都在桥头下棋聊天，孩子们在旁边听故事。";
        for at in [8, 9, 14, 21, 30] {
            let mut bytes = gbk(text);
            bytes.remove(at);
            let found = malformed(&bytes, Paired::Gb18030);
            let starts: Vec<usize> = found.into_iter().map(|lost| lost.start).collect();
            assert_eq!(starts, [at & !1], "{at}");
        }
    }
}
