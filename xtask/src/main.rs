//! Generates, verifies and measures what the crate ships.

fn main() {}
