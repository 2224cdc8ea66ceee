//! A long plain text in pieces that are cut between paragraphs.

use std::io::{self, BufRead};

use memchr::memmem;

/// A block has about so many bytes, and half of them at least. That is some hundred
/// thousand characters, far more than it takes to tell whether a text is spun, glossed or
/// Traditional.
const BYTES: usize = 1 << 20;

/// The last block may have so many: of so few it would not be worth a block of its own.
const LAST: usize = BYTES + BYTES / 2;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// Lines and bytes of the text before it.
    pub lines: u64,
    /// See [`Block::lines`].
    pub offset: u64,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Cuts a text in UTF-8, or in any encoding that ends lines as ASCII does, into blocks.
/// Where it is cut depends on nothing but the text from the place where the reading
/// begins, if a block begins there.
///
/// It is cut behind the last empty line of what makes a block, or else behind the last
/// line, or else, in a line that is longer than that, behind a sentence.
#[derive(Debug)]
pub struct Blocks<R> {
    input: R,
    buffer: Vec<u8>,
    lines: u64,
    offset: u64,
}

impl<R: BufRead> Blocks<R> {
    /// The blocks of a text from its beginning on.
    pub fn new(input: R) -> Self {
        Self::from_place(input, 0, 0)
    }

    /// The blocks of a text behind so many lines and bytes of it.
    pub fn from_place(input: R, lines: u64, offset: u64) -> Self {
        Blocks {
            input,
            buffer: Vec::new(),
            lines,
            offset,
        }
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn next_block(&mut self) -> io::Result<Option<Block>> {
        while self.buffer.len() <= LAST {
            let read = match self.input.fill_buf() {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if read.is_empty() {
                break;
            }
            // One byte more says that this is not all.
            let length = read.len().min(LAST + 1 - self.buffer.len());
            self.buffer.extend_from_slice(&read[..length]);
            self.input.consume(length);
        }
        let length = match self.buffer.len() {
            0 => return Ok(None),
            length if length <= LAST => length,
            _ => cut(&self.buffer[..BYTES]),
        };
        let rest = self.buffer.split_off(length);
        let block = Block {
            lines: self.lines,
            offset: self.offset,
            bytes: std::mem::replace(&mut self.buffer, rest),
        };
        self.lines += memchr::memchr_iter(b'\n', &block.bytes).count() as u64;
        self.offset += length as u64;
        Ok(Some(block))
    }
}

/// How much of some bytes makes a block.
fn cut(bytes: &[u8]) -> usize {
    let from = bytes.len() / 2;
    let tail = &bytes[from..];
    let behind = |mark: &[u8]| Some(from + memmem::rfind(tail, mark)? + mark.len());
    let line = || memchr::memrchr(b'\n', tail).map(|end| from + end + 1);
    let sentence = || {
        let ends = ["。", "！", "？"].iter();
        ends.filter_map(|end| behind(end.as_bytes())).max()
    };
    // Before a byte that begins a character.
    let character = || bytes.iter().rposition(|byte| byte & 0xC0 != 0x80);
    let empty_line = behind(b"\n\n").max(behind(b"\n\r\n"));
    let cut = empty_line
        .or_else(line)
        .or_else(sentence)
        .or_else(character);
    cut.filter(|&cut| cut > 0).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        let mut blocks = Blocks::new(text.as_bytes());
        std::iter::from_fn(|| blocks.next_block().expect("memory")).collect()
    }

    #[test]
    fn a_text_is_cut_between_paragraphs() {
        let lines = "一行字。\r\n".repeat(1000);
        let paragraphs = format!("{lines}\r\n").repeat(1000);
        let cases = [
            (paragraphs, "\n\r\n"),
            ("一行字。\n".repeat(1_000_000), "\n"),
            ("一句話。".repeat(1_000_000), "。"),
            ("字".repeat(4_000_000), "字"),
        ];
        for (text, end) in cases {
            let blocks = blocks(&text);
            let (mut lines, mut all) = (0, Vec::new());
            assert!(blocks.len() > 3);
            for block in &blocks {
                let text = std::str::from_utf8(&block.bytes).expect("whole characters");
                assert!(text.ends_with(end));
                assert_eq!((block.lines, block.offset), (lines, all.len() as u64));
                assert!(
                    text.len() <= LAST && text.len() >= BYTES / 2,
                    "{}",
                    text.len()
                );
                lines += text.matches('\n').count() as u64;
                all.extend_from_slice(&block.bytes);
            }
            assert!(all == text.as_bytes());
            // It is cut so too where the reading is taken up.
            let second = &blocks[1];
            let rest = &text.as_bytes()[blocks[0].bytes.len()..];
            let mut later = Blocks::from_place(rest, second.lines, second.offset);
            assert!(later.next_block().expect("memory").as_ref() == Some(second));
        }
    }

    #[test]
    fn what_is_not_long_is_one_block() {
        for length in [1, BYTES, LAST] {
            assert_eq!(blocks(&"a".repeat(length)).len(), 1);
        }
        assert_eq!(blocks(&"a".repeat(LAST + 1)).len(), 2);
        assert!(blocks("").is_empty());
    }
}
