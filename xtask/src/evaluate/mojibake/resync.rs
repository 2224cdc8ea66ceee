//! GBK bytes of which one is lost, before they are decoded.

use encoding_rs::GBK;
use zhengben::workshop::{Piece, resynchronise};
use zhengben::{Encoding, Source};

use super::Arguments;
use super::tally::distance;
use crate::parallel;
use crate::simulate::Random;

/// What fills a lost character counts as known from this probability on.
const FILL: f32 = 0.99;

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    lines: usize,
    characters: usize,
    /// Errors of a decoder that reads on, of what reads damaged files, and of what
    /// tries the characters that can have been lost, those filled in or left out.
    naive: usize,
    damaged: usize,
    filled: usize,
    left_out: usize,
    /// Lost characters that are filled with a high probability, and rightly.
    sure: usize,
    right: usize,
}

/// Deletes a byte of each line's GBK.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(lines: &[String], arguments: &Arguments) {
    let results = parallel::map(lines, |number, line| {
        let (bytes, _, is_lossy) = GBK.encode(line);
        let mut random = Random::of_document(arguments.seed, number);
        let at = random.below(bytes.len() as u64) as usize;
        (!is_lossy && !bytes[at].is_ascii()).then(|| judge(line, &bytes, at))
    });
    let mut sum = Counts::default();
    for counts in results.into_iter().flatten() {
        sum.lines += counts.lines;
        sum.characters += counts.characters;
        sum.naive += counts.naive;
        sum.damaged += counts.damaged;
        sum.filled += counts.filled;
        sum.left_out += counts.left_out;
        sum.sure += counts.sure;
        sum.right += counts.right;
    }
    let percent = |part: usize| 100.0 * part as f64 / sum.characters.max(1) as f64;
    println!(
        "== GBK bytes, one lost: {} lines; character errors {:.2} % read on, {:.2} % read as damaged, \
         {:.2} % resynchronised, {:.2} % with likely characters filled in; sure {} of which right {}",
        sum.lines,
        percent(sum.naive),
        percent(sum.damaged),
        percent(sum.left_out),
        percent(sum.filled),
        sum.sure,
        sum.right
    );
}

fn judge(line: &str, bytes: &[u8], at: usize) -> Counts {
    let mut bytes = bytes.to_vec();
    bytes.remove(at);
    let naive = GBK.decode_without_bom_handling(&bytes).0;
    let damaged = Source::decode_damaged_as(&bytes, Encoding::Gbk).ok();
    let pieces = resynchronise(&bytes).unwrap_or_default();
    let (mut filled, mut left_out) = (String::new(), String::new());
    let (mut sure, mut right) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                filled += &text;
                left_out += &text;
            }
            Piece::Lost {
                likely,
                probability,
                ..
            } => {
                filled.push(likely);
                left_out.push(char::REPLACEMENT_CHARACTER);
                if probability >= FILL {
                    sure += 1;
                    right += usize::from(line.contains(filled.as_str()));
                }
            }
        }
    }
    Counts {
        lines: 1,
        characters: line.chars().count(),
        naive: distance(&naive, line),
        damaged: distance(damaged.as_ref().map_or("", Source::text), line),
        filled: distance(&filled, line),
        left_out: distance(&left_out, line),
        sure,
        right,
    }
}
