//! Which script a text is in, and of which region.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Traditional characters with their Simplified forms, of OpenCC.
static SIMPLIFIED: &str = include_str!("../dictionaries/opencc/TSCharacters.txt");

/// Forms of Taiwan and of Hong Kong with OpenCC's own. Those of Hong Kong are also
/// what converters of the mainland write, so that they show nothing by themselves.
static TAIWAN: &str = include_str!("../dictionaries/opencc/TWVariantsRev.txt");
static HONG_KONG: &str = include_str!("../dictionaries/opencc/HKVariantsRev.txt");

/// Characters that are written in Cantonese only, or nearly so.
const CANTONESE: &str = "嘅咗喺佢哋冇唔嗰啲咁嚟噉啱睇攞";
/// The letters of Zhuyin, which Taiwan uses.
const ZHUYIN: std::ops::RangeInclusive<char> = 'ㄅ'..='ㄯ';

/// Which characters a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScriptKind {
    Simplified,
    Traditional,
    /// Both, each in more than a few places.
    Mixed,
    /// Nothing shows it.
    Unknown,
}

/// Where a Traditional text is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Taiwan,
    HongKong,
}

/// Of the characters that are in one script only, so many must be of one for the
/// text to be in it: names, quotations and slips are of the other.
const ONE_SCRIPT: f64 = 0.9;

/// So many characters more of one region than of the other show it.
const REGION: usize = 2;

/// What a character shows.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    simplified: bool,
    traditional: bool,
    taiwan: bool,
    hong_kong: bool,
}

static SIGNS: LazyLock<HashMap<char, Signs>> = LazyLock::new(|| {
    let mut signs: HashMap<char, Signs> = HashMap::new();
    let pairs: Vec<(char, Vec<char>)> = rows(SIMPLIFIED).collect();
    for (traditional, forms) in &pairs {
        // 后, 里 and others are written in both scripts.
        if !forms.contains(traditional) {
            signs.entry(*traditional).or_default().traditional = true;
        }
    }
    for simplified in pairs.iter().flat_map(|(_, forms)| forms) {
        let is_both = pairs
            .iter()
            .any(|(_, forms)| forms.len() > 1 && forms.contains(simplified));
        let is_other = signs.get(simplified).is_some_and(|signs| signs.traditional);
        // 床 and others are written for another character, but in Taiwan too.
        if !is_both && !is_other && !is_in_big5(*simplified) {
            signs.entry(*simplified).or_default().simplified = true;
        }
    }
    for (character, _) in rows(TAIWAN) {
        signs.entry(character).or_default().taiwan = true;
    }
    for (character, _) in rows(HONG_KONG) {
        signs.entry(character).or_default().hong_kong = true;
    }
    signs
});

/// Whether text of Taiwan can have the character.
fn is_in_big5(character: char) -> bool {
    let (_, _, is_unmappable) = encoding_rs::BIG5.encode(character.encode_utf8(&mut [0; 4]));
    !is_unmappable
}

/// A character and its forms.
fn rows(table: &'static str) -> impl Iterator<Item = (char, Vec<char>)> {
    table.lines().filter_map(|line| {
        let (from, to) = line.split_once('\t')?;
        let to = to.split(' ').filter_map(|form| form.chars().next());
        Some((from.chars().next()?, to.collect()))
    })
}

/// The script of a text, and the region if it shows.
pub(crate) fn script_of(text: &str) -> (ScriptKind, Option<Region>) {
    let (mut simplified, mut traditional, mut taiwan, mut hong_kong) = (0, 0, 0, 0);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        if CANTONESE.contains(character) {
            hong_kong += 1;
        } else if ZHUYIN.contains(&character) {
            taiwan += 1;
        }
        let Some(signs) = SIGNS.get(&character) else {
            continue;
        };
        simplified += usize::from(signs.simplified);
        traditional += usize::from(signs.traditional);
        // What both regions write tells nothing.
        taiwan += usize::from(signs.taiwan && !signs.hong_kong);
    }
    let all = (simplified + traditional) as f64;
    let kind = match (simplified, traditional) {
        (0, 0) => ScriptKind::Unknown,
        (some, _) if some as f64 >= ONE_SCRIPT * all => ScriptKind::Simplified,
        (_, some) if some as f64 >= ONE_SCRIPT * all => ScriptKind::Traditional,
        _ => ScriptKind::Mixed,
    };
    let region = match kind {
        ScriptKind::Simplified | ScriptKind::Unknown => None,
        _ if taiwan >= hong_kong + REGION => Some(Region::Taiwan),
        _ if hong_kong >= taiwan + REGION => Some(Region::HongKong),
        _ => None,
    };
    (kind, region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_regions() {
        let cases = [
            ("这个产业的发展很快，后来", ScriptKind::Simplified, None),
            ("這個產業的發展很快，後來", ScriptKind::Traditional, None),
            (
                "佢哋喺嗰度食嘢，發展咗好耐",
                ScriptKind::Traditional,
                Some(Region::HongKong),
            ),
            (
                "床頭的檯燈在房間裡，線上的教學裡有說明",
                ScriptKind::Traditional,
                Some(Region::Taiwan),
            ),
            ("这个产业的發展很快，機會", ScriptKind::Mixed, None),
            ("中文", ScriptKind::Unknown, None),
            ("plain", ScriptKind::Unknown, None),
        ];
        for (text, kind, region) in cases {
            assert_eq!(script_of(text), (kind, region), "{text}");
        }
    }
}
