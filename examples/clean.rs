//! Cleans a file and lists what was changed and why:
//!
//! ```sh
//! cargo run --example clean -- examples/reprint.txt
//! ```

use std::error::Error;

use zhengben::{Cleaner, Locator, Source};

#[expect(clippy::print_stdout, reason = "it is an example of a program")]
fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let bytes = std::fs::read(path)?;
    let source = Source::decode(&bytes)?;
    let cleaned = Cleaner::new().clean(source);

    let mut locator = Locator::new(cleaned.source().text());
    for edit in cleaned.edits() {
        let position = locator.locate(edit.range.start);
        let rules: Vec<&str> = edit.causes.iter().map(|cause| cause.rule.id()).collect();
        let mark = if edit.applied { "→" } else { "?" };
        println!(
            "{}:{} {} {mark} {} ({})",
            position.line,
            position.column,
            edit.original,
            edit.replacement,
            rules.join(", ")
        );
    }
    println!("\n{}", cleaned.text());
    Ok(())
}
