//! A model of bigrams and trigrams as bytes; `src/language/ngram/format.rs`
//! describes them.

use zhengben::workshop::{Class, Counts, MAGIC, PADDING, Symbol, Widths, checksum, width};

use super::counts::{Key, context, last, suffix};
use super::estimate::Estimate;
use super::logarithm::ln;
use super::quantise::Codebook;
use crate::Failure;

/// The widths of the codes of bigrams, trigrams and backoffs, in bits. One bit
/// less each costs 0.01 nats a character and saves 0.1 MB, one more gains 0.003.
const CODES: [u8; 3] = [6, 6, 4];

/// The least that is left to a shorter context. Before quantisation it is what
/// the settings leak, so that this only stops the sums of a few codes from
/// leaving nothing.
const LEAST_BACKOFF: f64 = 0.02;

/// Packs the model whose symbols after the classes are these characters.
///
/// # Errors
/// If it has more n-grams than the layout has room for.
pub(crate) fn pack(estimate: &Estimate, characters: &[u16]) -> Result<Vec<u8>, Failure> {
    let [bigrams, trigrams] = &estimate.levels[..] else {
        return Err("only trigram models can be packed".into());
    };
    let symbols = Class::ALL.len() + characters.len();
    let widths = Widths::new(symbols, CODES);
    let bigram_book = book(&bigrams.grams, CODES[0]);
    let trigram_book = book(&trigrams.grams, CODES[1]);

    // Codes change the sums, so that what is left is computed anew.
    let bigrams = coded(&bigrams.grams, &bigram_book);
    let bigram_backoffs = backoffs(&bigrams, &bigram_book, |key| {
        estimate.unigrams[usize::from(last(key))]
    });
    let trigrams = coded(&trigrams.grams, &trigram_book);
    let trigram_backoffs = backoffs(&trigrams, &trigram_book, |key| {
        let place = bigrams.binary_search_by_key(&suffix(key, 2), |&(key, _)| key);
        place.map_or(0.0, |place| bigram_book.value(bigrams[place].1))
    });
    let backoff_book = book(&trigram_backoffs, CODES[2]);

    let mut groups = vec![Group::default(); symbols];
    for &(key, code) in &bigrams {
        let group = &mut groups[usize::from(context(key) as Symbol)];
        group.successors.push((last(key), code));
    }
    let contexts = trigrams.chunk_by(|a, b| context(a.0) == context(b.0));
    for (same, &(pair, backoff)) in contexts.zip(&trigram_backoffs) {
        let group = &mut groups[usize::from(last(pair))];
        for &(key, code) in same {
            let symbol = |&(symbol, _): &(Symbol, usize)| symbol;
            let rank = group.successors.binary_search_by_key(&last(key), symbol);
            let rank = rank.map_err(|_| "a trigram without its bigram")?;
            group.trigrams.push((rank, code));
        }
        let end = group.trigrams.len();
        let before = context(pair) as Symbol;
        let code = backoff_book.code(backoff);
        group.contexts.push((before, code, end));
    }

    let mut bits = Writer::default();
    let mut directory = Vec::new();
    for (symbol, group) in (0..).zip(&groups) {
        let backoff = bigram_backoffs
            .binary_search_by_key(&symbol, |&(key, _)| key)
            .map_or(1.0, |place| bigram_backoffs[place].1);
        directory.extend((ln(estimate.unigrams[symbol as usize]) as f32).to_le_bytes());
        directory.extend((ln(backoff) as f32).to_le_bytes());
        directory.extend(u32::try_from(bits.length)?.to_le_bytes());
        group.write(&mut bits, widths)?;
    }

    let mut body = Vec::new();
    body.extend(Symbol::try_from(symbols)?.to_le_bytes());
    body.extend(CODES);
    let books = [bigram_book, trigram_book, backoff_book];
    let values = books.iter().flat_map(Codebook::logs);
    body.extend(values.flat_map(f32::to_le_bytes));
    body.extend(characters.iter().flat_map(|c| c.to_le_bytes()));
    body.extend(directory);
    body.extend(bits.bytes);
    body.extend(PADDING);
    let mut model = MAGIC.to_vec();
    model.extend(checksum(&body).to_le_bytes());
    model.extend(body);
    Ok(model)
}

fn book(table: &[(Key, f64)], width: u8) -> Codebook {
    Codebook::of(table.iter().map(|&(_, value)| value), width)
}

fn coded(table: &[(Key, f64)], book: &Codebook) -> Vec<(Key, usize)> {
    table.iter().map(|&(key, p)| (key, book.code(p))).collect()
}

