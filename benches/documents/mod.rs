//! The documents that benchmarks of stages look at.

use std::fs;

/// The least size of a document: that of a page of the web.
const SIZE: usize = 16 << 10;

/// How many documents a text makes.
const COUNT: usize = 32;

/// A text over and over, in documents of about 16 KB.
pub(crate) fn repeated(text: &str) -> Vec<String> {
    vec![text.repeat(SIZE.div_ceil(text.len())); COUNT]
}

/// The files of the folder that an environment variable names, a document each; if it
/// is not set, the text over and over.
pub(crate) fn of_folder(variable: &str, text: &str) -> Vec<String> {
    let Some(folder) = std::env::var_os(variable) else {
        return repeated(text);
    };
    let Ok(files) = fs::read_dir(folder) else {
        panic!("{variable} is no folder that can be read");
    };
    files
        .map(|file| fs::read_to_string(file.expect("readable").path()).expect("text"))
        .collect()
}
