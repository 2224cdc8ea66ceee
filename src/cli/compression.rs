//! Files that are read and written compressed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use zstd::dict::EncoderDictionary;
use zstd::stream::write::Encoder;

use crate::regions::Syntax;

/// How a file is compressed, as its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstd,
}

/// What is read at once.
pub(super) const BUFFER: usize = 128 << 10;

/// As `gzip` does unless it is told otherwise.
const GZIP_LEVEL: u32 = 6;

/// As `zstd` does unless it is told otherwise.
pub(super) const ZSTD_LEVEL: i32 = 3;

impl Compression {
    pub(super) fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        match extension.to_ascii_lowercase().as_str() {
            "gz" => Some(Compression::Gzip),
            "zst" => Some(Compression::Zstd),
            _ => None,
        }
    }

    /// Bytes as a member of a gzip file, or as a frame of a zstd file.
    pub(super) fn packed(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        self.packed_with(bytes, None)
    }

    /// The same, for a zstd file with that dictionary.
    pub(super) fn packed_with(
        self,
        bytes: &[u8],
        dictionary: Option<&EncoderDictionary<'_>>,
    ) -> io::Result<Vec<u8>> {
        match self {
            Compression::Gzip => gzip_member(bytes),
            Compression::Zstd => {
                let mut encoder = match dictionary {
                    Some(known) => Encoder::with_prepared_dictionary(Vec::new(), known)?,
                    None => Encoder::new(Vec::new(), ZSTD_LEVEL)?,
                };
                encoder.include_checksum(true)?;
                encoder.set_pledged_src_size(Some(bytes.len() as u64))?;
                encoder.write_all(bytes)?;
                encoder.finish()
            }
        }
    }
}

/// A member or frame that is written piece by piece.
pub(super) enum OpenMember {
    Gzip(GzEncoder<Vec<u8>>),
    Zstd(Encoder<'static, Vec<u8>>),
}

impl OpenMember {
    pub(super) fn new(compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::Gzip => {
                let level = flate2::Compression::new(GZIP_LEVEL);
                OpenMember::Gzip(GzEncoder::new(Vec::new(), level))
            }
            Compression::Zstd => {
                let mut encoder = Encoder::new(Vec::new(), ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                OpenMember::Zstd(encoder)
            }
        })
    }

    /// What there is to write of the next piece.
    pub(super) fn piece(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        Ok(std::mem::take(match self {
            OpenMember::Gzip(encoder) => {
                encoder.write_all(bytes)?;
                encoder.get_mut()
            }
            OpenMember::Zstd(encoder) => {
                encoder.write_all(bytes)?;
                encoder.get_mut()
            }
        }))
    }

    /// What there is to write at the end.
    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            OpenMember::Gzip(encoder) => encoder.finish(),
            OpenMember::Zstd(encoder) => encoder.finish(),
        }
    }
}

/// The kind of file that a path names, compressed or not. Only what is read record by
/// record can be compressed.
pub(super) fn kind(path: &Path) -> Option<Syntax> {
    match Compression::of_path(path) {
        Some(_) => {
            let syntax = Syntax::recognise(path.file_stem()?.as_ref());
            syntax.filter(|syntax| matches!(syntax, Syntax::JsonLines | Syntax::Warc))
        }
        None => Syntax::recognise(path),
    }
}

/// Reads a file, or what it is compressed from, members and frames one behind the other.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let file = BufReader::with_capacity(BUFFER, File::open(path)?);
    unpacked(file, Compression::of_path(path))
}

/// Reads it from behind so many bytes of what it is compressed from.
pub(super) fn open_at(path: &Path, begin: u64) -> io::Result<Box<dyn BufRead>> {
    if Compression::of_path(path).is_none() {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(begin))?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, file)));
    }
    let mut file = open(path)?;
    // There is no other way than to read it.
    io::copy(&mut file.by_ref().take(begin), &mut io::sink())?;
    Ok(file)
}

/// What compressed bytes are made from.
pub(super) fn unpacked<'r>(
    file: impl BufRead + 'r,
    compression: Option<Compression>,
) -> io::Result<Box<dyn BufRead + 'r>> {
    Ok(match compression {
        None => Box::new(file),
        Some(Compression::Gzip) => {
            Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(file)))
        }
        Some(Compression::Zstd) => {
            let decoder = zstd::stream::read::Decoder::with_buffer(file)?;
            Box::new(BufReader::with_capacity(BUFFER, decoder))
        }
    })
}

/// Bytes as a member of a gzip file.
fn gzip_member(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let level = flate2::Compression::new(GZIP_LEVEL);
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}
