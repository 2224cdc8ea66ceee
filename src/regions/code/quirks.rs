//! Strings and comments that a table of signs cannot describe: each moves on behind one
//! if it begins at the place.

use super::Scanner;
use crate::regions::Holds;
use crate::regions::language::Quirk;

impl Scanner<'_, '_> {
    /// `'x'`, `'\n'`, `'\u{4e2d}'`; a quote that begins no such thing is passed over.
    pub(super) fn character(&mut self) {
        let Some(inner) = self.rest().strip_prefix('\'') else {
            return;
        };
        let length = match inner.strip_prefix('\\') {
            Some(escaped) => {
                let first = escaped.chars().next().map_or(0, char::len_utf8);
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"{}+".contains(byte);
                let more = escaped
                    .as_bytes()
                    .iter()
                    .skip(first)
                    .take(10)
                    .take_while(|&b| is_part(b));
                1 + first + more.count()
            }
            None => inner.chars().next().map_or(0, char::len_utf8),
        };
        let is_closed = inner
            .get(length..)
            .is_some_and(|rest| rest.starts_with('\''));
        self.at += 1 + if is_closed { length + 1 } else { 0 };
    }

    /// `<<WORD`, `<<-'WORD'`, `<<~WORD` and, in PHP, `<<<WORD`.
    pub(super) fn here_document(&mut self) {
        let Some(rest) = self.rest().strip_prefix("<<") else {
            return;
        };
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        let rest = rest.strip_prefix(['-', '~']).unwrap_or(rest);
        let rest = match self.has(Quirk::SpacedHereDocuments) {
            true => rest.trim_start_matches(' '),
            false => rest,
        };
        let bare = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        let is_quoted = bare.len() < rest.len();
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let word = &bare[..bare.find(|c| !is_part(c)).unwrap_or(bare.len())];
        // A shift by a variable looks the same but for this.
        let begins = |c: char| c.is_ascii_uppercase() || c == '_' || is_quoted;
        if !word.starts_with(begins) {
            return;
        }
        // What never ends goes up to the end of the file.
        self.at = self.line_end();
        while self.at < self.text.len() {
            self.at += 1;
            let end = self.line_end();
            let line = self.text[self.at..end].trim();
            let is_end = line
                .strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(is_part));
            self.at = end;
            if is_end {
                return;
            }
        }
    }

    /// `r"…"`, `br#"…"#`.
    pub(super) fn rust_string(&mut self) {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let Some(rest) = self.rest().strip_prefix('r') else {
            return;
        };
        // `br` and `cr` begin one too.
        let before = self
            .before()
            .filter(|&c| is_word(c) && c != 'b' && c != 'c');
        let hashes = rest.bytes().take_while(|&byte| byte == b'#').count();
        if before.is_some() || !rest[hashes..].starts_with('"') {
            return;
        }
        self.at += 1 + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        self.skip_behind(&end);
    }

    /// `R"tag(…)tag"`.
    pub(super) fn cpp_string(&mut self) {
        let Some(rest) = self.rest().strip_prefix("R\"") else {
            return;
        };
        let tag = rest.bytes().take(16).position(|byte| byte == b'(');
        let Some(tag) = tag.and_then(|length| rest.get(..length)) else {
            return;
        };
        let end = format!("){tag}\"");
        self.at += 2 + tag.len();
        self.skip_behind(&end);
    }

    /// `[[…]]` and `--[[…]]`, with any number of `=` between the brackets.
    pub(super) fn lua_bracket(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let inner = rest.strip_prefix("--").unwrap_or(rest);
        let Some(behind) = inner.strip_prefix('[') else {
            return;
        };
        let level = behind.bytes().take_while(|&byte| byte == b'=').count();
        if !behind[level..].starts_with('[') {
            return;
        }
        let signs = rest.len() - behind.len() + level + 1;
        let end = format!("]{}]", "=".repeat(level));
        self.at += signs;
        let is_closed = memchr::memmem::find(self.rest().as_bytes(), end.as_bytes()).is_some();
        self.skip_behind(&end);
        if is_closed && rest.starts_with("--") {
            let stop = self.at;
            self.at = start;
            self.push(stop, signs, end.len(), Holds::BlockComment("]"));
            self.at = stop;
        }
    }

    /// `/…/` where no division can be.
    pub(super) fn regex(&mut self) {
        let rest = self.rest();
        if !rest.starts_with('/') || rest.starts_with("//") || rest.starts_with("/*") {
            return;
        }
        let line = &self.text[..self.at];
        let before = line.trim_end_matches([' ', '\t']);
        let word = before
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| at + 1);
        let begins = before.is_empty()
            || before.ends_with(|c: char| "(,=:[!&|?{};+-*%<>~^\n".contains(c))
            || KEYWORDS.contains(&before.get(word..).unwrap_or_default());
        if !begins {
            return;
        }
        let mut in_class = false;
        let mut escaped = false;
        let bytes = rest.bytes().enumerate().skip(1).take(LONGEST_REGEX);
        for (place, byte) in bytes {
            match byte {
                b'\n' => return,
                _ if escaped => {
                    escaped = false;
                    continue;
                }
                b'\\' => escaped = true,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => {
                    self.at += place + 1;
                    return;
                }
                _ => {}
            }
        }
    }

    /// The lines of a block scalar in YAML: indented below a value that is `|` or `>`.
    pub(super) fn block_scalar(&mut self) {
        let Some(header) = self.rest().strip_prefix(['|', '>']) else {
            return;
        };
        let before = &self.text[..self.at];
        let is_value = before.ends_with(' ') && before.trim_end_matches(' ').ends_with([':', '-']);
        let header = header.trim_start_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
        let header = header.trim_start_matches([' ', '\t']);
        if !is_value || !(header.is_empty() || header.starts_with(['\n', '\r', '#'])) {
            return;
        }
        let end = self.line_end();
        let start = before.rfind('\n').map_or(0, |place| place + 1);
        let key = &before[start..];
        let indent = key.len() - key.trim_start().len();
        self.at = end;
        while self.at < self.text.len() {
            let line_start = self.at + 1;
            let rest = &self.text[line_start..];
            let line = rest.split('\n').next().unwrap_or_default();
            let content = line.trim_start();
            if !content.trim_end().is_empty() && line.len() - content.len() <= indent {
                return;
            }
            self.at = line_start + line.len();
        }
    }

    /// A comment between two lines that begin with words.
    pub(super) fn line_block(&mut self, begin: &str, end: &str) {
        let is_line_start = |c: char| c == '\n';
        if !self.rest().starts_with(begin) || !self.before().is_none_or(is_line_start) {
            return;
        }
        let start = self.at;
        let first = self.line_end() - start;
        self.skip_behind(&format!("\n{end}"));
        if self.at < self.text.len() || self.text.ends_with(end) {
            let stop = self.at;
            self.at = start;
            self.push(stop, first, end.len(), Holds::BlockComment("=\n"));
            self.at = stop;
        }
    }

    /// `$$…$$`, `$tag$…$tag$`.
    pub(super) fn dollar_quotes(&mut self) {
        let Some(rest) = self.rest().strip_prefix('$') else {
            return;
        };
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = rest.bytes().take(64).take_while(is_part).count();
        if !rest[length..].starts_with('$') {
            return;
        }
        let sign = &self.rest()[..length + 2];
        self.at += sign.len();
        self.skip_behind(sign);
    }
}

/// What is longer is taken for divisions.
const LONGEST_REGEX: usize = 250;

/// Words behind which a value comes.
const KEYWORDS: [&str; 16] = [
    "and", "case", "delete", "do", "else", "if", "in", "not", "of", "or", "return", "throw",
    "typeof", "unless", "when", "while",
];
