//! The Arrow C interfaces, through Python's capsules. All `unsafe` of the crate is here.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, make_array};
use arrow_schema::{ArrowError, Field, FieldRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// The names that the interface gives to capsules.
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// What an object has exported.
pub(super) enum Exported {
    Array(FFI_ArrowSchema, FFI_ArrowArray),
    Stream(FFI_ArrowArrayStream),
}

type Chunks = Box<dyn Iterator<Item = Result<ArrayRef, ArrowError>>>;

/// Has an object export its data.
pub(super) fn exported(data: &Bound<'_, PyAny>) -> PyResult<Exported> {
    if let Some(export) = method(data, "__arrow_c_array__")? {
        let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) =
            export.call0()?.extract()?;
        let (schema, array) = (pointer(&schema, SCHEMA)?, pointer(&array, ARRAY)?);
        // SAFETY: capsules of these names hold these structures, valid until released;
        // they are moved out, which leaves released ones behind.
        let exported = unsafe {
            Exported::Array(
                FFI_ArrowSchema::from_raw(schema.cast().as_ptr()),
                FFI_ArrowArray::from_raw(array.cast().as_ptr()),
            )
        };
        return Ok(exported);
    }
    if let Some(export) = method(data, "__arrow_c_stream__")? {
        let stream = export.call0()?;
        let stream = pointer(stream.cast()?, STREAM)?;
        // SAFETY: as above.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.cast().as_ptr()) };
        return Ok(Exported::Stream(stream));
    }
    let kind = data.get_type();
    let wrong = format!("{kind} has neither __arrow_c_array__ nor __arrow_c_stream__");
    Err(PyTypeError::new_err(wrong))
}

fn method<'py>(data: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    data.getattr_opt(name)
}

fn pointer(capsule: &Bound<'_, PyCapsule>, name: &'static CStr) -> PyResult<NonNull<c_void>> {
    capsule.pointer_checked(Some(name))
}

impl Exported {
    /// The field that the data are of, and their chunks as they come.
    pub(super) fn open(self) -> Result<(FieldRef, Chunks), ArrowError> {
        match self {
            Exported::Array(schema, array) => {
                if array.is_released() {
                    let released = "the array is released already";
                    return Err(ArrowError::CDataInterface(released.to_owned()));
                }
                let field = Arc::new(Field::try_from(&schema)?);
                // SAFETY: the array is one of that schema: they were exported together.
                // Nothing is read of it here that its producer does not vouch for;
                // strings are validated before they are read.
                let data = unsafe { from_ffi_and_data_type(array, field.data_type().clone()) }?;
                Ok((field, Box::new(std::iter::once(Ok(make_array(data))))))
            }
            Exported::Stream(stream) => {
                let reader = ArrayStreamReader::try_new(stream)?;
                Ok((Arc::clone(reader.field()), Box::new(reader)))
            }
        }
    }
}

/// A field in a capsule.
pub(super) fn schema_capsule<'py>(
    py: Python<'py>,
    field: &Field,
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(field).map_err(super::Fault::from)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// An array in a capsule.
pub(super) fn array_capsule<'py>(
    py: Python<'py>,
    array: &dyn Array,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArray::new(&array.to_data()), ARRAY)
}

/// Chunks in a capsule, one after the other.
pub(super) fn stream_capsule<'py>(
    py: Python<'py>,
    field: &FieldRef,
    chunks: &[ArrayRef],
) -> PyResult<Bound<'py, PyCapsule>> {
    let chunks = Vec::from(chunks);
    let private = Box::new(Private {
        field: Arc::clone(field),
        chunks: chunks.into_iter(),
        error: None,
    });
    // SAFETY: the callbacks are those of `Private`, which lives until `release`.
    let stream = unsafe {
        FFI_ArrowArrayStream::new_unchecked(
            Some(get_schema),
            Some(get_next),
            Some(get_last_error),
            Some(release),
            Box::into_raw(private).cast(),
        )
    };
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// What is behind a stream of ours.
struct Private {
    field: FieldRef,
    chunks: std::vec::IntoIter<ArrayRef>,
    error: Option<CString>,
}

/// What a callback returns that has failed: `EINVAL`, on every system.
const INVALID: c_int = 22;

/// Does what a callback has to do; neither a failure nor a panic leaves it.
///
/// # Safety
/// `stream` is one of ours that is not released, and nobody else uses it now.
unsafe fn answer(
    stream: *mut FFI_ArrowArrayStream,
    work: impl FnOnce(&mut Private) -> Result<(), ArrowError>,
) -> c_int {
    // SAFETY: by the caller; `private_data` was made by `stream_capsule`.
    let private = unsafe { &mut *(*stream).private_data().cast::<Private>() };
    let done = catch_unwind(AssertUnwindSafe(|| work(private)));
    let error = match done {
        Ok(Ok(())) => return 0,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "a fault of zhengben".to_owned(),
    };
    private.error = CString::new(error.replace('\0', " ")).ok();
    INVALID
}

unsafe extern "C" fn get_schema(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowSchema,
) -> c_int {
    let work = |private: &mut Private| {
        let schema = FFI_ArrowSchema::try_from(&*private.field)?;
        // SAFETY: the consumer has room for one there, and nothing in it.
        unsafe { out.write(schema) };
        Ok(())
    };
    // SAFETY: the consumer calls it with our stream, from one thread at a time.
    unsafe { answer(stream, work) }
}

unsafe extern "C" fn get_next(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowArray,
) -> c_int {
    let work = |private: &mut Private| {
        let next = private.chunks.next();
        let array = next.map(|chunk| FFI_ArrowArray::new(&chunk.to_data()));
        // A released one says that there are no more.
        let array = array.unwrap_or_else(FFI_ArrowArray::empty);
        // SAFETY: the consumer has room for one there, and nothing in it.
        unsafe { out.write(array) };
        Ok(())
    };
    // SAFETY: as in `get_schema`.
    unsafe { answer(stream, work) }
}

unsafe extern "C" fn get_last_error(stream: *mut FFI_ArrowArrayStream) -> *const c_char {
    // SAFETY: as in `get_schema`.
    let private = unsafe { &*(*stream).private_data().cast::<Private>() };
    private
        .error
        .as_ref()
        .map_or(std::ptr::null(), |error| error.as_ptr())
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: it is called once, and `private_data` was boxed by `stream_capsule`.
    unsafe {
        drop(Box::from_raw((*stream).private_data().cast::<Private>()));
        (*stream).set_release(None);
        (*stream).set_private_data(std::ptr::null_mut());
    }
}
