//! Remains of markup in plain text: line breaks as tags, and character
//! references that were not decoded.
//!
//! A text that speaks of markup needs these as they are, so nothing is done
//! in one that has any other tag or names a markup language.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use memchr::{memchr2_iter, memmem};

use crate::edit::{Cause, Proposal, Safety};
use crate::evidence::Evidence;
use crate::reason::Both;
use crate::regions::{Syntax, is_ignoring_tag};
use crate::rules::Rule;
use crate::stages::script::language::is_foreign_text;
use crate::stages::{Stage, View};

/// The longest character reference that is looked for, in bytes: a doubly
/// escaped one of the longest name in use in Chinese pages.
const MAX_REFERENCE: usize = 24;

/// Words whose presence says that a text speaks of markup.
const MARKUP_WORDS: [&str; 8] = [
    "HTML",
    "html",
    "XML",
    "xml",
    "CSS",
    "转义",
    "轉義",
    "字符实体",
];

/// The stage; see the module.
#[derive(Debug)]
pub(crate) struct ResidueStage;

impl Stage for ResidueStage {
    fn propose(&self, view: View<'_>, _evidence: &Evidence, proposals: &mut Vec<Proposal>) {
        let text = view.text;
        if view.syntax != Syntax::Plain || !has_residue(text) || speaks_of_markup(text) {
            return;
        }
        // Japanese and Korean stay as they are.
        if is_foreign_text(text) {
            return;
        }
        let mut done = 0;
        for place in memchr2_iter(b'<', b'&', text.as_bytes()) {
            if place < done {
                continue;
            }
            if text.as_bytes()[place] == b'<' {
                proposals.extend(line_break(text, place));
            } else {
                done = references(text, place, proposals);
            }
        }
    }

    /// What a reference stands for can be the `&` of another one.
    fn runs_again(&self) -> bool {
        true
    }
}

fn has_residue(text: &str) -> bool {
    memchr2_iter(b'<', b'&', text.as_bytes()).any(|place| {
        break_tag(&text[place..]).is_some() || reference_length(&text[place..]).is_some()
    })
}

/// Whether a text has tags other than line breaks, or names a markup language.
pub(super) fn speaks_of_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_other_tag = |place: usize| {
        let behind = bytes.get(place + 1).copied().unwrap_or(0);
        (behind.is_ascii_alphabetic() || behind == b'/' || behind == b'!')
            && break_tag(&text[place..]).is_none()
            && !is_ignoring_tag(&text[place..])
    };
    memchr::memchr_iter(b'<', bytes).any(is_other_tag)
        || MARKUP_WORDS
            .iter()
            .any(|word| memmem::find(bytes, word.as_bytes()).is_some())
}

/// A `<br />` behind a Chinese sentence: nothing at the end of a line, a line
/// break inside one.
fn line_break(text: &str, place: usize) -> Option<Proposal> {
    let length = break_tag(&text[place..])?;
    if !text[..place].chars().next_back().is_some_and(is_chinese) {
        return None;
    }
    let behind = &text[place + length..];
    let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let at_line_end = behind[blank..].is_empty() || behind[blank..].starts_with(['\n', '\r']);
    let (end, replacement, reason) = if at_line_end {
        (
            place + length,
            "",
            &Both {
                en: "a line-break tag at the end of a line of plain text",
                zh: "纯文本行末残留的换行标签",
            },
        )
    } else {
        (
            place + length,
            "\n",
            &Both {
                en: "a line-break tag inside plain text is a line break",
                zh: "纯文本行中残留的换行标签代表换行",
            },
        )
    };
    let cause = Cause {
        rule: Rule::MarkupBreak,
        safety: Safety::Safe,
        reason: reason.into(),
    };
    Some(Proposal {
        range: place..end,
        replacement: replacement.into(),
        cause,
    })
}

/// The length of a line-break tag that the text begins with.
fn break_tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = inner
        .get(..2)
        .filter(|name| name.eq_ignore_ascii_case("br"))?;
    let rest = inner[name.len()..].trim_start_matches(' ');
    let rest = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
    Some(text.len() - rest.len())
}

