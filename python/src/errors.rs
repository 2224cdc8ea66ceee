//! The package's exceptions, and a wall around the work.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::import_exception;
use pyo3::prelude::*;

import_exception!(zhengben._errors, ArrowError);
import_exception!(zhengben._errors, ConfigError);
import_exception!(zhengben._errors, DecodeError);
import_exception!(zhengben._errors, EncodeError);
import_exception!(zhengben._errors, InternalError);

/// Does work while other threads of Python go on, behind the same wall as [`guarded`].
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work)))
        .map_err(|_| fault())
}

/// Does work. A panic, which is a fault of ours, becomes an exception that programs can
/// handle.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| fault())
}

fn fault() -> PyErr {
    InternalError::new_err("a fault of zhengben; please report the text")
}

/// Settings that cannot be used.
pub(crate) fn config(error: impl fmt::Display) -> PyErr {
    ConfigError::new_err(error.to_string())
}

/// Bytes that cannot be read.
pub(crate) fn decode(error: impl fmt::Display) -> PyErr {
    DecodeError::new_err(error.to_string())
}

/// A text that an encoding cannot hold.
pub(crate) fn encode(error: impl fmt::Display) -> PyErr {
    EncodeError::new_err(error.to_string())
}
