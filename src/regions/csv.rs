//! The named columns of CSV and of values separated by tabs.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::{Found, Holds, Scope, Syntax};

/// Opens the fields of the named columns.
pub(super) fn find(text: &str, syntax: Syntax, scope: &Scope, found: &mut Found) {
    let delimiter = match syntax {
        Syntax::Tsv => '\t',
        _ => delimiter(text),
    };
    let mut columns = Columns::new(scope);
    let mut fields = Fields::new(text, delimiter, syntax != Syntax::Tsv);
    let mut is_header = !scope.headless;
    let mut column = 0;
    while let Some(field) = fields.next() {
        if is_header {
            columns.name(column, &field.value);
        } else if columns.is_named(column) {
            open(text, field.range, delimiter, syntax, found);
        }
        column += 1;
        if field.is_last {
            column = 0;
            if std::mem::take(&mut is_header) && columns.is_none_named() {
                return;
            }
            fields.wants_values = false;
        }
    }
}

/// Which columns are named.
struct Columns<'s> {
    scope: &'s Scope,
    named: Vec<bool>,
}

impl<'s> Columns<'s> {
    fn new(scope: &'s Scope) -> Self {
        let mut named = Vec::new();
        let numbers = scope.columns.iter().filter_map(|name| name.parse().ok());
        // No table has more columns than that, and the number may be a slip.
        for number in numbers.filter(|number| (1..=MOST_COLUMNS).contains(number)) {
            if named.len() < number {
                named.resize(number, false);
            }
            named[number - 1] = true;
        }
        Columns { scope, named }
    }

    /// Tells the name of a column, in the order of the columns.
    fn name(&mut self, column: usize, name: &[u8]) {
        let name = name.trim_ascii();
        let is_named = |wanted: &String| wanted.trim().as_bytes() == name;
        if self.scope.columns.iter().any(is_named) {
            if self.named.len() <= column {
                self.named.resize(column + 1, false);
            }
            self.named[column] = true;
        }
    }

    fn is_named(&self, column: usize) -> bool {
        self.named.get(column) == Some(&true)
    }

    fn is_none_named(&self) -> bool {
        !self.named.contains(&true)
    }
}

/// Numbers of columns are looked at up to here.
const MOST_COLUMNS: usize = 1 << 16;

/// The sign between fields: in a first row without commas, a semicolon or a tab.
fn delimiter(text: &str) -> char {
    let line = text.lines().find(|line| !line.is_empty()).unwrap_or("");
    let others = [';', '\t'].into_iter().filter(|&c| line.contains(c));
    match line.contains(',') {
        true => ',',
        false => others
            .max_by_key(|&c| line.matches(c).count())
            .unwrap_or(','),
    }
}

/// A field as it stands in the file.
struct Field {
    /// Its bytes with its quotes, if it has any.
    range: Range<usize>,
    /// What it holds, as long as values are wanted.
    value: Vec<u8>,
    is_last: bool,
}

struct Fields<'t> {
    bytes: &'t [u8],
    at: usize,
    reader: Reader,
    buffer: [u8; 1024],
    wants_values: bool,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, delimiter: char, quotes: bool) -> Self {
        let mut builder = ReaderBuilder::new();
        let builder = builder.delimiter(delimiter as u8).quoting(quotes);
        Fields {
            bytes: text.as_bytes(),
            at: 0,
            reader: builder.build(),
            buffer: [0; 1024],
            wants_values: true,
        }
    }

    fn next(&mut self) -> Option<Field> {
        let start = self.at;
        let mut value = Vec::new();
        let is_last = loop {
            let rest = &self.bytes[self.at..];
            let (result, read, written) = self.reader.read_field(rest, &mut self.buffer);
            self.at += read;
            if self.wants_values {
                value.extend_from_slice(&self.buffer[..written]);
            }
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => return None,
            }
        };
        // What is read is the field with the delimiter or the line's end behind it and,
        // at the beginning of a row, the rest of the last line's end before it.
        let breaks = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let raw = &self.bytes[start..self.at];
        let start = start + raw.iter().take_while(breaks).count();
        let raw = &self.bytes[start.min(self.at)..self.at];
        let end = match is_last {
            true => self.at - raw.iter().rev().take_while(breaks).count(),
            false => self.at - 1,
        };
        Some(Field {
            range: start..end.max(start),
            value,
            is_last,
        })
    }
}

/// Opens a field, except for its quotes. One that is not quoted as it should be is
/// left closed.
fn open(text: &str, range: Range<usize>, delimiter: char, syntax: Syntax, found: &mut Found) {
    let field = &text[range.clone()];
    if syntax == Syntax::Tsv || !field.starts_with('"') {
        found.open.push((range, Holds::Field(delimiter)));
        return;
    }
    let Some(inner) = field[1..].strip_suffix('"') else {
        return;
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    while let Some(quote) = memchr::memchr(b'"', &inner.as_bytes()[start..]) {
        let quote = start + quote;
        if inner.as_bytes().get(quote + 1) != Some(&b'"') {
            return;
        }
        pieces.push(start..quote);
        start = quote + 2;
    }
    pieces.push(start..inner.len());
    let base = range.start + 1;
    let pieces = pieces.into_iter().map(|r| base + r.start..base + r.end);
    found
        .open
        .extend(pieces.map(|piece| (piece, Holds::QuotedField)));
}
