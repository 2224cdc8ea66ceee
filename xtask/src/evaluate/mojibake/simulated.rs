//! Garbled lines, whole ones and parts of lines.

use std::collections::BTreeMap;

use zhengben::{Cleaned, Cleaner};

use super::mechanisms::{ALL, Class, Mechanism, traditional_of};
use super::tally::{Tally, distance};
use super::{Arguments, cleaner};
use crate::simulate::Random;
use crate::{Failure, parallel};

/// Classes of length, in characters: below the number.
const LENGTHS: [(usize, &str); 4] = [
    (8, "4-7 characters"),
    (16, "8-15 characters"),
    (40, "16-39 characters"),
    (usize::MAX, "40 and more"),
];

/// Prints a table of the mechanisms, one for whole lines and one for half lines.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(lines: &[String], arguments: &Arguments) -> Result<(), Failure> {
    let cleaners = (cleaner(false)?, cleaner(true)?);
    let mut lengths: BTreeMap<(Class, usize), Tally> = BTreeMap::new();
    for half in [false, true] {
        println!("== {} lines", if half { "half" } else { "whole" });
        println!("{:42}{}", "", Tally::HEADING);
        let mut sums: BTreeMap<Class, Tally> = BTreeMap::new();
        for mechanism in ALL.iter().filter(|m| is_wanted(m, arguments)) {
            let results = parallel::map(lines, |number, line| {
                let mut random = Random::of_document(arguments.seed, number);
                judge(&cleaners, mechanism, line, half, &mut random)
            });
            let mut sum = Tally::default();
            let mut shown = 0;
            for (tally, account) in results.into_iter().flatten() {
                sum += tally;
                if !half {
                    let length = LENGTHS.iter().position(|&(end, _)| tally.characters < end);
                    *lengths
                        .entry((mechanism.class, length.unwrap_or(0)))
                        .or_default() += tally;
                }
                let is_shown = tally.wrong > 0 || (tally.exact == 0 && arguments.missed);
                if is_shown && shown < arguments.show {
                    shown += 1;
                    println!("{account}");
                }
            }
            *sums.entry(mechanism.class).or_default() += sum;
            println!("{:42}{}", mechanism.name, sum.row());
        }
        for (class, sum) in sums {
            println!("{:42}{}", format!("all {class:?}"), sum.row());
        }
    }
    println!("== whole lines by length");
    println!("{:42}{}", "", Tally::HEADING);
    for ((class, length), sum) in lengths {
        println!(
            "{:42}{}",
            format!("{class:?}, {}", LENGTHS[length].1),
            sum.row()
        );
    }
    Ok(())
}

fn is_wanted(mechanism: &Mechanism, arguments: &Arguments) -> bool {
    let part = arguments.mechanism.as_deref();
    part.is_none_or(|part| mechanism.name.contains(part))
}

/// Garbles a line and restores it; also says in words what came of it.
fn judge(
    (safe, all): &(Cleaner, Cleaner),
    mechanism: &Mechanism,
    line: &str,
    half: bool,
    random: &mut Random,
) -> Option<(Tally, String)> {
    let line = match mechanism.is_traditional {
        true => traditional_of(line),
        false => line.to_owned(),
    };
    let garbled = match half {
        true => garble_half(mechanism, &line, random)?,
        false => (mechanism.garble)(&line)?,
    };
    let cleaned = safe.clean(garbled.as_str());
    let with_unsafe = all.clean(garbled.as_str());
    let wrong = wrong(&cleaned, &line);
    let tally = Tally {
        lines: 1,
        exact: usize::from(cleaned.text() == line),
        exact_unsafe: usize::from(with_unsafe.text() == line),
        untouched: usize::from(cleaned.text() == garbled),
        characters: line.chars().count(),
        errors: distance(cleaned.text(), &line),
        errors_unsafe: distance(with_unsafe.text(), &line),
        edits: cleaned.edits().filter(|edit| edit.applied).count(),
        wrong: wrong.len(),
    };
    let account = format!(
        "  {line}\n  {garbled}\n  {}\n  wrong: {}\n",
        cleaned.text(),
        wrong.join(", ")
    );
    Some((tally, account))
}

/// Garbles a half of the line from a random place on.
fn garble_half(mechanism: &Mechanism, line: &str, random: &mut Random) -> Option<String> {
    let characters: Vec<char> = line.chars().collect();
    let length = characters.len() / 2;
    let start = random.between(0, characters.len() - length);
    let part = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
    let garbled = (mechanism.garble)(&part(start..start + length))?;
    Some(part(0..start) + &garbled + &part(start + length..characters.len()))
}

/// The edits that give what the original does not have; a mark for what is lost
/// may stand anywhere.
fn wrong(cleaned: &Cleaned<'_>, original: &str) -> Vec<String> {
    let applied = cleaned.edits().filter(|edit| edit.applied);
    applied
        .filter(|edit| {
            let mut pieces = edit.replacement.split(['\u{FFFD}', '?']);
            pieces.any(|piece| !original.contains(piece))
        })
        .map(|edit| format!("{} → {}", edit.original, edit.replacement))
        .collect()
}
