//! Bytes of pairs that a lost byte has shifted: decoded as they are they give
//! characters, but not those of the page.

use std::ops::Range;

use super::costs::{ASTRAL, CUT, Cost, MALFORMED, NAT, ascii};
use super::score::{Paired, paired};

/// So much likelier a reading must be that takes a byte to be lost than the one that
/// decodes all, in which no byte is malformed: a rare name costs less.
const BY_FAR: Cost = 25 * NAT;

/// Whether bytes decode, but only because what follows a lost byte is read from the
/// wrong one on.
pub(in crate::encoding) fn is_shifted(bytes: &[u8], encoding: Paired) -> bool {
    let best = paired(bytes, encoding);
    best.malformed > 0 && straight(bytes, encoding).is_some_and(|cost| best.cost + BY_FAR < cost)
}

/// What bytes cost decoded as they are; `None` if they do not. A unit that the end
/// cuts is not counted.
fn straight(mut bytes: &[u8], encoding: Paired) -> Option<Cost> {
    let mut sum = 0;
    while let [first, rest @ ..] = bytes {
        let (cost, length) = match rest {
            _ if first.is_ascii() => (ascii(*first), 1),
            _ if encoding.has_four(bytes) => (ASTRAL, 4),
            [second, ..] => (encoding.pairs().cost(*first, *second)?, 2),
            [] => (0, 1),
        };
        sum += cost;
        bytes = &bytes[length..];
    }
    Some(sum)
}

/// The bytes that belong to no character in the likeliest reading: sorted ranges of
/// one byte each.
pub(in crate::encoding) fn malformed(bytes: &[u8], encoding: Paired) -> Vec<Range<usize>> {
    let mut costs = vec![Cost::MAX; bytes.len() + 1];
    // How long the unit is that ends there, and whether it is a character.
    let mut steps = vec![(0u8, true); bytes.len() + 1];
    costs[0] = 0;
    for at in 0..bytes.len() {
        let here = costs[at];
        if here == Cost::MAX {
            continue;
        }
        let rest = &bytes[at..];
        let mut offer = |length: usize, cost: Cost, is_character: bool| {
            let place = &mut costs[at + length];
            if here + cost < *place {
                *place = here + cost;
                steps[at + length] = (length as u8, is_character);
            }
        };
        if rest[0].is_ascii() {
            offer(1, ascii(rest[0]), true);
            continue;
        }
        let is_end = at == 0 || rest.len() == 1;
        offer(1, if is_end { CUT } else { MALFORMED }, false);
        if let Some(cost) = rest
            .get(1)
            .and_then(|&next| encoding.pairs().cost(rest[0], next))
        {
            offer(2, cost, true);
        }
        if encoding.has_four(rest) {
            offer(4, ASTRAL, true);
        }
    }
    let mut found = Vec::new();
    let mut end = bytes.len();
    while end > 0 {
        let (length, is_character) = steps[end];
        let start = end - usize::from(length.max(1));
        if !is_character {
            found.push(start..end);
        }
        end = start;
    }
    found.reverse();
    found
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
}
