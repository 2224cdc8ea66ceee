//! Escapes that nobody has undone: characters written in ASCII, for a program that was
//! to read them. `\u4e2d`, `%u4E2D`, `%E4%B8%AD`, `\xe4\xb8\xad`, `\344\270\255`,
//! `=E4=B8=AD`, `=?utf-8?B?5Lit?=` and `&#20013` without its semicolon all are 中.
//!
//! Where they stand in code they are right, and where somebody writes about them they
//! are meant. So a text that speaks of codes, or that has an escape anywhere in what
//! looks like code, is left alone altogether ([`prose`]). What comes out must be
//! Chinese, and never markup or a control character ([`run`]).

mod notation;
mod prose;
mod reference;
mod run;
mod word;

use super::proposal;
use super::surroundings::names_any;
use crate::edit::{Proposal, Safety};
use crate::reason::Both;
use crate::regions::{Protected, Syntax};
use crate::rules::Rule;
use crate::stages::View;
use notation::Notation;
use prose::{Prose, Standing};
use run::Run;

/// Words of texts that speak of codes, or are in one.
const WORDS: [&str; 61] = [
    "ASCII",
    "ascii",
    "Base64",
    "BASE64",
    "base64",
    "BOM",
    "Content-T",
    "decode",
    "encode",
    "escape",
    "GB2312",
    "GBK",
    "gbk",
    "Java",
    "JSON",
    "json",
    "MIME",
    "quot",
    "Python",
    "python",
    "RFC",
    "Unicode",
    "unicode",
    "UNICODE",
    "URL",
    "UTF",
    "utf-8",
    "utf8",
    "乱码",
    "亂碼",
    "代码",
    "代碼",
    "十六进制",
    "八进制",
    "函数",
    "函數",
    "变量",
    "變數",
    "字符",
    "字元",
    "字节",
    "位元組",
    "正则",
    "编码",
    "編碼",
    "解码",
    "解碼",
    "转义",
    "轉義",
    "引号",
    "引號",
    "标点",
    "標點",
    "符号",
    "符號",
    "地址栏",
    "网址",
    "網址",
    "终端",
    "終端",
    "命令行",
];

/// Whether a text speaks of codes.
pub(super) fn speaks_of_codes(text: &str) -> bool {
    names_any(text, &WORDS)
}

/// Proposes to write the characters that escapes stand for.
pub(super) fn propose(view: View<'_>, found: &mut Vec<Proposal>) {
    let View {
        text,
        syntax,
        structure,
    } = view;
    if speaks_of_codes(&without_words(text)) {
        return;
    }
    word::propose(text, found);
    reference::propose(view, found);
    let runs = run::find(text);
    if runs.iter().all(|run| run.pieces.is_empty()) {
        return;
    }
    let urls = Protected::urls(text);
    let protected = match syntax {
        Syntax::Plain => &urls,
        _ => structure,
    };
    let mut chosen = Vec::new();
    let mut prose = Prose::new(text, &runs, protected);
    for run in runs.iter().filter(|run| !run.pieces.is_empty()) {
        let is_in_url = urls.touches(&run.range) || prose::is_part_of_url(text, run);
        // Scripts of a page are nobody's text; code of programs and in Markdown is shown.
        let is_shown = matches!(syntax, Syntax::Plain | Syntax::Markdown | Syntax::Code(_));
        if is_in_url || (!is_shown && protected.touches(&run.range)) {
            continue;
        }
        let standing = match protected.touches(&run.range) {
            true => Standing::Code,
            false => prose.standing(run),
        };
        match standing {
            Standing::Code => return,
            Standing::Prose => chosen.push((run, Safety::Safe)),
            Standing::Mixed => chosen.push((run, Safety::Unsafe)),
        }
    }
    for (run, safety) in chosen {
        propose_run(run, safety, found);
    }
}

fn propose_run(run: &Run, safety: Safety, found: &mut Vec<Proposal>) {
    let reason = match run.notation {
        Notation::Unit => &Both {
            en: "\\u and a number in hexadecimal, in prose, is a character",
            zh: "正文里的 \\u 加十六进制数代表一个字符",
        },
        Notation::PercentUnit => &Both {
            en: "%u and a number in hexadecimal, in prose, is a character",
            zh: "正文里的 %u 加十六进制数代表一个字符",
        },
        Notation::Hexadecimal => &Both {
            en: "\\x and bytes in hexadecimal, in prose, are a character",
            zh: "正文里的 \\x 加十六进制字节代表一个字符",
        },
        Notation::Octal => &Both {
            en: "bytes in octal, in prose, are a character",
            zh: "正文里的八进制字节代表一个字符",
        },
        Notation::Percent => &Both {
            en: "% and bytes in hexadecimal, outside a URL, are a character",
            zh: "网址以外的 % 加十六进制字节代表一个字符",
        },
        Notation::Quoted => &Both {
            en: "quoted-printable bytes, outside a mail, are a character",
            zh: "邮件以外的 quoted-printable 字节代表一个字符",
        },
    };
    for piece in &run.pieces {
        found.push(proposal(
            piece.range.clone(),
            piece.text.clone(),
            Rule::CharEscape,
            safety,
            reason,
        ));
    }
}

/// The text without encoded words, whose charset speaks of codes.
fn without_words(text: &str) -> std::borrow::Cow<'_, str> {
    let words = word::find(text);
    if words.is_empty() {
        return text.into();
    }
    let mut rest = String::new();
    let mut done = 0;
    for word in words {
        rest += &text[done..word.range.start];
        done = word.range.end;
    }
    rest += &text[done..];
    rest.into()
}

/// Whether an escape may become the character: what is markup, a control or a
/// backslash would say something else there.
fn is_text(character: char) -> bool {
    let is_sign = matches!(character, '<' | '>' | '&' | '"' | '\'' | '`' | '\\');
    let is_hidden = matches!(character,
        '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'..
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}');
    !is_sign && !is_hidden && !character.is_control()
}
