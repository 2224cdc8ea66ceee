//! The values of front matter in YAML and TOML: strings on one line, items of lists
//! and block scalars. Keys, collections in brackets, anchors and tags stay closed,
//! and so do strings that go over several lines.

use std::ops::Range;

use super::{Found, Holds, json};

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Toml,
}

/// Opens the values of front matter that stands at a place of a file.
pub(super) fn find(text: &str, place: usize, format: Format, found: &mut Found) {
    let mut start = place;
    let mut lines = Lines::new(format);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        lines.read(content, start, found);
        start += line.len();
    }
}

/// Keys whose values are names for programs.
const NOT_PROSE: [&str; 24] = [
    "alias",
    "aliases",
    "bibliography",
    "cover",
    "css",
    "date",
    "file",
    "icon",
    "id",
    "image",
    "images",
    "img",
    "key",
    "lang",
    "layout",
    "link",
    "path",
    "permalink",
    "ref",
    "slug",
    "template",
    "type",
    "url",
    "uuid",
];

/// What the lines so far have begun.
struct Lines {
    format: Format,
    /// The indentation of a key whose values are not prose, until it ends.
    closed: Option<usize>,
    /// The indentation of a key whose value is the lines below, if one is open.
    block: Option<usize>,
    /// The quotes that a string over several lines ends with.
    quotes: Option<&'static str>,
}

impl Lines {
    fn new(format: Format) -> Self {
        Lines {
            format,
            closed: None,
            block: None,
            quotes: None,
        }
    }

    fn read(&mut self, line: &str, start: usize, found: &mut Found) {
        if let Some(quotes) = self.quotes {
            if line.contains(quotes) {
                self.quotes = None;
            }
            return;
        }
        let content = line.trim_start();
        let indent = line.len() - content.len();
        if let Some(key) = self.block {
            if content.is_empty() {
                return;
            }
            if indent > key {
                found
                    .open
                    .push((start + indent..start + line.len(), Holds::PlainScalar));
                return;
            }
            self.block = None;
        }
        if let Some(key) = self.closed {
            let is_below = indent > key || (indent == key && content.starts_with("- "));
            if is_below || content.is_empty() {
                return;
            }
            self.closed = None;
        }
        let item = content.trim_start_matches("- ");
        let key = item.split([':', '=']).next().unwrap_or_default().trim();
        if NOT_PROSE.iter().any(|name| name.eq_ignore_ascii_case(key)) {
            self.closed = Some(line.len() - item.len());
            return;
        }
        let Some(value) = self.value(content) else {
            return;
        };
        let at = start + line.len() - value.len();
        self.scalar(value, at, indent, found);
    }

    /// The value in a line, if it has one.
    fn value<'l>(&self, line: &'l str) -> Option<&'l str> {
        if self.format == Format::Toml {
            let (key, value) = line.split_once('=')?;
            let is_key = !key.contains(['"', '\'', '#', '[']);
            return is_key.then(|| value.trim_start());
        }
        let mut rest = line;
        let mut is_item = false;
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
            is_item = true;
        }
        let key = rest
            .split_once(": ")
            .or_else(|| Some((rest.strip_suffix(':')?, "")));
        match key {
            Some((key, value)) if !key.starts_with(['"', '\'', '#', '[', '{']) => {
                Some(value.trim_start())
            }
            _ => is_item.then_some(rest),
        }
    }

    /// Opens a value that begins in a line whose indentation is known.
    fn scalar(&mut self, value: &str, at: usize, indent: usize, found: &mut Found) {
        let Some(first) = value.chars().next() else {
            return;
        };
        let toml = self.format == Format::Toml;
        match first {
            '"' | '\'' => {
                for quotes in ["\"\"\"", "'''"] {
                    if toml && value.starts_with(quotes) {
                        self.quotes = Some(quotes).filter(|_| !value[3..].contains(quotes));
                        return;
                    }
                }
                match string(value) {
                    Some(range) if first == '"' => {
                        let mut open = Vec::new();
                        json::pieces(value, range, &mut open);
                        let moved = open
                            .into_iter()
                            .map(|(r, holds)| (at + r.start..at + r.end, holds));
                        found.open.extend(moved);
                    }
                    Some(range) => {
                        let range = at + range.start..at + range.end;
                        found.open.push((range, Holds::SingleQuoted));
                    }
                    None if first == '"' => self.quotes = Some("\""),
                    None => self.quotes = Some("'"),
                }
            }
            _ if toml => {}
            '|' | '>' => self.block = Some(indent),
            '&' | '*' | '!' | '[' | '{' | '#' | '%' | '@' | '`' => {}
            _ => {
                let end = value.find(" #").unwrap_or(value.len());
                let value = value[..end].trim_end();
                found.open.push((at..at + value.len(), Holds::PlainScalar));
            }
        }
    }
}

/// What is between the quotes that a value begins with, if they are closed and nothing
/// but a comment is behind them.
fn string(value: &str) -> Option<Range<usize>> {
    let bytes = value.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    loop {
        at += memchr::memchr2(quote, b'\\', &bytes[at..])?;
        let is_doubled = quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            b'\\' => at += 1,
            _ if is_doubled => at += 2,
            _ => break,
        }
        if at > bytes.len() {
            return None;
        }
    }
    let behind = value[at + 1..].trim_start();
    (behind.is_empty() || behind.starts_with('#')).then_some(1..at)
}
