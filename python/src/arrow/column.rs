//! A column that others can take.

use arrow_array::{Array, ArrayRef, make_array, new_empty_array};
use arrow_data::ArrayData;
use arrow_data::transform::MutableArrayData;
use arrow_schema::FieldRef;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::{Fault, ffi};
use crate::errors::detached;

/// A column of Arrow data, or a table, in one or more chunks, for anything that knows the
/// Arrow PyCapsule interface.
///
/// >>> import pyarrow as pa
/// >>> from zhengben import fix_text_arrow
/// >>> column = fix_text_arrow(pa.chunked_array([["漢語"], ["漢字"]]))
/// >>> column
/// <ArrowColumn of 2 rows: Utf8>
/// >>> len(column), column.num_chunks
/// (2, 2)
/// >>> pa.chunked_array(column).to_pylist() == pa.array(column).to_pylist() == ["汉语", "汉字"]
/// True
#[pyclass(frozen, module = "zhengben")]
#[derive(Debug)]
pub(crate) struct ArrowColumn {
    field: FieldRef,
    chunks: Vec<ArrayRef>,
}

impl ArrowColumn {
    pub(super) fn new(field: FieldRef, chunks: Vec<ArrayRef>) -> Self {
        ArrowColumn { field, chunks }
    }

    /// All of it in one piece.
    fn whole(&self) -> Result<ArrayRef, Fault> {
        match &self.chunks[..] {
            [] => Ok(new_empty_array(self.field.data_type())),
            [chunk] => Ok(chunk.clone()),
            chunks => joined(chunks),
        }
    }
}

fn joined(chunks: &[ArrayRef]) -> Result<ArrayRef, Fault> {
    let data: Vec<ArrayData> = chunks.iter().map(|chunk| chunk.to_data()).collect();
    let rows = data.iter().map(ArrayData::len).sum();
    let mut all = MutableArrayData::try_new(data.iter().collect(), false, rows)?;
    for (index, chunk) in data.iter().enumerate() {
        all.try_extend(index, 0, chunk.len()).map_err(|error| {
            Fault::unfit(format_args!(
                "too much for one array; take it as a stream: {error}"
            ))
        })?;
    }
    Ok(make_array(all.freeze()))
}

#[pymethods]
impl ArrowColumn {
    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// In how many pieces it is; as many as what it was made from.
    #[getter]
    fn num_chunks(&self) -> usize {
        self.chunks.len()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        ffi::schema_capsule(py, &self.field)
    }

    // Another schema is only a wish, says the interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        drop(requested_schema);
        let whole = detached(py, || self.whole())?.map_err(PyErr::from)?;
        let schema = ffi::schema_capsule(py, &self.field)?;
        Ok((schema, ffi::array_capsule(py, &whole)?))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        ffi::stream_capsule(py, &self.field, &self.chunks)
    }

    fn __repr__(&self) -> String {
        let (rows, kind) = (self.__len__(), self.field.data_type());
        format!("<ArrowColumn of {rows} rows: {kind}>")
    }
}
