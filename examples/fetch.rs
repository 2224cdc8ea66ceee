//! Restores a page of the web, in whatever encoding it comes, and lists what was
//! changed:
//!
//! ```sh
//! cargo run --example fetch -- http://localhost:8000/gbk-as-utf8
//! ```

use std::error::Error;
use std::fmt::Write;

use zhengben::{Cleaner, Encoding, Source, Syntax};

#[expect(clippy::print_stdout, reason = "it is an example of a program")]
fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("name a URL")?;
    print!("{}", fetch(&url)?);
    Ok(())
}

/// A page's encoding, its edits and its text.
pub(crate) fn fetch(url: &str) -> Result<String, Box<dyn Error>> {
    let mut response = ureq::get(url).call()?;
    // What the server says decides only where the page's bytes do not.
    let declared = response.body().charset().and_then(Encoding::for_label);
    let bytes = response.body_mut().read_to_vec()?;
    let source = match declared {
        Some(encoding) => Source::decode_declared(&bytes, encoding)?,
        None => Source::decode(&bytes)?,
    };
    let cleaned = Cleaner::new().clean(source.with_syntax(Syntax::Html));

    let mut page = format!("{}\n", cleaned.source().encoding());
    for edit in cleaned.edits().filter(|edit| edit.applied) {
        writeln!(page, "{} → {}", edit.original, edit.replacement)?;
    }
    page.push_str(cleaned.text());
    Ok(page)
}
