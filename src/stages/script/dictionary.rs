//! The dictionaries as they are embedded: which there are, and their rows.

use crate::reason::Both;

/// The text of one of OpenCC's files.
macro_rules! opencc {
    ($name:literal) => {
        include_str!(concat!("../../../dictionaries/opencc/", $name, ".txt"))
    };
}

/// An embedded dictionary; every replacement names the one it comes from.
///
/// All but the last are OpenCC's files, byte for byte (see
/// `dictionaries/opencc/README.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dictionary {
    /// CJK compatibility ideographs → the unified characters.
    Compatibility,
    /// Traditional phrases whose characters alone would convert otherwise.
    TsPhrases,
    /// Characters whose Simplified form few fonts have.
    TsCharactersExt,
    /// Traditional characters → their Simplified forms.
    TsCharacters,
    /// Words of Taiwan → words of the mainland.
    TwPhrasesRev,
    /// Phrases with Taiwan's forms of characters → OpenCC's standard.
    TwVariantsRevPhrases,
    /// Taiwan's forms of characters → OpenCC's standard.
    TwVariantsRev,
    /// Phrases with Hong Kong's forms of characters → OpenCC's standard.
    HkVariantsRevPhrases,
    /// Hong Kong's forms of characters → OpenCC's standard.
    HkVariantsRev,
    /// This project's corrections that hold for every conversion.
    Corrections,
    /// This project's rows that tell the particle 著 from the noun and verb.
    Particle,
}

use Dictionary::*;

impl Dictionary {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Dictionary; 11] = [
        Compatibility,
        TsPhrases,
        TsCharactersExt,
        TsCharacters,
        TwPhrasesRev,
        TwVariantsRevPhrases,
        TwVariantsRev,
        HkVariantsRevPhrases,
        HkVariantsRev,
        Corrections,
        Particle,
    ];

    /// The file's text: `key \t value[ value…]` a row, `#` before a comment.
    fn text(self) -> &'static str {
        match self {
            Compatibility => opencc!("CJK_Compatibility_Ideographs"),
            TsPhrases => opencc!("TSPhrases"),
            TsCharactersExt => opencc!("TSCharactersExt"),
            TsCharacters => opencc!("TSCharacters"),
            TwPhrasesRev => opencc!("TWPhrasesRev"),
            TwVariantsRevPhrases => opencc!("TWVariantsRevPhrases"),
            TwVariantsRev => opencc!("TWVariantsRev"),
            HkVariantsRevPhrases => opencc!("HKVariantsRevPhrases"),
            HkVariantsRev => opencc!("HKVariantsRev"),
            Corrections => include_str!("../../../dictionaries/script/corrections.tsv"),
            Particle => include_str!("../../../dictionaries/script/particle.tsv"),
        }
    }

    /// Why a replacement from the dictionary was made, for reports.
    pub(super) fn reason(self) -> &'static Both {
        match self {
            Compatibility => &Both {
                en: "OpenCC: CJK_Compatibility_Ideographs",
                zh: "OpenCC 字表 CJK_Compatibility_Ideographs",
            },
            TsPhrases => &Both {
                en: "OpenCC: TSPhrases",
                zh: "OpenCC 词表 TSPhrases",
            },
            TsCharactersExt => &Both {
                en: "OpenCC: TSCharactersExt",
                zh: "OpenCC 字表 TSCharactersExt",
            },
            TsCharacters => &Both {
                en: "OpenCC: TSCharacters",
                zh: "OpenCC 字表 TSCharacters",
            },
            TwPhrasesRev => &Both {
                en: "OpenCC: TWPhrasesRev",
                zh: "OpenCC 词表 TWPhrasesRev",
            },
            TwVariantsRevPhrases => &Both {
                en: "OpenCC: TWVariantsRevPhrases",
                zh: "OpenCC 词表 TWVariantsRevPhrases",
            },
            TwVariantsRev => &Both {
                en: "OpenCC: TWVariantsRev",
                zh: "OpenCC 字表 TWVariantsRev",
            },
            HkVariantsRevPhrases => &Both {
                en: "OpenCC: HKVariantsRevPhrases",
                zh: "OpenCC 词表 HKVariantsRevPhrases",
            },
            HkVariantsRev => &Both {
                en: "OpenCC: HKVariantsRev",
                zh: "OpenCC 字表 HKVariantsRev",
            },
            Corrections => &Both {
                en: "correction of OpenCC's tables",
                zh: "对 OpenCC 字词表的修正",
            },
            Particle => &Both {
                en: "the particle 著 is written 着",
                zh: "助词“著”写作“着”",
            },
        }
    }

    /// The rows in the file's order: a key and its first value, which is the
    /// one that OpenCC takes.
    pub(super) fn rows(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text().lines().filter_map(|line| {
            let (key, values) = line.split_once('\t')?;
            let end = values.find([' ', '\t']).unwrap_or(values.len());
            (!key.starts_with('#')).then(|| (key, &values[..end]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::tests::fault;

    #[test]
    fn each_says_where_it_comes_from() {
        for dictionary in Dictionary::ALL {
            assert_eq!(fault(&dictionary.reason().into()), None);
        }
    }

    #[test]
    fn the_first_value_counts() {
        assert!(TsCharacters.rows().any(|row| row == ("㑮", "㑮")));
        assert!(TwVariantsRev.rows().any(|row| row == ("么", "幺")));
        assert_eq!(TsPhrases.rows().count(), 477);
    }
}
