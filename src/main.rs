//! The `zhengben` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(zhengben::cli::process(std::env::args_os()) as u8)
}
