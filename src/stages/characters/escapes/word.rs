//! Encoded words (RFC 2047): what a mail's subject is in transit, such as
//! `=?GB2312?B?xOO6ww==?=`.

use std::ops::Range;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;

use super::is_text;
use crate::edit::{Proposal, Safety};
use crate::encoding::{self, Damage, Encoding};
use crate::language::is_han;
use crate::reason::Both;
use crate::rules::Rule;
use crate::stages::characters::proposal;
use crate::stages::characters::surroundings::{before, behind, is_chinese, line_of};

/// Base64 as mail programs write it: some leave the padding out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An encoded word.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) range: Range<usize>,
    encoding: Encoding,
    bytes: Vec<u8>,
}

/// Proposes to write what the words say. Words with only space between them are one
/// text, of which each may have a part of a character.
pub(super) fn propose(text: &str, found: &mut Vec<Proposal>) {
    let mut words = find(text).into_iter().peekable();
    while let Some(mut word) = words.next() {
        while let Some(next) = words.next_if(|next| {
            let between = &text[word.range.end..next.range.start];
            next.encoding == word.encoding && between.trim_ascii().is_empty()
        }) {
            word.range.end = next.range.end;
            word.bytes.extend(next.bytes);
        }
        let Some(said) = word.text() else { continue };
        let stands = |c: Option<char>| c.is_none_or(|c| is_chinese(c) || " \t:;,()<".contains(c));
        if stands(before(text, word.range.start)) && stands(behind(text, word.range.end)) {
            let safety = match is_header(text, &word.range) {
                true => Safety::Safe,
                false => Safety::Unsafe,
            };
            found.push(proposal(
                word.range,
                said,
                Rule::CharEscape,
                safety,
                &Both {
                    en: "an encoded word of a mail's header, outside a mail, is its text",
                    zh: "出现在邮件以外的邮件头编码字，应还原成它所编码的文本",
                },
            ));
        }
    }
}

/// Whether the words are all that a line has behind a label, as in a mail's header; an
/// address may follow.
fn is_header(text: &str, words: &Range<usize>) -> bool {
    let line = line_of(text, words.start);
    let label = text[line.start..words.start].trim_end();
    let rest = text[words.end..]
        .split('\n')
        .next()
        .unwrap_or_default()
        .trim();
    (label.is_empty() || label.ends_with([':', '：'])) && (rest.is_empty() || rest.starts_with('<'))
}

impl Word {
    /// What it says, if that is Chinese.
    fn text(&self) -> Option<String> {
        let decoded = encoding::decode_as(&self.bytes, self.encoding, Damage::Refuse).ok()?;
        let text = decoded.text;
        let is_whole = decoded.mended.is_none();
        (is_whole && text.chars().any(is_han) && text.chars().all(is_text))
            .then(|| text.into_owned())
    }
}

/// The encoded words of a text in encodings of Chinese.
pub(super) fn find(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), b"=?") {
        let is_inside = words.last().is_some_and(|word| at < word.range.end);
        if !is_inside {
            words.extend(word(text, at));
        }
    }
    words
}

fn word(text: &str, at: usize) -> Option<Word> {
    let bytes = text.as_bytes()[at..].iter();
    let length = bytes.take(MOST).take_while(|byte| byte.is_ascii_graphic());
    let content = text[at..at + length.count()].strip_prefix("=?")?;
    let (label, rest) = content.split_once('?')?;
    let (kind, rest) = rest.split_once('?')?;
    let (payload, rest) = rest.split_once("?=")?;
    let end = at + 2 + content.len() - rest.len();
    // `utf-8*zh` names the language too.
    let label = label.split('*').next().unwrap_or_default();
    let bytes = match kind {
        "B" | "b" => BASE64.decode(payload).ok()?,
        "Q" | "q" => quoted(payload)?,
        _ => return None,
    };
    Some(Word {
        range: at..end,
        encoding: Encoding::for_label(label)?,
        bytes,
    })
}

/// In bytes. RFC 2047 allows 75; not all programs obey.
const MOST: usize = 1000;

/// The bytes of a word in quoted-printable, where an underscore is a space.
fn quoted(payload: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(payload.len());
    let mut rest = payload.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        bytes.push(match first {
            b'_' => b' ',
            b'=' => {
                let (code, behind) = rest.split_at_checked(2)?;
                rest = behind;
                u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()?
            }
            &byte => byte,
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_their_text() {
        let cases = [
            ("=?GB2312?B?xOO6ww==?=", Some("你好")),
            ("=?gbk?B?xOO6ww?=", Some("你好")),
            ("=?utf-8?Q?=E4=BD=A0_=E5=A5=BD?=", Some("你 好")),
            ("=?big5?Q?=A7A=A6n?=", Some("你好")),
            ("=?hz-gb-2312?B?fntEYzpDfn0=?=", Some("你好")),
            ("=?UTF-8?B?aGVsbG8=?=", None),
            ("=?koi8-r?B?8NLJ18XU?=", None),
            ("=?utf-8?B?!!!?=", None),
            ("=?utf-8?B?", None),
            ("a=?b", None),
        ];
        for (text, expected) in cases {
            let said = find(text).first().and_then(Word::text);
            assert_eq!(said.as_deref(), expected, "{text}");
        }
    }
}
