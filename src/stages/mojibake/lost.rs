//! What is gone for good: texts of which only the marks of their loss are left.
//! They are reported.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

use super::edits::UNKNOWN;
use crate::edit::{Cause, Proposal, Safety};
use crate::reason::Both;
use crate::rules::Rule;

/// A mark of loss, how many of it in a row nobody writes, and what it comes from.
struct Mark {
    text: &'static str,
    least: usize,
    /// Whether it is so rare that lines with rows of it are suspects.
    is_rare: bool,
    reason: Both,
}

static MARKS: [Mark; 4] = [
    Mark {
        text: "锟斤拷",
        least: 2,
        is_rare: true,
        reason: Both {
            en: "U+FFFD, written in UTF-8 and read as GBK: what it stood for is gone",
            zh: "U+FFFD 以 UTF-8 写出，又被当成 GBK 读取：原来的内容已经丢失",
        },
    },
    Mark {
        text: "烫",
        least: 6,
        is_rare: false,
        reason: Both {
            en: "memory that was never written to (CC), read as GBK: there was no text",
            zh: "从未写入内容的内存（CC）被当成 GBK 读取：这里本来就没有文字",
        },
    },
    Mark {
        text: "屯",
        least: 4,
        is_rare: false,
        reason: Both {
            en: "memory that was never written to (CD), read as GBK: there was no text",
            zh: "从未写入内容的内存（CD）被当成 GBK 读取：这里本来就没有文字",
        },
    },
    Mark {
        text: "\u{FFFD}",
        least: 3,
        is_rare: true,
        reason: Both {
            en: "a decoder could not read this, and what stood there is gone",
            zh: "解码器读不出这里的内容，原来的内容已经丢失",
        },
    },
];

/// Question marks that make a line of which nothing else is left, and the part
/// of it that they are.
const QUESTIONS: usize = 6;
const MOSTLY: f32 = 0.7;

/// Rows of the marks that are not rare.
static ROWS: LazyLock<Vec<(&Mark, Finder<'_>)>> = LazyLock::new(|| {
    let common = MARKS.iter().filter(|mark| !mark.is_rare);
    let finder = |mark: &Mark| Finder::new(&mark.text.repeat(mark.least)).into_owned();
    common.map(|mark| (mark, finder(mark))).collect()
});

/// Reports them, where no edit is proposed.
pub(super) fn report(text: &str, suspects: &[Range<usize>], proposals: &mut Vec<Proposal>) {
    let mut found = Vec::new();
    for line in suspects {
        for mark in MARKS.iter().filter(|mark| mark.is_rare) {
            rows(text, line.clone(), mark, &mut found);
        }
    }
    for (mark, row) in &*ROWS {
        if row.find(text.as_bytes()).is_some() {
            rows(text, 0..text.len(), mark, &mut found);
        }
    }
    questions(text, &mut found);
    if found.is_empty() {
        return;
    }
    let is_free = |range: &Range<usize>| {
        let overlaps = |p: &Proposal| p.range.start < range.end && range.start < p.range.end;
        !proposals.iter().any(overlaps)
    };
    found.retain(|proposal| is_free(&proposal.range));
    proposals.append(&mut found);
    proposals.sort_by_key(|proposal| proposal.range.start);
    // A row of one mark can stand in a line of another.
    proposals.dedup_by(|next, last| next.range.start < last.range.end);
}

fn rows(text: &str, line: Range<usize>, mark: &'static Mark, found: &mut Vec<Proposal>) {
    let mut done = 0;
    for start in memmem::find_iter(&text.as_bytes()[line.clone()], mark.text) {
        let start = line.start + start;
        if start < done {
            continue;
        }
        let mut end = start;
        while text[end..].starts_with(mark.text) {
            end += mark.text.len();
        }
        let count = (end - start) / mark.text.len();
        done = end;
        if count >= mark.least && !is_quoted(text, start..end) {
            found.push(proposal(start..end, &mark.reason));
        }
    }
}

/// Whether someone speaks about it.
fn is_quoted(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let open = |c| {
        matches!(
            c,
            '“' | '"' | '「' | '『' | '‘' | '\'' | '`' | '《' | '（' | '('
        )
    };
    let close = |c| {
        matches!(
            c,
            '”' | '"' | '」' | '』' | '’' | '\'' | '`' | '》' | '）' | ')'
        )
    };
    before.is_some_and(open) && after.is_some_and(close)
}

const QUESTIONED: Both = Both {
    en: "an encoder could not write this, and what stood there is gone",
    zh: "编码器写不出这里的内容，原来的内容已经丢失",
};

fn questions(text: &str, found: &mut Vec<Proposal>) {
    static ROW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("??"));
    let mut done = 0;
    for at in ROW.find_iter(text.as_bytes()) {
        if at < done {
            continue;
        }
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length);
        done = end;
        let line = text[start..end].trim();
        let count = line.matches('?').count();
        let others = line.chars().filter(|c| !c.is_whitespace()).count();
        let has_words = line.chars().any(|c| c.is_alphabetic());
        if count >= QUESTIONS && count as f32 >= MOSTLY * others as f32 && !has_words {
            let start = start + text[start..end].len() - text[start..end].trim_start().len();
            found.push(proposal(start..start + line.len(), &QUESTIONED));
        }
    }
}

fn proposal(range: Range<usize>, reason: &'static Both) -> Proposal {
    Proposal {
        range,
        replacement: UNKNOWN.to_string().into(),
        cause: Cause {
            rule: Rule::MojibakeLost,
            safety: Safety::Display,
            reason: reason.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::gate;
    use super::*;
    use crate::reason::tests::fault;

    #[test]
    fn lines_with_rows_of_rare_marks_are_suspects() {
        for Mark { text, least, .. } in MARKS.iter().filter(|mark| mark.is_rare) {
            for around in ["", "的的的", "???", "a a", "\u{3000}"] {
                let line = format!("{around}{}{around}", text.repeat(*least));
                assert_eq!(gate::suspects(&line).len(), 1, "{line}");
            }
        }
    }

    #[test]
    fn all_is_told_in_both_languages() {
        let marks = MARKS.iter().map(|mark| &mark.reason);
        for reason in marks.chain([&QUESTIONED]) {
            assert_eq!(fault(&reason.into()), None);
        }
    }
}
