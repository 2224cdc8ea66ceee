//! What the pages seen differ in, drawn anew for each page.

use super::garbler::{Filter, Garbler};
use super::random::Random;
use super::reader::{Decoder, Delimiter, Reader};
use super::table::{self, Marks, Order, Source};

/// What is laid down for all pages; the rest is drawn for each, about as often
/// as the 49 damaged fragments seen show it.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct Choices {
    /// Where the characters of the filter's table come from.
    #[arg(long, value_enum)]
    pub(crate) table: Option<Source>,
    /// The order in which the filter goes through its table.
    #[arg(long, value_enum)]
    pub(crate) order: Option<Order>,
    /// How likely a cut is at the bytes of ，！？ and ； (0 to 1).
    #[arg(long, value_name = "PROBABILITY", value_parser = probability)]
    pub(crate) cut: Option<f64>,
    /// What the decoder does with bytes that are no character.
    #[arg(long, value_enum)]
    pub(crate) decoder: Option<Decoder>,
    /// Whether private-use characters vanish.
    #[arg(long)]
    pub(crate) drop_private_use: Option<bool>,
    /// Whether full-width punctuation becomes ASCII.
    #[arg(long)]
    pub(crate) narrow: Option<bool>,
    /// Whether the glosses have tone marks.
    #[arg(long)]
    pub(crate) tones: Option<bool>,
    /// Whether each gloss is repeated.
    #[arg(long)]
    pub(crate) repeat: Option<bool>,
    /// Whether lines end with an HTML tag.
    #[arg(long)]
    pub(crate) tags: Option<bool>,
    /// Whether only a part of the page is filtered.
    #[arg(long)]
    pub(crate) in_part: Option<bool>,
    /// Whether the filter counts characters instead of having a table: that
    /// one breaks no bytes.
    #[arg(long)]
    pub(crate) counting: Option<bool>,
}

fn probability(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|error| format!("{error}"))?;
    if (0.0..=1.0).contains(&number) {
        Ok(number)
    } else {
        Err("not between 0 and 1".to_owned())
    }
}

/// Of the fragments with a vanished byte pair, 12 of 49.
const DROPS_PRIVATE_USE: f64 = 0.25;
/// Of the fragments of the dropping decoder, 4 of 49.
const DROPS: f64 = 0.08;
/// Half of the fragments have ASCII commas.
const NARROWS: f64 = 0.5;
/// Toneless and repeated glosses were seen on a few sites each.
const TONELESS: f64 = 0.1;
const REPEATED: f64 = 0.05;
/// Assumed: pages whose frame is filtered with the article are the rule.
const IN_PART: f64 = 0.15;
/// Few of the pages that break characters were seen with tags in the text.
const TAGS: f64 = 0.3;
/// Where no cut is likely, where some are, where nearly all are: in most pages
/// seen, a needle of ， is cut.
const CUTS: [(f64, u32); 4] = [(0.0, 1), (0.5, 1), (0.8, 4), (1.0, 1)];
/// A cut at 。 or “ was seen three times, one at ，！？； 25 times, and their
/// bytes are as frequent.
const RARE_CUT: f64 = 0.1;
/// A counting filter's distances, in Han characters.
const DISTANCES: [(usize, u32); 2] = [(4, 1), (5, 1)];

impl Choices {
    /// Draws what is not laid down.
    ///
    /// Everything is drawn in any case, so that laying down one thing does
    /// not change the others.
    pub(crate) fn draw(&self, random: &mut Random) -> Garbler {
        let mut drawn = |probability| random.chance(probability);
        let counting = self.counting.unwrap_or(false);
        let drops_private_use = drawn(DROPS_PRIVATE_USE);
        let decoder = if drawn(DROPS) {
            Decoder::Drop
        } else {
            Decoder::Question
        };
        let narrows = drawn(NARROWS);
        let toneless = drawn(TONELESS);
        let repeated = drawn(REPEATED);
        let in_part = drawn(IN_PART);
        let tags = drawn(TAGS);
        let marks = Marks {
            tones: self.tones.unwrap_or(!toneless),
            times: 1 + usize::from(self.repeat.unwrap_or(repeated)),
        };
        let source = random.weighted(&[(Source::Seen, 2), (Source::Common, 1)]);
        let order = random.weighted(&[(Order::CodePoint, 3), (Order::Shuffled, 1)]);
        let cut = random.weighted(&CUTS);
        let distance = random.weighted(&DISTANCES);
        let line_end = random.weighted(&[("<br />", 1), ("</p>", 1)]);
        let start = random.between(0, 500);
        let end = random.between(start + 200, 1000);
        let table = table::draw(
            self.table.unwrap_or(source),
            self.order.unwrap_or(order),
            marks,
            random,
        );
        let in_part = self.in_part.unwrap_or(in_part);
        let cut = self.cut.unwrap_or(cut);
        Garbler {
            filter: if counting {
                Filter::Counting { distance, marks }
            } else {
                Filter::Table {
                    table,
                    within: if in_part { start..end } else { 0..1000 },
                }
            },
            cuts: Delimiter::ALL.map(|delimiter| {
                if delimiter.is_common() {
                    cut
                } else {
                    cut * RARE_CUT
                }
            }),
            reader: Reader {
                decoder: self.decoder.unwrap_or(decoder),
                drops_private_use: self.drop_private_use.unwrap_or(drops_private_use),
                narrows: self.narrow.unwrap_or(narrows),
            },
            line_end: if self.tags.unwrap_or(tags) {
                line_end
            } else {
                ""
            },
        }
    }
}
