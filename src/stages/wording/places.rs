//! Names of places that a spinner has made.
//!
//! A spinner that replaces 「安宁」 by 「安定」 makes 「安定市」 of 「安宁市」, and no
//! place has that name. Such a name is given back if one word of it stands for
//! another, the name with that word is a place's, and the text names the
//! prefecture or the province that the place is in.

use crate::language::gazetteer::{Division, SUFFIXES};

use super::lexicon::OriginalId;

/// How far behind a word the end of a name can be, in characters: as far as in
/// 大理白族自治州 behind 大.
const LONGEST: usize = 8;

/// What may stand before a name besides punctuation and the name of an area: the
/// end of another name, and words of one character.
const BEFORE: &str = "省市县区州盟旗在于到从自至往向赴是为和与及或的对由经将把被让称该";

/// What makes another word of the end of a name: 「安定市场」 is none.
const BEHIND: [(char, &str); 6] = [
    ('市', "场民面井价容值况售集制级州"),
    ('县', "级域"),
    ('区', "域别分间块隔位划级"),
    ('旗', "帜下号舰手级"),
    ('州', "级"),
    ('盟', "友国主约军级"),
];

/// A name that a spinner makes of a place's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Made {
    /// What the spun word stands for in it.
    pub(super) original: OriginalId,
    /// What stands before the word and behind it.
    left: &'static str,
    right: &'static str,
    /// The place.
    division: Division,
}

/// A place whose name a spinner has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlaceName {
    /// What the spun word stands for in its name.
    pub(super) original: OriginalId,
    /// Its name.
    pub(super) name: &'static str,
    /// The prefecture or province that it is in and that the text names.
    pub(super) area: &'static str,
}

impl Made {
    /// All names that a spinner makes by writing a word for one of others. What
    /// happens to be the name of a place is not among them.
    pub(super) fn all<'o>(
        spun: &str,
        originals: impl Iterator<Item = (OriginalId, &'o str)>,
    ) -> Vec<Made> {
        let made = originals.flat_map(|(number, original)| {
            Division::with(original).filter_map(move |division| {
                let (left, right) = division.name.split_once(original)?;
                let made = Made {
                    original: number,
                    left,
                    right,
                    division,
                };
                let name = [left, spun, right].concat();
                (name.ends_with(SUFFIXES) && !Division::exists(&name)).then_some(made)
            })
        });
        made.collect()
    }

    /// Whether the name stands around a word.
    fn stands(&self, before: &str, behind: &str) -> bool {
        let Some(before) = before.strip_suffix(self.left) else {
            return false;
        };
        let Some(behind) = behind.strip_prefix(self.right) else {
            return false;
        };
        self.may_begin_behind(before) && self.may_end_before(behind)
    }

    fn may_begin_behind(&self, before: &str) -> bool {
        let last = before.chars().next_back();
        let Division {
            prefecture,
            province,
            ..
        } = self.division;
        last.is_none_or(|last| !last.is_alphanumeric() || BEFORE.contains(last))
            || before.ends_with(province)
            || prefecture.is_some_and(|prefecture| before.ends_with(prefecture))
    }

    fn may_end_before(&self, behind: &str) -> bool {
        let (last, next) = (
            self.division.name.chars().next_back(),
            behind.chars().next(),
        );
        let ends = BEHIND.iter().filter(|(end, _)| Some(*end) == last);
        let mut others = ends.flat_map(|(_, others)| others.chars());
        !others.any(|other| Some(other) == next)
    }
}

/// Whether the end of a name can stand so near.
pub(super) fn may_be_in_name(spun: &str, behind: &str) -> bool {
    spun.ends_with(SUFFIXES) || behind.chars().take(LONGEST).any(|c| SUFFIXES.contains(&c))
}

/// The place whose name stands around a word, if it is one of these and the text
/// names the prefecture that it is in, or else the province; where several are
/// so, all must have the same original.
pub(super) fn find(all: &[Made], text: &str, before: &str, behind: &str) -> Option<PlaceName> {
    let standing = all.iter().filter(|made| made.stands(before, behind));
    let standing: Vec<&Made> = standing.collect();
    let areas = [
        |division: Division| division.prefecture,
        |division: Division| Some(division.province),
    ];
    for area in areas {
        let mut named = standing.iter().filter_map(|made| {
            let area = area(made.division).filter(|area| text.contains(area))?;
            Some(PlaceName {
                original: made.original,
                name: made.division.name,
                area,
            })
        });
        if let Some(first) = named.next() {
            let is_only = named.all(|other| other.original == first.original);
            return is_only.then_some(first);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found at the first occurrence of the word.
    fn place(spun: &str, originals: &[&str], text: &str) -> Option<(&'static str, &'static str)> {
        let (before, behind) = text.split_once(spun).expect(text);
        let found = find(
            &Made::all(spun, (0..).zip(originals.iter().copied())),
            text,
            before,
            behind,
        );
        found.map(|place| (place.name, place.area))
    }

    #[test]
    fn a_name_that_is_nobodys_is_given_back_where_its_area_is_named() {
        let anning = |text| place("安定", &["稳定", "安宁"], text);
        assert_eq!(anning("云南省安定市举行会议"), Some(("安宁市", "云南")));
        assert_eq!(anning("安定市，昆明市以西"), Some(("安宁市", "昆明")));
        assert_eq!(anning("记者在安定市区看到，昆明"), Some(("安宁市", "昆明")));
        assert_eq!(anning("安定市举行会议"), None, "no area is named");
        assert_eq!(anning("甘肃省安定市举行会议"), None, "another area");
        assert_eq!(anning("甘肃省定西市安定区"), None, "it is a place");
        assert_eq!(anning("云南：安定市场价格"), None, "another word");
        assert_eq!(anning("云南不安定市价"), None, "another word");
        assert_eq!(anning("云南，社会安定"), None, "no name");
    }

    #[test]
    fn the_word_can_stand_inside_a_name() {
        let big = |text| place("年夜", &["大"], text);
        assert_eq!(big("黑龙江省五年夜连池市"), Some(("五大连池市", "黑龙江")));
        assert_eq!(
            big("云南年夜理白族自治州"),
            Some(("大理白族自治州", "云南"))
        );
        assert_eq!(big("辽宁今年夜连市"), None, "it does not begin there");
    }

    #[test]
    fn of_several_places_the_nearest_is_meant() {
        let either = |text| place("安靖", &["安定", "安宁"], text);
        assert_eq!(either("兰州安靖区"), Some(("安宁区", "兰州")));
        assert_eq!(either("甘肃省定西市安靖区"), Some(("安定区", "定西")));
        assert_eq!(either("甘肃安靖区"), None, "two are in the province");
        assert_eq!(either("兰州、定西的安靖区"), None);
    }
}
