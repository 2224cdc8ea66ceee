//! The command line: every case's output, stderr, exit code and files.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes what the command does into
//! the cases; the difference is to be read before it is committed.

#[test]
fn snapshots() {
    // Whatever language whoever runs the tests speaks.
    trycmd::TestCases::new()
        .env("ZHENGBEN_LANG", "en")
        .case("tests/cli/*.toml");
}
