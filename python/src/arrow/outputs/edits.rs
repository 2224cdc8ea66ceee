//! The edits of each row: a list of structs.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, FieldRef, Fields};
use zhengben::Cleaned;
use zhengben::lang::Lang;

use super::super::Fault;
use crate::cleaned::changes;

/// The edits of rows, one after the other.
#[derive(Debug)]
pub(super) struct Edits {
    /// Those made, or those suggested.
    applied: bool,
    start: Int64Builder,
    end: Int64Builder,
    /// Original, replacement, safety, reason.
    words: [StringBuilder; 4],
    rules: ListBuilder<StringBuilder>,
    /// Behind how many edits each row ends.
    ends: Vec<i32>,
    nulls: NullBufferBuilder,
}

/// The fields of `Edit`.
static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let of = |name: &str, kind: DataType| Field::new(name, kind, false);
    let rules = DataType::List(Arc::clone(&RULE));
    Fields::from(vec![
        of("start", DataType::Int64),
        of("end", DataType::Int64),
        of("original", DataType::Utf8),
        of("replacement", DataType::Utf8),
        of("rules", rules),
        of("safety", DataType::Utf8),
        of("reason", DataType::Utf8),
    ])
});

static RULE: LazyLock<FieldRef> = LazyLock::new(|| item(DataType::Utf8));

/// The member of a list.
pub(super) fn item(kind: DataType) -> FieldRef {
    Arc::new(Field::new("item", kind, false))
}

pub(super) fn data_type() -> DataType {
    DataType::List(item(DataType::Struct(FIELDS.clone())))
}

impl Edits {
    pub(super) fn new(applied: bool) -> Self {
        Edits {
            applied,
            start: Int64Builder::new(),
            end: Int64Builder::new(),
            words: Default::default(),
            rules: ListBuilder::new(StringBuilder::new()).with_field(Arc::clone(&RULE)),
            ends: vec![0],
            nulls: NullBufferBuilder::new(0),
        }
    }

    pub(super) fn push(&mut self, row: Option<&Cleaned<'_>>, lang: Lang) -> Result<(), Fault> {
        let edits = row.into_iter().flat_map(changes);
        for change in edits.filter(|change| change.edit.applied == self.applied) {
            self.start.append_value(change.start as i64);
            self.end.append_value(change.end as i64);
            let reason = change.reason(lang);
            let safety = change.edit.safety();
            let words = [
                change.edit.original,
                change.edit.replacement,
                safety.as_str(),
                &reason,
            ];
            for (column, word) in self.words.iter_mut().zip(words) {
                fits(column, word)?;
                column.append_value(word);
            }
            for rule in change.rules() {
                fits(self.rules.values(), rule)?;
                self.rules.values().append_value(rule);
            }
            self.rules.append(true);
        }
        self.ends.push(self.rules.len_i32()?);
        match row {
            Some(_) => self.nulls.append_non_null(),
            None => self.nulls.append_null(),
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<ArrayRef, Fault> {
        let [original, replacement, safety, reason] = &mut self.words;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(original.finish()),
            Arc::new(replacement.finish()),
            Arc::new(self.rules.finish()),
            Arc::new(safety.finish()),
            Arc::new(reason.finish()),
        ];
        let edits = StructArray::try_new(FIELDS.clone(), columns, None)?;
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let item = item(DataType::Struct(FIELDS.clone()));
        Ok(Arc::new(ListArray::try_new(
            item,
            ends,
            Arc::new(edits),
            self.nulls.finish(),
        )?))
    }
}

/// Whether a column of words has room for another one.
fn fits(words: &StringBuilder, more: &str) -> Result<(), Fault> {
    match i32::try_from(words.values_slice().len() + more.len()) {
        Ok(_) => Ok(()),
        Err(_) => Err(too_many()),
    }
}

fn too_many() -> Fault {
    Fault::unfit("the edits of a chunk are more than 2 GiB: give smaller chunks")
}

/// How many members a column has, as offsets say it.
trait Length {
    fn len_i32(&self) -> Result<i32, Fault>;
}

impl Length for ListBuilder<StringBuilder> {
    fn len_i32(&self) -> Result<i32, Fault> {
        i32::try_from(arrow_array::builder::ArrayBuilder::len(self)).map_err(|_| too_many())
    }
}
