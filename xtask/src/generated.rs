//! Data files of the repository that are generated: written, or compared with
//! what their sources give.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;

/// The place of a file that is named relative to the repository.
pub(crate) fn in_repository(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

/// Writes the file.
pub(crate) fn write(file: &str, made: &str) -> Result<(), Failure> {
    Ok(fs::write(in_repository(file), made)?)
}

/// Fails unless the file is as made, and says where it first differs.
pub(crate) fn compare(file: &str, made: &str) -> Result<(), Failure> {
    let kept = fs::read_to_string(in_repository(file))?;
    let differs = made
        .lines()
        .zip(kept.lines())
        .find(|(made, kept)| made != kept);
    match differs {
        Some((made, kept)) => Err(format!("{file}: is {kept:?}, should be {made:?}").into()),
        None if made != kept => Err(format!("{file}: lines are missing or too many").into()),
        None => Ok(()),
    }
}

/// A page with other tables between the lines where they begin and end.
///
/// # Errors
/// If it has no place for them.
pub(crate) fn put_into(
    page: &str,
    [begin, end]: [&str; 2],
    tables: &str,
) -> Result<String, Failure> {
    let parts = page.split_once(begin).zip(page.split_once(end));
    let ((before, _), (_, behind)) = parts.ok_or("the page has no place for the tables")?;
    Ok(format!("{before}{begin}\n\n{tables}\n{end}{behind}"))
}
