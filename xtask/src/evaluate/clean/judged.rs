//! Edits of clean text that somebody has read, and whether they are right.

use std::collections::HashMap;
use std::fs;

use super::tally::Found;
use crate::{Failure, generated};

/// What the edits are told by, and the judgement.
const FILE: &str = "xtask/data/clean-judged.tsv";

/// A reader's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The text really is damaged there, and this is what stood there.
    Right,
    /// The text was worse behind it.
    Wrong,
}

/// The judgements, by kind, file, rule, context and replacement.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged(HashMap<String, Verdict>);

impl Judged {
    /// Those of the repository.
    ///
    /// # Errors
    /// If a row is not right or wrong.
    pub(super) fn read() -> Result<Self, Failure> {
        Self::parse(&fs::read_to_string(generated::in_repository(FILE))?)
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        let parse = |row: &str| {
            let (verdict, rest) = row.split_once('\t')?;
            let (_why, edit) = rest.split_once('\t')?;
            let verdict = match verdict {
                "right" => Verdict::Right,
                "wrong" => Verdict::Wrong,
                _ => return None,
            };
            Some((edit.to_owned(), verdict))
        };
        rows.map(|row| parse(row).ok_or_else(|| format!("{FILE}: {row:?}").into()))
            .collect::<Result<_, _>>()
            .map(Judged)
    }

    /// What was said of the edit.
    pub(super) fn of(&self, found: &Found) -> Option<Verdict> {
        self.0.get(&found.to_string()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengben::Rule;

    #[test]
    fn an_edit_is_found_by_its_place() {
        let text = "# verdict\nright\ta radical\tnews\ta.txt\tchar-radical\t的[⻓]句\t长\n";
        let judged = Judged::parse(text).unwrap();
        let mut found = Found {
            kind: "news".to_owned(),
            file: "a.txt".to_owned(),
            rule: Rule::CharRadical,
            applied: true,
            context: "的[⻓]句".to_owned(),
            replacement: "长".to_owned(),
        };
        assert_eq!(judged.of(&found), Some(Verdict::Right));
        found.context = "很[⻓]".to_owned();
        assert_eq!(judged.of(&found), None);
        assert!(Judged::parse("maybe\twhy\tnews\n").is_err());
    }

    #[test]
    fn the_judgements_of_the_repository_are_well_formed() {
        Judged::read().unwrap();
    }
}
