//! A broken page's bytes in an order that can be decoded, and the way back.
//!
//! A gloss inside a character moves to the front of it:
//! D2AA 84 `(jiǎng)` D3 becomes D2AA `(jiǎng)` 84D3, which is `要(jiǎng)動`.
//! So the page has a text in which each inserted gloss is a piece of text,
//! and taking it out is an edit like any other. A move changes the order of
//! bytes between two characters of the page and nothing else: outside of
//! moves, a place in the mended bytes is the same place in the page.

use std::ops::Range;

use super::{find, unit_length};
use crate::encoding::{Encoding, read};

/// The bytes of a page with its glosses between characters.
#[derive(Clone, Debug)]
pub(crate) struct Mended {
    bytes: Vec<u8>,
    moves: Vec<Move>,
    glosses: Vec<Inserted>,
}

/// A gloss that a filter inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inserted {
    /// In the mended bytes; in the text once they are decoded.
    pub(crate) range: Range<usize>,
    /// Whether it stands inside a character, and has been moved before it.
    pub(crate) is_inside: bool,
}

/// A character with glosses inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Move {
    /// Their bytes together: the same ones in the page.
    hull: Range<usize>,
    /// Where the glosses end and the character begins in the mended bytes.
    character: usize,
    /// How many of the character's bytes stand before the glosses in the page.
    head: usize,
}

/// Mends a page of GBK or GB 18030; `None` if it does not show that a filter
/// has inserted glosses, blind to where characters begin. `is_readable` says
/// whether the page can be decoded as it is.
pub(in crate::encoding) fn mend(page: &[u8], is_readable: bool) -> Option<Mended> {
    let inserted = find(page, is_readable)?;
    let mut rest = Vec::with_capacity(page.len());
    let mut places = Vec::with_capacity(inserted.len());
    let mut done = 0;
    for range in inserted {
        rest.extend_from_slice(&page[done..range.start]);
        done = range.end;
        places.push((rest.len(), range));
    }
    rest.extend_from_slice(&page[done..]);

    let mut mended = Mended {
        bytes: Vec::with_capacity(page.len()),
        moves: Vec::new(),
        glosses: Vec::with_capacity(places.len()),
    };
    let mut places = places.into_iter().peekable();
    let mut at = 0;
    while at < rest.len() {
        while let Some((_, range)) = places.next_if(|&(place, _)| place <= at) {
            mended.push_gloss(&page[range], false);
        }
        let end = at + unit_length(&rest[at..]);
        let hull = mended.bytes.len();
        let mut head = 0;
        while let Some((place, range)) = places.next_if(|&(place, _)| place < end) {
            head = place - at;
            mended.push_gloss(&page[range], true);
        }
        let character = mended.bytes.len();
        mended.bytes.extend_from_slice(&rest[at..end]);
        if character > hull {
            mended.moves.push(Move {
                hull: hull..mended.bytes.len(),
                character,
                head,
            });
        }
        at = end;
    }
    for (_, range) in places {
        mended.push_gloss(&page[range], false);
    }
    Some(mended)
}

impl Mended {
    fn push_gloss(&mut self, gloss: &[u8], is_inside: bool) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(gloss);
        self.glosses.push(Inserted {
            range: start..self.bytes.len(),
            is_inside,
        });
    }

    /// The bytes in the order of the text.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The inserted glosses, in their order.
    pub(crate) fn glosses(&self) -> &[Inserted] {
        &self.glosses
    }

    /// Decodes the bytes; the glosses are in places of the text from then on.
    ///
    /// # Errors
    /// The place in the page of the first byte that does not decode.
    pub(in crate::encoding) fn decode(mut self) -> Result<(String, Self), usize> {
        let mut text = String::with_capacity(self.bytes.len() * 3 / 2);
        let mut glosses = std::mem::take(&mut self.glosses);
        let mut done = 0;
        for gloss in &mut glosses {
            self.decode_part(done..gloss.range.start, &mut text)?;
            let start = text.len();
            self.decode_part(gloss.range.clone(), &mut text)?;
            done = gloss.range.end;
            gloss.range = start..text.len();
        }
        self.decode_part(done..self.bytes.len(), &mut text)?;
        self.glosses = glosses;
        Ok((text, self))
    }

    /// Decodes a range between two characters.
    fn decode_part(&self, range: Range<usize>, text: &mut String) -> Result<(), usize> {
        let start = range.start;
        match read::strict(&self.bytes[range], Encoding::Gb18030) {
            Ok(part) => text.push_str(&part),
            Err(offset) => return Err(self.in_page(start + offset..start + offset + 1).start),
        }
        Ok(())
    }

    /// Where a range of the mended bytes, between two characters, is in the
    /// page. That of a character with a gloss inside it has the gloss inside;
    /// an empty range there is at the character's start.
    pub(crate) fn in_page(&self, range: Range<usize>) -> Range<usize> {
        let start = match self.move_around(range.start) {
            Some(moved) if !range.is_empty() && range.end <= moved.character => {
                range.start + moved.head
            }
            Some(moved) => moved.hull.start,
            None => range.start,
        };
        let end = match self.move_around(range.end) {
            Some(moved) if range.end > moved.hull.start && range.end <= moved.character => {
                range.end + moved.head
            }
            _ => range.end,
        };
        start..if range.is_empty() { start } else { end }
    }

    /// The move that a place is in or at the start of.
    fn move_around(&self, place: usize) -> Option<&Move> {
        let index = self.moves.partition_point(|moved| moved.hull.end <= place);
        self.moves
            .get(index)
            .filter(|moved| moved.hull.start <= place)
    }

    /// Copies a range of the mended bytes, between two characters; a character
    /// whose glosses are in it too, as it is in the page.
    pub(crate) fn copy(&self, page: &[u8], range: Range<usize>, out: &mut Vec<u8>) {
        let mut done = range.start;
        let from = self
            .moves
            .partition_point(|moved| moved.hull.start < range.start);
        for moved in &self.moves[from..] {
            if moved.hull.end > range.end {
                break;
            }
            out.extend_from_slice(&self.bytes[done..moved.hull.start]);
            out.extend_from_slice(&page[moved.hull.clone()]);
            done = moved.hull.end;
        }
        out.extend_from_slice(&self.bytes[done..range.end]);
    }
}
