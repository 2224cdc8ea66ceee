//! How a model is laid out in bytes, and how it is opened.
//!
//! All numbers are little-endian; nothing is aligned. In this order:
//!
//! | what | size |
//! |---|---|
//! | [`MAGIC`] | 8 bytes |
//! | [`checksum`] of all that follows | 8 |
//! | number of symbols | 2 |
//! | code widths in bits: bigrams, trigrams, backoffs | 3 |
//! | what the codes stand for, in the same order, in nats | 4 each |
//! | the characters that have symbols, by code point | 2 each |
//! | of each symbol: log probability, backoff, bit at which its group begins | 12 each |
//! | the groups, one for each symbol, in bits | |
//! | [`PADDING`] | 8 |
//!
//! The group of a symbol *b* holds what is known of contexts that end with it:
//!
//! | what | bits |
//! |---|---|
//! | how many successors *b* has, how many contexts *ab*, how many trigrams *abc* | [`Counts`] |
//! | successors *c* by symbol: symbol, bigram code | |
//! | contexts by *a*: symbol, backoff code, where its trigrams end | |
//! | trigrams by *a*, then *c*: place of *c* among the successors, trigram code | |
//!
//! A trigram's *c* is always a successor of *b*, so its place there, which takes
//! fewer bits than a symbol, says what it is.

use super::alphabet::{Class, Symbol};
use super::bits::{Bits, WIDEST, width};

/// Begins every model; its last byte is the version of the layout.
pub const MAGIC: [u8; 8] = *b"zbngram1";

/// Ends every model, so that eight bytes can be read from wherever a field begins.
pub const PADDING: [u8; 8] = [0; 8];

/// How many bits say how many trigrams a group has.
const TRIGRAM_COUNT_BITS: u32 = 24;

/// The widest code.
const WIDEST_CODE: u8 = 8;

/// Why bytes are not a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// They don't begin like one, or like one of another version.
    #[error("not an n-gram model of this version")]
    Magic,
    /// They are not all there, or not as they were written.
    #[error("the n-gram model is damaged: its checksum does not match")]
    Checksum,
    /// They are whole, but contradict themselves.
    #[error("the n-gram model is malformed: {0}")]
    Malformed(&'static str),
}

/// What is stored of a symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unigram {
    /// The natural logarithm of its probability.
    pub(crate) log: f32,
    /// What is added for a symbol that it has no bigram with, in nats.
    pub(crate) backoff: f32,
    /// The bit at which its group begins, from the first group on.
    pub(crate) group: u32,
}

/// What stands before the groups, taken apart.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) bigram_codes: Vec<f32>,
    pub(crate) trigram_codes: Vec<f32>,
    pub(crate) backoff_codes: Vec<f32>,
    pub(crate) characters: Vec<u16>,
    pub(crate) unigrams: Vec<Unigram>,
    pub(crate) widths: Widths,
    pub(crate) groups: Bits<'a>,
}

/// How wide the fields of a group are, in bits.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// Of a symbol.
    pub symbol: u32,
    /// Of a number of symbols.
    pub count: u32,
    /// Of the codes.
    pub bigram: u32,
    /// See `bigram`.
    pub trigram: u32,
    /// See `bigram`.
    pub backoff: u32,
}

impl Widths {
    /// For so many symbols and codes of these widths.
    pub fn new(symbols: usize, [bigram, trigram, backoff]: [u8; 3]) -> Widths {
        Widths {
            symbol: width(symbols),
            count: width(symbols + 1),
            bigram: bigram.into(),
            trigram: trigram.into(),
            backoff: backoff.into(),
        }
    }
}

/// How many entries each table of a group has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Symbols that follow the group's symbol.
    pub successors: usize,
    /// Symbols that precede it, if what follows the pair is known.
    pub contexts: usize,
    /// Symbols that follow those pairs.
    pub trigrams: usize,
}

impl Counts {
    /// The counts as one field, and how wide it is; it begins every group.
    ///
    /// `None` if a number is too large for its place.
    pub fn pack(self, widths: Widths) -> Option<(u64, u32)> {
        let contexts = widths.count;
        let trigrams = contexts + widths.count;
        let fits = self.successors < 1 << widths.count
            && self.contexts < 1 << widths.count
            && self.trigrams < 1 << TRIGRAM_COUNT_BITS;
        let field = self.successors as u64
            | (self.contexts as u64) << contexts
            | (self.trigrams as u64) << trigrams;
        fits.then_some((field, trigrams + TRIGRAM_COUNT_BITS))
    }

