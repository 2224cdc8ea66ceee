//! The column of restored texts: what was given, until a row differs.

use std::sync::Arc;

use arrow_array::builder::GenericStringBuilder;
use arrow_array::{ArrayRef, OffsetSizeTrait, StringViewArray};
use arrow_buffer::{Buffer, NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_data::ByteView;

use super::Fault;
use super::rows::{INLINE, Layout, Strings, VIEW};

/// Restored texts, row after row.
#[derive(Debug)]
pub(super) struct Texts<'r> {
    strings: Strings<'r>,
    done: usize,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Every row so far is as it was given.
    Same,
    Small(GenericStringBuilder<i32>),
    Large(GenericStringBuilder<i64>),
    View(Views),
}

impl<'r> Texts<'r> {
    pub(super) fn new(strings: Strings<'r>) -> Self {
        Texts {
            strings,
            done: 0,
            state: State::Same,
        }
    }

    /// The next row is what was given, which is this text.
    pub(super) fn push_same(&mut self, text: &str) -> Result<(), Fault> {
        match &mut self.state {
            State::Same if self.strings.rows.are_text => {}
            State::View(views) if self.strings.rows.are_text => views.nulls.append_non_null(),
            _ => return self.push(Some(text)),
        }
        self.done += 1;
        Ok(())
    }

    /// The next row is another text, or null.
    pub(super) fn push(&mut self, text: Option<&str>) -> Result<(), Fault> {
        // A null stays null.
        if text.is_none()
            && matches!(self.state, State::Same)
            && self.strings.rows.is_null(self.done)
        {
            self.done += 1;
            return Ok(());
        }
        if matches!(self.state, State::Same) {
            self.begin()?;
        }
        self.done += 1;
        match (&mut self.state, text) {
            (State::Same, _) => Ok(()),
            (State::Small(texts), Some(text)) => append(texts, text),
            (State::Large(texts), Some(text)) => append(texts, text),
            (State::View(views), Some(text)) => {
                views.change(self.done - 1, text);
                Ok(())
            }
            (State::Small(texts), None) => {
                texts.append_null();
                Ok(())
            }
            (State::Large(texts), None) => {
                texts.append_null();
                Ok(())
            }
            (State::View(views), None) => {
                views.nulls.append_null();
                Ok(())
            }
        }
    }

    /// Begins a column of its own, with the rows that are as they were given.
    fn begin(&mut self) -> Result<(), Fault> {
        let rows = self.strings.rows;
        self.state = match &rows.layout {
            Layout::Small(offsets, _) => State::Small(copied(self.strings, offsets, self.done)?),
            Layout::Large(offsets, _) => State::Large(copied(self.strings, offsets, self.done)?),
            Layout::View(..) => State::View(Views::of(rows.nulls.as_ref(), self.done)),
        };
        Ok(())
    }

    /// The column.
    pub(super) fn finish(self) -> Result<ArrayRef, Fault> {
        Ok(match self.state {
            State::Same if self.strings.rows.are_text => Arc::clone(&self.strings.rows.array),
            // Of bytes nothing is taken as it is: there are no rows, or only nulls.
            State::Same => {
                let mut begun = self;
                begun.begin()?;
                return begun.finish();
            }
            State::Small(mut texts) => Arc::new(texts.finish()),
            State::Large(mut texts) => Arc::new(texts.finish()),
            State::View(views) => views.finish(&self.strings.rows.layout)?,
        })
    }
}

/// A builder with the first rows, which are as they were given.
fn copied<O: OffsetSizeTrait>(
    strings: Strings<'_>,
    offsets: &OffsetBuffer<O>,
    done: usize,
) -> Result<GenericStringBuilder<O>, Fault> {
    let bytes = offsets
        .last()
        .as_usize()
        .saturating_sub(offsets.first().as_usize());
    let mut texts = GenericStringBuilder::with_capacity(strings.rows.len(), bytes);
    for row in 0..done {
        match strings.get(row)? {
            Some(text) => append(&mut texts, text)?,
            None => texts.append_null(),
        }
    }
    Ok(texts)
}

