//! What becomes of the pages.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, WINDOWS_1252};
use zhengben::Syntax;

use super::html;
use super::pages::{Pages, Traditional};
use super::{Text, cut};
use crate::choice::Spinner;
use crate::simulate::{Choices, Random, garble};
use crate::{Failure, parallel};

/// A kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Simplified,
    Traditional,
    Glossed,
    Damaged,
    Spun,
    Mojibake,
    Html,
    Mixed,
}

impl Kind {
    pub(crate) const ALL: [Kind; 8] = [
        Kind::Simplified,
        Kind::Traditional,
        Kind::Glossed,
        Kind::Damaged,
        Kind::Spun,
        Kind::Mojibake,
        Kind::Html,
        Kind::Mixed,
    ];

    /// In file names.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Kind::Simplified => "simplified",
            Kind::Traditional => "traditional",
            Kind::Glossed => "glossed",
            Kind::Damaged => "damaged",
            Kind::Spun => "spun",
            Kind::Mojibake => "mojibake",
            Kind::Html => "html",
            Kind::Mixed => "mixed",
        }
    }

    /// In tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Simplified => "clean Simplified",
            Kind::Traditional => "clean Traditional",
            Kind::Glossed => "glossed",
            Kind::Damaged => "damaged",
            Kind::Spun => "spun",
            Kind::Mojibake => "wrongly decoded",
            Kind::Html => "HTML",
            Kind::Mixed => "mixed encodings",
        }
    }

    /// The kind of file that it is.
    pub(crate) fn syntax(self) -> Syntax {
        match self {
            Kind::Html => Syntax::Html,
            _ => Syntax::Plain,
        }
    }

    /// Whether all of it can be read as one file in UTF-8.
    pub(crate) fn is_text(self) -> bool {
        self != Kind::Mixed
    }

    /// Makes the text.
    ///
    /// # Errors
    /// If the pages cannot be made Traditional.
    pub(crate) fn make(
        self,
        pages: &Pages,
        traditional: &Traditional,
        seed: u64,
    ) -> Result<Text, Failure> {
        if self == Kind::Mixed {
            return mixed(pages, traditional, seed);
        }
        let simplified = &pages.simplified;
        let made = match self {
            Kind::Traditional => pages.traditional(traditional)?,
            Kind::Glossed | Kind::Damaged => {
                let choices = Choices {
                    counting: Some(self == Kind::Glossed),
                    ..Choices::default()
                };
                parallel::map(simplified, |number, page| {
                    garble(page, seed, number, &choices).text
                })
            }
            Kind::Spun => {
                let spinner = Spinner::of_dictionary();
                parallel::map(simplified, |number, page| {
                    let mut random = Random::of_document(seed, number);
                    let families = &spinner.families;
                    let family = &families[random.below(families.len() as u64) as usize];
                    family.spin(page, 1.0, &mut random).0
                })
            }
            Kind::Mojibake => parallel::map(simplified, |number, page| {
                misread(page, &mut Random::of_document(seed, number))
            }),
            Kind::Html => parallel::map(simplified, |number, page| {
                html::page(page, &mut Random::of_document(seed, number))
            }),
            Kind::Simplified | Kind::Mixed => simplified.clone(),
        };
        let mut text = Text::default();
        made.iter().for_each(|page| text.push_page(page));
        Ok(text)
    }
}

/// Each document in an encoding of its own: what a folder of old pages has.
fn mixed(pages: &Pages, traditional: &Traditional, seed: u64) -> Result<Text, Failure> {
    let mut text = Text::default();
    let converted = pages.traditional(traditional)?;
    for (number, (simplified, traditional)) in pages.simplified.iter().zip(&converted).enumerate() {
        let mut random = Random::of_document(seed, number);
        match random.below(3) {
            0 => text.push_page(simplified),
            1 => cut(simplified)
                .iter()
                .for_each(|document| text.push(&GB18030.encode(document).0)),
            _ => cut(traditional)
                .iter()
                .for_each(|document| text.push(&BIG5.encode(&held(document, BIG5)).0)),
        }
    }
    Ok(text)
}

/// The characters that an encoding has.
fn held(text: &str, encoding: &'static Encoding) -> String {
    let is_held = |character: &char| !encoding.encode(character.encode_utf8(&mut [0; 4])).2;
    text.chars().filter(is_held).collect()
}

/// A page read in a wrong encoding, in one of the ways that are seen most.
fn misread(page: &str, random: &mut Random) -> String {
    let read = |encoding: &'static Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    };
    match random.below(3) {
        0 => read(GBK, page.as_bytes()),
        1 => read(WINDOWS_1252, page.as_bytes()),
        _ => read(WINDOWS_1252, &GBK.encode(&held(page, GBK)).0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: Kind) -> Text {
        let pages = Pages::of_repository(20_000, 1);
        kind.make(&pages, &Traditional::Characters, 1)
            .expect("no file is read")
    }

    #[test]
    fn every_kind_is_what_it_says() {
        let text = |kind| String::from_utf8(made(kind).bytes).expect("text");
        assert!(text(Kind::Simplified).contains("图书馆"));
        assert!(text(Kind::Traditional).contains("圖書館"));
        assert!(text(Kind::Glossed).contains("(guǎn)") || text(Kind::Glossed).contains('('));
        assert!(text(Kind::Damaged).contains('?'));
        assert_ne!(text(Kind::Spun), text(Kind::Simplified));
        assert!(!text(Kind::Mojibake).contains("图书馆"));
        assert!(text(Kind::Html).contains("</p>"));
        let mixed = made(Kind::Mixed);
        let valid = mixed
            .documents(usize::MAX)
            .filter(|d| std::str::from_utf8(d).is_ok());
        let valid = valid.count();
        assert!(0 < valid && valid < mixed.ends.len());
    }

    #[test]
    fn a_seed_gives_the_same_text() {
        for kind in Kind::ALL {
            assert!(made(kind) == made(kind), "{kind:?}");
        }
    }
}
