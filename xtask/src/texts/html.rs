//! Pages of the web around a text: most of their bytes are ASCII.

use std::fmt::Write;

use crate::simulate::Random;

/// Paragraphs between two lists of links.
const SECTION: usize = 3;

/// An HTML page with the lines of a text as its paragraphs.
pub(super) fn page(text: &str, random: &mut Random) -> String {
    let mut out = String::from(concat!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<style>\nbody { margin: 0 auto; max-width: 48rem; font: 1rem/1.6 sans-serif }\n",
        ".list > li { display: inline-block; padding: 0 .5em; border: 1px solid #ddd }\n",
        "</style>\n<script>\nwindow.page = { views: 0, loaded: Date.now() };\n",
        "addEventListener('scroll', () => { page.views += 1; });\n</script>\n",
        "</head>\n<body class=\"article article--wide\">\n",
    ));
    for (number, line) in text.lines().filter(|line| !line.is_empty()).enumerate() {
        if number % SECTION == 0 {
            links(&mut out, random);
        }
        let _ = writeln!(
            out,
            "<div class=\"row row--{number}\" data-id=\"{:08x}\"><p class=\"text text--body\">{}</p></div>",
            random.below(1 << 32),
            escaped(line)
        );
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// A list of links, as sites have them around everything.
fn links(out: &mut String, random: &mut Random) {
    const WORDS: [&str; 8] = [
        "home", "news", "archive", "about", "contact", "search", "login", "print",
    ];
    out.push_str("<ul class=\"list list--links\" role=\"navigation\">\n");
    for _ in 0..random.between(6, 14) {
        let word = WORDS[random.below(WORDS.len() as u64) as usize];
        let number = random.below(1_000_000);
        let _ = writeln!(
            out,
            "<li class=\"list__item\"><a class=\"link link--{word}\" \
             href=\"https://www.example.org/{word}/{number}.html?from=list&amp;page={}\">{word} {number}</a></li>",
            random.below(50),
        );
    }
    out.push_str("</ul>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_a_page_is_ascii_and_its_text_is_escaped() {
        let text = "今年产值增长。\n若 a < b & c，则不成立。\n".repeat(20);
        let page = page(&text, &mut Random::of_document(1, 1));
        let ascii = page.bytes().filter(u8::is_ascii).count();
        assert!(ascii * 100 > page.len() * 75, "{ascii} of {}", page.len());
        assert!(page.contains("a &lt; b &amp; c"));
    }
}
