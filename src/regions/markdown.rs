//! The prose of Markdown files.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::html;

/// The text of a Markdown file without its markup, sorted and disjoint.
pub(super) fn prose(text: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut open = Vec::new();
    let mut protected_until = 0;
    let mut html_block = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => {
                protected_until = range.end;
            }
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }) => {
                protected_until = range.end;
            }
            Event::Start(Tag::HtmlBlock) => html_block = Some(range),
            Event::Text(_) if range.start >= protected_until => open.push(range),
            _ => {}
        }
        if let Some(block) = html_block.take() {
            let inner = html::prose(&text[block.clone()]);
            open.extend(
                inner
                    .into_iter()
                    .map(|r| block.start + r.start..block.start + r.end),
            );
        }
    }
    open
}
