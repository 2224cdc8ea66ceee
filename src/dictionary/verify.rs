//! What a dictionary must keep to beyond its format.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Contexts, Decision, DictionaryError, Entry, Fix, Problem};

/// Verifies the rows of one or more files: canonical order in each file, no
/// word that stands for itself, one row for a word in a family, no cycle in
/// a family, no row that another one shadows, no context that both keeps and
/// fixes.
///
/// # Errors
/// The first rule that is broken, at the row that breaks it.
pub fn verify(entries: &[Entry<'_>]) -> Result<(), DictionaryError> {
    order(entries)?;
    verify_rows(entries)
}

/// The same, of rows in any order.
pub(super) fn verify_rows(entries: &[Entry<'_>]) -> Result<(), DictionaryError> {
    let contexts: Vec<Contexts<'_>> = entries
        .iter()
        .map(Entry::contexts)
        .collect::<Result<_, _>>()?;
    self_maps(entries)?;
    duplicates(entries)?;
    contradictions(entries, &contexts)?;
    shadows(entries, &contexts)?;
    cycles(entries, &contexts)
}

fn order(entries: &[Entry<'_>]) -> Result<(), DictionaryError> {
    for pair in entries.windows(2) {
        let [a, b] = pair else { continue };
        if a.place.file == b.place.file && (a.spun, &a.families) > (b.spun, &b.families) {
            let problem = Problem::Order {
                spun: b.spun.to_owned(),
                previous: a.spun.to_owned(),
            };
            return Err(b.error(1, problem));
        }
    }
    Ok(())
}

fn self_maps(entries: &[Entry<'_>]) -> Result<(), DictionaryError> {
    match entries
        .iter()
        .find(|entry| entry.originals.contains(&entry.spun))
    {
        Some(entry) => Err(entry.error(
            1,
            Problem::SelfMap {
                spun: entry.spun.to_owned(),
            },
        )),
        None => Ok(()),
    }
}

fn duplicates(entries: &[Entry<'_>]) -> Result<(), DictionaryError> {
    let mut seen = HashMap::new();
    for entry in entries {
        for &family in &entry.families {
            if let Some(other) = seen.insert((entry.spun, family), entry.place) {
                let problem = Problem::Duplicate {
                    spun: entry.spun.to_owned(),
                    family: family.to_owned(),
                    other: other.to_string(),
                };
                return Err(entry.error(1, problem));
            }
        }
    }
    Ok(())
}

fn contradictions(entries: &[Entry<'_>], contexts: &[Contexts<'_>]) -> Result<(), DictionaryError> {
    for (entry, contexts) in entries.iter().zip(contexts) {
        let kept: HashSet<_> = contexts.keep.iter().collect();
        if let Some(fix) = contexts.fix.iter().find(|fix| kept.contains(&fix.context)) {
            let problem = Problem::Contradiction {
                context: fix.context.to_string(),
            };
            return Err(entry.error(1, problem));
        }
    }
    Ok(())
}

/// A row is shadowed if its word contains another row's, and what that row
/// makes of it, context or no context, is what the row would make of it.
fn shadows(entries: &[Entry<'_>], contexts: &[Contexts<'_>]) -> Result<(), DictionaryError> {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_word.entry(entry.spun).or_default().push(index);
    }
    for entry in entries {
        let others: BTreeSet<usize> = parts(entry.spun)
            .filter_map(|part| by_word.get(part))
            .flatten()
            .copied()
            .collect();
        for index in others {
            let (other, contexts) = (&entries[index], &contexts[index]);
            let Some(at) = entry.spun.find(other.spun) else {
                continue;
            };
            if !share_a_family(entry, other) {
                continue;
            }
            let (left, right) = (&entry.spun[..at], &entry.spun[at + other.spun.len()..]);
            let decided = contexts
                .fix
                .iter()
                .find(|fix| fix.context.matches(left, right));
            let kept = contexts
                .keep
                .iter()
                .any(|context| context.matches(left, right));
            if let Some(fix) = decided
                && !kept
                && entry.originals[0] == [left, fix.original, right].concat()
            {
                let problem = Problem::Shadowed {
                    spun: entry.spun.to_owned(),
                    by: other.spun.to_owned(),
                    other: other.place.to_string(),
                };
                return Err(entry.error(1, problem));
            }
        }
    }
    Ok(())
}

/// The parts of a word that are shorter than it.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let starts = word.char_indices().map(|(start, _)| start);
    starts.flat_map(move |start| {
        let ends = word[start..].char_indices().skip(1);
        let ends = ends.map(move |(end, _)| start + end).chain([word.len()]);
        ends.map(move |end| &word[start..end])
            .filter(move |part| part.len() < word.len())
    })
}

fn share_a_family(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    a.families.iter().any(|family| b.families.contains(family))
}

/// Follows the fix contexts: a word is given back in a context, and if the
/// word given back is itself fixed in that context, on from there.
fn cycles(entries: &[Entry<'_>], contexts: &[Contexts<'_>]) -> Result<(), DictionaryError> {
    let families: HashSet<&str> = entries
        .iter()
        .flat_map(|entry| entry.families.iter().copied())
        .collect();
    for family in families {
        let of_family = |entry: &&Entry<'_>| entry.families.contains(&family);
        let by_word: HashMap<&str, &Contexts<'_>> = entries
            .iter()
            .zip(contexts)
            .filter(|(entry, _)| of_family(entry))
            .map(|(entry, contexts)| (entry.spun, contexts))
            .collect();
        for entry in entries.iter().filter(of_family) {
            let mut words = vec![entry.spun];
            if leads_back(entry.spun, &by_word, &mut words) {
                let words = words.into_iter().map(str::to_owned).collect();
                let problem = Problem::Cycle {
                    family: family.to_owned(),
                    words,
                };
                return Err(entry.error(1, problem));
            }
        }
    }
    Ok(())
}

/// Whether some way of fixing the last of the words comes back to the first.
///
/// A way on is one text around the word, all that a context asks for, in
/// which its row fixes it and the row of what it gives fixes that in turn.
/// (Where two contexts that look to different sides happen to stand around
/// one word, the stage sees the cycle and reports the word as undecided.)
fn leads_back<'d>(
    first: &'d str,
    by_word: &HashMap<&str, &Contexts<'d>>,
    words: &mut Vec<&'d str>,
) -> bool {
    let Some(contexts) = words.last().and_then(|word| by_word.get(word)) else {
        return false;
    };
    let originals: BTreeSet<&str> = contexts.fix.iter().map(|fix| fix.original).collect();
    for original in originals {
        if words.contains(&original) && original != first {
            continue;
        }
        let Some(next) = by_word.get(original) else {
            continue;
        };
        let goes_on = |fix: &Fix<'d>| {
            let (left, right) = fix.context.sample();
            contexts.decide(&left, &right) == Decision::Substituted(original)
                && matches!(next.decide(&left, &right), Decision::Substituted(_))
        };
        if !contexts.fix.iter().chain(&next.fix).any(goes_on) {
            continue;
        }
        words.push(original);
        if original == first || leads_back(first, by_word, words) {
            return true;
        }
        words.pop();
    }
    false
}