    fn read(groups: Bits<'_>, place: usize, widths: Widths) -> Option<(Counts, u32)> {
        let whole = 2 * widths.count + TRIGRAM_COUNT_BITS;
        let field = groups.read(place, whole)?;
        let mask = (1 << widths.count) - 1;
        let counts = Counts {
            successors: (field & mask) as usize,
            contexts: (field >> widths.count & mask) as usize,
            trigrams: (field >> (2 * widths.count)) as usize,
        };
        Some((counts, whole))
    }
}

/// Where the tables of a group are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    /// By symbol; the rest is the bigram code.
    pub(crate) successors: Table,
    /// By symbol; the rest is the backoff code and above it the end of the
    /// context's trigrams.
    pub(crate) contexts: Table,
    /// By place among the successors; the rest is the trigram code.
    pub(crate) trigrams: Table,
}

impl Group {
    pub(crate) fn read(groups: Bits<'_>, place: usize, widths: Widths) -> Option<Group> {
        let (counts, head) = Counts::read(groups, place, widths)?;
        let successors = Table {
            place: place + head as usize,
            length: counts.successors,
            key: widths.symbol,
            whole: widths.symbol + widths.bigram,
        };
        let contexts = Table {
            place: successors.end(),
            length: counts.contexts,
            key: widths.symbol,
            whole: widths.symbol + widths.backoff + width(counts.trigrams + 1),
        };
        let rank = width(counts.successors);
        let trigrams = Table {
            place: contexts.end(),
            length: counts.trigrams,
            key: rank,
            whole: rank + widths.trigram,
        };
        Some(Group {
            successors,
            contexts,
            trigrams,
        })
    }
}

/// Fields of one width, sorted by their lowest bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    place: usize,
    length: usize,
    key: u32,
    whole: u32,
}

impl Table {
    fn end(self) -> usize {
        self.place + self.length * self.whole as usize
    }

    /// What stands above the key in the field at the index.
    pub(crate) fn value(self, groups: Bits<'_>, index: usize) -> Option<u64> {
        Some(self.field(groups, index)? >> self.key)
    }

    /// The key in the field at the index.
    pub(crate) fn key(self, groups: Bits<'_>, index: usize) -> Option<u64> {
        Some(self.field(groups, index)? & ((1 << self.key) - 1))
    }

    fn field(self, groups: Bits<'_>, index: usize) -> Option<u64> {
        (index < self.length).then_some(())?;
        groups.read(self.place + index * self.whole as usize, self.whole)
    }

    /// How many fields there are.
    pub(crate) fn len(self) -> usize {
        self.length
    }

    /// The keys in their order, each with what stands above it.
    pub(crate) fn fields(self, groups: Bits<'_>) -> impl Iterator<Item = (u64, u64)> {
        let mask = (1 << self.key) - 1;
        let places = (0..self.length).map(move |index| self.place + index * self.whole as usize);
        let fields = places.map_while(move |place| groups.read(place, self.whole));
        fields.map(move |field| (field & mask, field >> self.key))
    }

    /// The part of the table from one index to before another.
    pub(crate) fn part(self, from: usize, to: usize) -> Table {
        let from = from.min(self.length);
        Table {
            place: self.place + from * self.whole as usize,
            length: to.min(self.length).saturating_sub(from),
            ..self
        }
    }

    /// The index of the field with the key, and what stands above the key.
    pub(crate) fn find(self, groups: Bits<'_>, key: u64) -> Option<(usize, u64)> {
        let mask = (1 << self.key) - 1;
        let whole = self.whole as usize;
        let (mut from, mut length) = (0, self.length);
        // Goes on when it has met the key: whether it has is hard to predict,
        // and a misprediction takes longer than the rest of the way.
        while length > 1 {
            let half = length / 2;
            let field = groups.read(self.place + (from + half) * whole, self.key)?;
            from = std::hint::select_unpredictable(field <= key, from + half, from);
            length -= half;
        }
        (length > 0).then_some(())?;
        let field = groups.read(self.place + from * whole, self.whole)?;
        (field & mask == key).then_some((from, field >> self.key))
    }
}

