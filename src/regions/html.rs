//! The prose of HTML files.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::{Found, Holds};

/// Elements whose text is not prose.
const NOT_PROSE: [&[u8]; 9] = [
    b"code",
    b"kbd",
    b"noscript",
    b"pre",
    b"samp",
    b"script",
    b"style",
    b"textarea",
    b"var",
];

/// Attributes that are read to people, of any element.
const ATTRIBUTES: [&str; 4] = ["alt", "aria-label", "placeholder", "title"];

/// What a `<meta>` has to be called for its `content` to be prose: in `name`,
/// `property` or `itemprop`.
const META: [&str; 17] = [
    "apple-mobile-web-app-title",
    "application-name",
    "article:section",
    "article:tag",
    "dc.description",
    "dc.subject",
    "dc.title",
    "description",
    "headline",
    "keywords",
    "og:description",
    "og:image:alt",
    "og:site_name",
    "og:title",
    "twitter:description",
    "twitter:image:alt",
    "twitter:title",
];

/// Opens the text between the tags of an HTML file and the attributes that are prose.
/// The text is part of a file, from this place on.
pub(super) fn find(text: &str, place: usize, found: &mut Found) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Scripts and styles end only at their own end tags.
    emitter.naively_switch_states(true);
    let mut outermost: Option<(Vec<u8>, usize)> = None;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(string) if outermost.is_none() => {
                let range = place + string.span.start..place + string.span.end;
                found.open.push((range, Holds::Markup));
            }
            Token::Comment(comment) => {
                found
                    .comments
                    .push(place + comment.span.start..place + comment.span.end);
            }
            Token::StartTag(tag) => {
                if outermost.is_none() && !tag.attributes.is_empty() {
                    let range = tag.span.start..tag.span.end;
                    if let Some(source) = text.get(range.clone()) {
                        attributes(source, place + range.start, &tag.name, found);
                    }
                }
                if tag.self_closing {
                    continue;
                }
                match &mut outermost {
                    Some((name, depth)) if *name == tag.name.0 => *depth += 1,
                    None if NOT_PROSE.contains(&tag.name.0.as_slice()) => {
                        outermost = Some((tag.name.0, 1));
                    }
                    _ => {}
                }
            }
            Token::EndTag(tag) => {
                if let Some((name, depth)) = &mut outermost
                    && *name == tag.name.0
                {
                    *depth -= 1;
                    if *depth == 0 {
                        outermost = None;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Opens the attributes of a tag that are prose.
fn attributes(tag: &str, place: usize, name: &[u8], found: &mut Found) {
    let attributes: Vec<Attribute<'_>> = Attributes::of(tag).collect();
    let is_called = |attribute: &Attribute<'_>| {
        ["name", "property", "itemprop"].contains(&attribute.name.as_str())
            && META.contains(&attribute.value.trim().to_ascii_lowercase().as_str())
    };
    let is_prose_meta = name == b"meta" && attributes.iter().any(is_called);
    for attribute in attributes {
        let is_content = is_prose_meta && attribute.name == "content";
        if is_content || ATTRIBUTES.contains(&attribute.name.as_str()) {
            let range = place + attribute.range.start..place + attribute.range.end;
            found.open.push((range, Holds::Attribute(attribute.quote)));
        }
    }
}

/// An attribute with a value.
struct Attribute<'t> {
    /// In small letters.
    name: String,
    value: &'t str,
    /// Where in the tag the value stands, without its quotes.
    range: Range<usize>,
    quote: Option<char>,
}

/// The attributes of a start tag as it stands in the file, which the tokenizer does
/// not tell the places of.
struct Attributes<'t> {
    tag: &'t str,
    at: usize,
}

impl<'t> Attributes<'t> {
    fn of(tag: &'t str) -> Self {
        let at = tag.find(|c: char| c.is_ascii_whitespace() || c == '/');
        Attributes {
            tag,
            at: at.unwrap_or(tag.len()),
        }
    }

    /// Moves on to the first character that one holds for, and gives what is passed.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'t str {
        let rest = &self.tag[self.at..];
        let passed = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.at += passed.len();
        passed
    }

    fn starts_with(&self, sign: char) -> bool {
        self.tag[self.at..].starts_with(sign)
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = Attribute<'t>;

    fn next(&mut self) -> Option<Attribute<'t>> {
        let is_space = |c: char| c.is_ascii_whitespace();
        loop {
            self.until(|c| !is_space(c) && c != '/');
            let start = self.at;
            // A name can begin with the sign.
            self.at += usize::from(self.starts_with('='));
            self.until(|c| is_space(c) || matches!(c, '/' | '>' | '='));
            if self.at == start {
                return None;
            }
            let name = self.tag[start..self.at].to_ascii_lowercase();
            self.until(|c| !is_space(c));
            if !self.starts_with('=') {
                continue;
            }
            self.at += 1;
            self.until(|c| !is_space(c));
            let quote = ['"', '\''].into_iter().find(|&sign| self.starts_with(sign));
            self.at += usize::from(quote.is_some());
            let start = self.at;
            let value = match quote {
                Some(quote) => self.until(|c| c == quote),
                None => self.until(|c| is_space(c) || c == '>'),
            };
            let range = start..self.at;
            self.at = (self.at + usize::from(quote.is_some())).min(self.tag.len());
            return Some(Attribute {
                name,
                value,
                range,
                quote,
            });
        }
    }
}