const REFERENCE: Both = Both {
    en: "a character reference in plain text is its character",
    zh: "纯文本里残留的字符引用，应还原成所引用的字符",
};

/// A run of character references between pieces of Chinese text, or between
/// one and the end of a line. Returns where the run ends.
fn references(text: &str, place: usize, proposals: &mut Vec<Proposal>) -> usize {
    let first = proposals.len();
    let mut end = place;
    while let Some(length) = reference_length(&text[end..]) {
        let range = end..end + length;
        end = range.end;
        if let Some(character) = decoded(&text[range.clone()]) {
            let cause = Cause {
                rule: Rule::MarkupEntity,
                safety: Safety::Safe,
                reason: (&REFERENCE).into(),
            };
            proposals.push(Proposal {
                range,
                replacement: character.into(),
                cause,
            });
        }
    }
    let stands_beside = |c: char| is_chinese(c) || matches!(c, '\n' | '\r');
    let in_chinese = text[..place].chars().next_back().is_none_or(stands_beside)
        && text[end..].chars().next().is_none_or(stands_beside);
    if !in_chinese {
        proposals.truncate(first);
    }
    end
}

/// The length of a complete character reference, doubly escaped or not, that
/// the text begins with.
fn reference_length(text: &str) -> Option<usize> {
    let mut name = text.strip_prefix('&')?;
    while let Some(inner) = name.strip_prefix("amp;") {
        name = inner;
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    let end = name
        .bytes()
        .take(MAX_REFERENCE)
        .position(|byte| !is_name(byte))?;
    let length = text.len() - name.len() + end + 1;
    (end >= 2 && name.as_bytes()[end] == b';' && length <= MAX_REFERENCE).then_some(length)
}

/// What a reference stands for, through all its escapes; `None` if it is
/// none, or stands for what text cannot hold.
fn decoded(reference: &str) -> Option<String> {
    let mut name = reference.strip_prefix('&')?;
    while let Some(inner) = name.strip_prefix("amp;") {
        name = inner;
    }
    let plain = format!("&{name}");
    let tokens =
        Tokenizer::new_with_emitter(plain.as_str(), DefaultEmitter::<usize>::new_with_span());
    let mut text = String::new();
    for token in tokens {
        let Ok(token) = token;
        if let Token::String(string) = token {
            text.push_str(std::str::from_utf8(&string.value).ok()?);
        }
    }
    let is_text = |c: char| !c.is_control() && c != char::REPLACEMENT_CHARACTER;
    (!text.ends_with(';') && !text.is_empty() && text.chars().all(is_text)).then_some(text)
}

/// Han characters and the punctuation that goes with them.
fn is_chinese(character: char) -> bool {
    matches!(character,
        '\u{3001}'..='\u{301F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> String {
        let mut proposals = Vec::new();
        ResidueStage.propose(View::plain(text), &Evidence::default(), &mut proposals);
        crate::edit::apply(text, &proposals)
    }

    #[test]
    fn residue_becomes_its_text() {
        let cases = [
            ("源。<br />\n现在", "源。\n现在"),
            ("源。<BR>", "源。"),
            ("源。<br/>现在", "源。\n现在"),
            ("&nbsp;&nbsp;上半年", "\u{A0}\u{A0}上半年"),
            ("“发展&rdquo;规律", "“发展”规律"),
            ("研究&amp;ldquo;发展&amp;amp;rdquo;规律", "研究“发展”规律"),
            ("公司&#8212;&#x2014;北京", "公司——北京"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected);
        }
    }

    #[test]
    fn what_is_not_residue_stays() {
        for text in [
            "用<br />换行的HTML",
            "<p>源。<br />",
            "a<br>b",
            "AT&T;公司",
            "R&D;",
            "甲&乙;丙",
            "x &lt; y",
            "甲&#0;乙",
            "甲&notareference;乙",
            "转义写作&amp;",
        ] {
            assert_eq!(clean(text), text);
        }
    }
}
