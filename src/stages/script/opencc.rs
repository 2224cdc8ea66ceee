//! The same conversion by the OpenCC library: a text in, a text out, and the
//! edits found by comparing the two.

use std::fmt;

use opencc_rust::OpenCC;

use super::Conversion;
use crate::edit::{Cause, Proposal, Safety};
use crate::reason::Both;
use crate::rules::Rule;

/// How many characters a length-changing edit may span before the rest of its
/// line becomes one edit. OpenCC's longest key has 13.
const WINDOW: usize = 32;

/// How many characters must be the same for both texts to be in step again.
const IN_STEP: usize = 2;

/// The library can't open its configuration or its dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("OpenCC can't open {conversion}.json: {message}")]
pub struct OpenCcError {
    conversion: Conversion,
    message: String,
}

/// A converter of the library.
pub(super) struct Library {
    opencc: OpenCC,
    conversion: Conversion,
}

impl Library {
    /// Opens OpenCC's configuration of the conversion.
    pub(super) fn open(conversion: Conversion) -> Result<Self, OpenCcError> {
        match OpenCC::new(format!("{conversion}.json")) {
            Ok(opencc) => Ok(Library { opencc, conversion }),
            Err(error) => Err(OpenCcError {
                conversion,
                message: error.to_string(),
            }),
        }
    }

    /// Pushes the edits of a text; `None` if the library fails, with nothing
    /// pushed.
    pub(super) fn propose(&self, text: &str, out: &mut Vec<Proposal>) -> Option<()> {
        let mut edits = Vec::new();
        let mut at = 0;
        // The library's strings end at U+0000.
        for run in text.split('\0') {
            let converted = self.opencc.convert(run).ok()?;
            if converted != run {
                compare(run, &converted, at, &mut edits);
            }
            at += run.len() + 1;
        }
        out.append(&mut edits);
        Some(())
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Library").field(&self.conversion).finish()
    }
}

/// Pushes edits that make `target` of `source`; `base` is added to their
/// places.
fn compare(source: &str, target: &str, base: usize, out: &mut Vec<Proposal>) {
    let (mut from, mut to) = (source, target);
    // No edit goes over a line end, so lines are compared by themselves.
    while !from.is_empty() && !to.is_empty() {
        let (line, rest) = first_line(from);
        let (new, new_rest) = first_line(to);
        if line != new {
            compare_lines(line, new, base + source.len() - from.len(), out);
        }
        (from, to) = (rest, new_rest);
    }
    push(
        from,
        to,
        base + source.len() - from.len(),
        Rule::ScriptPhrase,
        out,
    );
}

/// A line with its end, and what follows.
fn first_line(text: &str) -> (&str, &str) {
    text.split_at(text.find('\n').map_or(text.len(), |end| end + 1))
}

fn compare_lines(source: &str, target: &str, base: usize, out: &mut Vec<Proposal>) {
    let from: Vec<char> = source.chars().collect();
    let to: Vec<char> = target.chars().collect();
    let (mut from, mut to) = (&from[..], &to[..]);
    let mut at = base;
    while !from.is_empty() || !to.is_empty() {
        let (taken, given) = match (from, to) {
            ([a, ..], [b, ..]) if a == b => (1, 1),
            _ => next_in_step(from, to),
        };
        if taken == given {
            // Character by character.
            for (a, b) in from.iter().zip(to).take(taken) {
                let (a_len, mut buffer) = (a.len_utf8(), [0; 4]);
                let mut source = [0; 4];
                let source = &*a.encode_utf8(&mut source);
                push(
                    source,
                    b.encode_utf8(&mut buffer),
                    at,
                    Rule::ScriptCharacter,
                    out,
                );
                at += a_len;
            }
        } else {
            let source: String = from[..taken].iter().collect();
            let target: String = to[..given].iter().collect();
            push(&source, &target, at, Rule::ScriptPhrase, out);
            at += source.len();
        }
        (from, to) = (&from[taken..], &to[given..]);
    }
}

/// How many characters of both differ until the texts are in step again; the
/// fewest, and of the same number if there is a choice.
fn next_in_step(from: &[char], to: &[char]) -> (usize, usize) {
    let in_step = |a: usize, b: usize| match (from.get(a..), to.get(b..)) {
        (Some([]), Some([])) => true,
        (Some(from), Some(to)) => {
            let len = IN_STEP.min(from.len()).min(to.len());
            len > 0 && from[..len] == to[..len]
        }
        _ => false,
    };
    for longer in 1..=WINDOW {
        let equal = std::iter::once((longer, longer));
        let shorter = (0..longer).rev().flat_map(|s| [(longer, s), (s, longer)]);
        if let Some(found) = equal.chain(shorter).find(|&(a, b)| in_step(a, b)) {
            return found;
        }
    }
    (from.len(), to.len())
}

/// Pushes an edit if the texts differ.
fn push(source: &str, target: &str, at: usize, rule: Rule, out: &mut Vec<Proposal>) {
    if source != target {
        let cause = Cause {
            rule,
            safety: Safety::Safe,
            reason: (&Both {
                en: "OpenCC",
                zh: "OpenCC 的转换结果",
            })
                .into(),
        };
        let range = at..at + source.len();
        out.push(Proposal {
            range,
            replacement: target.to_owned().into(),
            cause,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    #[test]
    fn edits_are_found_by_comparing() {
        for (source, target) in [
            ("", ""),
            ("漢語\n辭典", "汉语\n辞典"),
            ("印表機與軟體程式", "打印机与软件程序"),
            ("SQL隱碼攻擊的程式", "SQL注入的程序"),
            ("甲乙丙", "甲"),
            ("甲", "甲乙"),
            ("東西\n", "东西"),
            ("一二三四五六七八九十", "九八七"),
        ] {
            let mut edits = Vec::new();
            compare(source, target, 0, &mut edits);
            assert_eq!(apply(source, &edits), target);
        }
        let mut edits = Vec::new();
        compare("看SQL隱碼攻擊", "看SQL注入", 0, &mut edits);
        assert!(
            matches!(&edits[..], [edit] if edit.range == (6..18)),
            "{edits:?}"
        );
    }
}
