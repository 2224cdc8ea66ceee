//! What each row has shown of itself: structs of structs.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, Fields};
use zhengben::Evidence;

use super::super::Fault;
use super::edits::item;

/// The evidence of rows, one after the other.
#[derive(Debug, Default)]
pub(super) struct Evidences {
    /// In the order of [`COUNTS`].
    counts: [Int64Builder; 9],
    glossing_found: BooleanBuilder,
    family: StringBuilder,
    family_found: BooleanBuilder,
    words: Int64Builder,
    log_odds: Float64Builder,
    /// Behind how many families each row ends, but for the first.
    ends: Vec<i32>,
    nulls: Vec<bool>,
}

/// The groups of counts, as in `Evidence` of the package.
const COUNTS: [(&str, &[&str]); 4] = [
    ("inserted", &["glosses", "inside"]),
    ("damage", &["glosses"]),
    ("glossing", &["glosses", "characters"]),
    ("script", &["han", "convertible", "kana", "hangul"]),
];

fn group(name: &str, members: &[&str]) -> Fields {
    let found = (name == "glossing").then(|| of("found", DataType::Boolean));
    let counts = members.iter().map(|name| of(name, DataType::Int64));
    found.into_iter().chain(counts).collect()
}

fn of(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, false)
}

fn family() -> Fields {
    Fields::from(vec![
        of("family", DataType::Utf8),
        of("found", DataType::Boolean),
        of("words", DataType::Int64),
        of("log_odds", DataType::Float64),
    ])
}

fn fields() -> Fields {
    let groups = COUNTS.iter();
    let groups = groups.map(|(name, members)| of(name, DataType::Struct(group(name, members))));
    let families = DataType::List(item(DataType::Struct(family())));
    groups.chain([of("spinning", families)]).collect()
}

pub(super) fn data_type() -> DataType {
    DataType::Struct(fields())
}

impl Evidences {
    pub(super) fn push(&mut self, evidence: Option<&Evidence>) -> Result<(), Fault> {
        self.nulls.push(evidence.is_some());
        let none = Evidence::default();
        let Evidence {
            inserted,
            damage,
            glossing,
            script,
            spinning,
            ..
        } = evidence.unwrap_or(&none);
        let counts = [
            inserted.glosses,
            inserted.inside,
            damage.glosses,
            glossing.glosses,
            glossing.characters,
            script.han,
            script.convertible,
            script.kana,
            script.hangul,
        ];
        for (column, count) in self.counts.iter_mut().zip(counts) {
            column.append_value(count as i64);
        }
        self.glossing_found.append_value(glossing.found);
        for family in &spinning.families {
            self.family.append_value(&family.name);
            self.family_found.append_value(spinning.shows(&family.name));
            self.words.append_value(family.words as i64);
            self.log_odds.append_value(family.log_odds);
        }
        let families = self.ends.last().copied().unwrap_or_default();
        let more = i32::try_from(spinning.families.len()).unwrap_or(i32::MAX);
        let end = families.checked_add(more);
        self.ends
            .push(end.ok_or_else(|| Fault::unfit("too many rows: give smaller chunks"))?);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<ArrayRef, Fault> {
        let mut counts = self.counts.iter_mut();
        let mut columns: Vec<ArrayRef> = Vec::new();
        for (name, members) in COUNTS {
            let mut inner: Vec<ArrayRef> = Vec::new();
            if name == "glossing" {
                inner.push(Arc::new(self.glossing_found.finish()));
            }
            for column in counts.by_ref().take(members.len()) {
                inner.push(Arc::new(column.finish()));
            }
            columns.push(Arc::new(StructArray::try_new(
                group(name, members),
                inner,
                None,
            )?));
        }
        let families: Vec<ArrayRef> = vec![
            Arc::new(self.family.finish()),
            Arc::new(self.family_found.finish()),
            Arc::new(self.words.finish()),
            Arc::new(self.log_odds.finish()),
        ];
        let families = Arc::new(StructArray::try_new(family(), families, None)?);
        let ends: Vec<i32> = std::iter::once(0).chain(self.ends).collect();
        let ends = OffsetBuffer::new(ScalarBuffer::from(ends));
        let item = item(DataType::Struct(family()));
        columns.push(Arc::new(ListArray::try_new(item, ends, families, None)?));
        let mut nulls = NullBufferBuilder::new(self.nulls.len());
        nulls.append_slice(&self.nulls);
        let rows = self.nulls.len();
        let all = StructArray::try_new_with_length(fields(), columns, nulls.finish(), rows)?;
        Ok(Arc::new(all))
    }
}
