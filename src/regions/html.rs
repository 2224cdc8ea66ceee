//! The prose of HTML files.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

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

/// The text between the tags of an HTML file, sorted and disjoint.
pub(super) fn prose(text: &str) -> Vec<Range<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // Scripts and styles end only at their own end tags.
    emitter.naively_switch_states(true);
    let mut open = Vec::new();
    let mut outermost: Option<(Vec<u8>, usize)> = None;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(string) if outermost.is_none() => {
                open.push(string.span.start..string.span.end);
            }
            Token::StartTag(tag) if !tag.self_closing => match &mut outermost {
                Some((name, depth)) if *name == tag.name.0 => *depth += 1,
                None if NOT_PROSE.contains(&tag.name.0.as_slice()) => {
                    outermost = Some((tag.name.0, 1));
                }
                _ => {}
            },
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
    open
}
