//! The prose of Markdown files.

use pulldown_cmark::{Event, LinkType, MetadataBlockKind, Options, Parser, Tag};

use super::{Found, Holds, Scope, front_matter, html};

/// Opens the text of a Markdown file without its markup.
pub(super) fn find(text: &str, scope: &Scope, found: &mut Found) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut protected_until = 0;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => protected_until = range.end,
            Event::Start(Tag::MetadataBlock(kind)) => {
                protected_until = range.end;
                if scope.front_matter {
                    let format = match kind {
                        MetadataBlockKind::YamlStyle => front_matter::Format::Yaml,
                        MetadataBlockKind::PlusesStyle => front_matter::Format::Toml,
                    };
                    front_matter::find(&text[range.clone()], range.start, format, found);
                }
            }
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. })
                if !has_text_of_its_own(link_type) =>
            {
                protected_until = range.end;
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                html::find(&text[range.clone()], range.start, found);
            }
            Event::Text(_) if range.start >= protected_until => {
                found.open.push((range, Holds::Markdown));
            }
            _ => {}
        }
    }
}

/// Whether the text of a link can be another one: that of an autolink is its target, and
/// that of `[label]` or `[label][]` has to be what the definition of the link is called.
fn has_text_of_its_own(link: LinkType) -> bool {
    matches!(link, LinkType::Inline | LinkType::Reference)
}