impl<'a> Parts<'a> {
    /// Takes a model apart.
    ///
    /// # Errors
    /// If the bytes are not a whole model of this version. What a lookup reads
    /// in the groups is not checked, only that it is there when it is read.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Parts<'a>, ModelError> {
        let (sum, body) = sealed(bytes)?;
        if checksum(body) != sum {
            return Err(ModelError::Checksum);
        }
        Self::of_body(body)
    }

    /// The same of a model whose checksum is known to be right: finding out would read
    /// all of it.
    pub(crate) fn open_known(bytes: &'a [u8]) -> Result<Parts<'a>, ModelError> {
        let (_, body) = sealed(bytes)?;
        Self::of_body(body)
    }

    fn of_body(body: &'a [u8]) -> Result<Parts<'a>, ModelError> {
        let parts = Reader(body).parts();
        let parts = parts.ok_or(ModelError::Malformed("it ends early"))?;
        parts.check().map_err(ModelError::Malformed)?;
        Ok(parts)
    }

    fn check(&self) -> Result<(), &'static str> {
        let codes = [&self.bigram_codes, &self.trigram_codes, &self.backoff_codes];
        if !codes.into_iter().flatten().all(|code| code.is_finite()) {
            return Err("a code does not stand for a number");
        }
        let finite = |u: &Unigram| u.log.is_finite() && u.backoff.is_finite();
        if !self.unigrams.iter().all(finite) {
            return Err("a symbol's probability is not a number");
        }
        if !self.characters.is_sorted_by(|a, b| a < b) {
            return Err("its characters are not sorted");
        }
        Ok(())
    }
}

/// The checksum of a model, and what it is of.
fn sealed(bytes: &[u8]) -> Result<(u64, &[u8]), ModelError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(ModelError::Magic)?;
    let (sum, body) = rest.split_first_chunk().ok_or(ModelError::Checksum)?;
    Ok((u64::from_le_bytes(*sum), body))
}

/// Takes values off the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }

    fn many<const N: usize, T>(&mut self, count: usize, make: fn([u8; N]) -> T) -> Option<Vec<T>> {
        let (head, rest) = self.0.split_at_checked(count.checked_mul(N)?)?;
        self.0 = rest;
        let (chunks, _) = head.as_chunks();
        Some(chunks.iter().map(|&chunk| make(chunk)).collect())
    }

    fn parts(mut self) -> Option<Parts<'a>> {
        let symbols = usize::from(Symbol::from_le_bytes(self.take()?));
        let codes: [u8; 3] = self.take()?;
        if codes.iter().any(|&width| width > WIDEST_CODE) {
            return None;
        }
        let widths = Widths::new(symbols, codes);
        let mut codebooks = codes.map(|width| self.many(1 << width, f32::from_le_bytes));
        let characters = self.many(symbols.checked_sub(Class::ALL.len())?, u16::from_le_bytes)?;
        let unigrams = self.many(symbols, |bytes: [u8; 12]| {
            let [a, b, c, d, e, f, g, h, i, j, k, l] = bytes;
            Unigram {
                log: f32::from_le_bytes([a, b, c, d]),
                backoff: f32::from_le_bytes([e, f, g, h]),
                group: u32::from_le_bytes([i, j, k, l]),
            }
        })?;
        Some(Parts {
            bigram_codes: codebooks[0].take()?,
            trigram_codes: codebooks[1].take()?,
            backoff_codes: codebooks[2].take()?,
            characters,
            unigrams,
            widths,
            groups: Bits(self.0),
        })
    }
}

/// Tells damage: a change anywhere changes it.
pub fn checksum(bytes: &[u8]) -> u64 {
    // The prime of the FNV hashes, on eight bytes at a time.
    const PRIME: u64 = 0x0100_0000_01B3;
    let (words, tail) = bytes.as_chunks();
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(PRIME).rotate_left(23);
    let words = words.iter().map(|&word| u64::from_le_bytes(word));
    let tail = tail.iter().map(|&byte| u64::from(byte));
    words.chain(tail).fold(bytes.len() as u64, mix)
}

const _: () = assert!(2 * width(Symbol::MAX as usize + 1) + TRIGRAM_COUNT_BITS <= WIDEST);
const _: () =
    assert!(width(Symbol::MAX as usize) + WIDEST_CODE as u32 + TRIGRAM_COUNT_BITS <= WIDEST);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_packed() {
        let widths = Widths::new(4000, [6, 5, 5]);
        let counts = Counts {
            successors: 3999,
            contexts: 7,
            trigrams: 70_000,
        };
        let (field, width) = counts.pack(widths).expect("they fit");
        let mut bytes = field.to_le_bytes().to_vec();
        bytes.extend(PADDING);
        let read = Counts::read(Bits(&bytes), 0, widths);
        assert_eq!(read, Some((counts, width)));
        let counts = Counts {
            successors: 4096,
            ..counts
        };
        assert_eq!(counts.pack(widths), None);
    }

    #[test]
    fn every_bit_counts() {
        let bytes: Vec<u8> = (0..37).collect();
        let sum = checksum(&bytes);
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(checksum(&changed), sum);
        }
        assert_ne!(checksum(&bytes[..36]), sum);
    }
}
