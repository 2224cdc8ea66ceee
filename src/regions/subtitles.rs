//! What is said in subtitles: SubRip, WebVTT and (Advanced) SubStation Alpha.

use std::ops::Range;

use super::{Found, Holds, head};

/// The lines of a text without their ends, with their places.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// Whether a line gives the times of a cue.
pub(super) fn is_times(line: &str) -> bool {
    let Some((from, to)) = line.split_once("-->") else {
        return false;
    };
    let is_time = |part: &str| part.contains(':') && part.starts_with(|c: char| c.is_ascii_digit());
    is_time(from.trim_start()) && is_time(to.trim_start())
}

/// Opens the text of a SubRip file: the lines behind those with times, up to the next
/// number and times. An empty line in between is a slip of whoever made the file.
pub(super) fn srt(text: &str, found: &mut Found) {
    let mut lines = lines(text).peekable();
    let mut is_in_cue = false;
    while let Some((start, line)) = lines.next() {
        let is_number = line.trim().bytes().all(|byte| byte.is_ascii_digit());
        if is_times(line) {
            is_in_cue = true;
        } else if is_number && lines.peek().is_some_and(|(_, next)| is_times(next)) {
            is_in_cue = false;
        } else if is_in_cue {
            said(line, start, found);
        }
    }
}

/// Opens the text of the cues of a WebVTT file.
pub(super) fn vtt(text: &str, found: &mut Found) {
    let mut block = Block::Other;
    let mut is_first = true;
    for (start, line) in lines(text) {
        if line.is_empty() {
            block = Block::Other;
            is_first = true;
            continue;
        }
        if is_times(line) {
            block = Block::Cue;
        } else if block == Block::Cue {
            said(line, start, found);
        } else if is_first && is_keyword(line, NOTE) {
            block = Block::Note;
        }
        if block == Block::Note {
            let end = start + line.len();
            match found.comments.last_mut() {
                Some(comment) if !is_first => comment.end = end,
                _ => found.comments.push(start + NOTE.len()..end),
            }
        }
        is_first = false;
    }
}

/// What lines of WebVTT are in, up to an empty line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Cue,
    Note,
    /// The header, a style, a region, or the name of a cue.
    Other,
}

/// What a comment begins with.
const NOTE: &str = "NOTE";

fn is_keyword(line: &str, keyword: &str) -> bool {
    let rest = line.strip_prefix(keyword);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Opens a line of a cue, except for its tags and overrides.
fn said(line: &str, start: usize, found: &mut Found) {
    let mut done = 0;
    let mut push = |range: Range<usize>| {
        let range = start + range.start..start + range.end;
        found.open.push((range, Holds::Cue));
    };
    while let Some(at) = memchr::memchr3(b'<', b'{', b'&', &line.as_bytes()[done..]) {
        let at = done + at;
        let Some(length) = markup(&line[at..]) else {
            push(done..at + 1);
            done = at + 1;
            continue;
        };
        push(done..at);
        done = at + length;
    }
    push(done..line.len());
}

/// The length of the tag (`<i>`), override (`{\an8}`) or character reference that a
/// text begins with. A bracket that is none is text.
fn markup(text: &str) -> Option<usize> {
    let inner = &text[1..];
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    // What is longer is a bracket that nobody closes.
    let inner = head(inner, LONGEST);
    let closed = match text.as_bytes()[0] {
        b'<' if inner.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '.') => {
            inner.find('>')
        }
        b'{' if inner.starts_with('\\') => inner.find('}'),
        b'&' => {
            let name = inner.bytes().take_while(|&byte| is_name(byte)).count();
            (name > 0 && inner[name..].starts_with(';')).then_some(name)
        }
        _ => None,
    };
    closed.map(|place| place + 2)
}

/// Tags are at most so long, in bytes.
const LONGEST: usize = 1024;

/// Opens the last field, the text, of each dialogue in a SubStation Alpha file.
pub(super) fn ass(text: &str, found: &mut Found) {
    let mut fields = DEFAULT_FIELDS;
    let mut is_in_events = false;
    for (start, line) in lines(text) {
        let at = line.trim_start();
        if at.starts_with('[') {
            is_in_events = at.trim_end().eq_ignore_ascii_case("[events]");
        } else if at.starts_with(';') {
            found.comments.push(start..start + line.len());
        } else if let Some(names) = at.strip_prefix("Format:").filter(|_| is_in_events) {
            fields = names.split(',').count();
        } else if let Some((kind, values)) = at.split_once(':').filter(|_| is_in_events) {
            let Some(said) = values.splitn(fields, ',').nth(fields - 1) else {
                continue;
            };
            let place = start + line.len() - said.len();
            match kind {
                "Dialogue" => event(said, place, found),
                "Comment" => found.comments.push(place..place + said.len()),
                _ => {}
            }
        }
    }
}

/// Of an event, where no line says: layer, start, end, style, name, three margins,
/// effect, text.
const DEFAULT_FIELDS: usize = 10;

/// Opens the text of an event, except for overrides, line breaks and drawings.
fn event(said: &str, start: usize, found: &mut Found) {
    let mut done = 0;
    let mut draws = false;
    let mut at = 0;
    let mut push = |range: Range<usize>, draws: bool| {
        if !draws {
            let range = start + range.start..start + range.end;
            found.open.push((range, Holds::Event));
        }
    };
    while let Some(sign) = memchr::memchr2(b'{', b'\\', &said.as_bytes()[at..]) {
        at += sign;
        let rest = &said[at..];
        let length = match rest.as_bytes()[0] {
            b'{' => rest.find('}').map(|end| end + 1),
            _ if rest.starts_with(r"\N") || rest.starts_with(r"\n") || rest.starts_with(r"\h") => {
                Some(2)
            }
            _ => None,
        };
        let Some(length) = length else {
            if rest.starts_with('{') {
                // It is never closed: what follows may be anything.
                push(done..at, draws);
                return;
            }
            at += 1;
            continue;
        };
        push(done..at, draws);
        if let Some(drawing) = drawing(&rest[..length]) {
            draws = drawing;
        }
        at += length;
        done = at;
    }
    push(done..said.len(), draws);
}

/// Whether an override begins a drawing (`\p1`) or ends one (`\p0`).
fn drawing(tags: &str) -> Option<bool> {
    let level = |tag: &str| {
        tag.strip_prefix('p')?
            .trim_end_matches('}')
            .parse::<u32>()
            .ok()
    };
    let mut levels = tags.split('\\').filter_map(level);
    levels.next_back().map(|level| level > 0)
}
