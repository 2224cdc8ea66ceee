//! One page's way from Simplified text to what is found today.

use std::ops::Range;

use super::conversion::convert;
use super::filter::Stream;
use super::gbk;
use super::random::Random;
use super::reader::{Delimiter, Reader, cuts, narrow};
use super::table::{Gloss, Marks};
use super::trace::{Run, Survivor, Trace, Whole, trace};

/// What a site's filter does, and how its page came down to us.
#[derive(Clone, Debug)]
pub(crate) struct Garbler {
    pub(crate) filter: Filter,
    /// How likely a cut is at each occurrence of a delimiter's bytes, in the
    /// order of [`Delimiter::ALL`].
    pub(crate) cuts: [f64; Delimiter::ALL.len()],
    pub(crate) reader: Reader,
    /// The HTML that stands before each line break and at the page's end.
    pub(crate) line_end: &'static str,
}

/// How the glosses are inserted.
#[derive(Clone, Debug)]
pub(crate) enum Filter {
    /// Behind the bytes of each character of a table, one after the other.
    Table {
        /// In the order of the insertions.
        table: Vec<Gloss>,
        /// The part of the page that is filtered, in thousandths.
        within: Range<usize>,
    },
    /// Behind every so many-th Han character.
    Counting { distance: usize, marks: Marks },
}

/// A garbled page, with the original and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Garbled {
    /// The page as it was, in Simplified script; `?` for what GBK lacks, with
    /// the line ends' HTML.
    pub(crate) simplified: Vec<char>,
    /// The same characters as the filter converted them.
    pub(crate) traditional: Vec<char>,
    /// The filtered bytes, before they were decoded: nothing is lost yet.
    pub(crate) bytes: Vec<u8>,
    /// How many glosses were inserted, and how many of them where two
    /// characters meet.
    pub(crate) glosses: usize,
    pub(crate) splits: usize,
    /// The text.
    pub(crate) text: String,
    /// The damage in it, in its order.
    pub(crate) runs: Vec<Run>,
    /// The characters that came through, and the glosses that did: with the
    /// runs, this is all of the text.
    pub(crate) survivors: Vec<Survivor>,
    pub(crate) whole_glosses: Vec<Whole>,
    /// How it was read.
    pub(crate) reader: Reader,
}

impl Garbler {
    /// Garbles a Simplified text.
    pub(crate) fn garble(&self, document: &str, random: &mut Random) -> Garbled {
        let simplified: Vec<char> = self
            .with_line_ends(document)
            .chars()
            .map(|character| match gbk::encode(convert(character)) {
                Some(_) => character,
                None => '?',
            })
            .collect();
        let traditional: Vec<char> = simplified.iter().copied().map(convert).collect();
        let stream = self.filter.apply(&traditional);
        let cuts = cuts(&stream.bytes, &self.cuts, random);
        let tokens = self.reader.read(&stream.bytes, &cuts);
        let Trace {
            text,
            runs,
            survivors,
            glosses,
        } = trace(&traditional, &stream, &cuts, &tokens);
        Garbled {
            simplified,
            traditional,
            glosses: stream.splits.len(),
            splits: stream.splits.iter().filter(|&&splits| splits).count(),
            bytes: stream.bytes,
            text,
            runs,
            survivors,
            whole_glosses: glosses,
            reader: self.reader,
        }
    }

    fn with_line_ends(&self, document: &str) -> String {
        let mut page = document.replace('\n', &format!("{}\n", self.line_end));
        page.push_str(self.line_end);
        page
    }
}

impl Filter {
    fn apply(&self, page: &[char]) -> Stream {
        match self {
            Filter::Table { table, within } => {
                let mut stream = Stream::encode(page);
                let part = |thousandths| (page.len() * thousandths / 1000) as u32;
                let within = part(within.start)..part(within.end);
                for gloss in table {
                    stream.insert(gloss, &within);
                }
                stream
            }
            Filter::Counting { distance, marks } => {
                Stream::encode_counting(page, *distance, *marks)
            }
        }
    }
}

impl Garbled {
    /// The page as it would have been read if no filter had gone through it,
    /// but in the filter's script.
    pub(crate) fn undamaged(&self) -> Vec<char> {
        let characters = self.traditional.iter().copied();
        if self.reader.narrows {
            characters.map(narrow).collect()
        } else {
            characters.collect()
        }
    }

    /// The original of a run in Simplified script.
    pub(crate) fn simplified(&self, run: &Run) -> String {
        self.simplified[run.characters.clone()].iter().collect()
    }

    /// The original of a run as the filter converted it.
    pub(crate) fn traditional(&self, run: &Run) -> String {
        self.traditional[run.characters.clone()].iter().collect()
    }
}
