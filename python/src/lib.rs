//! The module `zhengben._zhengben`, from which the Python package `zhengben` is made.
//!
//! `python/zhengben/_zhengben.pyi` is its interface, with all that users read.

mod arrow;
mod cleaned;
mod cleaner;
mod command;
mod document;
mod errors;
mod functions;
#[cfg(feature = "measure")]
mod measure;
mod settings;
mod tuples;

use pyo3::pymodule;

/// What the package `zhengben` is made from.
#[pymodule(gil_used = false)]
mod _zhengben {
    #[pymodule_export]
    use super::arrow::{ArrowColumn, fix_text_arrow};
    #[pymodule_export]
    use super::cleaned::Cleaned;
    #[pymodule_export]
    use super::cleaner::Cleaner;
    #[pymodule_export]
    use super::command::run;
    #[pymodule_export]
    use super::functions::{data_versions, fix_encoding, fix_text, guess_bytes};
    #[cfg(feature = "measure")]
    #[pymodule_export]
    use super::measure::Calls;

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
