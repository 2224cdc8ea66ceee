//! What else is known of each row, as columns beside its text.

mod edits;
mod evidence;

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, StringBuilder};
use arrow_array::{ArrayRef, StructArray, new_empty_array};
use arrow_schema::{DataType, Field, FieldRef, Fields};
use pyo3::PyResult;
use zhengben::Cleaned;

use super::rows::{Rows, Strings, text_type};
use super::texts::Texts;
use super::{Fault, OnError};
use crate::errors;
use crate::settings::Engine;
use edits::Edits;
use evidence::Evidences;

/// A column that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    Text,
    Changed,
    Edits,
    Suggestions,
    Encoding,
    Evidence,
    Error,
}

/// Their names.
const NAMES: [(&str, Output); 7] = [
    ("text", Output::Text),
    ("changed", Output::Changed),
    ("edits", Output::Edits),
    ("suggestions", Output::Suggestions),
    ("encoding", Output::Encoding),
    ("evidence", Output::Evidence),
    ("error", Output::Error),
];

impl Output {
    /// The output of that name.
    pub(super) fn named(name: &str) -> PyResult<Self> {
        let known = NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, output)| *output).ok_or_else(|| {
            let all: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
            errors::config(format!(
                "there is no output {name}; there are {}",
                all.join(", ")
            ))
        })
    }

    fn field(self, text: &DataType) -> Field {
        let name = NAMES.iter().find(|(_, output)| *output == self);
        let kind = match self {
            Output::Text => text.clone(),
            Output::Changed => DataType::Boolean,
            Output::Edits | Output::Suggestions => edits::data_type(),
            Output::Evidence => evidence::data_type(),
            Output::Encoding | Output::Error => DataType::Utf8,
        };
        Field::new(name.map_or("", |(name, _)| name), kind, true)
    }
}

/// A column being made.
enum Column<'r> {
    Text(Texts<'r>),
    Changed(BooleanBuilder),
    Edits(Box<Edits>),
    Encoding(StringBuilder),
    Evidence(Box<Evidences>),
    Error(StringBuilder),
}

/// A row: what cleaning made of it, or why it cannot be read.
type Row<'c, 't> = Option<Result<&'c Cleaned<'t>, &'c str>>;

impl<'r> Column<'r> {
    fn new(output: Output, strings: Strings<'r>) -> Self {
        match output {
            Output::Text => Column::Text(Texts::new(strings)),
            Output::Changed => Column::Changed(BooleanBuilder::new()),
            Output::Edits => Column::Edits(Box::new(Edits::new(true))),
            Output::Suggestions => Column::Edits(Box::new(Edits::new(false))),
            Output::Encoding => Column::Encoding(StringBuilder::new()),
            Output::Evidence => Column::Evidence(Box::default()),
            Output::Error => Column::Error(StringBuilder::new()),
        }
    }

    fn push(&mut self, row: Row<'_, '_>, engine: &Engine, are_text: bool) -> Result<(), Fault> {
        let cleaned = row.and_then(Result::ok);
        match self {
            Column::Text(texts) => match cleaned {
                Some(cleaned) if !is_changed(cleaned) => texts.push_same(cleaned.text()),
                _ => texts.push(cleaned.map(Cleaned::text)),
            },
            Column::Changed(changed) => {
                changed.append_option(cleaned.map(is_changed));
                Ok(())
            }
            Column::Edits(edits) => edits.push(cleaned, engine.lang),
            Column::Encoding(names) => {
                names.append_option(cleaned.filter(|_| !are_text).map(|c| c.encoding().name()));
                Ok(())
            }
            Column::Evidence(evidences) => evidences.push(cleaned.map(Cleaned::evidence)),
            Column::Error(messages) => {
                messages.append_option(row.and_then(Result::err));
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<ArrayRef, Fault> {
        match self {
            Column::Text(texts) => texts.finish(),
            Column::Changed(mut changed) => Ok(Arc::new(changed.finish())),
            Column::Edits(edits) => edits.finish(),
            Column::Encoding(mut names) => Ok(Arc::new(names.finish())),
            Column::Evidence(evidences) => evidences.finish(),
            Column::Error(mut messages) => Ok(Arc::new(messages.finish())),
        }
    }
}

fn is_changed(cleaned: &Cleaned<'_>) -> bool {
    cleaned.text() != cleaned.source().text()
}

/// A chunk's rows with all that is asked for, or none.
pub(super) fn clean(
    engine: &Engine,
    field: &FieldRef,
    chunk: Option<ArrayRef>,
    outputs: &[Output],
    on_error: OnError,
) -> Result<(FieldRef, ArrayRef), Fault> {
    if let DataType::Dictionary(..) = field.data_type() {
        return Err(Fault::unfit(
            "a dictionary: cast it to strings first, or use fix_text_arrow",
        ));
    }
    let text = text_type(field.data_type())?;
    let fields: Fields = outputs.iter().map(|output| output.field(&text)).collect();
    let kind = DataType::Struct(fields.clone());
    let table = Arc::new(Field::new("", kind, false));
    let rows = Rows::of(chunk.unwrap_or_else(|| new_empty_array(field.data_type())))?;
    let strings = rows.strings();
    let mut columns: Vec<Column<'_>> = outputs
        .iter()
        .map(|&output| Column::new(output, strings))
        .collect();
    for row in 0..rows.len() {
        let cleaned = match rows.are_text {
            true => strings.get(row)?.map(|text| Ok(engine.clean(text))),
            false => {
                let cleaned = rows.get(row)?.map(|bytes| engine.clean_bytes(bytes));
                cleaned.map(|cleaned| cleaned.map_err(|error| error.to_string()))
            }
        };
        if let (Some(Err(error)), OnError::Raise) = (&cleaned, on_error) {
            return Err(Fault::Decode {
                row,
                error: error.clone(),
            });
        }
        let cleaned = cleaned
            .as_ref()
            .map(|cleaned| cleaned.as_ref().map_err(String::as_str));
        for column in &mut columns {
            column.push(cleaned, engine, rows.are_text)?;
        }
    }
    let columns: Vec<ArrayRef> = columns
        .into_iter()
        .map(Column::finish)
        .collect::<Result<_, _>>()?;
    let all = StructArray::try_new_with_length(fields, columns, None, rows.len())?;
    Ok((table, Arc::new(all)))
}
