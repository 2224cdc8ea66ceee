//! Which characters a page has beside each other: names and terms that the
//! model has never seen stand on a page more than once.

use crate::language::is_han;
use crate::language::ngram::{Class, Model, Symbol};

/// Of the probability of a character behind another one, the part that comes
/// from the page itself, once the other one has often stood there; and how
/// often is half of often. Chosen on the tuning part of the held-out text.
const OWN_PART: f32 = 0.3;
const HALF: f32 = 3.0;

/// The neighbours of a text.
#[derive(Clone, Debug)]
pub(super) struct Neighbours {
    /// Each symbol with one that stands behind it, by the drawer of the first one, sorted
    /// in each.
    pairs: Vec<u32>,
    /// The second ones alone.
    behind: Vec<Symbol>,
    /// Where each drawer begins; the last entry is the end.
    drawers: [u32; DRAWERS + 1],
}

/// How many drawers there are: a page's few hundred pairs need next to no sorting then.
const DRAWERS: usize = 256;

impl Neighbours {
    /// Of a text, passing over glosses.
    pub(super) fn of(text: &str) -> Self {
        let mut pairs = Vec::with_capacity(text.len() / 3);
        each(text, Model::embedded(), |first, second| {
            pairs.push(pair(first, second));
        });
        let mut drawers = [0; DRAWERS + 1];
        for &pair in &pairs {
            drawers[drawer(pair) + 1] += 1;
        }
        for number in 0..DRAWERS {
            drawers[number + 1] += drawers[number];
        }
        let mut free = drawers;
        let mut sorted = vec![0; pairs.len()];
        for pair in pairs {
            let place = &mut free[drawer(pair)];
            sorted[*place as usize] = pair;
            *place += 1;
        }
        for drawer in drawers.windows(2) {
            sorted[drawer[0] as usize..drawer[1] as usize].sort_unstable();
        }
        let behind = sorted.iter().map(|&pair| pair as Symbol).collect();
        Neighbours {
            pairs: sorted,
            behind,
            drawers,
        }
    }

    /// What has stood behind a symbol.
    pub(super) fn behind(&self, first: Symbol) -> Behind<'_> {
        let number = drawer(pair(first, 0));
        let (from, to) = (self.drawers[number], self.drawers[number + 1]);
        let pairs = &self.pairs[from as usize..to as usize];
        let start = pairs.partition_point(|&other| other < pair(first, 0));
        let length = pairs[start..].partition_point(|&other| other <= pair(first, Symbol::MAX));
        let start = from as usize + start;
        Behind::new(&self.behind[start..start + length])
    }
}

/// The drawer that a pair lies in.
fn drawer(pair: u32) -> usize {
    (pair >> Symbol::BITS) as usize % DRAWERS
}

fn pair(first: Symbol, second: Symbol) -> u32 {
    u32::from(first) << Symbol::BITS | u32::from(second)
}

fn each(text: &str, model: &Model<'_>, mut take: impl FnMut(Symbol, Symbol)) {
    let alphabet = model.alphabet();
    let mut before = Class::Boundary.symbol();
    let mut in_brackets = false;
    for character in text.chars() {
        match character {
            '(' => in_brackets = true,
            ')' => in_brackets = false,
            '?' => before = Class::Boundary.symbol(),
            _ if in_brackets && !is_han(character) => {}
            _ => {
                let symbol = alphabet.symbol(character);
                take(before, symbol);
                before = symbol;
            }
        }
    }
}

/// More than so many are searched and not counted through, so that a long page takes no
/// longer for each of its characters than a short one.
const MANY: usize = 64;

/// What has stood behind one symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behind<'a> {
    /// Sorted; as often as each stands there.
    symbols: &'a [Symbol],
    /// A bit for each of them, by its last six: most symbols that have not stood
    /// there need no search. Of many, all bits.
    sketch: u64,
    /// What of the probability comes from the page.
    part: f32,
    /// What a symbol loses by that which has not stood there, in nats.
    absent: f32,
}

impl<'a> Behind<'a> {
    fn new(symbols: &'a [Symbol]) -> Self {
        let all = symbols.len() as f32;
        let part = OWN_PART * all / (all + HALF);
        let sketch = match symbols.len() {
            ..=MANY => symbols
                .iter()
                .fold(0, |sketch, &symbol| sketch | bit(symbol)),
            _ => u64::MAX,
        };
        Behind {
            symbols,
            sketch,
            part,
            absent: (-part).ln_1p(),
        }
    }

    /// The logarithm of the probability that the symbol comes next, of which the
    /// model's is given; nats.
    pub(super) fn adapt(self, symbol: Symbol, log_prob: f32) -> f32 {
        let symbols = self.symbols;
        if symbols.is_empty() {
            return log_prob;
        }
        let these = match self.sketch & bit(symbol) {
            0 => 0,
            _ if symbols.len() <= MANY => symbols.iter().filter(|&&other| other == symbol).count(),
            _ => {
                let from = symbols.partition_point(|&other| other < symbol);
                symbols[from..].partition_point(|&other| other == symbol)
            }
        };
        if these == 0 {
            return log_prob + self.absent;
        }
        let own = self.part * these as f32 / symbols.len() as f32;
        ((1.0 - self.part) * log_prob.exp() + own).ln()
    }
}

fn bit(symbol: Symbol) -> u64 {
    1 << (u32::from(symbol) % u64::BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_counted_but_not_across_glosses_and_question_marks() {
        let neighbours = Neighbours::of("動(dong)力動力?的力");
        let symbol = |character| Model::embedded().alphabet().symbol(character);
        let behind = |first| neighbours.behind(symbol(first)).symbols.to_vec();
        assert_eq!(behind('動'), [symbol('力'); 2]);
        assert_eq!(behind('力'), [symbol('動')]);
        assert_eq!(behind('的'), [symbol('力')]);
        assert_eq!(behind('\n'), [symbol('動'), symbol('的')]);
        assert!(behind('中').is_empty());
    }

    #[test]
    fn many_are_searched_with_the_same_result() {
        let symbols: Vec<Symbol> = (0..3 * MANY as Symbol).map(|n| n / 3).collect();
        let (few, many) = (Behind::new(&symbols[..MANY]), Behind::new(&symbols));
        for symbol in [0, 1, 7, 20, 400] {
            let own = |behind: Behind<'_>, these: f32| {
                let own = behind.part * these / behind.symbols.len() as f32;
                ((1.0 - behind.part) * (-5.0f32).exp() + own).ln()
            };
            for behind in [few, many] {
                let these = behind.symbols.iter().filter(|&&other| other == symbol);
                let expected = own(behind, these.count() as f32);
                assert!(
                    (behind.adapt(symbol, -5.0) - expected).abs() < 1e-5,
                    "{symbol}"
                );
            }
        }
    }

    #[test]
    fn what_stands_on_a_page_is_likelier_there() {
        let neighbours = Neighbours::of("中美關係，中美貿易");
        let symbol = |character| Model::embedded().alphabet().symbol(character);
        let behind = neighbours.behind(symbol('中'));
        assert!(behind.adapt(symbol('美'), -9.0) > -2.5);
        assert!(behind.adapt(symbol('國'), -2.0) < -2.0);
        assert_eq!(
            neighbours.behind(symbol('動')).adapt(symbol('力'), -3.0),
            -3.0
        );
    }
}
