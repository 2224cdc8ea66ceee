//! The administrative divisions of China, down to counties.

/// One prefecture a line, comments first. `dictionaries/places/README.md`
/// describes the columns, `cargo xtask verify places` keeps the promise.
pub(crate) static TABLE: &str = include_str!("../../dictionaries/places/divisions.tsv");

/// Stands for a prefecture that there is none of.
const NONE: &str = "-";

/// What the names of divisions below provinces end in.
pub(crate) const SUFFIXES: [char; 6] = ['市', '县', '区', '旗', '州', '盟'];

/// A division below a province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Division {
    /// Its full name, which others can have too.
    pub(crate) name: &'static str,
    /// The short name of the prefecture that it is in, if it is in one.
    pub(crate) prefecture: Option<&'static str>,
    /// The short name of its province.
    pub(crate) province: &'static str,
}

impl Division {
    /// All of those whose names have a part, by province.
    pub(crate) fn with(part: &str) -> impl Iterator<Item = Division> {
        lines()
            .filter(move |line| line.contains(part))
            .filter_map(columns)
            .flat_map(in_line)
            .filter(move |division| division.name.contains(part))
    }

    /// Whether there is a division of that name.
    pub(crate) fn exists(name: &str) -> bool {
        Division::with(name).any(|division| division.name == name)
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

fn columns(line: &'static str) -> Option<[&'static str; 5]> {
    let mut columns = line.split('\t');
    let mut column = || columns.next();
    Some([column()?, column()?, column()?, column()?, column()?])
}

/// The prefecture of a line, and its counties.
fn in_line(columns: [&'static str; 5]) -> impl Iterator<Item = Division> {
    let [_, province, prefecture, short, counties] = columns;
    let itself = (prefecture != NONE).then_some(Division {
        name: prefecture,
        prefecture: None,
        province,
    });
    let counties = counties.split(' ').filter(|county| !county.is_empty());
    let counties = counties.map(move |name| Division {
        name,
        prefecture: (short != NONE).then_some(short),
        province,
    });
    itself.into_iter().chain(counties)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read() {
        let divisions = lines().flat_map(|line| in_line(columns(line).expect(line)));
        let divisions: Vec<Division> = divisions.collect();
        assert!(divisions.len() > 3000, "{}", divisions.len());
        for division in divisions {
            assert!(division.name.ends_with(SUFFIXES), "{division:?}");
            let areas = [Some(division.province), division.prefecture];
            for area in areas.into_iter().flatten() {
                assert!(area.chars().nth(1).is_some(), "{division:?}");
            }
        }
    }

    #[test]
    fn a_name_can_be_in_several_provinces() {
        let mut provinces: Vec<_> = Division::with("和平区")
            .map(|division| (division.province, division.prefecture))
            .collect();
        provinces.sort_unstable();
        assert_eq!(provinces, [("天津", None), ("辽宁", Some("沈阳"))]);
    }

    #[test]
    fn parts_of_names_are_no_names() {
        assert!(Division::exists("安宁市") && Division::exists("大理白族自治州"));
        assert!(!Division::exists("宁市") && !Division::exists("安定市"));
        assert!(!Division::exists("云南") && !Division::exists("昆明"));
    }
}
