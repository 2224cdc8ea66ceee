//! What a part of a file can hold: characters that would end it, or say something
//! else there, may stay but not be put in.

use crate::edit::Proposal;
use crate::reason::Both;

/// What an open part can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Any text.
    #[default]
    Anything,
    /// The text of Markdown.
    Markdown,
    /// The text between tags of HTML or XML.
    Markup,
    /// The value of an attribute in these quotes, or in none.
    Attribute(Option<char>),
    /// The lines of a subtitle, which end at an empty one.
    Cue,
    /// The text field of an event in ASS, which is one line.
    Event,
    /// A string of JSON, or a quoted one of YAML or TOML that has its escapes.
    JsonString,
    /// A field of CSV in quotes.
    QuotedField,
    /// A field without quotes before this delimiter.
    Field(char),
    /// A value of YAML without quotes.
    PlainScalar,
    /// A string in single quotes, on one line.
    SingleQuoted,
    /// A comment in one line.
    LineComment,
    /// A comment up to this sign.
    BlockComment(&'static str),
}

impl Holds {
    /// Why a proposal for a part of the text may not be applied there; `None` if it
    /// may.
    pub(crate) fn refusal(self, text: &str, proposal: &Proposal) -> Option<&'static Both> {
        if self == Holds::Anything {
            return None;
        }
        let old = &text[proposal.range.clone()];
        let is_new = |c: char| {
            let count = |text: &str| text.chars().filter(|&other| other == c).count();
            self.forbids(c) && count(&proposal.replacement) > count(old)
        };
        // A tag or a sign that a filter has broken was there before.
        let gives_back = proposal.cause.rule.info().stage == "damage"
            && matches!(self, Holds::Markdown | Holds::Markup)
            && !proposal.replacement.contains(['\n', '\r']);
        if !gives_back && proposal.replacement.chars().any(is_new) {
            return Some(self.refuses());
        }
        (self == Holds::Cue && empties_line(text, proposal)).then_some(&EMPTY_LINE)
    }

    /// Whether a character would end the part or say something else there.
    fn forbids(self, c: char) -> bool {
        let breaks = matches!(
            c,
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        );
        match self {
            Holds::Anything => false,
            Holds::Markdown => breaks || "`<*_~[]|$\\".contains(c),
            Holds::Markup => "<&".contains(c),
            Holds::Attribute(Some(quote)) => c == quote || c == '&',
            Holds::Attribute(None) => breaks || " \t\"'=<>`&".contains(c),
            Holds::Cue => breaks || "<>{}&".contains(c),
            Holds::Event => breaks || "{}\\".contains(c),
            Holds::JsonString => c < ' ' || "\"\\".contains(c),
            Holds::QuotedField => c == '"',
            Holds::Field(delimiter) => breaks || c == delimiter || c == '"',
            Holds::PlainScalar => breaks || "#:\"'[]{}&*!|>%@`,".contains(c),
            Holds::SingleQuoted => breaks || c == '\'',
            Holds::LineComment => breaks || "?>".contains(c),
            Holds::BlockComment(end) => end.contains(c),
        }
    }

    fn refuses(self) -> &'static Both {
        match self {
            Holds::Anything => &Both { en: "", zh: "" },
            Holds::Markdown => &Both {
                en: "it would put a line break or a sign of Markdown into the text",
                zh: "会在正文中加入换行或 Markdown 符号",
            },
            Holds::Markup => &Both {
                en: "it would put `<` or `&` into the text",
                zh: "会在正文中加入 `<` 或 `&`",
            },
            Holds::Attribute(Some(_)) => &Both {
                en: "it would put a quote or `&` into the attribute",
                zh: "会在属性值中加入引号或 `&`",
            },
            Holds::Attribute(None) => &Both {
                en: "the attribute has no quotes that could hold it",
                zh: "属性值没有引号，容不下这样的内容",
            },
            Holds::Cue | Holds::Event => &Both {
                en: "it would put a line break or a sign of markup into the subtitle",
                zh: "会在字幕中加入换行或标记符号",
            },
            Holds::JsonString => &Both {
                en: "it would put a quote, `\\` or a control character into the string",
                zh: "会在字符串中加入引号、`\\` 或控制字符",
            },
            Holds::QuotedField => &Both {
                en: "it would put a quote into the field",
                zh: "会在字段中加入引号",
            },
            Holds::Field(_) => &Both {
                en: "the field has no quotes that could hold it",
                zh: "字段没有引号，容不下这样的内容",
            },
            Holds::PlainScalar => &Both {
                en: "the value has no quotes that could hold it",
                zh: "值没有引号，容不下这样的内容",
            },
            Holds::SingleQuoted => &Both {
                en: "it would put a quote or a line break into the string",
                zh: "会在字符串中加入引号或换行",
            },
            Holds::LineComment => &Both {
                en: "it would end the comment",
                zh: "会使注释提前结束",
            },
            Holds::BlockComment(_) => &Both {
                en: "it could end the comment",
                zh: "可能使注释提前结束",
            },
        }
    }
}

const EMPTY_LINE: Both = Both {
    en: "an empty line would end the subtitle here",
    zh: "空行会使字幕在此结束",
};

/// Whether nothing would be left of the line that a proposal is in.
fn empties_line(text: &str, proposal: &Proposal) -> bool {
    let ends = |c: char| c == '\n' || c == '\r';
    let is_blank = |mut part: std::str::Chars<'_>| part.all(char::is_whitespace);
    let before = text[..proposal.range.start].chars().rev();
    let behind = text[proposal.range.end..].chars();
    is_blank(proposal.replacement.chars())
        && before.take_while(|&c| !ends(c)).all(char::is_whitespace)
        && behind.take_while(|&c| !ends(c)).all(char::is_whitespace)
}
