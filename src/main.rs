//! The `zhengben` command.

fn main() {}
