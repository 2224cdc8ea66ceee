//! A compressed file, member by member of gzip or frame by frame of zstd, with the bytes
//! that each is made of.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use flate2::bufread::GzDecoder;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::stream::read::Decoder;

use super::compression::{Compression, ZSTD_LEVEL};

/// So many bytes of a member are unpacked at once.
pub(super) const LONGEST: usize = 4 << 20;

/// A member, or a piece of one that is too long.
pub(super) struct Member {
    /// Where in the file it begins.
    pub(super) offset: u64,
    pub(super) packed: Vec<u8>,
    pub(super) unpacked: Vec<u8>,
    /// Whether the member begins with it, and ends with it.
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// The dictionary that a zstd file of records may begin with. It has to live as long as
/// whatever packs and unpacks with it, of which zstd's own lifetimes do not speak.
pub(super) struct Dictionary {
    encoder: EncoderDictionary<'static>,
    decoder: DecoderDictionary<'static>,
}

impl Dictionary {
    fn new(bytes: &[u8]) -> Self {
        Dictionary {
            encoder: EncoderDictionary::copy(bytes, ZSTD_LEVEL),
            decoder: DecoderDictionary::copy(bytes),
        }
    }

    pub(super) fn encoder(&self) -> &EncoderDictionary<'static> {
        &self.encoder
    }
}

/// Reads a file so.
pub(super) struct Members<R: BufRead> {
    /// Dropped before the dictionary.
    state: State<R>,
    compression: Compression,
    offset: u64,
    dictionary: Option<Arc<Dictionary>>,
}

enum State<R: BufRead> {
    Between(Tee<R>),
    Gzip(Box<GzDecoder<Tee<R>>>),
    Zstd(Decoder<'static, Tee<R>>),
    /// An error has ended the reading.
    Over,
}

impl<R: BufRead> Members<R> {
    /// The members of a file from its beginning on.
    pub(super) fn new(input: R, compression: Compression) -> Self {
        Self::from_offset(input, compression, 0, None)
    }

    /// Those of a file that was read up to there, and began with that dictionary.
    pub(super) fn from_offset(
        input: R,
        compression: Compression,
        offset: u64,
        dictionary: Option<Arc<Dictionary>>,
    ) -> Self {
        Members {
            state: State::Between(Tee::new(input)),
            compression,
            offset,
            dictionary,
        }
    }

    pub(super) fn dictionary(&self) -> Option<Arc<Dictionary>> {
        self.dictionary.clone()
    }

    /// What is not read yet.
    pub(super) fn into_rest(self) -> Option<R> {
        Some(match self.state {
            State::Between(tee) => tee.input,
            State::Gzip(decoder) => decoder.into_inner().input,
            State::Zstd(decoder) => decoder.finish().input,
            State::Over => return None,
        })
    }

    /// The next member or piece; `None` at the end.
    ///
    /// # Errors
    /// Those of the reader, and what is not compressed as it should be; there is nothing
    /// more to be read then.
    pub(super) fn next_member(&mut self) -> io::Result<Option<Member>> {
        let mut state = std::mem::replace(&mut self.state, State::Over);
        let begins = matches!(state, State::Between(_));
        if let State::Between(mut tee) = state {
            if tee.peek()?.is_empty() {
                self.state = State::Between(tee);
                return Ok(None);
            }
            if self.compression == Compression::Zstd && self.offset == 0 {
                self.dictionary = dictionary(&mut tee)?;
                if self.dictionary.is_some() {
                    let member = self.member(&mut tee, Vec::new(), true, true);
                    self.state = State::Between(tee);
                    return Ok(Some(member));
                }
            }
            state = self.begin(tee)?;
        }
        let mut unpacked = Vec::new();
        let read = |decoder: &mut dyn Read, unpacked: &mut Vec<u8>| {
            decoder.take(LONGEST as u64).read_to_end(unpacked)
        };
        let length = match &mut state {
            State::Gzip(decoder) => read(&mut **decoder, &mut unpacked)?,
            State::Zstd(decoder) => read(decoder, &mut unpacked)?,
            State::Between(_) | State::Over => 0,
        };
        let ends = length < LONGEST;
        let member = match (state, ends) {
            (State::Gzip(mut decoder), false) => {
                let member = self.member(decoder.get_mut(), unpacked, begins, false);
                self.state = State::Gzip(decoder);
                member
            }
            (State::Zstd(mut decoder), false) => {
                let member = self.member(decoder.get_mut(), unpacked, begins, false);
                self.state = State::Zstd(decoder);
                member
            }
            (State::Gzip(decoder), true) => self.end(decoder.into_inner(), unpacked, begins),
            (State::Zstd(decoder), true) => self.end(decoder.finish(), unpacked, begins),
            (State::Between(_) | State::Over, _) => return Ok(None),
        };
        Ok(Some(member))
    }

