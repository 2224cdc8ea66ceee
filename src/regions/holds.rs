//! What a part of a file can hold: characters that would end it, or say something
//! else there, may stay but not be put in.

use crate::edit::Proposal;

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
    pub(crate) fn refusal(self, text: &str, proposal: &Proposal) -> Option<&'static str> {
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
        (self == Holds::Cue && empties_line(text, proposal))
            .then_some("an empty line would end the subtitle here")
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

    fn refuses(self) -> &'static str {
        match self {
            Holds::Anything => "",
            Holds::Markdown => "it would put a line break or a sign of Markdown into the text",
            Holds::Markup => "it would put `<` or `&` into the text",
            Holds::Attribute(Some(_)) => "it would put a quote or `&` into the attribute",
            Holds::Attribute(None) => "the attribute has no quotes that could hold it",
            Holds::Cue => "it would put a line break or a sign of markup into the subtitle",
            Holds::Event => "it would put a line break or a sign of markup into the subtitle",
            Holds::JsonString => {
                "it would put a quote, `\\` or a control character into the string"
            }
            Holds::QuotedField => "it would put a quote into the field",
            Holds::Field(_) => "the field has no quotes that could hold it",
            Holds::PlainScalar => "the value has no quotes that could hold it",
            Holds::SingleQuoted => "it would put a quote or a line break into the string",
            Holds::LineComment => "it would end the comment",
            Holds::BlockComment(_) => "it could end the comment",
        }
    }
}

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