fn append<O: OffsetSizeTrait>(
    texts: &mut GenericStringBuilder<O>,
    text: &str,
) -> Result<(), Fault> {
    fits::<O>(texts.values_slice().len(), text.len())?;
    texts.append_value(text);
    Ok(())
}

/// Whether so many more bytes have offsets of that size.
fn fits<O: OffsetSizeTrait>(bytes: usize, more: usize) -> Result<(), Fault> {
    match bytes.checked_add(more).and_then(O::from_usize) {
        Some(_) => Ok(()),
        None => Err(Fault::unfit(
            "the restored texts of a chunk are more than 2 GiB: give smaller chunks, or large_string",
        )),
    }
}

/// Views of which some are changed; the others stay, and so does what they lead to.
#[derive(Debug)]
struct Views {
    nulls: NullBufferBuilder,
    changed: Vec<(usize, u128)>,
    /// Of changed texts, the last one not yet full.
    buffers: Vec<Buffer>,
    own: Vec<u8>,
}

impl Views {
    fn of(nulls: Option<&NullBuffer>, done: usize) -> Self {
        let mut own = NullBufferBuilder::new(done);
        match nulls {
            Some(nulls) => own.append_buffer(&nulls.slice(0, done)),
            None => own.append_n_non_nulls(done),
        }
        Views {
            nulls: own,
            changed: Vec::new(),
            buffers: Vec::new(),
            own: Vec::new(),
        }
    }

    fn change(&mut self, row: usize, text: &str) {
        /// Buffers are not to be longer than an int32 can say.
        const LONGEST: usize = i32::MAX as usize;
        if self.own.len() + text.len() > LONGEST && !self.own.is_empty() {
            self.buffers
                .push(Buffer::from_vec(std::mem::take(&mut self.own)));
        }
        let place = (self.buffers.len(), self.own.len());
        self.changed.push((row, view(text, place)));
        if text.len() > INLINE {
            self.own.extend_from_slice(text.as_bytes());
        }
        self.nulls.append_non_null();
    }

    fn finish(mut self, layout: &Layout) -> Result<ArrayRef, Fault> {
        let Layout::View(views, buffers) = layout else {
            return Err(Fault::unfit("views are made of views only"));
        };
        let mut views = views.to_vec();
        let given = buffers.len() as u32;
        for (row, view) in self.changed {
            // Behind the buffers that were given.
            let own = ByteView::from(view);
            views[row] = match own.length as usize > INLINE {
                true => own.with_buffer_index(own.buffer_index + given).as_u128(),
                false => view,
            };
        }
        // What a row that has become null leads to need not be text.
        let nulls = self.nulls.finish();
        for row in nulls
            .iter()
            .flat_map(|nulls| (0..nulls.len()).filter(|&row| nulls.is_null(row)))
        {
            views[row] = 0;
        }
        let mut buffers = buffers.to_vec();
        buffers.append(&mut self.buffers);
        if !self.own.is_empty() {
            buffers.push(Buffer::from_vec(self.own));
        }
        let views = ScalarBuffer::from(views);
        let texts = StringViewArray::try_new(views, buffers, nulls)?;
        Ok(Arc::new(texts))
    }
}

/// The view of a text that is in a buffer at a place, or short.
fn view(text: &str, (buffer, start): (usize, usize)) -> u128 {
    let bytes = text.as_bytes();
    if bytes.len() <= INLINE {
        let mut view = [0; VIEW];
        view[0] = bytes.len() as u8;
        view[4..4 + bytes.len()].copy_from_slice(bytes);
        return u128::from_le_bytes(view);
    }
    ByteView::new(bytes.len() as u32, &bytes[..4])
        .with_buffer_index(buffer as u32)
        .with_offset(start as u32)
        .as_u128()
}