    fn begin(&self, tee: Tee<R>) -> io::Result<State<R>> {
        Ok(match (self.compression, &self.dictionary) {
            (Compression::Gzip, _) => State::Gzip(Box::new(GzDecoder::new(tee))),
            (Compression::Zstd, None) => State::Zstd(Decoder::with_buffer(tee)?.single_frame()),
            (Compression::Zstd, Some(dictionary)) => {
                let decoder = Decoder::with_prepared_dictionary(tee, &dictionary.decoder)?;
                State::Zstd(decoder.single_frame())
            }
        })
    }

    fn end(&mut self, mut tee: Tee<R>, unpacked: Vec<u8>, begins: bool) -> Member {
        let member = self.member(&mut tee, unpacked, begins, true);
        self.state = State::Between(tee);
        member
    }

    fn member(&mut self, tee: &mut Tee<R>, unpacked: Vec<u8>, begins: bool, ends: bool) -> Member {
        let packed = std::mem::take(&mut tee.taken);
        let offset = self.offset;
        self.offset += packed.len() as u64;
        Member {
            offset,
            packed,
            unpacked,
            begins,
            ends,
        }
    }
}

/// Reads the dictionary that a file begins with, in a frame that other readers skip; it
/// may be compressed itself.
fn dictionary(tee: &mut impl BufRead) -> io::Result<Option<Arc<Dictionary>>> {
    const MAGIC: [u8; 4] = 0x184D_2A5D_u32.to_le_bytes();
    /// Those in use have a few hundred KB.
    const MOST: u32 = 16 << 20;
    const FRAME: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();
    // What is read at once is longer, unless the file is not.
    if !tee.fill_buf()?.starts_with(&MAGIC) {
        return Ok(None);
    }
    let mut head = [0; 8];
    tee.read_exact(&mut head)?;
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    if tee.take(u64::from(length)).read_to_end(&mut bytes)? < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if bytes.starts_with(&FRAME) {
        let mut unpacked = Vec::new();
        let decoder = Decoder::with_buffer(&*bytes)?;
        decoder.take(u64::from(MOST)).read_to_end(&mut unpacked)?;
        bytes = unpacked;
    }
    Ok(Some(Arc::new(Dictionary::new(&bytes))))
}

/// Keeps what is read.
struct Tee<R> {
    input: R,
    taken: Vec<u8>,
}

impl<R: BufRead> Tee<R> {
    fn new(input: R) -> Self {
        Tee {
            input,
            taken: Vec::new(),
        }
    }

    /// What comes next; nothing only at the end.
    fn peek(&mut self) -> io::Result<&[u8]> {
        while let Err(error) = self.input.fill_buf() {
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        self.input.fill_buf()
    }
}

impl<R: BufRead> Read for Tee<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.taken.extend_from_slice(&buffer[..length]);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Tee<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        // What is consumed has been filled.
        if let Ok(buffer) = self.input.fill_buf() {
            self.taken
                .extend_from_slice(&buffer[..length.min(buffer.len())]);
        }
        self.input.consume(length);
    }
}