/// For each context, what the shorter one's probabilities are multiplied by so
/// that all probabilities of the context sum to one.
fn backoffs(
    grams: &[(Key, usize)],
    book: &Codebook,
    shorter: impl Fn(Key) -> f64,
) -> Vec<(Key, f64)> {
    let contexts = grams.chunk_by(|a, b| context(a.0) == context(b.0));
    let backoffs = contexts.map(|same| {
        let own: f64 = same.iter().map(|&(_, code)| book.value(code)).sum();
        let others: f64 = same.iter().map(|&(key, _)| shorter(key)).sum();
        let backoff = (1.0 - own) / f64::max(1.0 - others, LEAST_BACKOFF);
        (context(same[0].0), backoff.clamp(LEAST_BACKOFF, 1.0))
    });
    backoffs.collect()
}

/// What is known of contexts that end with a symbol.
#[derive(Clone, Debug, Default)]
struct Group {
    successors: Vec<(Symbol, usize)>,
    contexts: Vec<(Symbol, usize, usize)>,
    trigrams: Vec<(usize, usize)>,
}

impl Group {
    fn write(&self, bits: &mut Writer, widths: Widths) -> Result<(), Failure> {
        let counts = Counts {
            successors: self.successors.len(),
            contexts: self.contexts.len(),
            trigrams: self.trigrams.len(),
        };
        let (field, whole) = counts.pack(widths).ok_or("too many n-grams")?;
        bits.push(field, whole);
        for &(symbol, code) in &self.successors {
            bits.push(symbol.into(), widths.symbol);
            bits.push(code as u64, widths.bigram);
        }
        for &(symbol, code, end) in &self.contexts {
            bits.push(symbol.into(), widths.symbol);
            bits.push(code as u64, widths.backoff);
            bits.push(end as u64, width(counts.trigrams + 1));
        }
        for &(rank, code) in &self.trigrams {
            bits.push(rank as u64, width(counts.successors));
            bits.push(code as u64, widths.trigram);
        }
        Ok(())
    }
}

/// Writes fields; the first bit is the lowest of the first byte.
#[derive(Debug, Default)]
struct Writer {
    bytes: Vec<u8>,
    /// In bits.
    length: usize,
}

impl Writer {
    fn push(&mut self, field: u64, width: u32) {
        for bit in 0..width {
            if self.length.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(byte) = self.bytes.last_mut() {
                *byte |= ((field >> bit & 1) as u8) << (self.length % 8);
            }
            self.length += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use zhengben::workshop::{Alphabet, Model, State};

    use super::*;
    use crate::ngram::counts::{Counter, Vocabulary, push, symbols};
    use crate::ngram::estimate::estimate;
    use crate::ngram::recipe;

    /// How far the codes may move a logarithm: most of a backoff code's width.
    const TOLERANCE: f64 = 0.25;

    const TEXT: [&str; 5] = [
        "正本清源，从根本上整顿清理。",
        "正本是文书的正式文本，区别于副本。\n副本是正本的抄本。",
        "本书的正文，以正本为准，不以抄本为准。",
        "源清流洁，本盛末荣。\n清理文书，整顿文本。",
        "The copy of 1998 is 正本 No. 12, not 副本 No. 3.",
    ];

    #[test]
    fn the_reader_gives_what_was_estimated() {
        let vocabulary = Vocabulary::of(TEXT.into_iter(), 2);
        let alphabet = Alphabet::new(vocabulary.characters.iter().copied());
        let documents = TEXT.map(|text| symbols(text, |c| alphabet.symbol(c)));
        let mut counter = Counter::default();
        counter.add(&documents, 3, 2);
        let mut settings = recipe::SETTINGS;
        settings.thresholds.fill(0.1);
        let estimate = estimate(counter.finish(), vocabulary.len(), &settings);
        assert!(estimate.levels.iter().all(|level| level.grams.len() >= 10));

        let bytes = pack(&estimate, &vocabulary.characters).expect("it is small");
        let model = Model::open(&bytes).expect("it is whole");
        assert_eq!(model.symbols(), vocabulary.len());
        for document in TEXT {
            let (mut state, mut context) = (State::START, 0);
            for character in document.chars() {
                for symbol in 0..vocabulary.len() as Symbol {
                    let estimated = ln(estimate.of(push(context, symbol), 3));
                    let read = f64::from(model.symbol_log_prob(state, symbol));
                    let error = (read - estimated).abs();
                    assert!(error < TOLERANCE, "{context:x} {symbol}: {error}");
                }
                state = model.advance(state, character);
                context = match character {
                    '\n' => 0,
                    _ => suffix(push(context, alphabet.symbol(character)), 2),
                };
            }
        }
    }

    #[test]
    fn packs_the_same_again() {
        let estimate = Estimate {
            unigrams: vec![0.125; Class::ALL.len()],
            levels: vec![Default::default(); 2],
        };
        let pack = || pack(&estimate, &[]).expect("it is small");
        assert_eq!(pack(), pack());
        let model = pack();
        let model = Model::open(&model).expect("it is whole");
        let nats = model.symbol_log_prob(State::START, 3);
        assert!((nats - 0.125_f32.ln()).abs() < 1e-6);
    }
}
