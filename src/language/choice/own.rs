//! A user's own table.

use std::sync::Arc;

use super::{ChoiceError, Choices};

/// A table of word choices of one's own, to be given to
/// [`CleanerBuilder::choices`](crate::CleanerBuilder::choices):
/// `cargo xtask train choice` makes one from text.
///
/// It is cheap to clone.
#[derive(Clone, Debug)]
pub struct ChoiceTable(Arc<Choices<'static>>);

impl ChoiceTable {
    /// Opens a table from the bytes of its file.
    ///
    /// # Errors
    /// If they are not a whole table of this version.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<ChoiceTable, ChoiceError> {
        Ok(ChoiceTable(Arc::new(Choices::open(bytes.into())?)))
    }

    pub(crate) fn get(&self) -> &Choices<'static> {
        &self.0
    }
}
