//! The comments of source code: a scanner of comments and strings, which a table of
//! languages guides ([`super::language`]).
//!
//! What it is not sure of it takes for code: a comment that it misses stays as it is,
//! while code that it took for a comment would be changed.

mod quirks;

use super::language::{Lexis, Quirk, Quotes};
use super::{Found, Holds};

/// Opens the text of the comments of source code.
pub(super) fn find(text: &str, lexis: &'static Lexis, found: &mut Found) {
    let mut scanner = Scanner {
        text,
        lexis,
        at: 0,
        is_within: !lexis
            .quirks
            .iter()
            .any(|quirk| matches!(quirk, Quirk::Within(..))),
        templates: Vec::new(),
        found,
    };
    scanner.run();
}

struct Scanner<'t, 'f> {
    text: &'t str,
    lexis: &'static Lexis,
    at: usize,
    /// Whether the place is in code, where a file has other things too.
    is_within: bool,
    /// The strings around the code that the place is in, and how many brackets of
    /// that code are open.
    templates: Vec<(Quotes, u32)>,
    found: &'f mut Found,
}

impl<'t> Scanner<'t, '_> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn has(&self, quirk: Quirk) -> bool {
        self.lexis.quirks.contains(&quirk)
    }

    /// Moves on behind the next such sign, or to the end.
    fn skip_behind(&mut self, sign: &str) {
        let found = memchr::memmem::find(self.rest().as_bytes(), sign.as_bytes());
        self.at = found.map_or(self.text.len(), |place| self.at + place + sign.len());
    }

    fn line_end(&self) -> usize {
        let end = memchr::memchr(b'\n', self.rest().as_bytes());
        end.map_or(self.text.len(), |place| self.at + place)
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        // `#!` is for the system, but `#![` is Rust.
        if self.text.starts_with("#!") && !self.text.starts_with("#![") {
            self.at = self.line_end();
        }
        while self.at < bytes.len() {
            if !self.is_within {
                self.enter();
                continue;
            }
            let byte = bytes[self.at];
            if byte >= 0x80 || byte == b' ' {
                self.at += 1;
                continue;
            }
            if self.quirk() || self.comment() || self.quoted() || self.bracket(byte) {
                continue;
            }
            self.at += 1;
        }
    }

    /// Moves on to where code begins.
    fn enter(&mut self) {
        for quirk in self.lexis.quirks {
            if let Quirk::Within(begin, _) = quirk {
                self.skip_behind(begin);
            }
        }
        self.is_within = true;
    }

    /// Reads what a quirk of the language knows; whether there is such a thing.
    fn quirk(&mut self) -> bool {
        let start = self.at;
        for quirk in self.lexis.quirks {
            match *quirk {
                Quirk::Characters => self.character(),
                Quirk::Backslash if self.rest().starts_with('\\') => {
                    let next = self.rest()[1..].chars().next();
                    self.at += 1 + next.map_or(0, char::len_utf8);
                }
                Quirk::HereDocuments | Quirk::SpacedHereDocuments => self.here_document(),
                Quirk::RustStrings => self.rust_string(),
                Quirk::CppStrings => self.cpp_string(),
                Quirk::LuaBrackets => self.lua_bracket(),
                Quirk::Regexes => self.regex(),
                Quirk::Within(_, end) if self.rest().starts_with(end) => {
                    self.at += end.len();
                    self.is_within = false;
                }
                Quirk::BlockScalars => self.block_scalar(),
                Quirk::LineBlocks(begin, end) => self.line_block(begin, end),
                Quirk::DollarQuotes => self.dollar_quotes(),
                _ => {}
            }
            if self.at != start {
                return true;
            }
        }
        false
    }

    /// Reads a comment.
    fn comment(&mut self) -> bool {
        if self.has(Quirk::SpacedComments) && !self.before().is_none_or(char::is_whitespace) {
            return false;
        }
        let rest = self.rest();
        for (begin, end) in self.lexis.block {
            if rest.starts_with(begin) {
                self.block_comment(begin, end);
                return true;
            }
        }
        let is_comment = |sign: &&&str| {
            let is_operator = |c: char| c.is_ascii_punctuation() && !"-(){}[]\"',;`".contains(c);
            let behind = rest
                .strip_prefix(**sign)
                .map(|rest| rest.trim_start_matches('-'));
            behind.is_some_and(|behind| {
                !(self.has(Quirk::Operators) && behind.starts_with(is_operator))
            })
        };
        let Some(sign) = self.lexis.line.iter().find(is_comment) else {
            return false;
        };
        let mut end = self.line_end();
        for quirk in self.lexis.quirks {
            if let Quirk::Within(_, sign) = quirk
                && let Some(place) = self.text[self.at..end].find(sign)
            {
                end = self.at + place;
            }
        }
        let is_attribute = self.has(Quirk::Attributes) && rest.starts_with("#[");
        if !is_attribute {
            self.push(end, sign.len(), 0, Holds::LineComment);
        }
        self.at = end;
        true
    }

    fn block_comment(&mut self, begin: &'static str, end: &'static str) {
        let start = self.at;
        let mut depth = 1;
        self.at += begin.len();
        while depth > 0 {
            let rest = self.rest().as_bytes();
            let Some(place) = memchr::memmem::find(rest, end.as_bytes()) else {
                // What is never closed is no comment.
                self.at = self.text.len();
                return;
            };
            if self.lexis.nested {
                depth += memchr::memmem::find_iter(&rest[..place], begin.as_bytes()).count();
            }
            depth -= 1;
            self.at += place + end.len();
        }
        let stop = self.at;
        self.at = start;
        self.push(stop, begin.len(), end.len(), Holds::BlockComment(end));
        self.at = stop;
    }

    /// A comment from the place on, with its signs.
    fn push(&mut self, end: usize, before: usize, behind: usize, holds: Holds) {
        self.found.comments.push(self.at..end);
        let text = (self.at + before).min(end)..end - behind.min(end - self.at);
        if text.start < text.end {
            self.found.open.push((text, holds));
        }
    }

    /// Skips a string.
    fn quoted(&mut self) -> bool {
        let rest = self.rest();
        let is_it = |quotes: &&Quotes| rest.starts_with(quotes.open);
        let Some(quotes) = self.lexis.strings.iter().find(is_it) else {
            return false;
        };
        let begins = |c: char| c.is_whitespace() || "([{,:=".contains(c);
        if self.has(Quirk::SpacedQuotes) && !self.before().is_none_or(begins) {
            return false;
        }
        self.at += quotes.open.len();
        self.string(*quotes);
        true
    }

    /// Skips the rest of a string, up to code in it.
    fn string(&mut self, quotes: Quotes) {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            let rest = &bytes[self.at..];
            if let Some((sign, ..)) = quotes.code
                && rest.starts_with(sign.as_bytes())
            {
                self.at += sign.len();
                self.templates.push((quotes, 1));
                return;
            }
            if rest.starts_with(quotes.close.as_bytes()) {
                self.at += quotes.close.len();
                return;
            }
            self.at += match bytes[self.at] {
                // A string that is not closed ends with its line.
                b'\n' if !quotes.lines => return,
                b'\\' if quotes.escapes => 2,
                _ => 1,
            };
        }
        self.at = bytes.len();
    }

    /// Counts the brackets of code in a string; behind the last one the string goes on.
    fn bracket(&mut self, byte: u8) -> bool {
        let Some((quotes, depth)) = self.templates.last_mut() else {
            return false;
        };
        let Some((_, open, close)) = quotes.code else {
            return false;
        };
        if byte == open as u8 {
            *depth += 1;
        } else if byte == close as u8 {
            *depth -= 1;
            if *depth == 0 {
                let quotes = *quotes;
                self.templates.pop();
                self.at += 1;
                self.string(quotes);
                return true;
            }
        }
        false
    }
}
