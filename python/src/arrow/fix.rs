//! A column with its texts restored, and nothing else about it changed.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, new_empty_array};
use arrow_schema::{DataType, Field, FieldRef};

use super::Fault;
use super::rows::{Rows, text_type};
use super::texts::Texts;
use crate::settings::Engine;

/// The column, or one of no rows.
pub(super) fn column(
    engine: &Engine,
    field: &FieldRef,
    chunk: Option<ArrayRef>,
) -> Result<(FieldRef, ArrayRef), Fault> {
    let kind = fixed_type(field.data_type())?;
    let array = match chunk {
        Some(chunk) => fix(engine, chunk)?,
        None => new_empty_array(&kind),
    };
    Ok((retyped(field, kind), array))
}

/// The field with another type.
pub(super) fn retyped(field: &FieldRef, kind: DataType) -> FieldRef {
    match *field.data_type() == kind {
        true => Arc::clone(field),
        false => Arc::new(Field::clone(field).with_data_type(kind)),
    }
}

fn fixed_type(kind: &DataType) -> Result<DataType, Fault> {
    Ok(match kind {
        DataType::Dictionary(keys, values) => {
            DataType::Dictionary(keys.clone(), Box::new(text_type(values)?))
        }
        DataType::Null => DataType::Null,
        other => text_type(other)?,
    })
}

fn fix(engine: &Engine, array: ArrayRef) -> Result<ArrayRef, Fault> {
    match array.data_type() {
        DataType::Null => Ok(array),
        // Each of its texts once, however many rows have it.
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let values = dictionary.values();
            let fixed = fix(engine, Arc::clone(values))?;
            Ok(match Arc::ptr_eq(&fixed, values) {
                true => array,
                false => dictionary.with_values(fixed),
            })
        }
        _ => fix_rows(engine, array),
    }
}

fn fix_rows(engine: &Engine, array: ArrayRef) -> Result<ArrayRef, Fault> {
    let rows = Rows::of(array)?;
    let strings = rows.strings();
    let mut texts = Texts::new(strings);
    for row in 0..rows.len() {
        let fixed = match rows.are_text {
            true => strings.get(row)?.map(|text| engine.clean(text).into_text()),
            false => rows
                .get(row)?
                .map(|bytes| fixed_bytes(engine, row, bytes))
                .transpose()?,
        };
        let Some(fixed) = fixed else {
            texts.push(None)?;
            continue;
        };
        match fixed {
            Cow::Borrowed(same) => texts.push_same(same)?,
            Cow::Owned(fixed) => texts.push(Some(&fixed))?,
        }
    }
    texts.finish()
}

fn fixed_bytes<'t>(engine: &Engine, row: usize, bytes: &'t [u8]) -> Result<Cow<'t, str>, Fault> {
    let cleaned = engine.clean_bytes(bytes).map_err(|error| Fault::Decode {
        row,
        error: error.to_string(),
    })?;
    Ok(cleaned.into_text())
}
