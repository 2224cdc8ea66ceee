//! Comments that switch rules off: `zhengben: off gloss`.
//!
//! | comment | what it switches off |
//! |---|---|
//! | `zhengben: off` | from here on, up to `zhengben: on` |
//! | `zhengben: off-line` | the line it is in |
//! | `zhengben: off-next-line` | the next line that has prose |
//! | `zhengben: off-file` | the whole file |
//!
//! Behind each can stand names of rules or stages, otherwise it is all of them. What
//! is behind ` -- ` says why.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::marks::Marks;
use crate::rules::{Rule, RuleSet};

/// What the comments begin with.
const MARK: &str = "zhengben:";

/// What may stand before the mark and its sign.
const BLANK: [char; 2] = [' ', '\t'];

/// Before the mark, where a comment of plain text begins.
const PLAIN: [&str; 3] = ["<!--", "#", "//"];

/// What the comments of a text say.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    /// Which rules are off where.
    pub(super) off: Marks<RuleSet>,
    /// The comments themselves.
    pub(super) comments: Vec<Range<usize>>,
    pub(super) unknown: Vec<Unknown>,
}

/// A word in such a comment that says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unknown {
    pub(crate) range: Range<usize>,
    /// What may have been meant.
    pub(crate) nearest: Option<&'static str>,
    pub(crate) kind: UnknownKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnknownKind {
    /// It stands where `off` or the like should.
    Order,
    /// It stands where a rule or a stage should.
    Rule,
}

/// Whether a text may have such comments.
pub(super) fn has_mark(text: &str) -> bool {
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));
    FINDER.find(text.as_bytes()).is_some()
}

/// Whether a text begins with such a comment in angle brackets.
pub(crate) fn is_tag(text: &str) -> bool {
    let inner = text.strip_prefix(PLAIN[0]).map(str::trim_start);
    inner.is_some_and(|inner| inner.starts_with(MARK))
}

/// The lines of plain text that are such comments.
pub(super) fn plain_comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), MARK.as_bytes()) {
        let before = text[..at].trim_end_matches(BLANK);
        let sign = PLAIN.iter().find_map(|sign| before.strip_suffix(sign));
        let Some(before) = sign.map(|before| before.trim_end_matches(BLANK)) else {
            continue;
        };
        let start = before.len();
        if at < done || !(before.is_empty() || before.ends_with('\n')) {
            continue;
        }
        let end = text[at..].find('\n').map_or(text.len(), |feed| at + feed);
        comments.push(start..end);
        done = end;
    }
    comments
}

/// What is said to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Off,
    On,
    Line,
    NextLine,
    File,
}

const ORDERS: [(&str, Order); 5] = [
    ("off", Order::Off),
    ("on", Order::On),
    ("off-line", Order::Line),
    ("off-next-line", Order::NextLine),
    ("off-file", Order::File),
];

/// A comment that says something.
struct Directive {
    /// Its bytes, from the mark to the end of its line or of the comment.
    range: Range<usize>,
    /// Where the comment that it is in ends.
    end: usize,
    order: Order,
    rules: RuleSet,
}

/// Reads what comments say; by place. `open` are the parts of the text that are
/// prose, by place.
pub(super) fn read<'o>(
    text: &str,
    comments: &[Range<usize>],
    open: impl Iterator<Item = &'o Range<usize>>,
) -> Ignored {
    let mut ignored = Ignored::default();
    let mut directives = Vec::new();
    for comment in comments {
        let before = directives.len();
        let mut start = comment.start;
        for line in text[comment.clone()].split_inclusive('\n') {
            let is_sign = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
            let said = line.trim_start_matches(is_sign);
            let place = start + line.len() - said.len();
            start += line.len();
            let Some(words) = said.strip_prefix(MARK) else {
                continue;
            };
            let at = place + MARK.len();
            if let Some((order, rules)) = order(words, at, &mut ignored.unknown) {
                directives.push(Directive {
                    range: place..start,
                    end: comment.end,
                    order,
                    rules,
                });
            }
        }
        if directives.len() > before {
            ignored.comments.push(comment.clone());
        }
    }
    ignored.off = switched_off(text, &directives, open);
    ignored
}

/// Reads what is behind the mark, which stands at a place; what is wrong with it is
/// noted.
fn order(words: &str, place: usize, unknown: &mut Vec<Unknown>) -> Option<(Order, RuleSet)> {
    let mut words = names(words).map(|(at, word)| (place + at..place + at + word.len(), word));
    let (range, name) = words.next()?;
    let Some((_, order)) = ORDERS.iter().find(|(order, _)| *order == name) else {
        let orders = ORDERS.iter().map(|(name, _)| *name);
        unknown.push(Unknown {
            range,
            nearest: nearest(name, orders),
            kind: UnknownKind::Order,
        });
        return None;
    };
    let mut rules = RuleSet::none();
    let mut names_any = false;
    for (range, name) in words {
        names_any = true;
        match RuleSet::named(name) {
            Ok(named) => rules.insert(named),
            Err(_) => {
                let known = Rule::all().flat_map(|rule| [rule.id(), rule.info().stage]);
                unknown.push(Unknown {
                    range,
                    nearest: nearest(name, known),
                    kind: UnknownKind::Rule,
                });
            }
        }
    }
    Some((*order, if names_any { rules } else { RuleSet::all() }))
}

