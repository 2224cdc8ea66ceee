//! A table of which some columns are cleaned.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StructArray, new_empty_array};
use arrow_schema::{DataType, FieldRef};

use super::Fault;
use super::fix::{self, retyped};
use crate::settings::Engine;

/// The table with the columns of these names cleaned; the others are as they were.
pub(super) fn fix(
    engine: &Engine,
    table: &FieldRef,
    chunk: Option<ArrayRef>,
    names: &[String],
) -> Result<(FieldRef, ArrayRef), Fault> {
    let DataType::Struct(fields) = table.data_type() else {
        return Err(Fault::unfit("not a table"));
    };
    if let Some(name) = names.iter().find(|name| fields.find(name).is_none()) {
        return Err(Fault::unfit(format_args!("the table has no column {name}")));
    }
    let chunk = chunk.unwrap_or_else(|| new_empty_array(table.data_type()));
    let (length, nulls) = (chunk.len(), chunk.nulls().cloned());
    let (mut new_fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in fields.iter().zip(chunk.as_struct().columns()) {
        let (field, column) = match names.contains(field.name()) {
            true => fix::column(engine, field, Some(Arc::clone(column)))?,
            false => (Arc::clone(field), Arc::clone(column)),
        };
        new_fields.push(field);
        columns.push(column);
    }
    let columns = StructArray::try_new_with_length(new_fields.into(), columns, nulls, length)?;
    let table = retyped(table, columns.data_type().clone());
    Ok((table, Arc::new(columns)))
}
