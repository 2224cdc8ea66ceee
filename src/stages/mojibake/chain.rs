//! What may have happened to a text: written so, read so, perhaps twice.

use super::reader::Reader;
use super::writer::Writer;
use crate::lang::Lang;
use crate::rules::Rule;

/// One way to garble a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// The encoding that it was written in.
    pub(super) writer: Writer,
    /// The one that it was taken for.
    pub(super) reader: Reader,
    /// What came of it was written in UTF-8, and taken for this.
    pub(super) through: Option<Reader>,
    /// Whether what could not be shown has vanished.
    pub(super) drops: bool,
}

const fn once(writer: Writer, reader: Reader) -> Chain {
    Chain {
        writer,
        reader,
        through: None,
        drops: false,
    }
}

const fn dropping(writer: Writer, reader: Reader) -> Chain {
    Chain {
        drops: true,
        ..once(writer, reader)
    }
}

/// One step, reader by reader.
pub(super) const ONCE: [Chain; 22] = [
    once(Writer::Utf8, Reader::Gbk),
    once(Writer::Big5, Reader::Gbk),
    once(Writer::Utf8, Reader::Windows1252),
    once(Writer::Gbk, Reader::Windows1252),
    once(Writer::Big5, Reader::Windows1252),
    once(Writer::Utf8, Reader::Latin1),
    once(Writer::Gbk, Reader::Latin1),
    once(Writer::Big5, Reader::Latin1),
    once(Writer::Gbk, Reader::Big5),
    once(Writer::Utf8, Reader::Big5),
    once(Writer::Gbk, Reader::EucKr),
    once(Writer::Utf8, Reader::EucKr),
    once(Writer::Gbk, Reader::ShiftJis),
    once(Writer::Utf8, Reader::ShiftJis),
    once(Writer::Utf8, Reader::Cp437),
    once(Writer::Gbk, Reader::Cp437),
    once(Writer::Big5, Reader::Cp437),
    once(Writer::Utf8, Reader::MacRoman),
    once(Writer::Gbk, Reader::MacRoman),
    once(Writer::Big5, Reader::MacRoman),
    once(Writer::Utf8, Reader::Windows1250),
    once(Writer::Gbk, Reader::Windows1250),
];

/// The same where something has vanished; tried if nothing else explains a text.
pub(super) const DROPPING: [Chain; 3] = [
    dropping(Writer::Utf8, Reader::Gbk),
    dropping(Writer::Utf8, Reader::Windows1252),
    dropping(Writer::Gbk, Reader::Windows1252),
];

/// What a text in UTF-8 is taken for in a second step, and what may have come
/// before.
pub(super) const THROUGH: [Reader; 3] = [Reader::Gbk, Reader::Windows1252, Reader::Latin1];
const BEFORE: [Chain; 8] = [
    once(Writer::Utf8, Reader::Gbk),
    once(Writer::Utf8, Reader::Windows1252),
    once(Writer::Utf8, Reader::Latin1),
    once(Writer::Gbk, Reader::Latin1),
    once(Writer::Gbk, Reader::Windows1252),
    once(Writer::Big5, Reader::Latin1),
    once(Writer::Big5, Reader::Windows1252),
    once(Writer::Gbk, Reader::Cp437),
];

/// Two steps, of which the second is this one.
pub(super) fn twice(through: Reader) -> impl Iterator<Item = Chain> {
    BEFORE.into_iter().map(move |chain| Chain {
        through: Some(through),
        ..chain
    })
}

impl Chain {
    pub(super) fn rule(self) -> Rule {
        match (self.through, self.writer) {
            (Some(_), _) => Rule::MojibakeDouble,
            (None, Writer::Utf8) => Rule::MojibakeUtf8,
            (None, Writer::Gbk) => Rule::MojibakeGbk,
            (None, Writer::Big5) => Rule::MojibakeBig5,
        }
    }

    /// What happened, in words.
    pub(super) fn describe(self, lang: Lang) -> String {
        let (writer, reader) = (self.writer.name(), self.reader.name(lang));
        let happened = match self.through {
            None => said::once(lang, writer, reader),
            Some(through) => said::twice(lang, writer, reader, through.name(lang)),
        };
        match (self.drops, self.reader.is_single()) {
            (false, _) => happened,
            (true, true) => said::without_bytes(lang, happened),
            (true, false) => said::without_private_use(lang, happened),
        }
    }
}

mod said {
    use crate::lang::messages;

    messages! {
        once(writer, reader) {
            en: "{writer} read as {reader}",
            zh: "{writer} 被当成 {reader} 读取",
        }
        twice(writer, reader, through) {
            en: "{writer} read as {reader}, then UTF-8 read as {through}",
            zh: "{writer} 被当成 {reader} 读取，存成 UTF-8 后又被当成 {through} 读取",
        }
        without_bytes(happened) {
            en: "{happened}, bytes without a character dropped",
            zh: "{happened}，没有对应字符的字节已被丢弃",
        }
        without_private_use(happened) {
            en: "{happened}, private-use characters dropped",
            zh: "{happened}，私用区字符已被丢弃",
        }
    }
}