/// The names behind the mark with their places, up to the end of the comment or to
/// what says why.
fn names(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_between = |c: char| c.is_whitespace() || c == ',';
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &words[at..];
        let rest = rest.trim_start_matches(is_between);
        at = words.len() - rest.len();
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        // The hyphens of `-->` are none of the name's.
        let name = rest[..length].trim_end_matches('-');
        if name.is_empty() || name.starts_with('-') {
            at = words.len();
            return None;
        }
        let place = at;
        let is_whole = rest[length..].starts_with(is_between) && name.len() == length;
        at = if is_whole { at + length } else { words.len() };
        Some((place, name))
    })
}

/// The name that differs least from a word, if it is not another one altogether.
fn nearest(word: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let likeness = |name: &'static str| (strsim::jaro_winkler(word, name), name);
    let nearest = names.map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
    nearest
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .map(|(_, name)| name)
}

/// From this likeness on, a name is suggested: that of clap.
const ALIKE: f64 = 0.7;

/// Which rules are off where.
fn switched_off<'o>(
    text: &str,
    directives: &[Directive],
    open: impl Iterator<Item = &'o Range<usize>>,
) -> Marks<RuleSet> {
    let mut lines = prose_lines(text, open).peekable();
    let mut changes = Vec::new();
    let mut add = |range: Range<usize>, rules: RuleSet| {
        changes.push((range.start, true, rules));
        changes.push((range.end, false, rules));
    };
    // From where each rule is off.
    let mut since: Vec<(Rule, usize)> = Vec::new();
    let mut line = 0..0;
    for directive in directives {
        let Directive { range, rules, .. } = directive;
        match directive.order {
            Order::File => add(0..text.len(), *rules),
            Order::Line => {
                // One line may have many of them.
                if range.start >= line.end {
                    let start = text[..range.start].rfind('\n').map_or(0, |feed| feed + 1);
                    line = start..line_end(text, range.start);
                }
                add(line.clone(), *rules);
            }
            Order::NextLine => {
                let next = line_end(text, directive.end);
                while lines.next_if(|line| line.start < next).is_some() {}
                if let Some(line) = lines.peek() {
                    add(line.clone(), *rules);
                }
            }
            Order::Off => {
                let is_on = |rule: &Rule| since.iter().all(|(off, _)| off != rule);
                let new = Rule::all()
                    .filter(|&rule| rules.contains(rule))
                    .filter(is_on);
                let new: Vec<_> = new.map(|rule| (rule, range.start)).collect();
                since.extend(new);
            }
            Order::On => since.retain(|&(rule, start)| {
                let ends = rules.contains(rule);
                if ends {
                    add(start..range.start, [rule].into_iter().collect());
                }
                !ends
            }),
        }
    }
    for (rule, start) in since {
        add(start..text.len(), [rule].into_iter().collect());
    }
    flattened(changes)
}

/// The end of the line that a place is in.
fn line_end(text: &str, place: usize) -> usize {
    let end = memchr::memchr(b'\n', &text.as_bytes()[place..]);
    end.map_or(text.len(), |feed| place + feed)
}

/// The lines that have prose in them, from where it begins; by place.
fn prose_lines<'o>(
    text: &str,
    open: impl Iterator<Item = &'o Range<usize>>,
) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    open.flat_map(move |part| {
        let mut start = part.start;
        text[part.clone()]
            .split_inclusive('\n')
            .filter_map(move |piece| {
                let place = start;
                start += piece.len();
                (!piece.trim().is_empty()).then_some(place)
            })
    })
    .filter_map(move |place| {
        if place < done {
            return None;
        }
        done = line_end(text, place).max(place + 1);
        Some(place..line_end(text, place))
    })
}

/// Disjoint ranges with the rules that are off in each.
fn flattened(mut changes: Vec<(usize, bool, RuleSet)>) -> Marks<RuleSet> {
    changes.sort_by_key(|&(place, begins, _)| (place, begins));
    let mut counts = vec![0_usize; Rule::all().count()];
    let mut ranges = Vec::new();
    let mut from = 0;
    for (place, begins, rules) in changes {
        let off: RuleSet = Rule::all()
            .filter(|&rule| counts[rule as usize] > 0)
            .collect();
        if off != RuleSet::none() && from < place {
            ranges.push((from..place, off));
        }
        from = place;
        for rule in Rule::all().filter(|&rule| rules.contains(rule)) {
            let count = &mut counts[rule as usize];
            *count = if begins {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
        }
    }
    Marks::new(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_where_the_comment_does() {
        let cases: [(&str, &[&str]); 8] = [
            (" off", &["off"]),
            ("off-line", &["off-line"]),
            (
                " off gloss, script-character -->",
                &["off", "gloss", "script-character"],
            ),
            (" off gloss-->", &["off", "gloss"]),
            (" off gloss*/", &["off", "gloss"]),
            (" off gloss -- a lesson", &["off", "gloss"]),
            (" off 注音", &["off", "注音"]),
            (" -->", &[]),
        ];
        for (words, expected) in cases {
            let found: Vec<&str> = names(words).map(|(_, name)| name).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
}
