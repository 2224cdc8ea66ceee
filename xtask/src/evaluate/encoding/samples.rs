//! Pieces of text in every encoding, whole and damaged.

use zhengben::{Cleaner, Encoding, RuleSet, Source};

use crate::simulate::{Random, convert};

/// What samples are made in.
pub(super) const ENCODINGS: [Encoding; 9] = Encoding::ALL;

/// How long samples are, in bytes, about.
pub(super) const LENGTHS: [usize; 6] = [8, 16, 32, 64, 256, 4096];

/// What has happened to a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// Nothing.
    Clean,
    /// It was cut at any byte, in front and behind.
    Cut,
    /// One byte in fifty is another.
    Corrupt,
    /// It declares another encoding.
    Declared,
    /// It stands in seven times as much markup.
    Markup,
}

impl Condition {
    pub(super) const ALL: [Condition; 5] = [
        Condition::Clean,
        Condition::Cut,
        Condition::Corrupt,
        Condition::Declared,
        Condition::Markup,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Condition::Clean => "clean",
            Condition::Cut => "cut",
            Condition::Corrupt => "corrupt",
            Condition::Declared => "wrong meta",
            Condition::Markup => "70 % ASCII",
        }
    }

    /// The shortest samples that it makes sense for, in bytes.
    fn least(self) -> usize {
        match self {
            Condition::Clean => 0,
            Condition::Cut => 16,
            Condition::Declared | Condition::Markup => 64,
            Condition::Corrupt => 256,
        }
    }
}

/// A piece of text as bytes.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) encoding: Encoding,
    pub(super) condition: Condition,
    pub(super) length: usize,
    pub(super) text: String,
    pub(super) bytes: Vec<u8>,
}

/// Which characters a text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Simplified,
    Traditional,
}

/// Writes text in any encoding.
pub(super) struct Writer(Cleaner);

impl Default for Writer {
    fn default() -> Self {
        let does_nothing = Cleaner::builder().script(None).rules(RuleSet::none());
        Writer(does_nothing.build())
    }
}

impl Writer {
    /// `None` if the encoding does not hold the text.
    fn write(&self, text: &str, encoding: Encoding) -> Option<Vec<u8>> {
        let bytes = self
            .0
            .clean(Source::from(text))
            .to_bytes_in(encoding)
            .ok()?;
        let is_utf16 = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        // Without its mark, which would say it all.
        Some(bytes[if is_utf16 { 2 } else { 0 }..].to_vec())
    }
}

/// A sample from some place of a text; none where that has too little Chinese.
pub(super) fn make(
    text: &str,
    encoding: Encoding,
    length: usize,
    condition: Condition,
    writer: &Writer,
    (seed, number): (u64, usize),
) -> Option<Sample> {
    let is_seven_bit = matches!(encoding, Encoding::Hz | Encoding::Iso2022Cn);
    if length < condition.least()
        || (is_seven_bit && matches!(condition, Condition::Cut | Condition::Corrupt))
    {
        return None;
    }
    let mut random = Random::of_document(seed ^ (length as u64) << 8 ^ encoding as u64, number);
    let mut characters: Vec<char> = text.chars().collect();
    if Script::of(encoding) == Script::Traditional {
        characters
            .iter_mut()
            .for_each(|character| *character = convert(*character));
    }
    let width = match encoding {
        Encoding::Utf8 => 3,
        _ => 2,
    };
    let share = if condition == Condition::Markup {
        3
    } else {
        10
    };
    let wanted = (length * share / 10 / width).max(2);
    if characters.len() < wanted {
        return None;
    }
    let start = random.between(0, characters.len() - wanted);
    let piece = &characters[start..start + wanted];
    let chinese = piece
        .iter()
        .filter(|&&character| character > '\u{2E80}')
        .count();
    if chinese * 10 < wanted * 7 || chinese < 2 {
        return None;
    }
    let text: String = match condition {
        Condition::Markup => marked_up(piece),
        _ => piece.iter().collect(),
    };
    let whole = match condition {
        Condition::Declared => {
            let other = if encoding == Encoding::Big5 {
                "gbk"
            } else {
                "big5"
            };
            format!("<meta charset=\"{other}\">\n{text}")
        }
        _ => text.clone(),
    };
    let mut bytes = writer.write(&whole, encoding)?;
    match condition {
        Condition::Cut => {
            let end = bytes.len() - random.between(0, 2);
            bytes = bytes[random.between(1, 2)..end].to_vec();
        }
        Condition::Corrupt => {
            for byte in &mut bytes {
                if random.chance(0.02) {
                    *byte = random.below(256) as u8;
                }
            }
        }
        Condition::Clean | Condition::Declared | Condition::Markup => {}
    }
    Some(Sample {
        encoding,
        condition,
        length,
        text,
        bytes,
    })
}

/// A tag in front of every few characters.
fn marked_up(piece: &[char]) -> String {
    let pieces = piece
        .chunks(8)
        .map(|piece| piece.iter().collect::<String>());
    pieces
        .map(|piece| format!("<li class=\"item\"><a href=\"/view?id=1\">{piece}</a></li>\n"))
        .collect()
}
