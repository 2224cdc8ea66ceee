//! The rows of a column of strings or bytes, each looked at before it is believed.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray};
use arrow_array::{LargeStringArray, OffsetSizeTrait, StringArray, StringViewArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::DataType;

use super::Fault;

/// Rows in any of the layouts that Arrow has for strings.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) array: ArrayRef,
    pub(super) layout: Layout,
    pub(super) nulls: Option<NullBuffer>,
    /// Whether they are strings; else they are bytes to decode.
    pub(super) are_text: bool,
}

#[derive(Debug)]
pub(super) enum Layout {
    Small(OffsetBuffer<i32>, Buffer),
    Large(OffsetBuffer<i64>, Buffer),
    View(ScalarBuffer<u128>, Arc<[Buffer]>),
}

/// What a view is made of, in bytes.
pub(super) const VIEW: usize = 16;
/// Strings that are not longer stand in the view itself.
pub(super) const INLINE: usize = 12;

impl Rows {
    /// The rows of an array.
    pub(super) fn of(array: ArrayRef) -> Result<Self, Fault> {
        macro_rules! parts {
            ($kind:ty, $layout:path) => {
                array.as_any().downcast_ref::<$kind>().map(|array| {
                    let (positions, bytes, nulls) = array.clone().into_parts();
                    ($layout(positions, bytes), nulls)
                })
            };
        }
        let kind = array.data_type().clone();
        let found = match kind {
            DataType::Utf8 => parts!(StringArray, Layout::Small),
            DataType::Binary => parts!(BinaryArray, Layout::Small),
            DataType::LargeUtf8 => parts!(LargeStringArray, Layout::Large),
            DataType::LargeBinary => parts!(LargeBinaryArray, Layout::Large),
            DataType::Utf8View => parts!(StringViewArray, Layout::View),
            DataType::BinaryView => parts!(BinaryViewArray, Layout::View),
            _ => None,
        };
        let (layout, nulls) = found.ok_or_else(|| no_strings(&kind))?;
        let are_text = matches!(
            kind,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
        );
        Ok(Rows {
            array,
            layout,
            nulls,
            are_text,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.array.len()
    }

    /// The bytes of a row; `None` if it is null.
    pub(super) fn get(&self, row: usize) -> Result<Option<&[u8]>, Fault> {
        if self.is_null(row) {
            return Ok(None);
        }
        let bytes = match &self.layout {
            Layout::View(views, buffers) => viewed(views, buffers, row),
            _ => self.bytes(row, row + 1).map(|(_, bytes)| bytes),
        };
        match bytes {
            Some(bytes) => Ok(Some(bytes)),
            None => Err(Fault::unfit(format_args!(
                "row {row} lies outside of its buffers"
            ))),
        }
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }

    /// The rows, which have to be strings.
    pub(super) fn strings(&self) -> Strings<'_> {
        let together = match self.are_text {
            true => self.bytes(0, self.len()),
            false => None,
        };
        let together = together.and_then(|(start, bytes)| {
            let text = simdutf8::basic::from_utf8(bytes);
            Some((start, text.ok()?))
        });
        Strings {
            rows: self,
            together,
        }
    }

    /// Where rows begin that lie side by side, which views do not, and their bytes.
    fn bytes(&self, from: usize, to: usize) -> Option<(usize, &[u8])> {
        let (range, bytes) = self.place(from, to)?;
        Some((range.start, bytes.as_slice().get(range)?))
    }

    fn place(&self, from: usize, to: usize) -> Option<(Range<usize>, &Buffer)> {
        match &self.layout {
            Layout::Small(offsets, bytes) => Some((range(offsets, from, to)?, bytes)),
            Layout::Large(offsets, bytes) => Some((range(offsets, from, to)?, bytes)),
            Layout::View(..) => None,
        }
    }
}

/// The strings of rows. Where they lie side by side, all are looked at at once, which for
/// short ones takes a fraction of the time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strings<'r> {
    pub(super) rows: &'r Rows,
    /// Where they begin, and all of them.
    together: Option<(usize, &'r str)>,
}

impl<'r> Strings<'r> {
    /// The string of a row; `None` if it is null.
    pub(super) fn get(&self, row: usize) -> Result<Option<&'r str>, Fault> {
        if let Some(text) = self.of_all(row) {
            return Ok(Some(text));
        }
        let bytes = self.rows.get(row)?;
        let text = bytes.map(simdutf8::basic::from_utf8).transpose();
        text.map_err(|_| Fault::unfit(format_args!("row {row} is a string and not UTF-8")))
    }

    fn of_all(&self, row: usize) -> Option<&'r str> {
        let (start, text) = self.together?;
        let (place, _) = self.rows.place(row, row + 1)?;
        let place = place.start.checked_sub(start)?..place.end.checked_sub(start)?;
        text.get(place).filter(|_| !self.rows.is_null(row))
    }
}

/// What lies between two offsets.
fn range<O: OffsetSizeTrait>(offsets: &[O], from: usize, to: usize) -> Option<Range<usize>> {
    Some(offsets.get(from)?.to_usize()?..offsets.get(to)?.to_usize()?)
}

fn viewed<'r>(
    views: &'r ScalarBuffer<u128>,
    buffers: &'r [Buffer],
    row: usize,
) -> Option<&'r [u8]> {
    let view = views.get(row)?.to_le_bytes();
    let part = |at: usize| {
        let four = view.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    let length = part(0)?;
    if length <= INLINE {
        let start = row * VIEW + 4;
        return views.inner().as_slice().get(start..start + length);
    }
    let (buffer, start) = (part(8)?, part(12)?);
    buffers.get(buffer)?.as_slice().get(start..start + length)
}

/// That a column has no strings.
pub(super) fn no_strings(kind: &DataType) -> Fault {
    Fault::unfit(format_args!(
        "a column of {kind} has no strings or bytes to clean"
    ))
}

/// The type of the text that comes of a column.
pub(super) fn text_type(kind: &DataType) -> Result<DataType, Fault> {
    match kind {
        DataType::Utf8 | DataType::Binary => Ok(DataType::Utf8),
        DataType::LargeUtf8 | DataType::LargeBinary => Ok(DataType::LargeUtf8),
        DataType::Utf8View | DataType::BinaryView => Ok(DataType::Utf8View),
        other => Err(no_strings(other)),
    }
}
